"""Who moves."""

from dataclasses import dataclass
from typing import Literal

from wayout.errors import InputError
from wayout.model.ground import ROAD_CLASSES, RoadClass
from wayout.model.identity import ActorId
from wayout.model.quantity import check_quantities, quantity

PartyKind = Literal["armed_group", "civilians", "aid_convoy"]
PartyAim = Literal["out", "in"]
MoveMode = Literal["foot", "vehicle"]
"""Which slope rule and which column of the land cover table a party follows; pack animals go on foot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MobilityProfile:
    """
    How a party moves (``vocab/mobility_profiles.yaml``): speeds on and off roads, hours a day, limits, and how sure that is.

    ``hours_per_day`` are all hours of movement, of which ``hours_by_night`` are in the dark, at ``night_pace`` times the
    day's speed. ``road_kmh`` are speeds by road class; a class that is not in it is gone at ``speed_kmh``. ``pace_sd`` is
    the standard deviation of the logarithm of the pace: 0.3 means that two parties in three are within 1.35 times of it.
    """

    name: str
    speed_kmh: float = quantity("km/h", "Speed on flat, open ground off roads", low=0.1, high=120)
    hours_per_day: float = quantity("h", "Hours of movement in a day", low=0.1, high=24)
    slope_limit_deg: float = quantity("deg", "Steepest mean slope that can be passed", low=0, high=90)
    water_crossing_h: float = quantity("h", "Clock time to cross a river away from a crossing", low=0, high=1000)
    source: str
    border_h: float = quantity(
        "h", "Clock time lost at a border away from an official crossing", low=0, high=1000, default=0.0
    )
    mode: MoveMode | None = None
    road_kmh: tuple[tuple[RoadClass, float], ...] = ()
    ferry_kmh: float = quantity("km/h", "Speed along a ferry line, waits included", low=0.1, high=60, default=3.0)
    hours_by_night: float = quantity("h", "Hours of movement that are in the dark", low=0, high=24, default=0.0)
    night_pace: float = quantity("1", "Speed in the dark as a share of the day's", low=0.05, high=1, default=1.0)
    pace_sd: float = quantity("1", "Standard deviation of the logarithm of the pace", low=0, high=2, default=0.0)

    def __post_init__(self) -> None:
        """Check the declared numbers, the road speeds and that the night's hours are among the day's."""
        check_quantities(self)
        if self.hours_by_night > self.hours_per_day:
            raise InputError(
                f"profile {self.name!r} moves {self.hours_by_night} h by night of {self.hours_per_day} h a day; give at most all"
            )
        for road_class, kmh in self.road_kmh:
            if road_class not in ROAD_CLASSES:
                raise InputError(f"there is no road class {road_class!r}; the classes are {', '.join(ROAD_CLASSES)}")
            if isinstance(kmh, bool) or not isinstance(kmh, int | float) or not 0.1 <= kmh <= 150:
                raise InputError(f"profile {self.name!r} goes {kmh!r} km/h on {road_class} roads; give 0.1 to 150")
        if self.mode not in (None, "foot", "vehicle"):
            raise InputError(f"profile {self.name!r} moves by {self.mode!r}; give foot or vehicle")


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """
    The party the question is about.

    ``aim`` is ``"out"`` (leave the area named by ``--in``) or ``"in"`` (reach it, as a convoy must).
    """

    name: str
    kind: PartyKind
    aim: PartyAim
    actor: ActorId | None
    mobility: MobilityProfile
