"""Turn the arithmetic's answers into records: how each claim tells the hypotheses apart, and what the stated numbers do."""

from collections.abc import Mapping

from wayout.assess.judging.case import Case, leader
from wayout.assess.judging.courses import hypothesis_id
from wayout.assess.judging.diagnosticity import by_claim, logs_of, ratios_of, spread
from wayout.assess.judging.sensitivity import shifts
from wayout.model import Diagnosticity, Sensitivity


def tell_diagnosticity(case: Case, said: Mapping[str, str]) -> tuple[Diagnosticity, ...]:
    """
    Say of every claim that bears on the hypotheses how much it tells them apart.

    Parameters
    ----------
    case
        The question.
    said
        Statement of each course.

    Returns
    -------
    told
        Most telling first, as each counts beside the others; then as each would alone; of equals by claim id.
    """
    prior, courses = case.prior(), list(said)
    told = []
    for claim, parts in by_claim(case).items():
        logs = logs_of(parts, courses)
        ratios = ratios_of(logs, prior)
        told.append(
            Diagnosticity(
                claim=claim,
                kind=next(p.pull.kind for p in parts if p.pull.exit is None),
                origin=parts[0].pull.origin,
                strength=parts[0].pull.strength,
                spread=spread(logs),
                spread_alone=spread(logs_of(parts, courses, alone=True)),
                ratios=tuple((hypothesis_id(said[course]), ratio) for course, ratio in ratios.items()),
            )
        )
    return tuple(sorted(told, key=lambda d: (-round(d.spread, 9), -round(d.spread_alone, 9), d.claim)))


def tell_sensitivity(case: Case, said: Mapping[str, str]) -> tuple[Sensitivity, ...]:
    """
    Say what the leading hypothesis becomes when each stated number is halved, and doubled.

    Parameters
    ----------
    case
        The question.
    said
        Statement of each course.

    Returns
    -------
    told
        The widest first.
    """
    first = leader(case.p())
    return tuple(
        Sensitivity(
            name=shift.name,
            p_halved=min(1.0, shift.halved[first]),
            p_doubled=min(1.0, shift.doubled[first]),
            leader_halved=hypothesis_id(said[leader(shift.halved)]),
            leader_doubled=hypothesis_id(said[leader(shift.doubled)]),
        )
        for shift in shifts(case)
    )
