"""Near-copies among known documents: found at any time, the same whatever the order they came in."""

from collections.abc import Iterable

import numpy as np

from wayout.fuse.origins.links import EchoEntry, EchoLink
from wayout.fuse.origins.shingles import Shingles, from_signature
from wayout.model import DocumentId

SAME_ORIGIN = 0.35
"""Share of the shorter text's runs from which two texts are one origin."""


class EchoIndex:
    """
    Documents by their run hashes.

    Examples
    --------
    >>> index = EchoIndex()
    >>> index.links()
    ()
    """

    def __init__(self) -> None:
        self._entries: dict[DocumentId, EchoEntry] = {}

    def __len__(self) -> int:
        """Count the documents."""
        return len(self._entries)

    def add(self, entries: Iterable[EchoEntry]) -> None:
        """Add documents; one that is known already changes nothing."""
        for entry in entries:
            self._entries.setdefault(entry.document, entry)

    def links(self) -> tuple[EchoLink, ...]:
        """Return the echo links among all documents added so far, in the order of their ids."""
        ids = sorted(self._entries)
        runs = [from_signature(self._entries[i].signature) for i in ids]
        return tuple(
            EchoLink(first=ids[i], second=ids[j], share=share, why="shares its words")
            for i, j, share in _shares(runs)
            if share >= SAME_ORIGIN
        )


def _shares(runs: list[Shingles]) -> list[tuple[int, int, float]]:
    by_run: dict[int, list[int]] = {}
    for i, own in enumerate(runs):
        for run in own.tolist():
            by_run.setdefault(run, []).append(i)
    pairs = {(i, j) for owners in by_run.values() for n, j in enumerate(owners) for i in owners[:n]}
    return [
        (i, j, len(np.intersect1d(runs[i], runs[j])) / max(1, min(len(runs[i]), len(runs[j]))))
        for i, j in sorted(pairs)
    ]
