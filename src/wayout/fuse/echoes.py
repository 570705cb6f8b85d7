"""Reports that copy one origin count once: echo links between documents, and the origin behind each claim."""

from collections.abc import Sequence

from wayout.fuse.origins.groups import group_documents, origin_of_group
from wayout.fuse.origins.links import EchoEntry, EchoLink, entry_of
from wayout.fuse.origins.near_copies import EchoIndex
from wayout.fuse.origins.shingles import signature
from wayout.model import Claim, ClaimId, Document, DocumentId, content_id
from wayout.text.names import fold_name

__all__ = ["EchoEntry", "EchoIndex", "EchoLink", "Origins", "entry_of", "find_links", "find_origins", "signature"]


class Origins:
    """
    The origin behind every document and claim of a run.

    Keys are made of content (a publisher's or a mouth's name), never of a running number: the same documents give the same
    keys in any order.
    """

    def __init__(self, documents: dict[DocumentId, str], claims: dict[ClaimId, str]) -> None:
        self._documents = documents
        self._claims = claims

    def of_document(self, document: DocumentId) -> str:
        """Return the key of the origin behind what a document says with its own voice."""
        return self._documents[document]

    def of_claim(self, claim: ClaimId) -> str:
        """Return the key of the mouth behind a claim."""
        return self._claims[claim]


def find_links(documents: Sequence[Document]) -> tuple[EchoLink, ...]:
    """
    Find the pairs of documents behind which one text stands.

    Parameters
    ----------
    documents
        Documents in any order: the result does not depend on it.

    Returns
    -------
    links
        Sorted by ids.
    """
    index = EchoIndex()
    index.add(entry_of(d) for d in documents)
    return index.links()


def find_origins(
    documents: Sequence[Document], claims: Sequence[Claim], links: Sequence[EchoLink] | None = None
) -> Origins:
    """
    Find the origin behind every document and claim.

    Parameters
    ----------
    documents
        The documents known at the time of the picture, in any order; links to others do not count.
    claims
        Their claims, in any order.
    links
        Echo links found before; ``None`` finds them here.

    Returns
    -------
    origins
        A claim told by a named source has that source's key, whoever passes it on; else its document's: the first
        publisher of the text behind it. What nobody signs is one origin.
    """
    groups = group_documents(documents, find_links(documents) if links is None else links)
    of_document = {i: origin_of_group(group) for i, group in groups.items()}
    return Origins(of_document, {c.id: _mouth(c) or of_document[c.document] for c in claims})


def _mouth(claim: Claim) -> str | None:
    told = claim.attributed_to
    if told is None or not told.named:
        return None
    return content_id("origin", "mouth", told.actor or fold_name(told.name))


def independent_groups(documents: Sequence[Document]) -> dict[DocumentId, int]:
    """Give every document the number of its group of near-copies (until BELIEF reads :func:`find_origins`)."""
    groups = group_documents(documents, find_links(documents))
    firsts = sorted({min(d.id for d in group) for group in groups.values()})
    return {i: firsts.index(min(d.id for d in group)) for i, group in groups.items()}
