"""The evidence of a store as columns: what every claim says, kept beside the claims, read back for any date."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wayout.casebook.words import Words
from wayout.store.base import Store

WORDS, RUNS, DOCUMENTS, ROWS, LINKS = (
    "evidence.words",
    "evidence.runs",
    "evidence.documents",
    "evidence.rows",
    "evidence.links",
)
"""Names of the derived columns; each is written before the next one refers to it."""
PLACES = "\x1e"
"""Stands before each phrase of a claim's places."""
DOCUMENT_TYPES = {
    "id": "S20",
    "source": "i8",
    "letter": "S1",
    "publisher": "i8",
    "origin": "i8",
    "known": "f8",
    "published": "f8",
    "length": "i8",
    "runs_end": "i8",
}
ROW_TYPES = {
    "document": "i8",
    "claim": "S22",
    "proposition": "i8",
    "mouth": "i8",
    "teller": "i8",
    "act": "i8",
    "deed": "i8",
    "places": "i8",
    "spoken": "f8",
    "shift": "f8",
    "words": "f8",
    "half_life": "f8",
    "ends": "f8",
}
LINK_TYPES = {"first": "i8", "second": "i8"}
NOBODY = -1
"""Code of no publisher, no mouth."""
PLACED, UNPLACED, BARE = -1, -2, -3
"""In place of a proposition: a document was looked through, and a claim of it lies somewhere, or none; a claim that says of nothing."""

RUN_TYPES = {"run": "u8"}
Columns = dict[str, NDArray[Any]]


@dataclass(slots=True)
class Table:
    """
    Evidence as columns.

    Attributes
    ----------
    words
        Sources, propositions, mouths and publishers by code.
    documents
        One a document: ``id``; ``source``, ``publisher`` (who it is known as) and ``origin`` (the key that gives) as codes; ``letter`` of
        the source; ``known`` as days since 1970-01-01 UTC (NaN: at no time); ``published`` in seconds since then (NaN: undated);
        ``length`` of the text in characters; ``runs_end``: where its runs end.
    rows
        One per claim and proposition, and one that marks each document as looked through. ``mouth`` is the origin of whom the claim
        names, ``teller`` the key that ratings are given to; ``act`` is a hash of what is
        told, ``deed`` of the same without its places, which are a code of all their phrases.
    links
        Pairs of documents (by position) behind which one text stands.
    runs
        The five-word runs of all documents, one after the other.
    """

    words: Words
    documents: Columns
    rows: Columns
    links: Columns
    runs: Columns

    @classmethod
    def empty(cls) -> "Table":
        """Make a table without a row."""
        return cls(Words(), *(no_rows(kind) for kind in (DOCUMENT_TYPES, ROW_TYPES, LINK_TYPES, RUN_TYPES)))

    @classmethod
    def of(cls, store: Store, version: str, *, with_runs: bool = False) -> "Table":
        """
        Fetch what a store keeps; nothing where other rules made it, or its parts do not fit (a crash, two writers at once).

        The runs are fetched only where ``with_runs``: a picture needs none.
        """
        basis, kept = store.derived_basis(ROWS), [store.derived(name) for name in (DOCUMENTS, ROWS, LINKS)]
        runs = store.derived(RUNS) if with_runs else no_rows(RUN_TYPES)
        documents, rows, links = kept
        if basis is None or documents is None or rows is None or links is None or runs is None:
            return cls.empty()
        table = cls(Words.of(store, WORDS), documents, rows, links, runs)
        return table if table.basis(version) == basis else cls.empty()

    def basis(self, version: str) -> str:
        """Say what the table was made from: the rules' version, and how much of everything there is."""
        ends = self.documents["runs_end"]
        sizes = (len(self.words.texts), len(ends), len(self.rows["document"]), len(self.links["first"]))
        return " ".join([version, *map(str, sizes), str(int(ends[-1]) if len(ends) else 0)])


def no_rows(types: dict[str, str]) -> Columns:
    """Make columns of these types without a row."""
    return {name: np.empty(0, dtype=kind) for name, kind in types.items()}


def laid_out(rows: Sequence[Sequence[Any]], types: dict[str, str]) -> Columns:
    """Lay rows out as columns of these types."""
    if not rows:
        return no_rows(types)
    columns = zip(types.items(), zip(*rows, strict=True), strict=True)
    return {name: np.array(values, dtype=kind) for (name, kind), values in columns}


def joined(first: Columns, second: Columns) -> Columns:
    """Put the rows of one set of columns behind another's."""
    return {name: np.concatenate([first[name], second[name]]) for name in first}
