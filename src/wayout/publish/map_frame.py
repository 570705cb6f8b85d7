"""The frame of the brief's map: what it shows, its projection to SVG units, and paths of geometries in it."""

import math
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from wayout.publish.coarsen import KM_PER_DEG

PATH_DECIMALS = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """
    The paper of a drawing: prefix of its element ids, width in SVG units, least and greatest height as a share of it.

    Two are drawn, because labels sized for a wide page cannot be read on a phone.
    """

    prefix: str
    width: float
    low: float
    high: float


WIDE = Canvas(prefix="map", width=960.0, low=0.55, high=0.85)
NARROW = Canvas(prefix="small-map", width=460.0, low=0.9, high=1.35)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """
    A map frame in the plate carrée whose scale is true at the middle latitude.

    Bounds in degrees; ``width`` and ``height`` in SVG units. Over the few hundred kilometres of a theatre the distortion at the edges
    is a few per cent, which the scale bar's label says by naming its latitude.
    """

    west: float
    south: float
    east: float
    north: float
    width: float
    height: float

    @property
    def units_per_deg(self) -> float:
        """SVG units per degree of longitude."""
        return self.width / (self.east - self.west)

    @property
    def middle_lat(self) -> float:
        """Latitude at which the scale is true, degrees."""
        return (self.south + self.north) / 2

    @property
    def units_per_km(self) -> float:
        """SVG units per kilometre at the middle latitude."""
        return self.units_per_deg / (KM_PER_DEG * math.cos(math.radians(self.middle_lat)))

    def xy(self, lon: float, lat: float) -> tuple[float, float]:
        """Project a point to SVG units."""
        scale = self.height / (self.north - self.south)
        return ((lon - self.west) * self.units_per_deg, (self.north - lat) * scale)

    def box(self) -> BaseGeometry:
        """Return the frame as a polygon, lon/lat."""
        return shapely.box(self.west, self.south, self.east, self.north)

    def clip(self, geometry: BaseGeometry, detail: float = 0.6) -> BaseGeometry:
        """
        Cut a geometry to the frame (and a little beyond) and drop detail that cannot be seen.

        Parameters
        ----------
        geometry
            Lon/lat geometry.
        detail
            Smallest visible step, SVG units.
        """
        margin = (self.east - self.west) * 0.02
        near = self.box().buffer(margin, join_style="mitre")
        sound = geometry if geometry.is_valid else shapely.make_valid(geometry)
        return sound.intersection(near).simplify(detail / self.units_per_deg, preserve_topology=True)

    def path(self, geometry: BaseGeometry) -> str:
        """Write a geometry's SVG path data; empty for points and nothing."""
        parts = []
        for part in shapely.get_parts(geometry).tolist():
            if part.geom_type == "GeometryCollection":
                parts.append(self.path(part))
            elif part.geom_type == "Polygon" and not part.is_empty:
                parts += [self._line(ring.coords, closed=True) for ring in (part.exterior, *part.interiors)]
            elif part.geom_type in ("LineString", "LinearRing") and not part.is_empty:
                parts.append(self._line(part.coords, closed=False))
        return "".join(parts)

    def _line(self, coords: object, *, closed: bool) -> str:
        points = [self.xy(x, y) for x, y, *_ in coords]  # type: ignore[attr-defined]
        points = points[:-1] if closed else points
        written = " ".join(f"{number(x)} {number(y)}" for x, y in points)
        return f"M{written}{'Z' if closed else ''}"


def number(value: float) -> str:
    """Write a coordinate shortly, the same on every machine."""
    return f"{round(value, PATH_DECIMALS):g}"


def make_frame(bounds: tuple[float, float, float, float], focus: BaseGeometry, canvas: Canvas) -> Frame:
    """
    Choose the frame: what the map must show, widened to a pleasant shape.

    Parameters
    ----------
    bounds
        West, south, east, north of the computed surface, degrees; the frame does not go beyond it without need.
    focus
        What must be seen: area, reported barriers, routes, ways.
    canvas
        The paper; the extent is widened to its shape.

    Returns
    -------
    frame
        The frame, degrees and SVG units.
    """
    shown = focus.intersection(shapely.box(*bounds))
    west, south, east, north = (focus if shown.is_empty else shown).bounds
    pad = 0.03 * max(east - west, north - south, 0.5)
    west, south, east, north = west - pad, max(-85.0, south - pad), east + pad, min(85.0, north + pad)
    cos = math.cos(math.radians((south + north) / 2))
    wide, high = (east - west) * cos, north - south
    if high < canvas.low * wide:
        extra = (canvas.low * wide - high) / 2
        south, north = south - extra, north + extra
    elif high > canvas.high * wide:
        extra = (high / canvas.high - wide) / cos / 2
        west, east = west - extra, east + extra
    cos = math.cos(math.radians((south + north) / 2))
    height = round(canvas.width * (north - south) / ((east - west) * cos), 1)
    return Frame(west=west, south=south, east=east, north=north, width=canvas.width, height=height)
