"""Sectors outside an area: the ground that lies on one side of it, so that the sides neither overlap nor leave gaps."""

import math

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from wayout.errors import InputError
from wayout.geo.compass import plane_around

ARC_STEP_DEG = 5.0
"""Arcs are drawn with chords at most this wide; they then lie within 0.1 % of the circle."""
POINT_RADIUS_KM = 0.1
"""A point or line is given this much width, so that it has a side."""


def sector_outside(area: BaseGeometry, bearing: float, half_width_deg: float, reach_km: float) -> BaseGeometry:
    """
    Build the ground outside an area that lies toward a bearing, seen from the area's nearest edge.

    A point belongs to the sector when the bearing from the nearest point of the area's convex hull to it lies within
    ``half_width_deg`` of ``bearing``. Sectors whose bearings tile the circle therefore tile the ground outside the hull,
    whatever the area's shape: the ground above the long side of a wide area is north of it, not north-east.

    Parameters
    ----------
    area
        Point, line, polygon or multipolygon, lon/lat.
    bearing
        Middle of the sector, degrees clockwise from north.
    half_width_deg
        Half its opening, degrees, (0, 90].
    reach_km
        How far from the hull's edge, km, > 0.

    Returns
    -------
    sector
        Lon/lat; does not overlap the area's hull.

    Raises
    ------
    InputError
        If the area is empty, or the opening or reach is out of range.
    """
    plane = plane_around(area)
    return plane.unproject(flat_sector(plane.project(area), bearing, half_width_deg, reach_km))


def flat_sector(flat: BaseGeometry, bearing: float, half_width_deg: float, reach_km: float) -> BaseGeometry:
    """Build a sector as :func:`sector_outside` does, from and to a plane in km."""
    if not 0 < half_width_deg <= 90:
        raise InputError(f"half_width_deg is {half_width_deg}; it must lie in (0, 90]")
    if not reach_km > 0:
        raise InputError(f"reach_km is {reach_km}; it must be above 0")
    hull = flat.convex_hull
    if hull.area == 0:
        hull = hull.buffer(POINT_RADIUS_KM)
    hull = hull.simplify(reach_km / 1000)
    ring = shapely.get_coordinates(hull)
    corners = ring[::-1] if shapely.is_ccw(shapely.linearrings(ring)) else ring  # clockwise
    low = bearing - half_width_deg
    width = 2 * half_width_deg
    pieces = _edge_strips(corners, low, width, reach_km) + _corner_fans(corners, low, width, reach_km)
    if not pieces:
        return Polygon()
    return shapely.union_all(pieces, grid_size=1e-6).difference(hull)


def _normals(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the outward bearing of each edge of a clockwise ring, degrees."""
    step = np.diff(corners, axis=0)
    outward_x, outward_y = -step[:, 1], step[:, 0]  # to the left of a clockwise walk
    return np.asarray(np.degrees(np.arctan2(outward_x, outward_y)) % 360)


def _edge_strips(corners: NDArray[np.float64], low: float, width: float, reach_km: float) -> list[Polygon]:
    """Push out the edges whose outward bearing lies in the range."""
    strips = []
    for start, end, normal in zip(corners[:-1], corners[1:], _normals(corners), strict=True):
        if (normal - low) % 360 <= width:
            out = reach_km * np.array([math.sin(math.radians(normal)), math.cos(math.radians(normal))])
            strips.append(Polygon([start, end, end + out, start + out]))
    return strips


def _corner_fans(corners: NDArray[np.float64], low: float, width: float, reach_km: float) -> list[Polygon]:
    """Fan out at corners, over the bearings between the two edges' normals that lie in the range."""
    normals = _normals(corners)
    fans = []
    for corner, before, after in zip(corners[:-1], np.roll(normals, 1), normals, strict=True):
        turn = (after - before) % 360
        offset = (before - low) % 360
        # The fan covers offsets [offset, offset + turn] of the range [0, width], which may wrap once round the circle.
        for shift in (0.0, -360.0):
            first, last = max(offset + shift, 0.0), min(offset + shift + turn, width)
            if last > first:
                steps = np.radians(np.linspace(first, last, 2 + int((last - first) / ARC_STEP_DEG)) + low)
                arc = corner + reach_km * np.column_stack([np.sin(steps), np.cos(steps)])
                fans.append(Polygon([corner, *arc]))
    return [fan for fan in fans if fan.is_valid and fan.area > 0]


def bearing_from(flat: BaseGeometry, point: Point) -> float:
    """Return the bearing from the nearest point of a flat area's hull to a point, degrees clockwise from north."""
    nearest = shapely.shortest_line(flat.convex_hull, point).coords
    return math.degrees(math.atan2(nearest[1][0] - nearest[0][0], nearest[1][1] - nearest[0][1])) % 360
