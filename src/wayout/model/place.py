"""Where: gazetteer entries, and regions with their doubt."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from wayout.errors import InputError
from wayout.model.document import Span, Step
from wayout.model.identity import PlaceId
from wayout.model.quantity import check_quantities, quantity

if TYPE_CHECKING:  # records draw nothing: a look-up of a name starts in half the time without these
    from shapely.geometry.base import BaseGeometry

PlaceKind = Literal[
    "populated_place",
    "admin1",
    "admin2",
    "admin3",
    "country",
    "continent",
    "river",
    "lake",
    "sea",
    "region",
    "road",
    "crossing",
    "installation",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """
    A gazetteer entry: ``lon``/``lat`` in degrees (EPSG:4326), ``country`` and ``admin1`` as ISO codes.

    ``pcode`` is the place code of OCHA's common operational datasets, where an edition of the gazetteer carries it. An
    ``installation`` is a named site that is no settlement: airfield, base, camp, oil field, dam, checkpoint.
    """

    id: PlaceId
    name: str
    kind: PlaceKind
    country: str | None
    admin1: str | None
    pcode: str | None = None
    lon: float = quantity("deg", "Longitude of the label point", low=-180, high=180)
    lat: float = quantity("deg", "Latitude of the label point", low=-90, high=90)
    population: int | None = quantity("1", "Inhabitants, where known", low=0, default=None)

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightedGeometry:
    """One reading of a place phrase: a geometry (lon, lat) and the probability that it is the one meant."""

    geometry: "BaseGeometry"
    place: Place | None = None
    weight: float = quantity("1", "Probability that this reading is the one meant", low=0, high=1)

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """
    Where a phrase is, with doubt: weighted readings (best first, weights sum to 1) and a radius.

    ``radius_km`` is the distance beyond the best reading's geometry within which the true place lies nine times out
    of ten, given that reading. ``radius50_km`` is the same for five times in ten, and signed: below zero the true place lies that
    often at least so far inside the edge. ``where_prec`` is UCDP's precision class: 1 exact, 2 within 25 km of a known point,
    3 second-order division, 4 first-order division, 5 line or fuzzy area, 6 country, 7 international waters or airspace.
    ``method`` names the rule that made it ("between", "side_of_river", ...); ``why`` says it in one sentence.
    """

    phrase: str
    parts: tuple[WeightedGeometry, ...]
    where_prec: int = quantity("1", "UCDP where_prec class", low=1, high=7)
    radius_km: float = quantity("km", "Doubt beyond the geometry's edge, 90 %", low=0)
    radius50_km: float | None = quantity("km", "Signed doubt about the geometry's edge, 50 %", default=None)
    method: str
    why: str
    bearing_deg: float | None = quantity(
        "deg",
        "Set for a bare direction ('the north'), whose area depends on what is discussed",
        low=0,
        high=360,
        default=None,
    )
    places: tuple[Place, ...] = ()
    evidence: tuple[Span, ...] = ()
    made_by: Step

    def __post_init__(self) -> None:
        """Check numbers and that weights sum to one."""
        check_quantities(self)
        total = sum(part.weight for part in self.parts)
        if not self.parts or abs(total - 1) > 1e-6:
            raise InputError(
                f"weights of region {self.phrase!r} sum to {total:.6f}; they must sum to 1 over >= 1 readings"
            )

    @property
    def geometry(self) -> "BaseGeometry":
        """The most probable reading's geometry, lon/lat."""
        return self.parts[0].geometry
