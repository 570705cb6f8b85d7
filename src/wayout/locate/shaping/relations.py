"""Relations to one place: its compass parts, what lies beside it, near it, round it, at its coast."""

from functools import lru_cache

import shapely
from shapely.geometry.base import BaseGeometry

from wayout.errors import NotFoundError
from wayout.geo.borders import country_outline
from wayout.geo.compass import buffer_km, compass_part, extent_km, mainland, middle_part, plane_around, wedge
from wayout.geo.layers import read_layer
from wayout.geo.line_cut import COARSE_KM, outer_line
from wayout.locate.composing import compose_region, reading
from wayout.locate.context import Ground, Preference
from wayout.locate.doubt import shape_of, weight_of
from wayout.locate.resolving.names import POINT_KINDS, country_name
from wayout.locate.shaping.rivers import locate_side_of_river
from wayout.model import Region, WeightedGeometry

HALF = 0.5
LINE_WIDTH_KM = 5.0
"""A line (river, border) is given this width before it is cut into compass parts."""


def locate_part(bearing: float, named: str, far: bool, ground: Ground, prefer: Preference = "area") -> Region:
    """Locate the part of a place toward a bearing ("northern X"): its half, or corner, farthest that way."""
    whole = ground.inner(named, prefer)
    share = part_share(bearing, far)
    parts = [_with(part, cut_part(part.geometry, bearing, share)) for part in whole.parts]
    return compose_region(
        parts,
        method="part",
        why=f"The {round(share * 100)} % of {named} that lie farthest toward {bearing:g} degrees; {whole.why}",
        where_prec=_prec_of_part(whole),
        places=whole.places,
    )


def locate_middle(named: str, ground: Ground) -> Region:
    """Locate the middle of a place ("central X")."""
    whole = ground.inner(named, "area")
    share = shape_of("middle_share")
    parts = [_with(part, middle_part(_surface(part.geometry), share)) for part in whole.parts]
    why = f"The {round(share * 100)} % of {named} nearest its centre; {whole.why}"
    return compose_region(parts, method="middle", why=why, where_prec=_prec_of_part(whole), places=whole.places)


def locate_part_middle(bearing: float, named: str, ground: Ground) -> Region:
    """Locate "north-central X": the half of X toward the bearing, of the half of X nearest its centre."""
    whole = ground.inner(named, "area")
    parts = [_with(part, _middle_toward(part.geometry, bearing)) for part in whole.parts]
    why = f"The middle of {named}, its half toward {bearing:g} degrees; {whole.why}"
    return compose_region(parts, method="part", why=why, where_prec=_prec_of_part(whole), places=whole.places)


def _middle_toward(geometry: BaseGeometry, bearing: float) -> BaseGeometry:
    return middle_part(_surface(geometry), HALF).intersection(cut_part(geometry, bearing, HALF))


def locate_beside(bearing: float, named: str, ground: Ground) -> Region:
    """Locate "north of X": a river's side, the ground outside a town; of a province or country both that and its part."""
    thing = ground.inner(named, "any" if named.casefold().startswith("the ") else "point")
    parts: list[WeightedGeometry] = []
    for part in thing.parts:
        kind = part.place.kind if part.place else "region"
        if kind == "river":
            return locate_side_of_river(bearing, thing, ground)
        outside = _outside(part.geometry, bearing, kind)
        if kind in POINT_KINDS or part.geometry.area == 0 or kind in ("lake", "sea"):
            parts.append(_with(part, outside))
            continue
        inside = weight_of("beside_inside_country" if kind == "country" else "beside_inside")
        parts.append(_with(part, cut_part(part.geometry, bearing, part_share(bearing)), inside))
        parts.append(_with(part, outside, 1 - inside))
    return compose_region(
        parts,
        method="beside",
        why=f"Ground toward {bearing:g} degrees of {named}, no distance stated; {thing.why}",
        where_prec=2 if thing.where_prec <= 2 else 5,
        places=thing.places,
    )


def locate_near(named: str, ground: Ground, *, km: float | None = None, method: str = "near") -> Region:
    """Locate "near X": X widened by a stated distance (towns and areas differ), or by ``km``."""
    thing = ground.inner(named, "point")
    parts = []
    for part in thing.parts:
        is_town = part.place is not None and part.place.kind in POINT_KINDS
        reach = km if km is not None else shape_of("near_km" if is_town else "near_area_km")
        parts.append(_with(part, buffer_km(part.geometry, reach)))
    why = f"{named} and the ground round it; {thing.why}"
    return compose_region(parts, method=method, why=why, where_prec=max(2, thing.where_prec), places=thing.places)


def locate_rural(named: str, bearing: float | None, ground: Ground) -> Region:
    """Locate the countryside of a place: of a town the ground round it, of a province the province; or its part to a side."""
    thing = ground.inner(named)
    parts = []
    for part in thing.parts:
        is_town = part.place is not None and part.place.kind in POINT_KINDS
        if is_town:
            reach = shape_of("rural_km")
            ring = buffer_km(part.geometry, reach).difference(part.geometry)
            half = shape_of("beside_half_width_deg")
            parts.append(_with(part, ring if bearing is None else wedge(part.geometry, bearing, half, 2 * reach)))
        else:
            whole = part.geometry
            parts.append(_with(part, whole if bearing is None else cut_part(whole, bearing, part_share(bearing))))
    side = "" if bearing is None else f" toward {bearing:g} degrees"
    why = f"The countryside of {named}{side}; {thing.why}"
    return compose_region(parts, method="rural", why=why, where_prec=max(2, thing.where_prec), places=thing.places)


def locate_coast(named: str, ground: Ground, bearing: float | None = None) -> Region:
    """Locate the coast of a country or province, or its coast toward a bearing: the strip of it along the sea."""
    thing = ground.inner(named, "area")
    strips = [(part, coast_strip(part.geometry)) for part in thing.parts]
    if bearing is not None:
        strips = [(part, strip.intersection(cut_part(part.geometry, bearing, HALF))) for part, strip in strips]
    parts = [_with(part, strip) for part, strip in strips]
    if all(part.geometry.is_empty for part in parts):
        raise NotFoundError(f"{named!r} has no such coast on the map; name another place")
    side = "" if bearing is None else f", its half toward {bearing:g} degrees"
    why = f"The strip of {named} within {shape_of('coast_km'):g} km of the sea{side}; {thing.why}"
    return compose_region(parts, method="coast", why=why, where_prec=5, places=thing.places)


def locate_along(named: str, ground: Ground) -> Region:
    """Locate "along X": a line (river, border, road) as it is, an area's edge otherwise."""
    thing = ground.inner(named, "line")
    if thing.method not in ("name", "border"):
        return thing  # along a road, a coast, a bank: its ground is a strip already
    parts = [_with(p, p.geometry.boundary if p.geometry.area else p.geometry) for p in thing.parts]
    why = f"Along {named}; {thing.why}"
    return compose_region(parts, method="river", why=why, where_prec=5, places=thing.places)


def locate_direction(bearing: float | None, ground: Ground) -> Region:
    """
    Locate a bare direction: that part of the area under discussion, else of the country in question; ``None`` is its middle.

    With an area, the ground outside it toward the bearing is a second reading, and the first where the claim speaks of movement.
    """
    area = ground.context.area
    countries = ground.context.ranked_countries()
    if area is None and not countries:
        raise NotFoundError("a bare direction needs something it is a direction of; give --country or an area")
    if area is not None:
        whole, name, places = area.geometry, area.phrase, area.places
    else:
        outline = country_outline(countries[0])
        if outline is None:
            raise NotFoundError(f"country {countries[0]!r} is not on the map; give an ISO 3166-1 code such as SY")
        whole, name, places = mainland(outline), country_name(countries[0]), ()
    whole = _surface(whole)
    if bearing is None:
        middle = middle_part(whole, shape_of("middle_share"))
        why = f"The middle of {name}, which is under discussion."
        return compose_region([reading(middle, 1)], method="middle", why=why, where_prec=5, places=places)
    parts = [reading(cut_part(whole, bearing, part_share(bearing)), 1)]
    if area is not None:
        out = wedge(whole, bearing, shape_of("beside_half_width_deg"), shape_of("direction_reach_km"))
        leaves = ground.context.role in ("to", "via", "from")
        first = weight_of("outside_first")
        inside_weight = 1 - first if leaves else first
        parts = [reading(parts[0].geometry, inside_weight), reading(out, 1 - inside_weight)]
    why = f"A bare direction ({bearing:g} degrees), read as that part of {name}, which is under discussion."
    return compose_region(parts, method="direction", why=why, where_prec=5, places=places)


def part_share(bearing: float, far: bool = False) -> float:
    """Return the share of a place that a compass word takes: a half, less for a corner, least for "the far north"."""
    if far:
        return shape_of("far_share")
    return shape_of("part_share" if bearing % 90 == 0 else "corner_share")


def cut_part(geometry: BaseGeometry, bearing: float, share: float) -> BaseGeometry:
    """Cut the part of a geometry toward a bearing; lines are given some width, far possessions are left out."""
    return compass_part(mainland(_surface(geometry)), bearing, share)


def _surface(geometry: BaseGeometry) -> BaseGeometry:
    return geometry if geometry.area > 0 else buffer_km(geometry, LINE_WIDTH_KM)


def _outside(geometry: BaseGeometry, bearing: float, kind: str) -> BaseGeometry:
    reach = shape_of("beside_reach_km" if kind in POINT_KINDS else "beside_area_reach_km")
    half = shape_of("beside_half_width_deg" if bearing % 90 == 0 else "corner_half_width_deg")
    return wedge(geometry, bearing, half, reach)


def _with(part: WeightedGeometry, geometry: BaseGeometry, share: float = 1.0) -> WeightedGeometry:
    return reading(geometry, part.weight * share, part.place)


def _prec_of_part(whole: Region) -> int:
    """A part of a town stays as precise as the town; a part of anything larger is a fuzzy area."""
    return whole.where_prec if whole.where_prec <= 2 else 5


@lru_cache(maxsize=64)
def coast_strip(area: BaseGeometry) -> BaseGeometry:
    """Cut the strip of an area (lon/lat) along the sea; empty where it has none."""
    west, south, east, north = area.bounds
    if east - west > 180:
        # Parted by the 180th meridian: each side by itself, or the box round both is the whole earth.
        halves = [area.intersection(shapely.box(w, south, e, north)) for w, e in ((-180, 0), (0, 180))]
        return shapely.union_all([coast_strip(half) for half in halves if half.area > 0])
    box = shapely.box(*area.bounds).buffer(0.5)
    land = [f.geometry for f in read_layer("countries") if f.geometry.intersects(box)]
    shapely.prepare(area)
    home = [shape for shape in land if area.intersects(shape)]
    # A province's edge inside its own country is no coast: measure from the sea side of the country instead.
    others = [shape for shape in land if not area.intersects(shape)]
    whole = (home[0] if len(home) == 1 else shapely.union_all(home)) if home else area
    line = outer_line(whole.intersection(box), shapely.union_all(others)) if others else whole.boundary
    plane = plane_around(area)
    frame = plane.project(box.boundary).buffer(2)
    shore = plane.project(line).difference(frame).simplify(COARSE_KM)
    if shore.is_empty or extent_km(area) == 0:
        return shapely.Polygon()
    # Piece by piece: widening a whole archipelago at once takes ten times as long.
    pieces = shapely.buffer(shapely.get_parts(shore), shape_of("coast_km"), quad_segs=4)
    return plane.unproject(plane.project(area).intersection(shapely.union_all(pieces)))
