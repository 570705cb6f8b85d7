"""Places on rivers: a stretch up or down from a town, a confluence, a mouth, a bridge, the bank across from a town."""

import math
from functools import cache, lru_cache

import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points, substring

from wayout.errors import NotFoundError
from wayout.geo.compass import bearing_deg, buffer_km, centre_of, distance_km, plane_around, plane_at, point_along
from wayout.geo.layers import read_layer
from wayout.geo.line_cut import join_path, sides_of_line
from wayout.locate.composing import compose_region, reading
from wayout.locate.context import Ground
from wayout.locate.doubt import shape_of
from wayout.locate.shaping.distances import start_of
from wayout.locate.shaping.grammar import strip_articles
from wayout.locate.shaping.rivers import line_of
from wayout.model import Region

AT_RIVER_KM = 30.0
"""A town farther than this from a river does not lie on it."""
NO_NAME_KM = 15.0
"""A river that a phrase does not name lies this close to the town it names."""
MEET_KM = 30.0
"""Two rivers whose drawn lines come this close flow together."""
DRAWN_WITHIN_KM = 4.0
"""The drawn river lies this close to its bed: a town nearer to the line may be drawn on the wrong bank."""
BRIDGE_KM = 3.0
"""A bridge "at X" stands this close to the river's nearest point to X."""
_UNNAMED = frozenset({"river", "the river", "the bank", "bank", "water", "the water", "the border"})


def locate_stream(way: str, town: str, river: str | None, ground: Ground) -> Region:
    """
    Locate "downstream of X (on the R)": the river's stretch from X that way.

    The layer draws rivers downstream; where it does not, up and down are exchanged.

    Parameters
    ----------
    way
        Opens with "down" or "up" (or the French "aval", "amont").
    town
        From where.
    river
        Which river; ``None`` for the one that the town lies on.
    ground
        Gazetteer and context.

    Returns
    -------
    region
        Method "river": the line, from the town on.

    Raises
    ------
    NotFoundError
        If the town is unknown, or no such river passes it.
    """
    place = ground.inner(town, "point")
    middle = _middle(place)
    line, name = _river_at(middle, river, ground)
    plane = plane_at(middle.x, middle.y)
    path = _path(line, middle.x, middle.y)
    at, reach = path.project(Point(0, 0)), shape_of("beside_area_reach_km")
    down = way.casefold().startswith(("down", "aval"))
    piece = substring(path, at, at + reach) if down else substring(path, max(at - reach, 0), at)
    if piece.length == 0:
        raise NotFoundError(
            f"{name} is not drawn any farther {'down' if down else 'up'}stream of {town!r}; name a place on it"
        )
    why = f"{name} {'down' if down else 'up'}stream of {town}, {reach:g} km of it; {place.why}"
    parts = [reading(plane.unproject(piece), 1)]
    return compose_region(parts, method="river", why=why, where_prec=5, places=place.places)


def locate_confluence(first: str, second: str, ground: Ground) -> Region:
    """
    Locate where two rivers, or a river and another thing, meet: the ground near the point where their lines do.

    Raises
    ------
    NotFoundError
        If either is unknown or they do not meet on the map.
    """
    one, other = _river_named(first, ground), _river_named(second, ground)
    apart, here, there = min(
        (_apart(_line_or_self(a.geometry), _line_or_self(b.geometry)) for a in one.parts for b in other.parts),
        key=lambda found: found[0],
    )
    if apart > MEET_KM:
        raise NotFoundError(
            f"{first!r} and {second!r} do not meet on the map ({apart:.0f} km apart); name a town there"
        )
    middle = point_along(here, bearing_deg(here, there), apart / 2) if apart > 0 else here
    geometry = buffer_km(middle, shape_of("between_least_km"))
    why = f"Where {first} and {second} meet on the map; {one.why} {other.why}"
    places = (*one.places, *other.places)
    return compose_region([reading(geometry, 1)], method="near", why=why, where_prec=2, places=places)


def locate_river_end(way: str, named: str, ground: Ground) -> Region:
    """Locate the mouth or the source of a river: the ground round its last or first drawn point."""
    river = _river_named(named, ground)
    line = line_of(river)
    plane = plane_around(line)
    path = join_path(plane.project(line))
    is_mouth = way.casefold() in ("mouth", "estuary")
    tip = plane.unproject(Point(path.coords[-1 if is_mouth else 0]))
    why = f"The {'last' if is_mouth else 'first'} drawn point of {named} and the ground round it; {river.why}"
    parts = [reading(buffer_km(tip, shape_of("near_km")), 1, river.parts[0].place)]
    return compose_region(parts, method="near", why=why, where_prec=5, places=river.places)


def locate_crossing_at(river: str, town: str, ground: Ground) -> Region:
    """
    Locate "the bridge over R at X": the ground round the river's nearest point to X.

    Raises
    ------
    NotFoundError
        If either is unknown or R does not pass X.
    """
    place = ground.inner(town, "point")
    middle = _middle(place)
    line, name = _river_at(middle, river, ground)
    spot = nearest_points(line, middle)[0]
    why = f"Where {name} passes {town}, within {BRIDGE_KM:g} km; {place.why}"
    parts = [reading(buffer_km(spot, BRIDGE_KM), 1)]
    return compose_region(parts, method="crossing", why=why, where_prec=2, places=place.places)


def locate_across(river: str, town: str, ground: Ground) -> Region:
    """
    Locate "across the river from X": the ground near X on the river's other side.

    Raises
    ------
    NotFoundError
        If X is unknown, lies on no such river, or the river does not part the ground there.
    """
    place = ground.inner(town, "point")
    middle = _middle(place)
    line, name = _river_at(middle, river, ground)
    around = buffer_km(middle, AT_RIVER_KM)
    sides = sides_of_line(around, line.intersection(buffer_km(middle, 3 * AT_RIVER_KM)))
    if any(side.is_empty for side in sides):
        raise NotFoundError(f"{name} does not part the ground at {town!r}; name a place on the other bank")
    spot = nearest_points(line, middle)[0]
    opposite = sorted(sides, key=lambda side: -side.distance(middle))
    parts = [reading(side.intersection(buffer_km(spot, shape_of("near_km"))), 0.5) for side in opposite]
    is_sure = distance_km(spot, middle) > DRAWN_WITHIN_KM
    doubt = "" if is_sure else " (the map is too coarse to tell which bank that is, so either)"
    why = f"The ground across {name} from {town}{doubt}, within {shape_of('near_km'):g} km; {place.why}"
    parts = parts[:1] if is_sure else parts
    return compose_region(parts, method="bank", why=why, where_prec=2, places=place.places)


def stretch_between(river: Region, start: Region, end: Region) -> BaseGeometry | None:
    """Cut the stretch of a river between two places that lie on it; ``None`` where they do not."""
    line = line_of(river)
    ends = [_middle(start), _middle(end)]
    if any(distance_km(nearest_points(line, point)[0], point) > 2 * AT_RIVER_KM for point in ends):
        return None
    middle = centre_of(shapely.MultiPoint(ends))
    plane = plane_at(middle.x, middle.y)
    path = _path(line, middle.x, middle.y)
    first, last = sorted(path.project(plane.project(point).centroid) for point in ends)
    return plane.unproject(substring(path, first, last)) if last > first else None


def _river_at(town: Point, named: str | None, ground: Ground) -> tuple[BaseGeometry, str]:
    """Return the line and the name of the river named, which must pass the town; of the nearest where none is named."""
    if named is None or named.casefold() in _UNNAMED:
        return _nearest_river(town)
    line = line_of(_river_named(named, ground))
    apart = distance_km(nearest_points(line, town)[0], town)
    if apart > AT_RIVER_KM:
        raise NotFoundError(f"{named!r} passes {apart:.0f} km from there on the map; check the town and the river")
    return line, named


def _river_named(named: str, ground: Ground) -> Region:
    """Locate a river; where its name is also a country's ("the Senegal"), the river of that name."""
    found = ground.inner(named, "line")
    if any(part.geometry.area == 0 and part.geometry.length > 0 for part in found.parts):
        return found
    return ground.inner(f"{strip_articles(named)[0]} River", "line")


def _nearest_river(town: Point) -> tuple[BaseGeometry, str]:
    rivers = read_layer("rivers")
    tree = _river_tree()
    reach = NO_NAME_KM / 111 / max(0.05, math.cos(math.radians(town.y)))
    near = [(distance_km(nearest_points(rivers[i].geometry, town)[0], town), i) for i in tree.query(town.buffer(reach))]
    best = min(near, default=(NO_NAME_KM + 1, -1))
    if best[0] > NO_NAME_KM:
        raise NotFoundError(f"no river on the map passes within {NO_NAME_KM:g} km of there; name the river")
    feature = rivers[best[1]]
    same = [f.geometry for f in rivers if f.properties["name"] and f.properties["name"] == feature.properties["name"]]
    return shapely.union_all(same or [feature.geometry]), str(feature.properties["name"] or "the river")


@cache
def _river_tree() -> shapely.STRtree:
    return shapely.STRtree([feature.geometry for feature in read_layer("rivers")])


@lru_cache(maxsize=128)
def _path(line: BaseGeometry, lon: float, lat: float) -> LineString:
    """Join a river into one path on the plane round a point."""
    return join_path(plane_at(lon, lat).project(line))


def _middle(region: Region) -> Point:
    part = region.parts[0]
    start = start_of(part)
    return start if isinstance(start, Point) else start.representative_point()


def _line_or_self(geometry: BaseGeometry) -> BaseGeometry:
    return geometry.boundary if geometry.area > 0 else geometry


def _apart(one: BaseGeometry, other: BaseGeometry) -> tuple[float, Point, Point]:
    """Return the distance of two things, km, and their nearest points."""
    here, there = nearest_points(one, other)
    return distance_km(here, there), here, there
