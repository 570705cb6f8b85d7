"""Make regions: normalise weights, order readings, state the method and why."""

from collections.abc import Iterable, Sequence

from shapely.geometry.base import BaseGeometry

from wayout import __version__
from wayout.locate.doubt import has_radii, radius50_of, radius_of, weight_of
from wayout.model import Place, Region, Step, WeightedGeometry

STEP = Step(name="locate_phrase", version=__version__)


def compose_region(
    parts: Sequence[WeightedGeometry],
    *,
    method: str,
    why: str,
    where_prec: int,
    radius_km: float | None = None,
    places: Iterable[Place] = (),
) -> Region:
    """
    Make a region of weighted readings.

    Parameters
    ----------
    parts
        At least one; empty geometries are dropped, weights need not sum to one.
    method, why
        The rule that made it and one sentence on how.
    where_prec
        UCDP's precision class.
    radius_km
        90 % radius beyond the best reading, km; the method's own if ``None``.
    places
        The places it rests on.

    Returns
    -------
    region
        Best reading first, weights summing to one; readings below the least weight are left out. ``radius50_km`` is the
        method's own, or for a plain name that of its place's kind.
    """
    kept = sorted((p for p in parts if not p.geometry.is_empty), key=lambda p: -p.weight)
    total = sum(p.weight for p in kept)
    kept = [p for i, p in enumerate(kept) if i == 0 or p.weight >= weight_of("least") * total]
    kept = kept[: int(weight_of("most_readings"))]
    total = sum(p.weight for p in kept)
    readings = tuple(WeightedGeometry(geometry=p.geometry, place=p.place, weight=p.weight / total) for p in kept)
    radius = radius_of(method, readings[0].geometry) if radius_km is None else radius_km
    unique = {place.id: place for place in places}
    return Region(
        phrase="",
        parts=readings,
        where_prec=where_prec,
        radius_km=radius,
        radius50_km=radius50_of(_kind_of_doubt(method, readings[0]), readings[0].geometry, radius),
        method=method,
        why=why,
        places=tuple(unique.values()),
        made_by=STEP,
    )


def reading(geometry: BaseGeometry, weight: float, place: Place | None = None) -> WeightedGeometry:
    """Make one reading; weights above one are scaled down later, so they are capped here."""
    return WeightedGeometry(geometry=geometry, place=place, weight=min(max(weight, 0.0), 1.0))


def _kind_of_doubt(method: str, best: WeightedGeometry) -> str:
    if has_radii(method) or best.place is None:
        return method
    return best.place.kind
