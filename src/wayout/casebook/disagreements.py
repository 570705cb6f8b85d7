"""Where reports disagree: the columns say on which propositions, the rules of FUSE say which claims cannot both hold."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from wayout.casebook.as_of import AsOf
from wayout.casebook.choosing import claim_at, kinds_of
from wayout.fuse.contradictions import find_contradictions
from wayout.fuse.weighing.evidence import day_of
from wayout.fuse.weighing.propositions import parse_proposition
from wayout.model import Claim, ClaimId, Contradiction

SURE = 0.5
"""Log-odds from which words affirm or deny: between "possible" (.62) and "probable"."""
STILL_MEANT = 2.0
"""Half-lives for which a report is held against another one."""
LONGEST_DAYS = 365.0
"""... and at most so long, where it speaks of what does not fade."""
TWO_HOLDERS = 0.25
"""Probability that two holders must each have for a place to be in dispute."""

Rows = NDArray[np.int64]


def disputed_rows(as_of: AsOf, most: int) -> list[int]:
    """
    Find rows that speak on both sides of a proposition, or for two holders of one place: the newest of each side.

    Parameters
    ----------
    as_of
        The picture in columns.
    most
        Disputes, the newest first.

    Returns
    -------
    rows
        Places among the rows of the picture's evidence.
    """
    evidence, day = as_of.believed.evidence, days_of(as_of)
    meant = STILL_MEANT * np.minimum(evidence.half_life_days, LONGEST_DAYS)
    told = (np.abs(evidence.words) >= SURE) & (day_of(as_of.moment) - day <= meant)
    yes, no = np.flatnonzero(told & (evidence.words > 0)), np.flatnonzero(told & (evidence.words < 0))
    both = np.intersect1d(evidence.proposition[yes], evidence.proposition[no])
    newest = (_newest(as_of, rows, both, day) for rows in (yes, no))
    pairs: list[tuple[int, ...]] = list(zip(*newest, strict=True))
    holders = _rivals(as_of)
    heard = np.intersect1d(
        np.array(sorted({c for codes in holders for c in codes}), dtype=np.int64), evidence.proposition[yes]
    )
    newest_word = dict(zip(heard.tolist(), _newest(as_of, yes, heard, day), strict=True))
    pairs += [tuple(newest_word[c] for c in codes if c in newest_word) for codes in holders]
    pairs.sort(key=lambda rows: [-max(day[list(rows)], default=0.0), *sorted(claim_at(as_of, row) for row in rows)])
    return sorted({row for pair in pairs[:most] for row in pair})


def find_disagreements(
    as_of: AsOf, claims: Iterable[Claim], most: int, same_side: Callable[[str, str], bool]
) -> tuple[Contradiction, ...]:
    """
    Find pairs of claims that cannot both hold, by the rules of :func:`wayout.fuse.contradictions.find_contradictions`.

    Parameters
    ----------
    as_of
        The picture in columns.
    claims
        Claims of the picture, in any order.
    most
        Pairs returned.
    same_side
        Tells whether two actors are on one side.

    Returns
    -------
    contradictions
        The newest first.
    """
    told = _Told(as_of, claims)
    found = find_contradictions(told.claims, told, same_side)
    newest = sorted(
        found, key=lambda pair: (-max(told.day_of(pair.first), told.day_of(pair.second)), pair.first, pair.second)
    )
    return tuple(newest[:most])


def days_of(as_of: AsOf) -> NDArray[np.float64]:
    """Return the day that each row speaks of, else of its publication."""
    evidence = as_of.believed.evidence
    return np.where(
        np.isnan(evidence.spoken_day), evidence.known_day, np.minimum(evidence.spoken_day, evidence.known_day)
    )


class _Told:
    """Answers of some claims what ``fuse.belief.Belief`` answers of all: the day they speak of, the mouth behind them."""

    def __init__(self, as_of: AsOf, claims: Iterable[Claim]) -> None:
        evidence, days = as_of.believed.evidence, days_of(as_of)
        said = {c.id.encode(): c for c in claims}
        ids = np.asarray(evidence.claims)
        where = {c.document.encode() for c in said.values()}
        near = np.isin(np.asarray(evidence.documents), np.array(sorted(where), dtype="S20"))
        rows = np.array([row for row in np.flatnonzero(near).tolist() if ids[row] in said], dtype=np.int64)
        self._days = {ClaimId(ids[row].decode()): float(days[row]) for row in rows.tolist()}
        self._mouths: dict[ClaimId, str] = {
            ClaimId(ids[row].decode()): evidence.origins[evidence.origin[row]] for row in rows.tolist()
        }
        known: Sequence[Claim] = [c for c in said.values() if c.id in self._days]
        self.claims = sorted(known, key=lambda c: (self._days[c.id], c.document, c.evidence[0].start, c.id))

    def day_of(self, claim: ClaimId) -> float:
        return self._days[claim]

    def group_of(self, claim: ClaimId) -> str:
        return self._mouths[claim]


def _rivals(as_of: AsOf) -> list[list[int]]:
    """List the places that two actors probably hold; whether they are on one side is for the rules to say."""
    evidence, p = as_of.believed.evidence, as_of.believed.p
    rivals: dict[str, list[int]] = {}
    for code in np.flatnonzero((kinds_of(as_of) == "holds") & (p >= TWO_HOLDERS)).tolist():
        rivals.setdefault(parse_proposition(evidence.propositions[code]).state or "", []).append(code)
    return [codes for codes in rivals.values() if len(codes) > 1]


def _newest(as_of: AsOf, rows: Rows, codes: Rows, day: NDArray[np.float64]) -> list[int]:
    """Return the newest of the rows on each proposition; of one day the strongest, then the first by claim."""
    evidence = as_of.believed.evidence
    wanted = np.zeros(len(evidence.propositions), dtype=bool)
    wanted[codes] = True
    mine = rows[wanted[evidence.proposition[rows]]]
    keys = (np.asarray(evidence.claims)[mine], -np.abs(evidence.words[mine]), -day[mine], evidence.proposition[mine])
    order = mine[np.lexsort(keys)]
    found: list[int] = order[np.searchsorted(evidence.proposition[order], codes)].tolist()
    return found
