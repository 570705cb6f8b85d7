"""Do no harm: published positions are no finer than a floor, and persons are never placed below a province."""

import math
from functools import lru_cache

import shapely
from shapely.geometry.base import BaseGeometry

from wayout.geo.layers import read_layer
from wayout.model import Actor, Claim, Region
from wayout.publish.facts import FLOOR_KM

KM_PER_DEG = 111.32
"""Length of a degree of latitude on the mean sphere, km."""
REMEMBERED = 512
"""Geometries kept with their snapped form."""
STEPS_PER_DEG = 100
"""The grid step is rounded up to hundredths of a degree, so that published coordinates are short."""
LEAST_COS = 0.2
"""Cosine of latitude at which the step stops growing, about 78 degrees: nobody's theatre lies beyond."""


def step_deg(geometry: BaseGeometry, floor_km: float = FLOOR_KM) -> float:
    """
    Find the grid step that is at least the floor in both directions.

    Parameters
    ----------
    geometry
        Lon/lat geometry.
    floor_km
        Floor, km.

    Returns
    -------
    step
        Degrees, rounded up to hundredths; set by the latitude farthest from the equator.
    """
    _, south, _, north = geometry.bounds
    cos = max(LEAST_COS, math.cos(math.radians(max(abs(south), abs(north)))))
    return math.ceil(floor_km / (KM_PER_DEG * cos) * STEPS_PER_DEG - 1e-9) / STEPS_PER_DEG


def coarsen(geometry: BaseGeometry, floor_km: float = FLOOR_KM) -> BaseGeometry:
    """
    Snap a geometry to the floor's grid; whatever vanishes there becomes its cell.

    Parameters
    ----------
    geometry
        Lon/lat geometry.
    floor_km
        Floor, km.

    Returns
    -------
    coarse
        Every coordinate is a multiple of the step; the result is valid and never empty unless the input was.
    """
    if geometry.is_empty:
        return geometry
    step = step_deg(geometry, floor_km)
    return _on_grid(geometry, step) if isinstance(geometry, shapely.Point) else _snapped(geometry, step)


@lru_cache(maxsize=REMEMBERED)
def _snapped(geometry: BaseGeometry, step: float) -> BaseGeometry:
    """Snap lines and areas: remembered, because many claims speak of the same country."""
    sound = geometry if geometry.is_valid else shapely.make_valid(geometry)
    snapped = shapely.set_precision(sound.simplify(step / 2, preserve_topology=True), step)
    if snapped.is_empty:
        middle = _on_grid(sound.centroid, step)
        return shapely.box(middle.x - step, middle.y - step, middle.x + step, middle.y + step)
    return shapely.normalize(snapped)


def _on_grid(point: shapely.Point, step: float) -> shapely.Point:
    return shapely.Point(round(round(point.x / step) * step, 6), round(round(point.y / step) * step, 6))


def province_of(geometry: BaseGeometry) -> BaseGeometry | None:
    """
    Widen a geometry to the first-order divisions it touches.

    Parameters
    ----------
    geometry
        Lon/lat geometry.

    Returns
    -------
    provinces
        Their union, or ``None`` at sea.
    """
    touched = [f.geometry for f in read_layer("admin1") if f.geometry.intersects(geometry)]
    return shapely.union_all(touched) if touched else None


def is_person(actor: Actor | None) -> bool:
    """Tell whether an actor is a person."""
    return actor is not None and actor.kind == "person"


def published_geometry(region: Region, actors: list[Actor | None], floor_km: float = FLOOR_KM) -> BaseGeometry | None:
    """
    Make the geometry of a region fit to publish.

    Parameters
    ----------
    region
        Where somebody is or something happened.
    actors
        Who is placed there.
    floor_km
        Floor, km.

    Returns
    -------
    geometry
        Coarsened; widened to provinces where a named person is placed; ``None`` for a person who is in no actor file
        (a private individual is not placed at all).
    """
    persons = [a for a in actors if a is not None and is_person(a)]
    if any(a.id.startswith("unknown:") for a in persons):
        return None
    geometry: BaseGeometry | None = region.geometry
    if persons:
        geometry = province_of(region.geometry)
    return None if geometry is None else coarsen(geometry, floor_km)


def actors_of(claim: Claim, actors: dict[str, Actor]) -> list[Actor | None]:
    """List the actors whom a claim places somewhere."""
    return [actors.get(i) for i in (claim.subject, claim.object) if i is not None]
