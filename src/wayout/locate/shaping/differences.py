"""What two or more conditions leave: all of X but not Y, east of A and north of B, an area bounded by several."""

from collections.abc import Sequence
from itertools import product

import shapely
from shapely.geometry.base import BaseGeometry

from wayout.errors import NotFoundError
from wayout.geo.compass import area_km2, buffer_km, distance_km, surfaces_of, wedge
from wayout.locate.composing import compose_region, reading
from wayout.locate.context import Ground
from wayout.locate.doubt import shape_of
from wayout.locate.resolving.names import POINT_KINDS
from wayout.locate.shaping.relations import locate_beside
from wayout.model import Region, WeightedGeometry

LEAST_LEFT = 0.01
"""A difference that leaves less than this share of the thing leaves nothing: the two are the same place."""
SIDE_HALF_WIDTH_DEG = 67.5
"""Half of what one of two sides said together sweeps: the other one narrows it."""
REACH = 1.2
"""Two sides are looked for as far as this times the distance between their places."""


def locate_difference(named: str, but: str, ground: Ground) -> Region:
    """
    Locate "X except Y": X without Y, reading by reading.

    Parameters
    ----------
    named, but
        Two phrases; Y is looked for in the countries of X.
    ground
        Gazetteer and context.

    Returns
    -------
    region
        Method and radius of X; ``why`` says what was taken away. X itself, and so said, where Y lies outside it.

    Raises
    ------
    NotFoundError
        If either is unknown, or Y holds all of X.
    """
    whole = ground.inner(named)
    countries = sorted({place.country for place in whole.places if place.country})
    less = ground.inner(but, countries=countries)
    hole = less.geometry if less.geometry.area > 0 else buffer_km(less.geometry, shape_of("between_least_km"))
    parts = [reading(_less(p.geometry, hole), p.weight, p.place) for p in whole.parts]
    pairs = list(zip(whole.parts, parts, strict=True))
    parts = [new for old, new in pairs if _size(new.geometry) > LEAST_LEFT * _size(old.geometry)]
    if not parts:
        raise NotFoundError(f"{but!r} holds all of {named!r}, so nothing is left; check the two names")
    outside = not any(old.geometry.intersects(hole) for old in whole.parts)
    how = f"{but} lies outside it" if outside else f"without {but}"
    return compose_region(
        parts,
        method=whole.method,
        why=f"{named}, {how}; {whole.why} {less.why}",
        where_prec=max(whole.where_prec, 2) if outside else max(whole.where_prec, 5),
        radius_km=whole.radius_km,
        places=whole.places,
    )


def locate_sides(sides: Sequence[tuple[float, str]], ground: Ground) -> Region:
    """
    Locate "east of A and north of B": the ground on both sides at once.

    Each side reaches at least as far as the places lie apart. One side alone is plainly beside.

    Parameters
    ----------
    sides
        Bearing (degrees clockwise from north) and phrase of each.
    ground
        Gazetteer and context.

    Returns
    -------
    region
        Method "beside".

    Raises
    ------
    NotFoundError
        If a place is unknown, or no ground lies on both sides.
    """
    if len(sides) == 1:
        return locate_beside(sides[0][0], sides[0][1], ground)
    places = [ground.inner(named, "any" if named.casefold().startswith("the ") else "point") for _, named in sides]
    reach = max(shape_of("beside_reach_km"), REACH * _apart_km(places))
    readings = [_on_side(b, named, region, reach, ground) for (b, named), region in zip(sides, places, strict=True)]
    parts = []
    for chosen in product(*readings):
        common = surfaces_of(shapely.intersection_all([part.geometry for part in chosen]))
        if common.area > 0:
            weight = 1.0
            for part in chosen:
                weight *= part.weight
            parts.append(reading(common, weight))
    said = " and ".join(f"{bearing:g} degrees of {named}" for bearing, named in sides)
    if not parts:
        raise NotFoundError(f"no ground lies toward {said} at once; check the names and sides")
    why = f"The ground that lies toward {said} at once; {' '.join(region.why for region in places)}"
    found = [place for region in places for place in region.places]
    return compose_region(parts, method="beside", why=why, where_prec=5, places=found)


def _on_side(bearing: float, named: str, region: Region, reach: float, ground: Ground) -> list[WeightedGeometry]:
    """List what lies on one side of a place, farther out than a side said alone."""
    kind = region.parts[0].place.kind if region.parts[0].place else None
    if kind is not None and kind not in POINT_KINDS:
        return list(locate_beside(bearing, named, ground).parts)
    return [
        reading(wedge(part.geometry, bearing, SIDE_HALF_WIDTH_DEG, reach), part.weight, part.place)
        for part in region.parts
    ]


def _apart_km(places: Sequence[Region]) -> float:
    middles = [region.geometry.representative_point() for region in places]
    return max(distance_km(one, other) for one in middles for other in middles)


def _less(geometry: BaseGeometry, hole: BaseGeometry) -> BaseGeometry:
    left = geometry.difference(hole)
    return surfaces_of(left) if geometry.area > 0 else left


def _size(geometry: BaseGeometry) -> float:
    return area_km2(geometry) if geometry.area > 0 else geometry.length
