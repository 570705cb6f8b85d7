"""Who moves."""

from dataclasses import dataclass
from typing import Literal

from wayout.model.identity import ActorId
from wayout.model.quantity import check_quantities, quantity

PartyKind = Literal["armed_group", "civilians", "aid_convoy"]
PartyAim = Literal["out", "in"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MobilityProfile:
    """How a party moves (``vocab/mobility_profiles.yaml``): speeds on easy ground and hours travelled a day."""

    name: str
    speed_kmh: float = quantity("km/h", "Speed on flat, open ground", low=0.1, high=120)
    hours_per_day: float = quantity("h", "Hours of movement in a day", low=0.1, high=24)
    slope_limit_deg: float = quantity("deg", "Steepest mean slope that can be passed", low=0, high=90)
    water_crossing_h: float = quantity("h", "Time to cross a river away from a crossing", low=0, high=1000)
    source: str


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

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self.mobility)
