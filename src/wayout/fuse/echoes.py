"""Reports that copy one origin count once: echo links between documents, and the origin behind each claim."""

from collections.abc import Mapping, Sequence

from wayout.fuse.origins.groups import first_to_tell, group_documents, origin_of_group
from wayout.fuse.origins.links import EchoEntry, EchoLink, entry_of
from wayout.fuse.origins.mouths import lend_mouths, mouth_of, settle_chains
from wayout.fuse.origins.near_copies import EchoIndex
from wayout.fuse.origins.publishers import UNKNOWN, origin_key
from wayout.fuse.origins.shingles import signature
from wayout.model import Claim, ClaimId, Document, DocumentId, content_id

__all__ = [
    "UNKNOWN",
    "EchoEntry",
    "EchoIndex",
    "EchoLink",
    "Origins",
    "entry_of",
    "find_links",
    "find_origins",
    "signature",
]


class Origins:
    """
    The origin behind every document and claim of a run: a partition of each.

    Keys are made of content (the name of a publisher or a mouth), never of a running number: the same documents give the same
    keys in any order. What nobody signs has the key :data:`UNKNOWN`.
    """

    def __init__(
        self, documents: Mapping[DocumentId, str], groups: Mapping[DocumentId, str], claims: Mapping[ClaimId, str]
    ) -> None:
        self._documents = documents
        self._groups = groups
        self._claims = claims

    def of_document(self, document: DocumentId) -> str:
        """Return the key of the origin behind what a document says with its own voice."""
        return self._documents[document]

    def of_claim(self, claim: ClaimId) -> str:
        """Return the key of the mouth behind a claim."""
        return self._claims[claim]

    def group_of(self, document: DocumentId) -> str:
        """Return the key of the group of echoes that a document belongs to; a publisher's groups share an origin."""
        return self._groups[document]


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
    index.add(entry_of(d) for d in _first_of_each(documents))
    return index.links()


def _first_of_each(documents: Sequence[Document]) -> list[Document]:
    """Keep of documents in the same words, which have one id, the first to tell."""
    return list({d.id: d for d in sorted(documents, key=first_to_tell, reverse=True)}.values())


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
        A claim told by a named source has that source's key, whoever passes it on; what a text tells plainly and also gives to a
        source is that source's; else its document's: the agency that the
        first signed text of its group of echoes credits, or that text's publisher. What nobody signs is one origin.
    """
    groups = group_documents(documents, find_links(documents) if links is None else links)
    of_group = {first: origin_of_group(group) for first, group in {g[0].id: g for g in groups.values()}.items()}
    of_document = {i: of_group[group[0].id] for i, group in groups.items()}
    own = {c.id: of_document[c.document] for c in claims}
    mouths = {c.id: origin_key(key) for c in claims if (key := mouth_of(c.attributed_to)) is not None}
    of_echoes = {i: content_id("echoes", group[0].id) for i, group in groups.items()}
    mouths |= lend_mouths(claims, mouths, of_echoes)
    return Origins(of_document, of_echoes, {**own, **settle_chains(claims, mouths, own)})
