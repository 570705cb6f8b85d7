"""From links to groups, and from a group to the key of the origin behind it."""

from collections.abc import Mapping, Sequence

from wayout.fuse.origins.links import EchoLink
from wayout.fuse.origins.publishers import publisher_of
from wayout.model import Document, DocumentId, content_id

UNKNOWN = content_id("origin", "unknown publisher")
"""All that nobody signs is one origin: that two such texts are independent cannot be known."""


def group_documents(documents: Sequence[Document], links: Sequence[EchoLink]) -> dict[DocumentId, tuple[Document, ...]]:
    """
    Put documents that links join, directly or by a chain, into one group, its first text first.

    Parameters
    ----------
    documents
        Documents in any order; a link to one that is not among them does not count.
    links
        Echo links.

    Returns
    -------
    groups
        Each document's group, sorted by publication (undated last), then the fuller text, then id.
    """
    known = {d.id: d for d in documents}
    parent = {i: i for i in known}
    for link in links:
        if link.first in known and link.second in known:
            a, b = sorted((_root(parent, link.first), _root(parent, link.second)))
            parent[b] = a
    members: dict[DocumentId, list[Document]] = {}
    for i in sorted(known):
        members.setdefault(_root(parent, i), []).append(known[i])
    sorted_members = {root: tuple(sorted(group, key=_first_to_tell)) for root, group in members.items()}
    return {i: sorted_members[_root(parent, i)] for i in known}


def origin_of_group(group: Sequence[Document]) -> str:
    """Return the key of the origin behind a group: the publisher of its first signed text."""
    for document in group:
        publisher = publisher_of(document.source)
        if publisher is not None:
            return content_id("origin", "publisher", publisher)
    return UNKNOWN


def _first_to_tell(document: Document) -> tuple[bool, float, int, str]:
    when = document.published
    return (when is None, when.timestamp() if when else 0.0, -len(document.text), document.id)


def _root(parent: Mapping[DocumentId, DocumentId] | dict[DocumentId, DocumentId], i: DocumentId) -> DocumentId:
    while parent[i] != i:
        i = parent[i]
    return i
