"""The flip test: the smallest change of the evidence after which another course leads."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import combinations, islice
from math import comb

from wayout.assess.judging.case import Case, leader
from wayout.assess.judging.weighing import STAYS, Pull
from wayout.model import ClaimId

MOST_WORK = 150_000
"""Pulls weighed in trying sets of origins one by one, at most (half a second), before the search turns greedy."""
MOST_RERUNS = 4
"""Runs of the whole chain spent on sets that the arithmetic proposes, at most."""
STEPS = 24
"""Halvings of the search for the least discount: to one part in ten million."""

Rerun = Callable[[frozenset[str]], Mapping[str, float]]
"""The whole chain without some origins: the probability of every hypothesis, by statement."""


def removals(case: Case) -> tuple[tuple[frozenset[str], ...], int]:
    """
    Find sets of origins without which another course leads, the ways as they are.

    Sets are tried in order of size, all of one size before the next, as long as :data:`MOST_WORK` allows: so the first found is
    the smallest. Where that does not suffice, origins are left out greedily, those first that speak most for the leader.

    Parameters
    ----------
    case
        The question.

    Returns
    -------
    sets
        The flipping sets of the smallest size found, in order of what they take from the leader, most first.
    n_excluded
        No set of this size or smaller flips it.
    """
    case = _telling(case)
    p, known = case.p(), sorted({pull.origin for pull in case.pulls})
    first = leader(p)
    room, excluded = MOST_WORK // max(1, len(case.pulls)), 0
    for size in range(1, len(known) + 1):
        room -= comb(len(known), size)
        if room < 0:
            greedy = _greedy(case, known, first)
            return ((greedy,) if greedy else ()), excluded
        found = []
        for origins in map(frozenset, combinations(known, size)):
            now = case.without(origins).p()
            if leader(now) != first:
                found.append((now[first] - max(now.values()), origins))
        if found:
            return tuple(s for _, s in sorted(found, key=lambda x: (round(x[0], 9), sorted(x[1])))), excluded
        excluded = size
    return (), excluded


def _telling(case: Case) -> Case:
    """Leave out the pulls that can never count: of no strength, or weaker than another of their origin, kind and way."""
    kept: dict[tuple[object, ...], Pull] = {}
    for pull in case.pulls:
        key = (pull.origin, pull.kind, pull.exit, pull.strength < 0)
        if pull.strength != 0 and (key not in kept or abs(pull.strength) > abs(kept[key].strength)):
            kept[key] = pull
    return replace(case, pulls=tuple(kept.values()))


def confirm(
    sets: Iterable[frozenset[str]], first: str, rerun: Rerun, budget: int
) -> tuple[frozenset[str], Mapping[str, float]] | None:
    """
    Run the whole chain without proposed sets of origins, and return the first after which another hypothesis leads.

    Leaving a report out also opens or closes ways; the arithmetic that proposes the sets leaves the ways as they are.

    Parameters
    ----------
    sets
        Proposals, best first.
    first
        The statement of the hypothesis that leads now.
    rerun
        The whole chain.
    budget
        Runs, at most.

    Returns
    -------
    origins
        Those left out.
    p
        The probabilities then; ``None`` where no proposal does it.
    """
    for origins in islice(sets, budget):
        p = rerun(origins)
        if leader(p) != first:
            return origins, p
    return None


def least_discount(case: Case) -> tuple[ClaimId, float, dict[str, float]] | None:
    """
    Find the claim of which the least weight must be taken for another course to lead, the ways as they are.

    Parameters
    ----------
    case
        The question.

    Returns
    -------
    claim
        Its id.
    weight_left
        The largest share of its weight, from 0, at which another course leads.
    p
        The probabilities then; all three ``None`` together where no claim alone can do it.
    """
    case = _telling(case)
    first = leader(case.p())
    best: tuple[ClaimId, float, dict[str, float]] | None = None
    for claim in sorted({p.claim for p in case.pulls}):
        gone = case.discounted(claim, 0.0).p()
        if leader(gone) == first:
            continue
        flips, holds = 0.0, 1.0
        for _ in range(STEPS):
            middle = (flips + holds) / 2
            if leader(case.discounted(claim, middle).p()) == first:
                holds = middle
            else:
                flips = middle
        if best is None or flips > best[1]:
            best = (claim, flips, case.discounted(claim, flips).p())
    return best


def _greedy(case: Case, known: list[str], first: str) -> frozenset[str]:
    """Leave out ever more of the origins that speak most for the leader; return the fewest found, or nothing."""
    support = dict.fromkeys(known, 0.0)
    for one in case.counted():
        here, there = (one.logs[0], one.logs[1]) if one.pull.exit is None else (one.logs[0] - one.logs[1], 0.0)
        if one.pull.exit is None:
            toward = there - here if first == STAYS else here - there
        else:
            toward = here if first == one.pull.exit else -here
        support[one.pull.origin] += one.share * toward
    ranked = [o for o in sorted(known, key=lambda o: (-support[o], o)) if support[o] > 0]
    for n in range(1, len(ranked) + 1):
        if leader(case.without(frozenset(ranked[:n])).p()) != first:
            return frozenset(ranked[:n])
        if n * len(case.pulls) > MOST_WORK:
            break
    return frozenset()
