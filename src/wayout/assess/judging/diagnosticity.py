"""How much each claim tells the hypotheses apart."""

import math
from collections.abc import Iterable, Mapping, Sequence

from wayout.assess.judging.case import Case
from wayout.assess.judging.weighing import ELSE, STAYS, Counted
from wayout.model import ClaimId

Logs = dict[str, float]
"""ln P(claim | course) by course, up to a constant."""


def logs_of(counted: Iterable[Counted], courses: Sequence[str], *, alone: bool = False) -> Logs:
    """
    Add up ln P(claim | course) over the parts of one claim.

    Parameters
    ----------
    counted
        The claim's pulls.
    courses
        Exit ids, :data:`STAYS` and :data:`ELSE`.
    alone
        As it would count had it stood alone.

    Returns
    -------
    logs
        By course.
    """
    logs = dict.fromkeys(courses, 0.0)
    for one in counted:
        share = 1.0 if alone else one.share
        for course in courses:
            logs[course] += share * _log(one, course)
    return logs


def _log(one: Counted, course: str) -> float:
    leaves, stays, other = one.logs
    if one.pull.exit is None:
        return {STAYS: stays, ELSE: other}.get(course, leaves)
    # The way it names against the middle of this way and another; on staying it says nothing.
    middle = (leaves + stays) / 2
    return 0.0 if course in (STAYS, ELSE) else (leaves if course == one.pull.exit else stays) - middle


def spread(logs: Mapping[str, float]) -> float:
    """
    Return the diagnosticity of a claim: the most minus the least of ln P(claim | course), in nats.

    Examples
    --------
    >>> spread({"stays": 0.0, "south": 0.0})
    0.0
    """
    return max(logs.values()) - min(logs.values()) if logs else 0.0


def ratios_of(logs: Mapping[str, float], prior: Mapping[str, float]) -> dict[str, float]:
    """
    Turn the likelihoods of a claim into ratios: P(claim | course) / P(claim | any other course).

    The other courses are weighed by their prior probabilities.

    Parameters
    ----------
    logs
        ln P(claim | course), up to a constant.
    prior
        P(course).

    Returns
    -------
    ratios
        By course; 1 for a course that has no alternative.
    """
    ratios = {}
    for course, own in logs.items():
        others = [(prior[c], math.exp(logs[c])) for c in logs if c != course]
        weight = sum(p for p, _ in others)
        ratios[course] = math.exp(own) * weight / sum(p * x for p, x in others) if weight > 0 else 1.0
    return ratios


def by_claim(case: Case) -> dict[ClaimId, tuple[Counted, ...]]:
    """Gather the counted pulls claim by claim, in the order of the pulls."""
    mine: dict[ClaimId, list[Counted]] = {p.claim: [] for p in case.pulls}
    for one in case.counted():
        mine[one.pull.claim].append(one)
    return {claim: tuple(parts) for claim, parts in mine.items()}
