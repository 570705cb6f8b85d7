"""Do no harm: published positions are no finer than a floor, and persons are never placed below a province."""

from shapely import union_all
from shapely.geometry.base import BaseGeometry

from wayout.geo.floor import FLOOR_KM, step_deg
from wayout.geo.floor import snap_to_floor as coarsen
from wayout.geo.layers import read_layer
from wayout.model import Actor, Claim, Region

__all__ = [
    "FLOOR_KM",
    "KM_PER_DEG",
    "actors_of",
    "coarsen",
    "is_person",
    "province_of",
    "published_geometry",
    "step_deg",
]

KM_PER_DEG = 111.32
"""Length of a degree of latitude on the mean sphere, km: the scale of the maps."""


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
    return union_all(touched) if touched else None


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


def published_radii(region: Region, actors: list[Actor | None], floor_km: float = FLOOR_KM) -> dict[str, float | None]:
    """
    Make the radii of a region fit to publish.

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
    radii
        ``radius_km`` (90 %), not below the floor; ``radius50_km`` (50 %, signed), ``None`` where it is not known, or where the geometry
        is widened to provinces for a person's sake. Km, rounded to tenths.
    """
    half = None if any(is_person(actor) for actor in actors) else region.radius50_km
    return {
        "radius50_km": None if half is None else round(half, 1) + 0.0,
        "radius_km": round(max(region.radius_km, floor_km), 1),
    }


def actors_of(claim: Claim, actors: dict[str, Actor]) -> list[Actor | None]:
    """List the actors whom a claim places somewhere."""
    return [actors.get(i) for i in (claim.subject, claim.object) if i is not None]
