"""The handful of constants of the flight model (``vocab/flight.yaml``), checked."""

from dataclasses import dataclass, fields

from wayout.errors import VocabularyError
from wayout.model import check_quantities, quantity
from wayout.vocab import read_vocab


@dataclass(frozen=True, slots=True, kw_only=True)
class FlightConstants:
    """
    How people choose where to flee. Fitted on past conflicts; none of them knows a place.

    Raises
    ------
    InputError
        If a constant is outside its range.
    """

    distance_power: float = quantity(
        "1", "Choice among refuges falls with (distance + offset) to this power", low=0, high=8
    )
    offset_km: float = quantity("km", "Distance under which nearer is no longer better", low=0.01, high=500)
    reach_power: float = quantity("1", "Those who flee that far fall with the nearest refuge's distance", low=0, high=8)
    far_km: float = quantity("km", "Distance beyond which farther no longer keeps people from leaving", low=0.01)
    absorption: float = quantity("1", "Arrivals a head of a country's people that halve its pull", low=1e-6)
    newest_pull: float = quantity("1", "Pull of the newest refuge of a country over its others", low=1)
    settled_country_power: float = quantity(
        "1", "Those settled before in a country grow with its number of refuges to this power", low=0, high=1
    )
    town_power: float = quantity("1", "Pull of a town on those settled before", low=0, high=8)
    town_most: float = quantity("persons", "A town draws no more than one of this many people", low=1)
    origin_power: float = quantity("1", "People who flee grow with a zone's population to this power", low=0, high=2)
    quiet_weight: float = quantity("1", "Weight of a zone the fighting has not reached", low=0, high=1)
    seen_weight: float = quantity("1", "Weight of observed shares in forecasts that go on from counts", low=0, high=1)
    circuity: float = quantity("1", "Length of a way on the ground over the great circle", low=1, high=10)

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierConstants:
    """How far the next displaced follow those of the same origin before them (:mod:`wayout.move.flight.earlier`)."""

    inside_share: float = quantity("1", "Share that stays in its own region, before anything is known", low=0, high=1)
    inside_families: float = quantity("families", "What that share weighs against recent arrivals", low=1e-6)
    inside_power: float = quantity("1", "Power of distance within the region", low=0, high=8)
    flow_families: float = quantity("families", "Recent arrivals that weigh as much as all earlier ones", low=1e-6)

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


def shipped_constants() -> FlightConstants:
    """
    Read the shipped constants of the choice of refuge.

    Raises
    ------
    VocabularyError
        If one is missing or unknown.
    """
    return FlightConstants(**_table("constants", FlightConstants))


def shipped_earlier() -> EarlierConstants:
    """
    Read the shipped constants of following earlier displaced people.

    Raises
    ------
    VocabularyError
        If one is missing or unknown.
    """
    return EarlierConstants(**_table("earlier", EarlierConstants))


def _table(name: str, kind: type) -> dict[str, float]:
    table = read_vocab("flight.yaml")[name]
    wanted = {f.name for f in fields(kind)}
    if set(table) != wanted:
        raise VocabularyError(
            f"flight.yaml, {name}: {', '.join(sorted(set(table) ^ wanted))} missing or unknown; it holds {', '.join(sorted(wanted))}"
        )
    return {key: float(value) for key, value in table.items()}
