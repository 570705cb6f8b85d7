"""The sea before a coast: off the coast of X, territorial waters, the high seas; the coast between two places; the air above."""

import shapely
from shapely.geometry.base import BaseGeometry

from wayout.errors import NotFoundError
from wayout.geo.borders import country_outline
from wayout.geo.compass import buffer_km, distance_km, surfaces_of
from wayout.geo.layers import read_layer
from wayout.geo.line_cut import lens_between
from wayout.locate.composing import compose_region, reading
from wayout.locate.context import Ground
from wayout.locate.doubt import shape_of
from wayout.locate.resolving.names import POINT_KINDS
from wayout.locate.shaping.distances import Span
from wayout.locate.shaping.relations import coast_strip
from wayout.model import Region, WeightedGeometry

TERRITORIAL_KM = 22.224
"""12 nautical miles: the breadth of territorial waters (UNCLOS, article 3)."""
ZONE_KM = 370.4
"""200 nautical miles: what reports call waters off a country reaches so far at most (UNCLOS, article 57)."""
COAST_SHARE = 0.35
"""Half-width of the ground in which the coast between two places is looked for, as a share of their distance: coasts bend."""
COAST_LEAST_KM = 20.0


def locate_off_coast(named: str, ground: Ground, span: Span | None = None) -> Region:
    """
    Locate "off the coast of X", "X's territorial waters": the sea within 12 nautical miles, or at a stated distance.

    Parameters
    ----------
    named
        A country, division, island or town on a coast.
    ground
        Gazetteer and context.
    span
        How far out, km, where it is said.

    Returns
    -------
    region
        Method "coast", ``where_prec`` 5.

    Raises
    ------
    NotFoundError
        If X is unknown or lies on no sea.
    """
    far = span if span is not None else Span(least=0, most=TERRITORIAL_KM, said=f"up to {TERRITORIAL_KM:.0f} km")
    thing = ground.inner(named, "point")
    parts = [reading(_sea_before(p, far), p.weight, p.place) for p in thing.parts]
    if all(part.geometry.is_empty for part in parts):
        raise NotFoundError(f"{named!r} has no sea so near on the map; name a place on the coast")
    why = f"The sea before {named}, {far.said} from it; {thing.why}"
    return compose_region(parts, method="coast", why=why, where_prec=5, places=thing.places)


def locate_high_seas(named: str, ground: Ground) -> Region:
    """Locate "international waters off X": the sea from 12 to 200 nautical miles out; ``where_prec`` 7."""
    far = Span(least=TERRITORIAL_KM, most=ZONE_KM, said=f"{TERRITORIAL_KM:.0f} to {ZONE_KM:.0f} km")
    region = locate_off_coast(named, ground, far)
    return compose_region(region.parts, method="coast", why=region.why, where_prec=7, places=region.places)


def locate_coast_between(first: str, second: str, ground: Ground) -> Region:
    """
    Locate "the coast between A and B": the strip along the sea from one to the other.

    Raises
    ------
    NotFoundError
        If either is unknown, or no coast runs between them.
    """
    one, other = ground.inner(first, "point"), ground.inner(second, "point")
    codes = sorted({place.country for place in (*one.places, *other.places) if place.country})
    outlines = [outline for code in codes if (outline := country_outline(code)) is not None]
    start, end = (region.geometry.representative_point() for region in (one, other))
    least = max(COAST_LEAST_KM, COAST_SHARE * distance_km(start, end))
    ground_between = lens_between(start, end, COAST_SHARE, least)
    land = shapely.union_all(outlines).intersection(ground_between)
    strip = coast_strip(land) if land.area > 0 else shapely.Polygon()
    if strip.is_empty:
        raise NotFoundError(f"no coast runs between {first!r} and {second!r} on the map; check the two names")
    why = f"The strip within {shape_of('coast_km'):g} km of the sea between {first} and {second}; {one.why} {other.why}"
    places = (*one.places, *other.places)
    return compose_region([reading(strip, 1)], method="coast", why=why, where_prec=5, places=places)


def locate_airspace(named: str, ground: Ground) -> Region:
    """Locate "the airspace over X": the ground below it; ``where_prec`` 7 over the sea, else that of X but never exact."""
    thing = ground.inner(named)
    over_sea = thing.parts[0].place is not None and thing.parts[0].place.kind == "sea"
    return compose_region(
        thing.parts,
        method="within",
        why=f"The ground below the air over {named}; {thing.why}",
        where_prec=7 if over_sea else max(thing.where_prec, 2),
        radius_km=thing.radius_km,
        places=thing.places,
    )


def _sea_before(part: WeightedGeometry, far: Span) -> BaseGeometry:
    is_town = part.place is not None and part.place.kind in POINT_KINDS
    outer = buffer_km(part.geometry, far.most)
    if far.least > 0:
        outer = outer.difference(buffer_km(part.geometry, far.least))
    box = shapely.box(*outer.bounds)
    land = [f.geometry for f in read_layer("countries") if f.geometry.intersects(box)]
    sea = surfaces_of(outer.difference(shapely.union_all(land))) if land else outer
    # A drawn coast is not the real one: what a town has of "sea" inland is a sliver.
    least = 0.02 if is_town else 0.0
    return sea if sea.area > least * outer.area else shapely.Polygon()
