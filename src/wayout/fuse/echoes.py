"""Reports that copy one origin count once: near-duplicates are put into one group."""

from collections.abc import Sequence

from wayout.model import Document, DocumentId
from wayout.text.names import fold_name

SHINGLE_WORDS = 5
SAME_ORIGIN = 0.35
"""Jaccard similarity of 5-word shingles above which two texts are one origin (independent reports share < 0.05)."""


def independent_groups(documents: Sequence[Document]) -> dict[DocumentId, int]:
    """
    Give every document the number of its group of common origin.

    Parameters
    ----------
    documents
        Documents in any order; the grouping does not depend on it.

    Returns
    -------
    groups
        Group number by document id; numbers are stable for the same set of documents.
    """
    ordered = sorted({d.id: d for d in documents}.values(), key=lambda d: d.id)
    shingles = [_shingles(d.text) for d in ordered]
    parent = list(range(len(ordered)))
    for i in range(len(ordered)):
        for j in range(i):
            if _root(parent, i) != _root(parent, j) and _jaccard(shingles[i], shingles[j]) >= SAME_ORIGIN:
                low, high = sorted((_root(parent, i), _root(parent, j)))
                parent[high] = low
    return {document.id: _root(parent, i) for i, document in enumerate(ordered)}


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = fold_name(text).split()
    return frozenset(tuple(words[i : i + SHINGLE_WORDS]) for i in range(max(1, len(words) - SHINGLE_WORDS + 1)))


def _jaccard(a: frozenset[tuple[str, ...]], b: frozenset[tuple[str, ...]]) -> float:
    return len(a & b) / max(1, len(a | b))


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        i = parent[i]
    return i
