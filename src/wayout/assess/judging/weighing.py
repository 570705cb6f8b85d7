"""Weigh courses of events by likelihood ratios: what each report counts beside the others, and the probabilities that follow."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from wayout.assess.judging.stated import ReportRow, Stated
from wayout.model import ClaimId

STAYS, ELSE = "stays", "else"
"""Keys of the two courses that are no way; the ways have their exits' ids."""
NAMED = "names the way"
"""Kind of the part of a report that names a way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """
    One report's pull: on leaving at all (``exit`` None) or on one way.

    ``strength`` is how much the report is to be believed: 1 surely right, 0 worth nothing, -1 surely wrong (a denial).
    """

    claim: ClaimId
    origin: str
    kind: str
    exit: str | None
    strength: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """
    A pull as it counts: ``share`` of it (0 to 1) beside the pulls that react to the same situation.

    ``logs`` are ln P(report | course), up to a constant: of leaving, staying and something else, or of the way it names,
    any other way, and 0.
    """

    pull: Pull
    share: float
    logs: tuple[float, float, float]


@lru_cache(maxsize=4096)
def log_likelihoods(row: ReportRow, strength: float) -> tuple[float, float, float]:
    """
    Give ln P(report | leaves, stays, else) of a report that is not surely right, up to a constant.

    ``P = s P_row + (1 - s) a``: with probability *s* the report follows the facts, else it is written whatever happens, as
    often (*a*) as under leaving and staying on average. A denial has the mirrored row, ``P_leaves P_stays / P``.

    Parameters
    ----------
    row
        Likelihoods of a report that is surely right.
    strength
        From -1 (surely a right denial) to 1.

    Returns
    -------
    logs
        Three logarithms; all 0 where the strength is 0.

    References
    ----------
    Bovens & Hartmann (2003) Bayesian Epistemology, ch. 3 (partially reliable witnesses),
    https://doi.org/10.1093/0199269750.001.0001
    """
    chances = (row.leaves, row.stays, row.other)
    if strength < 0:
        chances = (row.stays, row.leaves, row.leaves * row.stays / row.other)
    noise, s = (row.leaves + row.stays) / 2, abs(strength)
    leaves, stays, other = (math.log(s * p / noise + 1 - s) for p in chances)
    return leaves, stays, other


def count(pulls: Iterable[Pull], stated: Stated) -> tuple[Counted, ...]:
    """
    Say what each pull counts beside the others.

    Of one origin, kind and way only the strongest pull counts, so copies change nothing. What is left reacts, family by family
    (and way by way), to one situation: its reports are correlated, and *n* of equal strength count as n / (1 + (n - 1) r).
    Unequal ones are taken strongest first, each counting what it adds to that sum, so that a report of no worth takes
    nothing from the others. Assertions and denials are counted apart.

    Parameters
    ----------
    pulls
        In any order.
    stated
        Rows, families, correlation *r*.

    Returns
    -------
    counted
        One per pull, strongest first; repetitions have share 0.

    References
    ----------
    Clemen & Winkler (1985) Limits for the precision and value of information from dependent sources,
    https://doi.org/10.1287/opre.33.2.427
    """
    weighed = [(pull, row := _row(pull, stated), log_likelihoods(row, pull.strength)) for pull in pulls]
    weighed.sort(key=lambda x: (-round(abs(x[2][0] - x[2][1]), 12), x[0].claim, x[0].kind, x[0].exit or ""))
    told: set[tuple[object, ...]] = set()
    rank: dict[tuple[object, ...], int] = {}
    counted = []
    for pull, row, logs in weighed:
        own = (pull.origin, pull.kind, pull.exit, pull.strength < 0)
        if own in told or pull.strength == 0:
            counted.append(Counted(pull=pull, share=0.0, logs=logs))
            continue
        told.add(own)
        # Whether a family's report speaks for or against leaving decides whom it is counted with.
        together = (row.reacts_to, pull.exit, logs[0] > logs[1])
        n = rank[together] = rank.get(together, 0) + 1
        counted.append(
            Counted(pull=pull, share=_worth(n, stated.dependence) - _worth(n - 1, stated.dependence), logs=logs)
        )
    return tuple(counted)


def weigh(p_reach: Mapping[str, float], counted: Sequence[Counted], stated: Stated) -> dict[str, float]:
    """
    Give the probability of every course.

    ``P(course | reports)`` is the prior times the likelihoods of the counted reports. Leaving is shared over the ways in
    proportion to how open each is times the ratios of the reports that name it. Nobody leaves by a way more often than it can
    be gone: what that bound cuts off, stays.

    Parameters
    ----------
    p_reach
        P(reach) of each way, by exit id.
    counted
        From :func:`count`.
    stated
        Priors and ratios.

    Returns
    -------
    p
        By exit id, :data:`STAYS` and :data:`ELSE`; the values sum to 1.
    """
    logs = [math.log(max(p, 1e-12)) for p in (stated.leaves, 1 - stated.leaves - stated.other, stated.other)]
    named = dict.fromkeys(p_reach, 0.0)
    for one in counted:
        if one.pull.exit is None:
            logs = [total + one.share * x for total, x in zip(logs, one.logs, strict=True)]
        elif one.pull.exit in named:
            named[one.pull.exit] += one.share * (one.logs[0] - one.logs[1])
    top = max(logs)
    odds = [math.exp(x - top) for x in logs]
    leaves, _, other = (x / sum(odds) for x in odds)
    shares = {i: p * math.exp(named[i]) for i, p in p_reach.items()}
    total = sum(shares.values())
    p = {i: min(leaves * share / total, p_reach[i]) if total > 0 else 0.0 for i, share in shares.items()}
    return {**p, STAYS: max(0.0, 1 - other - sum(p.values())), ELSE: other}


def _row(pull: Pull, stated: Stated) -> ReportRow:
    if pull.exit is None:
        return stated.rows[pull.kind]
    return ReportRow(leaves=stated.toward, stays=1.0, other=1.0, reacts_to=NAMED)


def _worth(n: int, r: float) -> float:
    """Return how many independent reports *n* reports of correlation *r* are worth."""
    return n / (1 + (n - 1) * r) if n else 0.0
