"""What changed between two days, and which report did it: leave out one origin's new reports, and see how much of the change goes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from wayout.casebook.as_of import AsOf, believe_table
from wayout.casebook.choosing import KINDS, LEAST_MOVED, claim_at, document_at
from wayout.casebook.dates import last_moment
from wayout.casebook.gathering import refresh
from wayout.casebook.picture import actors_in
from wayout.casebook.words import sorted_codes
from wayout.fuse.reliability import ratings_at
from wayout.fuse.weighing.evidence import Evidence, believe, day_of
from wayout.fuse.weighing.propositions import Proposition, parse_proposition, prior_log_odds
from wayout.fuse.weighing.rows import sides_of
from wayout.model import ClaimId, DocumentId
from wayout.stats.log_odds import probability
from wayout.store.base import Store

LEAST_CHANGE = 0.1
"""A probability that moves by less is no change: half of ICD 203's narrower bands."""
LEAST_SHARE = 0.25
"""A report is named where leaving it out undoes this share of the change; else age or many reports together did it."""
MOST_NAMED = 3
"""Reports named for one change, those that did most first."""

What = Literal["appeared", "went", "rose", "fell"]
SameSide = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Culprit:
    """A report behind a change: its claim, and what the probability would be without the new reports of its origin."""

    claim: ClaimId
    document: DocumentId
    p_without: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """
    One proposition whose probability moved.

    ``was_told`` is false where nobody had spoken of it before. ``claim`` of ``document`` says most of it. ``n_new`` new claims speak of
    it, or of what excludes it; where there are none, what was said has aged. ``culprits`` are the new reports that did it.
    """

    proposition: Proposition
    what: What
    p_before: float
    p_after: float
    was_told: bool
    claim: ClaimId
    document: DocumentId
    n_new: int = 0
    culprits: tuple[Culprit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """All that moved between two times, most first; ``n_new`` reports became known in between, ``n_more`` changes are not listed."""

    before: datetime
    after: datetime
    n_new: int
    changes: tuple[Change, ...]
    n_more: int = 0


def find_changes(store: Store, before: datetime, after: datetime, most: int = 50) -> Changes:
    """
    Compare the pictures of two times.

    Parameters
    ----------
    store
        The store.
    before, after
        The times, aware; a day without an hour counts whole.
    most
        Changes listed.

    Returns
    -------
    changes
        Presences, holds, ways and operations that moved by :data:`LEAST_CHANGE` or more.
    """
    table = refresh(store)
    same_side = cache(sides_of(actors_in(table)))
    # Letters are those of the later day in both: a new rating is no news of the field.
    ratings = ratings_at(store.judgements(until=last_moment(after)), last_moment(after))
    first, second = (believe_table(table, at, same_side, before, ratings) for at in (before, after))
    moved = _moved(first, second)
    listed = moved[:most]
    blame = _Blame(second, second.known & ~first.known, same_side)
    changes = tuple(blame.explained(key, change) for key, change in listed)
    n_new = int((second.known & ~first.known).sum())
    return Changes(before=before, after=after, n_new=n_new, changes=changes, n_more=len(moved) - len(listed))


def _moved(first: AsOf, second: AsOf) -> list[tuple[str, Change]]:
    """List the propositions that moved, most first."""
    p_first, p_second = first.believed.by_key(), second.believed.by_key()
    moved = []
    for key in sorted(k for k in p_first.keys() | p_second.keys() if k.partition("\x1f")[0] in KINDS):
        base = probability(prior_log_odds(key.partition("\x1f")[0]))
        a, b = p_first.get(key, base), p_second.get(key, base)
        if abs(b - a) >= LEAST_CHANGE:
            change = Change(
                proposition=parse_proposition(key),
                what=_what(a, b, base),
                p_before=a,
                p_after=b,
                was_told=key in p_first,
                claim=ClaimId(""),
                document=DocumentId(""),
            )
            moved.append((key, change))
    return sorted(moved, key=lambda item: (-abs(item[1].p_after - item[1].p_before), item[0]))


def _what(a: float, b: float, base: float) -> What:
    if abs(a - base) < LEAST_MOVED:
        return "appeared"
    if abs(b - base) < LEAST_MOVED:
        return "went"
    return "rose" if b > a else "fell"


class _Blame:
    """Finds the reports behind changes."""

    def __init__(self, picture: AsOf, new: NDArray[np.bool_], same_side: SameSide) -> None:
        self._picture, self._new, self._same_side = picture, new, same_side
        evidence = picture.believed.evidence
        self._codes = {key: code for code, key in enumerate(evidence.propositions)}
        self._things: dict[str, list[int]] = {}
        for key, code in self._codes.items():
            if (state := parse_proposition(key).state) is not None:
                self._things.setdefault(state, []).append(code)
        self._order = np.argsort(evidence.proposition, kind="stable")
        self._sorted = evidence.proposition[self._order]

    def explained(self, key: str, change: Change) -> Change:
        """Name what says most of a proposition, and the new reports whose origin, left out, undoes most of its change."""
        code, evidence = self._codes[key], self._picture.believed.evidence
        rows = self._rows(self._things.get(change.proposition.state or "", [code]))
        is_new = self._new[self._picture.table.rows["document"][self._picture.rows[rows]]]
        found = []
        for origin in np.unique(evidence.origin[rows][is_new]).tolist():
            mine = is_new & (evidence.origin[rows] == origin)
            without = self._p(rows[~mine], key, change)
            share = (change.p_after - without) / (change.p_after - change.p_before)
            if share >= LEAST_SHARE:
                found.append((-share, self._told(rows[mine], code), without))
        found.sort(key=lambda item: (item[0], claim_at(self._picture, item[1])))
        lead = self._told(rows, code)
        return replace(
            change,
            claim=claim_at(self._picture, lead),
            document=document_at(self._picture, lead),
            n_new=int(is_new.sum()),
            culprits=tuple(
                Culprit(claim=claim_at(self._picture, row), document=document_at(self._picture, row), p_without=without)
                for _, row, without in found[:MOST_NAMED]
            ),
        )

    def _rows(self, codes: Iterable[int]) -> NDArray[np.int64]:
        ends = ((np.searchsorted(self._sorted, c, "left"), np.searchsorted(self._sorted, c, "right")) for c in codes)
        return np.concatenate([self._order[a:b] for a, b in ends])

    def _told(self, rows: NDArray[np.int64], code: int) -> int:
        """Return the row that says most: on the proposition itself, else on what excludes it; of equals the first by claim."""
        believed = self._picture.believed
        ids = np.asarray(believed.evidence.claims)[rows]
        keys = (ids, -np.abs(believed.contribution[rows]), believed.evidence.proposition[rows] != code)
        return int(rows[np.lexsort(keys)[0]])

    def _p(self, rows: NDArray[np.int64], key: str, change: Change) -> float:
        """Return the probability of a proposition from some of the rows alone."""
        base = probability(prior_log_odds(change.proposition.kind))
        if not len(rows):
            return base
        evidence = part_of(self._picture.believed.evidence, rows)
        believed = believe(evidence, day_of(self._picture.moment), same_side=self._same_side)
        return believed.by_key().get(key, base)


def part_of(evidence: Evidence, rows: NDArray[np.int64]) -> Evidence:
    """Take some rows of evidence as evidence of their own."""
    propositions, proposition = sorted_codes(evidence.propositions, evidence.proposition[rows])
    origins, origin = sorted_codes(evidence.origins, evidence.origin[rows])
    sources, source = sorted_codes(evidence.sources, evidence.source[rows])
    return Evidence(
        claims=[evidence.claims[row] for row in rows.tolist()],
        documents=[evidence.documents[row] for row in rows.tolist()],
        sources=sources,
        source=source,
        propositions=propositions,
        proposition=proposition,
        origins=origins,
        origin=origin,
        known_day=evidence.known_day[rows],
        spoken_day=evidence.spoken_day[rows],
        shift=evidence.shift[rows],
        words=evidence.words[rows],
        half_life_days=evidence.half_life_days[rows],
        ends=evidence.ends[rows],
    )
