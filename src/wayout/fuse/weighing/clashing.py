"""Rules by which two claims cannot both hold: each sorts claims by a key, so that a hundred thousand take no longer than a look each."""

import itertools
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from wayout.fuse.weighing.propositions import place_key
from wayout.fuse.weighing.rows import OPENING
from wayout.model import ActorId, Claim, ContradictionKind

SAME_TIME_DAYS = 3.0
"""Two states of one thing told of days no further apart are told of one time; past that, things may have changed."""
SAME_DEED_DAYS = 7.0
"""Days told of one deed that lie no further apart are two dates of it; past that, it may have been done twice."""
CHANGES = frozenset({"takes", "loses", "withdraws", "opens", "seals"})
"""Predicates that tell of a change: a later one explains the earlier state, it does not deny it."""
DONE_ONCE = frozenset({"takes", "loses", "opens", "seals", "withdraws"})
"""Deeds that are hardly done twice within :data:`SAME_DEED_DAYS`."""


class Told(NamedTuple):
    """A claim with the day it speaks of (days since 1970-01-01 UTC, NaN unknown), the mouth behind it and its places' names."""

    claim: Claim
    day: float
    origin: str
    places: tuple[str, ...]


class Clash(NamedTuple):
    """Two claims that cannot both hold, the rule that says so, and why."""

    first: Told
    second: Told
    kind: ContradictionKind
    why: str


def denials(told: Sequence[Told]) -> Iterator[Clash]:
    """Find a claim and the denial of it, and one deed at one place once affirmed and once denied."""
    by_id = {t.claim.id: t for t in told}
    why = "one affirms what the other denies"
    for denial in told:
        affirmed = by_id.get(denial.claim.denies) if denial.claim.denies is not None else None
        if affirmed is not None:
            yield Clash(affirmed, denial, "denial", why)
    for group in _buckets(told, _deeds):
        yes = [t for t in group if t.claim.certainty > 0]
        no = [t for t in group if t.claim.certainty < 0]
        for first, second in _nearest(yes, no, SAME_DEED_DAYS):
            yield Clash(first, second, "denial", why)


def open_and_closed(told: Sequence[Told]) -> Iterator[Clash]:
    """Find one way called open and closed at one time."""
    ways = [t for t in told if t.claim.predicate in OPENING and t.claim.certainty > 0]
    for group in _buckets(ways, _places):
        opens = [t for t in group if OPENING[t.claim.predicate] > 0]
        shut = [t for t in group if OPENING[t.claim.predicate] < 0]
        for first, second in _nearest(opens, shut, SAME_TIME_DAYS):
            if not _explained(first, second):
                yield Clash(first, second, "open_or_closed", "one says closed, the other open")


def holders(told: Sequence[Told], same_side: Callable[[str, str], bool]) -> Iterator[Clash]:
    """Find two holders of one place at one time who are not on one side, and a holder said to have lost it."""
    about = ("holds", "takes", "loses")
    held = [t for t in told if t.claim.predicate in about and t.claim.certainty > 0 and t.claim.subject is not None]
    for group in _buckets(held, _places):
        by_holder: dict[ActorId | None, list[Told]] = {}
        for t in group:
            if t.claim.predicate != "loses":
                by_holder.setdefault(t.claim.subject, []).append(t)
        rivals = list(by_holder)
        for n, one in enumerate(rivals):
            lost = [t for t in group if t.claim.predicate == "loses" and same_side(str(t.claim.subject), str(one))]
            for first, second in _nearest(by_holder[one], lost, SAME_TIME_DAYS):
                if not _explained(first, second):
                    yield Clash(first, second, "holder", "one says that the place is held, the other that it is lost")
            for other in rivals[n + 1 :]:
                if same_side(str(one), str(other)):
                    continue
                for first, second in _nearest(by_holder[one], by_holder[other], SAME_TIME_DAYS):
                    if not _explained(first, second):
                        yield Clash(first, second, "holder", "they name two holders of one place at one time")


def figures(told: Sequence[Told]) -> Iterator[Clash]:
    """Find numbers given for one deed by different reports whose ranges do not meet."""
    counted = [t for t in told if t.claim.quantity is not None and t.claim.certainty > 0 and not np.isnan(t.day)]
    for group in _buckets(counted, _counts):
        ordered = sorted(group, key=lambda t: (_range(t.claim)[1], t.claim.id))
        least = ordered[0]
        seen: set[tuple[str, tuple[float, float]]] = set()
        for other in ordered[1:]:
            bounds = _range(other.claim)
            if bounds[0] <= _range(least.claim)[1] or other.claim.document == least.claim.document:
                continue
            if (other.origin, bounds) not in seen:
                seen.add((other.origin, bounds))
                yield Clash(least, other, "figures", "the numbers given do not agree, even at their widest")


def dates(told: Sequence[Told]) -> Iterator[Clash]:
    """Find days given for one deed by different reports that do not meet."""
    dated = [t for t in told if t.claim.predicate in DONE_ONCE and t.claim.certainty > 0 and _is_dated(t.claim)]
    for group in _buckets(dated, _deeds):
        ordered = sorted(group, key=lambda t: (t.day, t.claim.id))
        for earlier, later in itertools.pairwise(ordered):
            one, two = earlier.claim.time, later.claim.time
            if one is None or two is None or one.end is None or two.start is None:
                continue
            apart = (two.start - one.end).days
            if 0 < apart <= SAME_DEED_DAYS and earlier.claim.document != later.claim.document:
                yield Clash(earlier, later, "dates", "the days given for one deed do not agree")


def _buckets(told: Iterable[Told], keys: Callable[[Told], Iterable[object]]) -> Iterator[list[Told]]:
    found: dict[object, list[Told]] = {}
    for t in told:
        for key in keys(t):
            found.setdefault(key, []).append(t)
    return (group for group in found.values() if len(group) > 1)


def place_names(claim: Claim) -> tuple[str, ...]:
    """Name the places a claim speaks of; two spellings of one gazetteer entry are one."""
    named = (p.phrase.casefold() if p.region is None else place_key(p.region, claim.document) for p in claim.places)
    return tuple(dict.fromkeys(named))


def _places(told: Told) -> tuple[str, ...]:
    return told.places


def _deeds(told: Told) -> Iterator[tuple[object, ...]]:
    """What makes claims tell of one deed; what no predicate names is many acts, told apart by type and sides."""
    claim = told.claim
    deed: tuple[object, ...] = (claim.predicate, claim.subject, claim.object)
    if claim.predicate == "other":
        if claim.event_type is None or None in (claim.subject, claim.object):
            return
        deed = (*deed, claim.event_type)
    for place in told.places or ("",):
        yield (*deed, place)


def _counts(told: Told) -> Iterator[tuple[object, ...]]:
    claim = told.claim
    if claim.quantity is None or claim.time is None or claim.time.start is None or claim.time.date_prec > 1:
        return
    for deed in _deeds(told):
        yield (*deed, claim.quantity.unit, claim.time.start)


def _range(claim: Claim) -> tuple[float, float]:
    number = claim.quantity
    if number is None:
        return -np.inf, np.inf
    least = number.low if number.low is not None else number.value
    most = number.high if number.high is not None else number.value
    return -np.inf if least is None else least, np.inf if most is None else most


def _is_dated(claim: Claim) -> bool:
    return claim.time is not None and claim.time.date_prec <= 2 and claim.time.start is not None


def _explained(first: Told, second: Told) -> bool:
    """Tell whether the later of two states is a change that ends the earlier one."""
    later = first if first.day > second.day else second if second.day > first.day else None
    return later is not None and later.claim.predicate in CHANGES


def _nearest(ones: Sequence[Told], others: Sequence[Told], within_days: float) -> Iterator[tuple[Told, Told]]:
    """
    Pair each claim of the smaller side with the claim of the other that is nearest in time, once per origin and day.

    Claims of no known day pair with the first of the other side.
    """
    if len(ones) > len(others):
        yield from ((a, b) for b, a in _nearest(others, ones, within_days))
        return
    undated = [t for t in others if np.isnan(t.day)]
    dated = sorted((t for t in others if not np.isnan(t.day)), key=lambda t: (t.day, t.claim.id))
    days = [t.day for t in dated]
    seen: set[tuple[str, float]] = set()
    for one in ones:
        if (one.origin, one.day) in seen or not (dated or undated):
            continue
        seen.add((one.origin, one.day))
        place = bisect_left(days, one.day) if not np.isnan(one.day) else 0
        around = [*dated[max(0, place - 1) : place + 1], *undated[:1]]
        best = min(around, key=lambda t: 0.0 if np.isnan(t.day - one.day) else abs(t.day - one.day))
        if not abs(best.day - one.day) > within_days:
            yield one, best
