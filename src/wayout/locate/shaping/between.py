"""Between two places or more, half-way, and roads from one to another."""

import itertools
import math
from itertools import product

import shapely
from shapely.geometry import Point

from wayout.errors import NotFoundError
from wayout.geo.compass import bearing_deg, buffer_km, central_point, distance_km, hull_of, point_along
from wayout.geo.line_cut import lens_between
from wayout.locate.composing import compose_region, reading
from wayout.locate.context import Ground
from wayout.locate.doubt import shape_of, weight_of
from wayout.locate.looking_up.spelling import likeness
from wayout.locate.resolving.names import SAME_NAME
from wayout.locate.shaping.rivers import is_river, locate_between_rivers
from wayout.locate.shaping.roads import road_ground
from wayout.model import Region, WeightedGeometry
from wayout.text.names import fold_name

FAR_APART_KM = 1000.0
"""Ends farther apart than this are probably not the two that are meant."""
HALFWAY_SHARES = (1 / 3, 2 / 3)
"""Between these shares of the way one is halfway."""
MAX_READINGS = 3
"""Readings of each end that are paired with each other."""


def locate_between(ends: list[str], ground: Ground, *, road: bool = False) -> Region:
    """
    Locate the ground between places.

    Two towns: an ellipse over the segment between them, its half-width a stated share of the distance; for a road a corridor
    along the towns between them.
    Each pair of readings of ambiguous ends is a reading, near pairs preferred. Two rivers: the ground between their lines.
    Three places or more: the ground they enclose. Where just one end is known, the ground round it, and ``why`` says so.

    Parameters
    ----------
    ends
        Two phrases or more.
    ground
        Gazetteer and context.
    road
        Whether a road joins them.

    Returns
    -------
    region
        Method "between" or "road_between".

    Raises
    ------
    NotFoundError
        If no end, or fewer than two of three, can be located.
    """
    found, unknown = _locate_ends(ends, ground)
    if not found:
        raise NotFoundError(
            f"neither end of {' - '.join(ends)!r} is known; unknown: {', '.join(unknown)}; give --country"
        )
    if len(found) == 1:
        return _round_one_end(found[0], unknown, ground)
    if len(found) > 2:
        return _hull(found)
    if all(is_river(region) for region in found):
        return locate_between_rivers(found[0], found[1], ground)
    found = _together(ends, found, ground)
    unsure = _doubtful(ends, found, ground)
    if unsure is not None:
        return _round_one_end(found[1 - unsure], [repr(ends[unsure])], ground)
    pairs, by_towns = [], []
    for one in found[0].parts[:MAX_READINGS]:
        for other in found[1].parts[:MAX_READINGS]:
            start, end = _end_of(one), _end_of(other)
            nearness = math.exp(-distance_km(start, end) / weight_of("near_km"))
            if road:
                geometry, along = road_ground(start, end, ground)
                by_towns.append((one.weight * other.weight * nearness, along))
            else:
                geometry = lens_between(start, end, shape_of("between_share"), shape_of("between_least_km"))
            pairs.append(reading(geometry, one.weight * other.weight * nearness))
    what = "An ellipse for the ground"
    if road:
        follows = bool(by_towns) and max(by_towns)[1]
        what = "A corridor along the towns of the road" if follows else "An ellipse for the road"
    why = f"{what} between {found[0].phrase} and {found[1].phrase}; {found[0].why} {found[1].why}"
    return compose_region(
        pairs,
        method="road_between" if road else "between",
        why=why,
        where_prec=5,
        places=(*found[0].places, *found[1].places),
    )


def locate_halfway(ends: list[str], ground: Ground) -> Region:
    """
    Locate "halfway between A and B": the middle of the ground between them, as far as people call it halfway.

    Raises
    ------
    NotFoundError
        If one end is unknown: the middle needs both.
    """
    found, unknown = _locate_ends(ends, ground)
    if unknown:
        raise NotFoundError(f"{', '.join(unknown)} is not known, and halfway needs both ends; check the spelling")
    found = _together(ends, found, ground)
    parts = []
    for one, other in product(found[0].parts[:MAX_READINGS], found[1].parts[:MAX_READINGS]):
        start, end = _end_of(one), _end_of(other)
        length, bearing = distance_km(start, end), bearing_deg(start, end)
        first, last = (point_along(start, bearing, share * length) for share in HALFWAY_SHARES)
        middle = lens_between(first, last, shape_of("between_share"), shape_of("between_least_km"))
        parts.append(reading(middle, one.weight * other.weight * math.exp(-length / weight_of("near_km"))))
    why = f"The middle third between {found[0].phrase} and {found[1].phrase}; {found[0].why} {found[1].why}"
    places = (*found[0].places, *found[1].places)
    return compose_region(parts, method="between", why=why, where_prec=5, places=places)


def locate_road_via(ends: list[str], ground: Ground) -> Region:
    """
    Locate "the road from A to B via C": the two roads A - C and C - B as one.

    Parameters
    ----------
    ends
        A, B and C as phrases.
    ground
        Gazetteer and context.

    Returns
    -------
    region
        Method "road_between"; the road between those of the three that are known.

    Raises
    ------
    NotFoundError
        If none of the three is known.
    """
    start, end, via = ends
    found, unknown = _locate_ends([start, via, end], ground)
    if len(found) < 3:
        known = [name for name in (start, via, end) if repr(name) not in unknown]
        return locate_between(known if len(known) == 2 else [start, end], ground, road=True)
    stops = [_end_of(region.parts[0]) for region in found]
    geometry = shapely.union_all([road_ground(a, b, ground)[0] for a, b in itertools.pairwise(stops)])
    why = f"A corridor from {start} by {via} to {end}; {' '.join(region.why for region in found)}"
    places = [place for region in found for place in region.places]
    return compose_region([reading(geometry, 1)], method="road_between", why=why, where_prec=5, places=places)


def locate_road_to(named: str, ground: Ground) -> Region:
    """Locate "the road to X" when it is not said from where: the ground round X, a stated distance out."""
    town = ground.inner(named, "point")
    parts = [reading(buffer_km(p.geometry, shape_of("road_to_km")), p.weight, p.place) for p in town.parts]
    why = f"A road to {named}, its beginning not stated: the ground within {shape_of('road_to_km'):g} km; {town.why}"
    return compose_region(parts, method="one_end", why=why, where_prec=5, places=town.places)


def _locate_ends(ends: list[str], ground: Ground) -> tuple[list[Region], list[str]]:
    """Locate each end among points; "as-Salamiyah and Homs districts" share a kind word only in form."""
    found, unknown = [], []
    for end in ends:
        try:
            found.append(ground.inner(end, "any" if end.casefold().startswith("the ") else "point"))
        except NotFoundError:
            unknown.append(repr(end))
    return found, unknown


def _together(ends: list[str], found: list[Region], ground: Ground) -> list[Region]:
    """Look for each of two far ends in the countries of the other: "between Palmyra and Deir ez-Zor" is not across an ocean."""

    def apart(one: Region, other: Region) -> float:
        return distance_km(_end_of(one.parts[0]), _end_of(other.parts[0]))

    best, least = found, apart(found[0], found[1])
    if least <= FAR_APART_KM:
        return found
    for here, there in ((0, 1), (1, 0)):
        countries = sorted({place.country for place in found[there].places if place.country})
        try:
            moved = ground.inner(ends[here], "point", countries=countries)
        except NotFoundError:
            continue
        pair = [moved, found[there]] if here == 0 else [found[there], moved]
        if countries and apart(pair[0], pair[1]) < least:
            best, least = pair, apart(pair[0], pair[1])
    return best


def _doubtful(ends: list[str], found: list[Region], ground: Ground) -> int | None:
    """
    Tell which of two ends a world apart is not the place meant, so that it is not known at all.

    The one abroad where the other lies in a country spoken of; else the one that is but like its place's name.
    """
    middles = [_end_of(region.parts[0]) for region in found]
    if distance_km(middles[0], middles[1]) <= FAR_APART_KM:
        return None
    spoken = ground.context.countries
    abroad = [not any(place.country in spoken for place in region.places if place.country) for region in found]
    if spoken and abroad[0] != abroad[1]:
        return abroad.index(True)
    names = [region.places[0].name if region.places else "" for region in found]
    alike = [likeness(fold_name(end), fold_name(name)) for end, name in zip(ends, names, strict=True)]
    worse = 0 if alike[0] < alike[1] else 1
    return worse if alike[worse] < SAME_NAME <= alike[1 - worse] else None


def _end_of(part: WeightedGeometry) -> Point:
    """Return the point of an end: a place's label where it has one, else the middle of its geometry."""
    if part.place is not None and part.place.kind in ("populated_place", "crossing", "admin2"):
        return Point(part.place.lon, part.place.lat)
    return central_point(part.geometry)


def _round_one_end(end: Region, unknown: list[str], ground: Ground) -> Region:
    reach = shape_of("one_end_km")
    parts = [reading(buffer_km(_end_of(p), reach), p.weight, p.place) for p in end.parts]
    why = f"Only {end.phrase} is known, {', '.join(unknown)} is not: the ground within {reach:g} km of {end.phrase}."
    return compose_region(parts, method="one_end", why=why, where_prec=5, places=end.places)


def _hull(found: list[Region]) -> Region:
    corners = [_end_of(region.parts[0]) for region in found]
    hull = hull_of(shapely.union_all(corners))
    geometry = hull if hull.area > 0 else buffer_km(hull, shape_of("between_least_km"))
    names = ", ".join(region.phrase for region in found)
    places = [place for region in found for place in region.places]
    why = f"The {'triangle' if len(found) == 3 else 'ground'} between {names}."
    return compose_region([reading(geometry, 1)], method="between", why=why, where_prec=5, places=places)
