"""What the page, the table and the files of `wayout move` are given: the answer with all it was asked from."""

from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from wayout.model import Barrier, Exit, PartyAim, Question, Reach, Step


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GivenPlace:
    """A source or an exit as the user drew it, lon/lat."""

    name: str
    geometry: BaseGeometry


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A barrier whose probability was moved, from and to."""

    barrier: str
    p_before: float
    p_after: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ToldWays:
    """
    An answer of MOVE on a situation that somebody drew.

    ``title`` and ``note`` are the user's words; ``aim`` tells whether the exits are ways out or places to get to; ``places``
    are the exits as drawn (none where directions, borders and provinces were looked at); ``barriers`` as they count in
    ``reach``, ``kind_words`` what each is in the user's words (name, kind or role). Where probabilities were moved, ``changes`` lists them and ``before`` is the answer without them.
    ``dated`` tells whether the question has a day; ``towns`` are (name, lon, lat) for people to find their way on the map.
    """

    title: str
    note: str
    question: Question
    aim: PartyAim
    dated: bool
    sources: tuple[GivenPlace, ...]
    places: tuple[GivenPlace, ...]
    barriers: tuple[Barrier, ...]
    kind_words: tuple[tuple[str, str], ...]
    reach: Reach
    warnings: tuple[str, ...]
    made_by: Step
    changes: tuple[Change, ...] = ()
    before: Reach | None = None
    towns: tuple[tuple[str, float, float], ...] = ()


def told_exits(told: ToldWays) -> tuple[Exit, ...]:
    """
    Order the exits: the most probable first, then the faster, then by id; directions, borders and provinces apart.

    Parameters
    ----------
    told
        An answer.
    """
    kinds = ("place", "direction", "border", "province")
    return tuple(
        sorted(
            told.reach.exits,
            key=lambda e: (
                kinds.index(e.kind),
                -round(e.p_reach, 9),
                float("inf") if e.travel_time_h_p50 is None else e.travel_time_h_p50,
                e.id,
            ),
        )
    )


def exit_before(told: ToldWays, exit_: Exit) -> Exit | None:
    """Find the same exit in the answer before probabilities were moved."""
    if told.before is None:
        return None
    return next((e for e in told.before.exits if e.id == exit_.id), None)


def numbered_barriers(told: ToldWays) -> dict[str, str]:
    """Number the barriers as map and table do, in the order given: B1, B2 ..."""
    return {b.id: f"B{n}" for n, b in enumerate(told.barriers, start=1)}
