"""Who told first: a copy is as old as what it copies, and its printer's good name makes it no surer."""

from collections.abc import Callable, Mapping, Sequence

from wayout.fuse.origins.groups import first_to_tell
from wayout.fuse.origins.mouths import act_of
from wayout.fuse.origins.publishers import publisher_of
from wayout.model import Claim, ClaimId, Document, DocumentId


def first_tellers(
    claims: Sequence[Claim], documents: Mapping[DocumentId, Document], group_of: Callable[[DocumentId], str]
) -> dict[ClaimId, Document]:
    """
    Find, for each claim, the document of its group of echoes that first told the same act (same sides, same places).

    A publisher that says the same again in the same words says it anew; another that prints them only passes them on.

    Parameters
    ----------
    claims
        All claims known, in any order.
    documents
        Their documents.
    group_of
        Key of a document's group of echoes.

    Returns
    -------
    tellers
        By claim id; a claim that no earlier echo of another publisher tells has its own document.
    """
    first: dict[tuple[object, ...], Document] = {}
    for claim in claims:
        key, document = (group_of(claim.document), *act_of(claim)), documents[claim.document]
        first[key] = min(first.get(key, document), document, key=first_to_tell)
    tellers = ((c, first[(group_of(c.document), *act_of(c))]) for c in claims)
    return {c.id: documents[c.document] if _same(told, documents[c.document]) else told for c, told in tellers}


def _same(one: Document, other: Document) -> bool:
    publisher = publisher_of(one.source)
    return publisher is not None and publisher == publisher_of(other.source)
