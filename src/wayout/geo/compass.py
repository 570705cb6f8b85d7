"""
Distances, bearings and compass parts of areas: geometry in, geometry out, always (lon, lat) in degrees.

Every construction is made on a local plane in km (``local_plane``), where distances and bearings from the centre are true, and
brought back.
"""

import itertools
import math
from functools import lru_cache

import numpy as np
import shapely
from shapely.affinity import translate
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from wayout.errors import InputError
from wayout.geo.local_plane import (
    GEOD,
    LocalPlane,
    central_point,
    centre_of,
    hull_of,
    plane_around,
    plane_at,
    surfaces_of,
)

__all__ = [
    "GEOD",
    "KEPT",
    "LocalPlane",
    "area_km2",
    "bearing_deg",
    "buffer_km",
    "central_point",
    "centre_of",
    "compass_part",
    "distance_km",
    "extent_km",
    "hull_of",
    "mainland",
    "middle_part",
    "plane_around",
    "plane_at",
    "point_along",
    "surfaces_of",
    "wedge",
]

CUT_STEPS = 24
"""Bisection steps of an equal-area cut: the cut lies within extent / 2^24 of the exact one, a metre in 16,000 km."""
KEPT = 256
"""Results kept of each construction: the same parts of the same areas are asked for again and again."""
FAN_STEP_DEG = 15.0
"""A fan of bearings is built from slices at most this wide; the chord then lies < 1 % inside the arc."""


def distance_km(start: Point, end: Point) -> float:
    """Measure the geodesic distance between two points, km."""
    return float(GEOD.inv(start.x, start.y, end.x, end.y)[2]) / 1000


def bearing_deg(start: Point, end: Point) -> float:
    """Measure the initial bearing from ``start`` to ``end``, degrees clockwise from north, [0, 360)."""
    return float(GEOD.inv(start.x, start.y, end.x, end.y)[0]) % 360


def point_along(start: Point, bearing: float, km: float) -> Point:
    """Go ``km`` from a point on a bearing (degrees) and return where that ends."""
    lon, lat, _ = GEOD.fwd(start.x, start.y, bearing, km * 1000)
    return Point(lon, lat)


def area_km2(geometry: BaseGeometry) -> float:
    """Measure the geodesic area of a geometry, km2; 0 for points and lines."""
    return abs(float(GEOD.geometry_area_perimeter(geometry)[0])) / 1e6 if geometry.area > 0 else 0.0


@lru_cache(maxsize=KEPT)
def extent_km(geometry: BaseGeometry) -> float:
    """Measure how large an area is: the side of the square of the same area, km; 0 for points and lines."""
    return math.sqrt(area_km2(geometry))


@lru_cache(maxsize=KEPT)
def buffer_km(geometry: BaseGeometry, km: float) -> BaseGeometry:
    """
    Widen (or, negative, shrink) a geometry by a distance.

    Parameters
    ----------
    geometry
        Any geometry, lon/lat.
    km
        Distance, km.

    Returns
    -------
    widened
        Lon/lat; a point becomes a disc, a line a band.
    """
    plane = plane_around(geometry)
    return plane.unproject(plane.project(geometry).buffer(km, quad_segs=8))


@lru_cache(maxsize=KEPT)
def mainland(area: BaseGeometry, apart_km: float = 1000.0) -> BaseGeometry:
    """
    Keep the largest polygon of an area and the parts within ``apart_km`` of it.

    "The north of France" is not about Guiana: far possessions would move every centre and every cut.
    """
    parts = list(getattr(area, "geoms", [area]))
    if len(parts) == 1:
        return area
    largest = max(parts, key=area_km2)
    plane = plane_around(largest)
    core = plane.project(largest).convex_hull
    near = [part for part in parts if plane.project(part.centroid).distance(core) <= apart_km]
    return near[0] if len(near) == 1 else MultiPolygon(near)  # parts of one area do not overlap


@lru_cache(maxsize=KEPT)
def compass_part(area: BaseGeometry, bearing: float, share: float = 0.5) -> BaseGeometry:
    """
    Cut from an area the ``share`` of its surface that lies farthest toward a bearing.

    The cut is a straight line across the bearing, placed so that the areas are as asked. Parts of opposite bearings
    whose shares sum to one are disjoint and together are the area.

    Parameters
    ----------
    area
        Polygon or multipolygon, lon/lat.
    bearing
        Degrees clockwise from north.
    share
        Share of the area's surface to keep, (0, 1).

    Returns
    -------
    part
        Lon/lat, inside ``area``.

    Raises
    ------
    InputError
        If the area has no surface or the share is not inside (0, 1).
    """
    _check_surface(area, "a compass part")
    _check_share(share)
    plane = plane_around(area)
    flat = plane.project(area)
    # One canonical cut per axis (bearing modulo 180) makes opposite parts meet exactly.
    forward = bearing % 360 < 180
    axis = bearing % 180
    keep = share if forward else 1 - share
    cut = _equal_area_cut(flat, axis, keep)
    half = _half_plane(flat, axis, cut) if forward else _half_plane(flat, axis + 180, -cut)
    return plane.unproject(surfaces_of(flat.intersection(half)))


@lru_cache(maxsize=KEPT)
def middle_part(area: BaseGeometry, share: float = 0.35) -> BaseGeometry:
    """
    Keep the middle of an area: what lies nearest its centroid, a stated share of its surface.

    Parameters
    ----------
    area
        Polygon or multipolygon, lon/lat.
    share
        Share of the surface to keep, (0, 1).

    Returns
    -------
    middle
        Lon/lat, inside ``area``.

    Raises
    ------
    InputError
        If the area has no surface or the share is not inside (0, 1).
    """
    _check_surface(area, "a middle part")
    _check_share(share)
    plane = plane_around(area)
    flat = plane.project(area)
    coarse = _coarse(flat)
    low, high = 0.0, _reach(flat)
    for _ in range(CUT_STEPS):
        middle = (low + high) / 2
        if coarse.intersection(flat.centroid.buffer(middle)).area < share * coarse.area:
            low = middle
        else:
            high = middle
    return plane.unproject(surfaces_of(flat.intersection(flat.centroid.buffer(high))))


@lru_cache(maxsize=KEPT)
def wedge(area: BaseGeometry, bearing: float, half_width_deg: float, reach_km: float) -> BaseGeometry:
    """
    Build what lies outside an area toward a bearing: the ground swept by leaving it that way.

    Every point of the area's hull moves ``reach_km`` along each bearing of the fan; the area itself, and what lies
    behind its centroid, is taken away. For a point it is a circular sector.

    Parameters
    ----------
    area
        Point, line, polygon or multipolygon, lon/lat.
    bearing
        Middle of the fan, degrees clockwise from north.
    half_width_deg
        Half the opening of the fan, degrees, (0, 90].
    reach_km
        How far out, km, > 0.

    Returns
    -------
    outside
        Lon/lat; does not overlap ``area``.

    Raises
    ------
    InputError
        If the fan or the reach is out of range.
    """
    if not 0 < half_width_deg <= 90:
        raise InputError(f"half_width_deg is {half_width_deg}; it must lie in (0, 90]")
    if not reach_km > 0:
        raise InputError(f"reach_km is {reach_km}; it must be above 0")
    plane = plane_around(area)
    flat = plane.project(area)
    hull = flat.convex_hull
    n_slices = math.ceil(2 * half_width_deg / FAN_STEP_DEG)
    bearings = np.linspace(bearing - half_width_deg, bearing + half_width_deg, n_slices + 1)
    moved = [translate(hull, reach_km * _sin(b), reach_km * _cos(b)) for b in bearings]
    slices = [shapely.union_all([hull, first, second]).convex_hull for first, second in itertools.pairwise(moved)]
    swept = shapely.union_all(slices).difference(flat)
    centre = flat.centroid
    ahead = _half_plane(swept, bearing, centre.x * _sin(bearing) + centre.y * _cos(bearing))
    return plane.unproject(surfaces_of(swept.intersection(ahead)))


def _sin(bearing: float) -> float:
    return math.sin(math.radians(bearing))


def _cos(bearing: float) -> float:
    return math.cos(math.radians(bearing))


def _check_surface(area: BaseGeometry, what: str) -> None:
    if not area.area > 0:
        raise InputError(f"{what} needs a polygon; got a {area.geom_type} without surface; buffer it first")


def _check_share(share: float) -> None:
    if not 0 < share < 1:
        raise InputError(f"share is {share}; it must lie strictly between 0 and 1")


def _reach(flat: BaseGeometry) -> float:
    low_x, low_y, high_x, high_y = flat.bounds
    return 2 * math.hypot(high_x - low_x, high_y - low_y) + math.hypot(*flat.centroid.coords[0])


def _half_plane(flat: BaseGeometry, bearing: float, offset: float) -> Polygon:
    """Make a rectangle, large enough for ``flat``, of the points with position along ``bearing`` >= ``offset`` km."""
    size = _reach(flat) + abs(offset) + 1
    along = np.array([_sin(bearing), _cos(bearing)])
    across = np.array([along[1], -along[0]])
    corners = [(offset, -size), (offset, size), (offset + 2 * size, size), (offset + 2 * size, -size)]
    return Polygon([tuple(a * along + c * across) for a, c in corners])


def _coarse(flat: BaseGeometry) -> BaseGeometry:
    """Simplify to 1/500 of the extent: enough to place a cut, and fast for long coasts."""
    return flat.simplify(math.sqrt(flat.area) / 500)


def _equal_area_cut(flat: BaseGeometry, bearing: float, share: float) -> float:
    """Find the offset beyond which ``share`` of the surface lies, km along the bearing."""
    coarse = _coarse(flat)
    xy = shapely.get_coordinates(coarse)
    position = xy[:, 0] * _sin(bearing) + xy[:, 1] * _cos(bearing)
    low, high = float(position.min()), float(position.max())
    target = share * coarse.area
    for _ in range(CUT_STEPS):
        middle = (low + high) / 2
        if coarse.intersection(_half_plane(coarse, bearing, middle)).area > target:
            low = middle
        else:
            high = middle
    return (low + high) / 2
