"""Where those who flee arrive: places of refuge, and the share of arrivals each of them is expected to see."""

from dataclasses import dataclass

from wayout.model.document import Step
from wayout.model.quantity import check_quantities, quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuge:
    """
    A place people may flee to: a camp, a town, a crossing.

    ``town_population`` counts the people who live in and around it (10 km), never the displaced that were counted there:
    those are what the answer is about. ``country_population`` bounds how many a country takes in before others are sought.
    Unknown is ``None``: an unknown town counts as none, an unknown country sets no bound.
    """

    id: str
    name: str
    country: str | None = None
    country_population: float | None = quantity("persons", "People of the country it lies in", low=1, default=None)
    town_population: float | None = quantity("persons", "People who live within 10 km", low=0, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """
    The share of all arrivals one refuge is expected to see, with the interval such shares fell into before.

    ``p_reach`` and ``travel_time_h_p50`` are told where the ways were drawn (with barriers), ``distance_km`` where routes are in
    kilometres; they are from the origin that sends most people there (``origin``). ``why`` says what the share rests on.
    """

    refuge: str
    name: str
    share: float = quantity("1", "Expected share of all arrivals", low=0, high=1)
    share_low: float = quantity("1", "Lower end of the interval of the share", low=0, high=1)
    share_high: float = quantity("1", "Upper end of the interval of the share", low=0, high=1)
    p_reach: float | None = quantity("1", "Probability that it can be reached", low=0, high=1, default=None)
    travel_time_h_p50: float | None = quantity("h", "Median travel time where reached", low=0, default=None)
    distance_km: float | None = quantity("km", "Length of the way", low=0, default=None)
    origin: str | None = None
    why: str = ""

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """
    Where those who flee arrive, largest share first; ``unreached`` are the refuges no way leads to.

    Shares are of those who arrive anywhere; ``p_none`` is the probability that no refuge can be reached at all.
    ``coverage`` is how often the true share fell into intervals of this kind on conflicts the model was not fitted on.
    """

    arrivals: tuple[Arrival, ...]
    unreached: tuple[str, ...] = ()
    p_none: float = quantity("1", "Probability that no refuge is reached", low=0, high=1, default=0.0)
    coverage: float = quantity("1", "Measured coverage of the intervals", low=0, high=1)
    made_by: Step

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)
