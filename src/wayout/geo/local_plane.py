"""
Planes in km on which ground is built, and the way there and back: geometry in, geometry out, (lon, lat) in degrees.

A plane is azimuthal equidistant round a point: distances and bearings from there are true. What crosses the 180th meridian is
split there and sewn together on the plane; what lies over a pole is slit behind it.
"""

import math
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod
from shapely.affinity import translate
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from wayout.errors import InputError

GEOD = Geod(ellps="WGS84")
MAX_EDGE_DEG = 0.25
"""Longer edges are densified before projecting, so that a straight edge in degrees stays where it is (< 0.2 km off)."""
SEAM_DEG, SEAM_KM = 1e-6, 1e-6
"""Pieces that end this close to the 180th meridian are two halves of one thing, and are sewn together on the plane."""
KM_PER_DEG, HALF_EARTH_KM = 110.5, 20003.0
"""Length of a degree of latitude at least; from pole to pole."""
POLE_EDGE_KM = 5.0
"""Edges near a pole are no longer than this."""
POLE_KM = 0.3
"""What lies over a pole leaves out this much round it."""


@dataclass(frozen=True, slots=True)
class LocalPlane:
    """A plane in km, azimuthal equidistant round ``lon``, ``lat`` (degrees); x points east, y north at the centre."""

    lon: float
    lat: float

    def project(self, geometry: BaseGeometry) -> BaseGeometry:
        """Bring a (lon, lat) geometry onto the plane, km; long edges are densified first."""
        if geometry.is_empty:
            return geometry
        dense = shapely.segmentize(geometry, MAX_EDGE_DEG)
        if _is_split(geometry):
            return self._sewn(dense)
        onto = shapely.transform(dense, self._flattened)
        return onto if onto.is_valid else shapely.make_valid(onto)

    def _sewn(self, lonlat: BaseGeometry) -> BaseGeometry:
        """Bring a geometry onto the plane whose pieces meet at the 180th meridian; those are sewn together, the others stay as they are."""
        pieces = shapely.get_parts(lonlat)
        west, _, east, _ = shapely.bounds(pieces).T
        at_seam = (west <= -180 + SEAM_DEG) | (east >= 180 - SEAM_DEG)
        flat = shapely.transform(pieces, self._flattened)
        flat = np.where(shapely.is_valid(flat), flat, shapely.make_valid(flat))
        sewn = shapely.union_all(_flat_parts(shapely.geometrycollections(flat[at_seam])), grid_size=SEAM_KM)
        alone = _flat_parts(shapely.geometrycollections(flat[~at_seam])) if not at_seam.all() else []
        whole = _gathered([*shapely.get_parts(sewn), *shapely.get_parts(alone)])
        return whole if whole.is_valid else shapely.union_all(shapely.get_parts(whole), grid_size=SEAM_KM)

    def unproject(self, geometry: BaseGeometry) -> BaseGeometry:
        """Bring a plane geometry back to (lon, lat); what passes the 180th meridian is split there."""
        if geometry.is_empty:
            return geometry
        geometry = self._clear_of_poles(geometry)
        back = shapely.transform(geometry, self._unwrapped)
        if not back.is_valid:
            mended = shapely.make_valid(back)
            back = surfaces_of(mended) if geometry.area > 0 and surfaces_of(mended).area > 0 else mended
        return _split_at_180(back)

    def _clear_of_poles(self, flat: BaseGeometry) -> BaseGeometry:
        """
        Slit what lies over a pole along the meridian behind it, and leave out the pole itself.

        All longitudes meet there, so no ring of (lon, lat) goes round it.
        """
        reach_deg = max(map(abs, flat.bounds)) / KM_PER_DEG
        if abs(self.lat) + reach_deg < 90:
            return flat
        # A straight edge that passes near a pole is a strongly bent one in degrees.
        flat = shapely.segmentize(flat, POLE_EDGE_KM)
        for pole in (90.0, -90.0):
            away = math.copysign(GEOD.inv(self.lon, self.lat, self.lon, pole)[2] / 1000, pole)
            behind = (
                LineString([(0, away), (0, math.copysign(HALF_EARTH_KM, pole))])
                if abs(away) < HALF_EARTH_KM
                else Point(0, away)
            )
            if flat.intersects(behind):
                slit = behind.buffer(SEAM_KM, cap_style="flat") if behind.length else behind
                flat = flat.difference(Point(0, away).buffer(POLE_KM).union(slit))
        return flat

    def _flattened(self, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        """Azimuthal equidistant by definition: each point at its geodesic distance and bearing from the centre."""
        centre_lon, centre_lat = np.full(len(lonlat), self.lon), np.full(len(lonlat), self.lat)
        bearing, _, metres = GEOD.inv(centre_lon, centre_lat, lonlat[:, 0].copy(), lonlat[:, 1].copy(), radians=False)
        angle, km = np.radians(bearing), np.asarray(metres) / 1000
        return np.column_stack([km * np.sin(angle), km * np.cos(angle)])

    def _unwrapped(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        centre_lon, centre_lat = np.full(len(xy), self.lon), np.full(len(xy), self.lat)
        bearing = np.degrees(np.arctan2(xy[:, 0], xy[:, 1]))
        lon, lat, _ = GEOD.fwd(centre_lon, centre_lat, bearing, np.hypot(xy[:, 0], xy[:, 1]) * 1000)
        return np.column_stack([self.lon + (np.asarray(lon) - self.lon + 180) % 360 - 180, lat])


def plane_at(lon: float, lat: float) -> LocalPlane:
    """Make the plane round a point; the centre is rounded to 0.001 degree so that planes are shared."""
    return LocalPlane(round(lon, 3), round(lat, 3))


def plane_around(geometry: BaseGeometry) -> LocalPlane:
    """Make the plane round a geometry's centroid."""
    if geometry.is_empty:
        raise InputError("cannot centre a plane on an empty geometry; give one with at least one point")
    centre = centre_of(geometry)
    return plane_at(centre.x, centre.y)


def centre_of(geometry: BaseGeometry) -> Point:
    """Return the centroid of a geometry, lon/lat; of halves on both sides of the 180th meridian it lies there, not at Greenwich."""
    centre = (_eastward(geometry) if _is_split(geometry) else geometry).centroid
    return Point((centre.x + 180) % 360 - 180, centre.y)


def central_point(geometry: BaseGeometry) -> Point:
    """Return the point of a geometry that is nearest to its centroid, lon/lat: the centroid itself where that lies in it."""
    centre = centre_of(geometry)
    return centre if geometry.covers(centre) else Point(nearest_points(geometry, centre)[0])


def hull_of(geometry: BaseGeometry) -> BaseGeometry:
    """Return the convex hull of a geometry on the plane round it, lon/lat; of points on one line that line."""
    plane = plane_around(geometry)
    return plane.unproject(plane.project(geometry).convex_hull)


def surfaces_of(geometry: BaseGeometry) -> BaseGeometry:
    """Keep the polygons of a geometry: cuts and differences leave points and lines beside them."""
    if geometry.geom_type in ("Polygon", "MultiPolygon"):
        return geometry
    polygons = [part for part in getattr(geometry, "geoms", []) if part.area > 0]
    return shapely.union_all(polygons) if polygons else MultiPolygon()


def _is_split(lonlat: BaseGeometry) -> bool:
    """Tell whether a geometry consists of pieces that meet at the 180th meridian."""
    west, _, east, _ = lonlat.bounds
    return west <= -180 + SEAM_DEG and east >= 180 - SEAM_DEG


def _eastward(lonlat: BaseGeometry) -> BaseGeometry:
    """Move the pieces of the western hemisphere round, so that the halves meet."""
    pieces = [translate(piece, 360) if piece.bounds[2] <= 0 else piece for piece in shapely.get_parts(lonlat)]
    return shapely.GeometryCollection(pieces)


def _flat_parts(flat: BaseGeometry) -> list[BaseGeometry]:
    """List what a projection made of a geometry, without the points and lines that mending leaves beside areas."""
    pieces = list(getattr(flat, "geoms", [flat]))
    return [piece for piece in pieces if piece.area > 0] or pieces


def _gathered(pieces: list[BaseGeometry]) -> BaseGeometry:
    """Put pieces that do not overlap into one geometry, of areas alone where there is any."""
    polygons = [piece for piece in pieces if isinstance(piece, Polygon)]
    if polygons:
        return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)
    return shapely.union_all(pieces)


def _split_at_180(lonlat: BaseGeometry) -> BaseGeometry:
    low, _, high, _ = lonlat.bounds
    if low >= -180 and high <= 180:
        return lonlat
    pieces = [
        translate(lonlat.intersection(box(start, -90, start + 360, 90)), -start - 180) for start in (-540, -180, 180)
    ]
    if lonlat.area > 0:
        pieces = [surfaces_of(piece) for piece in pieces]  # what only touches the meridian leaves a line there
    return shapely.union_all([piece for piece in pieces if not piece.is_empty])
