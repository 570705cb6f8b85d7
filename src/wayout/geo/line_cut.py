"""Cuts of an area by a line (a river, a front), shared borders, coasts, and the ground between two points."""

import math
from functools import lru_cache

import numpy as np
import shapely
from shapely.affinity import rotate, scale
from shapely.geometry import LineString, MultiPolygon, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from wayout.errors import InputError
from wayout.geo.compass import KEPT, LocalPlane, bearing_deg, distance_km, plane_around, point_along

JOIN_GAP_KM = 60.0
"""Pieces of one river whose ends lie closer than this are joined: lakes and reservoirs interrupt the drawn line."""
BRAID_KM = 8.0
"""A piece whose far end lies this close to the path is a side channel and is left out."""
TANGENT_KM = 3.0
"""Length over which a line's direction is taken where it is asked on which side of it something lies."""
END_REACH_KM = 80.0
"""A line is extended past its end in the direction of its last stretch of this length."""
COARSE_KM = 1.0
"""What is only widened by several km is drawn no finer than this."""
SHARED_KM = 6.0
"""Two simplified outlines of one border lie within this of each other."""


@lru_cache(maxsize=KEPT)
def sides_of_line(area: BaseGeometry, line: BaseGeometry) -> tuple[BaseGeometry, BaseGeometry]:
    """
    Cut an area by a line, extended straight at both ends until it leaves the area.

    Parameters
    ----------
    area
        Polygon or multipolygon, lon/lat.
    line
        LineString or MultiLineString, lon/lat; pieces are joined into one path.

    Returns
    -------
    left, right
        The area to the left and to the right of the line in the direction it is drawn (rivers: downstream); disjoint, together
        the area; either may be empty.

    Raises
    ------
    InputError
        If the area has no surface or the line no length.
    """
    if not area.area > 0 or not line.length > 0:
        raise InputError("a cut needs an area with surface and a line with length; buffer a point first")
    plane = plane_around(area)
    flat, path = plane.project(area), join_path(plane.project(line))
    far = _extended(path, 2 * _diagonal(flat) + flat.distance(path) + path.length)
    network = shapely.union_all([flat.boundary, far])
    faces = [f for f in shapely.get_parts(shapely.polygonize([network])) if flat.contains(f.representative_point())]
    left = [face for face in faces if _is_left(face.representative_point(), far)]
    right = [face for face in faces if not _is_left(face.representative_point(), far)]
    return _together(plane, left), _together(plane, right)


def side_toward(area: BaseGeometry, line: BaseGeometry, bearing: float) -> BaseGeometry:
    """
    Return the part of an area on that side of a line which lies toward a bearing (degrees).

    The two sides are compared by their centroids; where all of the area lies on one side, by its place against the line.
    """
    left, right = sides_of_line(area, line)
    if left.is_empty or right.is_empty:
        whole = right if left.is_empty else left
        middle = nearest_points(line, whole.centroid)[0]
        away = abs((bearing_deg(middle, whole.centroid) - bearing + 180) % 360 - 180)
        return whole if away < 90 else MultiPolygon()
    plane = plane_around(area)
    (ax, ay), (bx, by) = (plane.project(side.centroid).coords[0] for side in (left, right))
    toward = (ax - bx) * math.sin(math.radians(bearing)) + (ay - by) * math.cos(math.radians(bearing))
    return left if toward > 0 else right


def join_path(line: BaseGeometry) -> LineString:
    """
    Join the pieces of a line on the plane into one path, longest piece first, keeping its direction.

    Pieces farther than :data:`JOIN_GAP_KM` from either end, and side channels, are left out.
    """
    pieces = sorted(_lines(line), key=lambda piece: (-piece.length, piece.wkt))
    path = list(pieces[0].coords)
    rest = pieces[1:]
    while rest:
        gap, _, index, at_end, flipped = min(_gaps(path, rest))
        if gap > JOIN_GAP_KM:
            break
        piece = list(rest.pop(index).coords)
        ordered = piece[::-1] if flipped else piece
        far_end = Point(ordered[-1] if at_end else ordered[0])
        if LineString(path).distance(far_end) > BRAID_KM:
            path = path + ordered if at_end else ordered + path
    return LineString(path)


@lru_cache(maxsize=KEPT)
def shared_line(first: BaseGeometry, second: BaseGeometry) -> BaseGeometry:
    """
    Return the border that two areas share, as they are drawn (lon/lat line); empty where they do not touch.

    The outline of the first within :data:`SHARED_KM` of the second; outlines simplified apart still meet.
    """
    if first.distance(second) > 0.2:
        return LineString()
    box = shapely.box(*first.bounds).buffer(0.3).intersection(shapely.box(*second.bounds).buffer(0.3))
    if box.is_empty:
        return LineString()
    plane = plane_around(box)
    one, other = plane.project(first.boundary.intersection(box)), plane.project(second.intersection(box))
    line = one.intersection(other.buffer(SHARED_KM, quad_segs=2))
    kept = [piece for piece in _lines(line) if piece.length > 2 * SHARED_KM]
    return plane.unproject(shapely.line_merge(shapely.multilinestrings(kept))) if kept else LineString()


def outer_line(area: BaseGeometry, neighbours: BaseGeometry) -> BaseGeometry:
    """Return the outline of an area that is not shared with its neighbours: a country's coast (lon/lat line)."""
    plane = plane_around(area)
    box = shapely.box(*area.bounds).buffer(0.3)
    # A long border is a thousand times faster to widen when coarse, and stays within the width it gets.
    others = plane.project(neighbours.intersection(box)).simplify(COARSE_KM).buffer(SHARED_KM + COARSE_KM, quad_segs=2)
    free = plane.project(area).boundary.difference(others)
    kept = [piece for piece in _lines(free) if piece.length > SHARED_KM]
    return plane.unproject(shapely.multilinestrings(kept)) if kept else LineString()


def lens_between(start: Point, end: Point, half_width_share: float, least_half_width_km: float) -> BaseGeometry:
    """
    Build the ground between two points: an ellipse over the segment, as long as it.

    Parameters
    ----------
    start, end
        Points, lon/lat.
    half_width_share
        Half-width at the middle as a share of the distance.
    least_half_width_km
        Never narrower than this, km.

    Returns
    -------
    lens
        Lon/lat; contains the segment's middle.
    """
    length = distance_km(start, end)
    bearing = bearing_deg(start, end) if length > 0 else 0.0
    middle = point_along(start, bearing, length / 2)
    plane = LocalPlane(middle.x, middle.y)
    half_width = max(half_width_share * length, least_half_width_km)
    flat = scale(Point(0, 0).buffer(1, quad_segs=12), max(length / 2, half_width), half_width)
    at_middle = bearing_deg(middle, end) if length > 0 else 0.0
    return plane.unproject(rotate(flat, 90 - at_middle, origin=(0, 0)))


def middle_of_line(line: BaseGeometry) -> Point:
    """Return the point half-way along a line's longest piece, lon/lat."""
    longest = max(_lines(line), key=lambda piece: (piece.length, piece.wkt))
    return longest.interpolate(0.5, normalized=True)


def _lines(line: BaseGeometry) -> list[LineString]:
    return [part for part in shapely.get_parts(line) if part.geom_type in ("LineString", "LinearRing") and part.length]


def _gaps(path: list[tuple[float, ...]], rest: list[LineString]) -> list[tuple[float, float, int, bool, bool]]:
    """List the gaps (km) between either end of the path and either end of each piece; longer pieces win ties."""
    gaps = []
    for index, piece in enumerate(rest):
        first, last = piece.coords[0], piece.coords[-1]
        for at_end, flipped in ((True, False), (True, True), (False, False), (False, True)):
            mine = path[-1] if at_end else path[0]
            theirs = (last if flipped else first) if at_end else (first if flipped else last)
            gaps.append((math.dist(mine[:2], theirs[:2]), -piece.length, index, at_end, flipped))
    return gaps


def _extended(path: LineString, by_km: float) -> LineString:
    coords = np.asarray(path.coords)[:, :2]
    reach = min(END_REACH_KM, path.length / 2)
    before, after = path.interpolate(reach), path.interpolate(path.length - reach)
    start = _beyond(np.array([before.x, before.y]), coords[0], by_km)
    end = _beyond(np.array([after.x, after.y]), coords[-1], by_km)
    return LineString(np.vstack([start, coords, end]))


def _beyond(inner: np.ndarray, tip: np.ndarray, by_km: float) -> np.ndarray:
    direction = tip - inner
    norm = float(np.hypot(*direction)) or 1.0
    return np.asarray(tip + direction / norm * by_km)


def _is_left(point: Point, path: LineString) -> bool:
    at = path.project(point)
    behind, ahead = path.interpolate(max(at - TANGENT_KM, 0)), path.interpolate(min(at + TANGENT_KM, path.length))
    along = (ahead.x - behind.x, ahead.y - behind.y)
    on = path.interpolate(at)
    return along[0] * (point.y - on.y) - along[1] * (point.x - on.x) > 0


def _diagonal(flat: BaseGeometry) -> float:
    low_x, low_y, high_x, high_y = flat.bounds
    return math.hypot(high_x - low_x, high_y - low_y)


def _together(plane: LocalPlane, faces: list[BaseGeometry]) -> BaseGeometry:
    return plane.unproject(shapely.union_all(faces)) if faces else MultiPolygon()
