"""Where a party can still get to: exits, routes, what decides them, and chains over countries."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from wayout.model.document import Span, Step
from wayout.model.identity import ClaimId
from wayout.model.quantity import check_quantities, quantity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

ExitKind = Literal["direction", "border", "province", "place"]
"""``place`` is an exit that the caller gave; the others are found round the area."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BarrierInfluence:
    """How much one barrier decides an exit: P(reach | open) - P(reach | closed), the Birnbaum importance."""

    barrier: str
    importance: float = quantity("1", "P(reach | barrier open) - P(reach | barrier closed)", low=-1, high=1)
    p_reach_if_open: float = quantity("1", "P(reach) when the barrier is open", low=0, high=1)
    p_reach_if_closed: float = quantity("1", "P(reach) when the barrier is closed", low=0, high=1)

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportInfluence:
    """
    How much one report decides an exit: what settling it would do.

    A report stands behind one or more barriers; were it settled as right they would all be closed, as wrong all open (as
    far as it alone goes). A report that a way is clear is right where its barriers are open. ``value_of_information`` is the
    expected absolute change of P(reach) by settling it: 0 where it is settled already.
    """

    claim: ClaimId
    barriers: tuple[str, ...]
    importance: float = quantity("1", "P(reach | its barriers open) - P(reach | closed)", low=-1, high=1)
    p_reach_if_right: float = quantity("1", "P(reach) with its barriers closed", low=0, high=1)
    p_reach_if_wrong: float = quantity("1", "P(reach) with its barriers open", low=0, high=1)
    value_of_information: float = quantity("1", "Expected absolute change of P(reach)", low=0, high=1)

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnsembleCheck:
    """
    How the draws were answered, and how well: checked against fresh, exactly solved draws.

    ``method`` is "all" (every combination solved exactly), "draws" (each draw solved exactly) or "gateways" (draws answered on
    the gateway graph, trained on ``n_training`` exact solves and checked on ``n_fresh`` others).
    """

    method: Literal["all", "draws", "gateways"]
    n_training: int = quantity("1", "Exact solves the graph was learned from", low=0, default=0)
    n_fresh: int = quantity("1", "Exact solves it was checked on", low=0, default=0)
    p_exact: float = quantity("1", "Share of fresh (draw, exit) pairs that agree to 1e-5", low=0, high=1, default=1.0)
    max_excess: float = quantity("1", "Largest relative excess of a travel time", low=0, default=0.0)
    max_correction: float = quantity("1", "Largest correction made to a probability", low=0, high=1, default=0.0)
    n_missed: int = quantity("1", "Draws the graph missed and a full solve answered", low=0, default=0)

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exit:
    """
    A way out (or in) and how open it is.

    ``name`` is what a reader calls it ("south", "Iraq", "Al Anbar"); ``toward`` names the countries and provinces that lie
    there. Travel-time quantiles are over the draws in which the exit is reached at all (``None`` if in none).
    ``route`` is the most common fastest path, lon/lat, generalised to the publication floor. ``reported`` tells whether any
    report speaks of this exit; where none does, the number rests on stated priors only.

    ``reach_curve`` are (clock hours, P(reached within them)), both rising: P for any time is its step at or before it.
    ``travel_time_h_intervals`` are 95 % sampling intervals of the three quantiles. ``corridor`` is the ground of all ways at most
    a tenth slower than the fastest, in the likeliest world in which the exit is reached or in most such worlds (lon/lat, no finer
    than the floor). ``sealed_by`` is the smallest set of barriers that closes the exit for good: ``None`` where all of them together
    do not, empty where the ground itself does.
    """

    id: str
    name: str
    kind: ExitKind
    geometry: "BaseGeometry"
    toward: tuple[str, ...] = ()
    bearing_deg: float | None = quantity(
        "deg", "Bearing from the source, clockwise from north", low=0, high=360, default=None
    )
    p_reach: float = quantity("1", "Probability that it is reached within the horizon", low=0, high=1)
    p_low: float = quantity("1", "Lower end of the 95 % sampling interval of p_reach", low=0, high=1)
    p_high: float = quantity("1", "Upper end of the 95 % sampling interval of p_reach", low=0, high=1)
    travel_time_h_p10: float | None = quantity("h", "10 % quantile of travel time", low=0, default=None)
    travel_time_h_p50: float | None = quantity("h", "Median travel time", low=0, default=None)
    travel_time_h_p90: float | None = quantity("h", "90 % quantile of travel time", low=0, default=None)
    reach_curve: tuple[tuple[float, float], ...] = ()
    travel_time_h_intervals: tuple[tuple[float, float] | None, ...] = (None, None, None)
    route: "BaseGeometry | None" = None
    corridor: "BaseGeometry | None" = None
    sealed_by: tuple[str, ...] | None = None
    reports: tuple[ReportInfluence, ...] = ()
    deciding: tuple[BarrierInfluence, ...] = ()
    reported: bool = False
    claims: tuple[ClaimId, ...] = ()
    evidence: tuple[Span, ...] = ()
    made_by: Step

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


def p_within(exit_: Exit, hours: float) -> float:
    """
    Return P(an exit is reached within some clock hours): its curve's step at or before them.

    Parameters
    ----------
    exit_
        A solved exit.
    hours
        Clock hours, rests included.

    Returns
    -------
    p
        0 before the first step; within the question's own time it is ``exit_.p_reach``.
    """
    by_then = [p for at, p in exit_.reach_curve if at <= hours * (1 + 1e-9)]
    return by_then[-1] if by_then else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class OnwardLink:
    """One reported leg of an onward chain, country to country; ``alternative`` groups "A or B"."""

    start: str
    end: str
    certainty: float = quantity("1", "Certainty of the claim behind it, -3..+3", low=-3, high=3)
    alternative: str | None = None
    adjacent: bool | None = None
    claims: tuple[ClaimId, ...]
    evidence: tuple[Span, ...]

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reach:
    """
    The answer of MOVE: exits (most open first), a probability surface, the onward chains as reported.

    ``p_surface`` is P(cell reached within the horizon), shape (rows, cols), row 0 north; ``surface_bounds`` are
    (west, south, east, north) degrees of its lon/lat frame.
    """

    source: "BaseGeometry"
    exits: tuple[Exit, ...]
    onward: tuple[OnwardLink, ...]
    horizon_h: float = quantity("h", "Time the party has", low=0)
    n_draws: int = quantity("1", "Barrier draws", low=1)
    cell_km: float = quantity("km", "Cell size", low=0.1, high=50)
    p_surface: "NDArray[np.float32]"
    surface_bounds: tuple[float, float, float, float]
    layers: tuple[str, ...] = ()
    check: EnsembleCheck | None = None
    made_by: Step

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)
