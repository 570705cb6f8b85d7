"""What the answer becomes when a stated number is halved or doubled: the weights are judgements, not measurements."""

from dataclasses import dataclass, replace

from wayout.assess.judging.case import Case, leader
from wayout.assess.judging.stated import scaled
from wayout.assess.judging.weighing import NAMED

FACTORS = (0.5, 2.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """The probabilities of all courses with one stated number halved, and doubled."""

    name: str
    halved: dict[str, float]
    doubled: dict[str, float]


def shifts(case: Case) -> tuple[Shift, ...]:
    """
    Halve and double every stated number that the answer rests on, one at a time.

    Parameters
    ----------
    case
        The question.

    Returns
    -------
    shifts
        The widest for the leading course first. Of a kind of report the log likelihood ratios are multiplied, of a prior the
        odds. Numbers that nothing rests on are left out.
    """
    counted = [c for c in case.counted() if c.share > 0]
    kinds = {"toward" if c.pull.kind == NAMED else c.pull.kind for c in counted}
    shared = any(c.share < 1 for c in counted)
    names = [*sorted(kinds), "prior", "else", *(["dependence"] if shared else [])]
    found = []
    for name in names:
        halved, doubled = (replace(case, stated=scaled(case.stated, name, f)).p() for f in FACTORS)
        found.append(Shift(name=name, halved=halved, doubled=doubled))
    first = leader(case.p())
    return tuple(sorted(found, key=lambda s: (-abs(s.doubled[first] - s.halved[first]), s.name)))


def range_of(case: Case, found: tuple[Shift, ...], course: str) -> tuple[float, float]:
    """
    Return the least and the most a course's probability becomes over all shifts, its own value included.

    Parameters
    ----------
    case
        The question.
    found
        From :func:`shifts`.
    course
        A key of the case's probabilities.
    """
    values = [case.p()[course], *(p[course] for s in found for p in (s.halved, s.doubled))]
    return min(values), max(values)
