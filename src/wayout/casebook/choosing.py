"""Which propositions of a picture are worth showing, and which of their claims."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayout.casebook.as_of import AsOf
from wayout.fuse.belief import Known, as_date
from wayout.fuse.weighing.evidence import day_of
from wayout.fuse.weighing.propositions import parse_proposition
from wayout.model import ClaimId, DocumentId

KINDS = ("present", "holds", "open", "happened")
LEAST_MOVED = 0.05
"""A proposition is shown where reports move its probability so far from what it is when nobody speaks of it."""
LATELY_DAYS = 30.0
"""An operation is part of the situation while its newest report speaks of a day no longer ago."""
MOST_CLAIMS = 3
"""Claims named for one proposition, strongest first: enough to check it, few enough to read."""
MOST_SHOWN = 50
"""Propositions of one kind in a picture; the others are counted."""

Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Choice:
    """
    What is shown of a picture.

    ``codes`` are propositions by kind, the most telling first; ``n_more`` how many there would be beyond; ``n_old`` how many operations
    are too long ago.
    """

    codes: Mapping[str, Codes]
    n_more: Mapping[str, int]
    n_old: int

    def all(self) -> Codes:
        """Return the codes of all kinds."""
        return np.concatenate([self.codes[kind] for kind in KINDS])


def choose(as_of: AsOf, most: int = MOST_SHOWN) -> Choice:
    """
    Choose what to show: what reports have moved, of operations only the latest; the surest and newest first.

    Parameters
    ----------
    as_of
        The picture in columns.
    most
        Propositions of one kind.

    Returns
    -------
    choice
        What is left out is counted, never just gone.
    """
    believed = as_of.believed
    p, prior = believed.p, 1 / (1 + np.exp(-believed.evidence.prior))
    moved = np.abs(p - prior) >= LEAST_MOVED
    kinds = kinds_of(as_of)
    last = np.where(np.isnan(believed.last_day), -np.inf, believed.last_day)
    old = (kinds == "happened") & (last < day_of(as_of.moment) - LATELY_DAYS)
    codes, more = {}, {}
    for kind in KINDS:
        found = np.flatnonzero((kinds == kind) & moved & ~old)
        keys = (
            (-np.abs(p - prior)[found], -last[found])
            if kind == "happened"
            else (-last[found], -np.abs(p - prior)[found])
        )
        ordered = found[np.lexsort(keys)]
        codes[kind], more[kind] = ordered[:most], max(0, len(ordered) - most)
    return Choice(codes, more, int((old & moved).sum()) + as_of.n_old)


def kinds_of(as_of: AsOf) -> NDArray[np.str_]:
    """Return the kind of each proposition."""
    names = [key.partition("\x1f")[0] for key in as_of.believed.evidence.propositions]
    return np.array(names, dtype="U8") if names else np.empty(0, dtype="U8")


class Shown:
    """
    Answers for the chosen propositions what ``fuse.belief.Belief`` answers for all, so that the same finders make the records.

    Parameters
    ----------
    as_of
        The picture in columns.
    codes
        The propositions.
    """

    def __init__(self, as_of: AsOf, codes: Codes) -> None:
        believed = as_of.believed
        self._as_of = as_of
        self._rows = rows_by_proposition(as_of, codes)
        self._known: list[Known] = []
        self.n_origins: dict[tuple[ClaimId, ...], int] = {}
        for code in sorted(codes.tolist()):
            claims = self.claims(as_of, code)
            what = parse_proposition(believed.evidence.propositions[code])
            self._known.append(Known(what, float(believed.p[code]), as_date(float(believed.last_day[code])), claims))
            self.n_origins[claims] = int(believed.n_origins[code])

    def claims(self, as_of: AsOf, code: int) -> tuple[ClaimId, ...]:
        """Return the claims that say most of a proposition, strongest first."""
        return tuple(dict.fromkeys(claim_at(as_of, row) for row in self._rows[code][:MOST_CLAIMS].tolist()))

    def documents(self, as_of: AsOf) -> frozenset[DocumentId]:
        """Return the documents of the claims named."""
        rows = [row for rows in self._rows.values() for row in rows[:MOST_CLAIMS].tolist()]
        return frozenset(document_at(as_of, row) for row in rows)

    @property
    def named(self) -> frozenset[ClaimId]:
        """Return the claims named."""
        return frozenset(claim for known in self._known for claim in known.claims)

    def about(self, kind: str) -> Iterator[Known]:
        """Go through the chosen propositions of a kind; of being seen active, all of those who are shown somewhere."""
        if kind == "active":
            return self._active()
        return (known for known in self._known if known.proposition.kind == kind)

    def _active(self) -> Iterator[Known]:
        believed = self._as_of.believed
        shown = {known.proposition.actor for known in self._known if known.proposition.kind == "present"}
        for code, key in enumerate(believed.evidence.propositions):
            if key.startswith("active\x1f") and (what := parse_proposition(key)).actor in shown:
                yield Known(what, float(believed.p[code]), as_date(float(believed.last_day[code])), ())


def rows_by_proposition(as_of: AsOf, codes: Codes) -> dict[int, Codes]:
    """Return the rows of each of these propositions, those first that add most to its log-odds, then by claim."""
    evidence, contribution = as_of.believed.evidence, as_of.believed.contribution
    wanted = np.zeros(len(evidence.propositions), dtype=bool)
    wanted[codes] = True
    rows = np.flatnonzero(wanted[evidence.proposition])
    order = rows[
        np.lexsort((np.asarray(evidence.claims)[rows], -np.abs(contribution[rows]), evidence.proposition[rows]))
    ]
    edges = np.searchsorted(evidence.proposition[order], codes, side="left")
    ends = np.searchsorted(evidence.proposition[order], codes, side="right")
    return {code: order[a:b] for code, a, b in zip(codes.tolist(), edges.tolist(), ends.tolist(), strict=True)}


def document_at(as_of: AsOf, row: int) -> DocumentId:
    """Return the id of a row's document."""
    return DocumentId(as_of.believed.evidence.documents[row].decode())  # type: ignore[attr-defined]


def claim_at(as_of: AsOf, row: int) -> ClaimId:
    """Return the id of a row's claim."""
    return ClaimId(as_of.believed.evidence.claims[row].decode())  # type: ignore[attr-defined]
