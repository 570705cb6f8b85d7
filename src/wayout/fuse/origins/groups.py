"""From links to groups, and from a group to the origin behind it."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from wayout.fuse.origins.credits import credited_agency
from wayout.fuse.origins.links import EchoLink
from wayout.fuse.origins.publishers import UNKNOWN, origin_key, publisher_of
from wayout.model import Document, DocumentId

Item = TypeVar("Item", DocumentId, int)


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
    known: dict[DocumentId, Document] = {}
    for document in sorted(documents, key=first_to_tell):
        known.setdefault(document.id, document)
    roots = join_pairs((link.first, link.second) for link in links if link.first in known and link.second in known)
    members: dict[DocumentId, list[Document]] = {}
    for i, document in known.items():
        members.setdefault(roots.get(i, i), []).append(document)
    groups = {root: tuple(group) for root, group in members.items()}
    return {i: groups[roots.get(i, i)] for i in known}


def join_pairs(pairs: Iterable[tuple[Item, Item]]) -> dict[Item, Item]:
    """
    Put all that pairs join, directly or by a chain, together.

    Parameters
    ----------
    pairs
        Pairs of documents, by id or by position.

    Returns
    -------
    leads
        Of everything in a pair the least one of those it is joined to: the pairs' order changes nothing.
    """
    parent: dict[Item, Item] = {}
    for first, second in pairs:
        a, b = sorted((_root(parent, first), _root(parent, second)))
        parent[b] = a
    return {item: _root(parent, item) for item in list(parent)}


def origin_of_group(group: Sequence[Document]) -> str:
    """
    Return the key of the origin behind a group.

    Parameters
    ----------
    group
        Documents of one group, the first to tell first.

    Returns
    -------
    origin
        That of the first text that anybody stands behind: the agency it credits, else its publisher; else
        :data:`~wayout.fuse.origins.publishers.UNKNOWN`. So a later copy changes nothing, whoever prints it.
    """
    keys = (credited_agency(d) or publisher_of(d.source) for d in group)
    key = next((k for k in keys if k is not None), None)
    return UNKNOWN if key is None else origin_key(key)


def first_to_tell(document: Document) -> tuple[bool, float, int, str, str]:
    """Order documents by who told first: by publication (undated last), then the fuller text, then id and publisher."""
    when = document.published
    return (when is None, when.timestamp() if when else 0.0, -len(document.text), document.id, document.source.name)


def _root(parent: dict[Item, Item], i: Item) -> Item:
    parent.setdefault(i, i)
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i
