"""Shapes as people give them, checked before anything is computed: each refusal names the feature, the value and the remedy."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from wayout.errors import InputError

MOST_POSITIONS = 500_000
"""Positions of all features together: a drawn situation has hundreds; more is a map layer, and would be cut to the theatre first."""
MOST_DEPTH = 12
"""Nesting of a geometry collection; deeper is no geometry."""
WIDEST_DEG = 60.0
"""Features wider or higher than this are no theatre."""
_TYPES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A sound geometry, lon/lat, and what was mended in it (``None``: nothing)."""

    geometry: BaseGeometry
    mended: str | None = None


def read_shape(thing: Any, label: str, *, repair: bool = False) -> Checked:
    """
    Turn what was given as a geometry into a sound one.

    Parameters
    ----------
    thing
        A shapely geometry, a GeoJSON geometry as ``dict``, or an object with ``__geo_interface__``.
    label
        What messages call it: ``"feature 3 ('the bridge')"``.
    repair
        Close open rings and mend rings that cross themselves instead of refusing them.

    Returns
    -------
    checked
        Lon/lat, two dimensions.

    Raises
    ------
    InputError
        If it is empty or no geometry, a position is not a pair of finite degrees, a ring is open or crosses itself.

    References
    ----------
    RFC 7946, https://doi.org/10.17487/RFC7946

    Examples
    --------
    >>> read_shape({"type": "Point", "coordinates": [35.3, -17.8]}, "feature 1").geometry.wkt
    'POINT (35.3 -17.8)'
    """
    if isinstance(thing, BaseGeometry):
        node: Any = shapely.geometry.mapping(shapely.force_2d(thing)) if not thing.is_empty else None
    else:
        node = getattr(thing, "__geo_interface__", thing)
    if node is None:
        raise InputError(f"{label} has an empty geometry; draw it, or leave the feature out")
    if isinstance(node, Mapping) and node.get("type") == "Feature":
        node = node.get("geometry")
    mended: list[str] = []
    sound = _repaired(_checked_node(node, label, mended if repair else None, 0), label)
    geometry = shapely.geometry.shape(sound)
    if geometry.is_empty:
        raise InputError(f"{label} has an empty geometry; draw it, or leave the feature out")
    if not geometry.is_valid:
        reason = shapely.is_valid_reason(geometry)
        if not repair:
            raise InputError(
                f"{label} is not a sound {geometry.geom_type.lower()} ({reason}); draw the ring so that it does not cross "
                "or touch itself, or let it be mended (--repair, repair=True)"
            )
        geometry = shapely.make_valid(geometry)
        mended.append(reason)
    _check_extent(geometry, label)
    return Checked(geometry=shapely.force_2d(geometry), mended="; ".join(mended) or None)


def count_positions(node: Any) -> int:
    """Count the positions of a GeoJSON geometry without recursion, at most :data:`MOST_POSITIONS` and a few."""
    waiting, found = [node], 0
    while waiting and found <= MOST_POSITIONS:
        item = waiting.pop()
        if isinstance(item, Mapping):
            waiting += [item.get("coordinates"), item.get("geometries")]
        elif isinstance(item, Sequence) and not isinstance(item, str | bytes):
            if item and not isinstance(item[0], Sequence | Mapping):
                found += 1
            else:
                waiting.extend(item)
    return found


def _repaired(node: Any, label: str) -> Any:
    if not isinstance(node, Mapping):
        raise InputError(f"{label} has no geometry; give one of {', '.join(_TYPES)}")
    return node


def _checked_node(node: Any, label: str, mended: list[str] | None, depth: int) -> dict[str, Any]:
    """Check a GeoJSON geometry's positions and rings; ``mended`` collects repairs (``None``: none are made)."""
    if isinstance(node, Mapping) and node.get("type") == "LinearRing":  # shapely's word for a closed line
        node = {**node, "type": "LineString"}
    if not isinstance(node, Mapping) or node.get("type") not in _TYPES:
        kind = node.get("type") if isinstance(node, Mapping) else type(node).__name__
        raise InputError(
            f"{label} has no geometry that can be read (its type is {kind!r}); give one of {', '.join(_TYPES)}"
        )
    if depth > MOST_DEPTH:
        raise InputError(f"{label} nests geometry collections more than {MOST_DEPTH} deep; give its parts as one")
    kind = str(node["type"])
    if kind == "GeometryCollection":
        parts = node.get("geometries")
        if not isinstance(parts, Sequence) or isinstance(parts, str) or not parts:
            raise InputError(f"{label} is a GeometryCollection without geometries; draw it, or leave the feature out")
        return {"type": kind, "geometries": [_checked_node(p, label, mended, depth + 1) for p in parts]}
    coordinates = node.get("coordinates")
    if not isinstance(coordinates, Sequence) or isinstance(coordinates, str) or len(coordinates) == 0:
        raise InputError(f"{label} has an empty {kind}; draw it, or leave the feature out")
    if kind == "Point":
        return {"type": kind, "coordinates": _position(coordinates, label)}
    if kind in ("MultiPoint", "LineString"):
        return {"type": kind, "coordinates": _line(coordinates, label, 1 if kind == "MultiPoint" else 2)}
    if kind == "MultiLineString":
        return {"type": kind, "coordinates": [_line(part, label, 2) for part in coordinates]}
    if kind == "Polygon":
        return {"type": kind, "coordinates": [_ring(ring, label, mended) for ring in coordinates]}
    polygons = [[_ring(ring, label, mended) for ring in _parts(polygon, label)] for polygon in coordinates]
    return {"type": kind, "coordinates": polygons}


def _parts(value: Any, label: str) -> Sequence[Any]:
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        raise InputError(f"{label} has a part without positions: {value!r:.60}; draw it, or leave the part out")
    return value


def _line(positions: Any, label: str, least: int) -> list[tuple[float, float]]:
    line = [_position(p, label) for p in _parts(positions, label)]
    if len(line) < least:
        raise InputError(f"{label} has a line of {len(line)} position; a line needs two, one alone is a Point")
    if least == 2 and len(set(line)) == 1:
        raise InputError(f"{label} has a line without extent at {_told(line[0])}; give it as a Point")
    return line


def _ring(positions: Any, label: str, mended: list[str] | None) -> list[tuple[float, float]]:
    ring = _line(positions, label, 1)
    if ring[0] != ring[-1]:
        if mended is None:
            raise InputError(
                f"{label} has an open ring: it begins at {_told(ring[0])} and ends at {_told(ring[-1])}; repeat the first "
                "position at the end, or let it be closed (--repair, repair=True)"
            )
        mended.append(f"the ring from {_told(ring[0])} to {_told(ring[-1])} was closed")
        ring.append(ring[0])
    if len(ring) < 4:
        raise InputError(
            f"{label} has a ring of {len(ring)} positions; a ring needs four, the last one the first again"
        )
    return ring


def _position(value: Any, label: str) -> tuple[float, float]:
    numbers = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
    if len(numbers) < 2 or any(isinstance(n, bool) or not isinstance(n, int | float) for n in numbers[:2]):
        raise InputError(f"{label} has the position {value!r:.60}; a position is two numbers, [longitude, latitude]")
    try:
        lon, lat = float(numbers[0]), float(numbers[1])
    except OverflowError:
        lon = lat = math.inf
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise InputError(f"{label} has the position ({lon}, {lat}); every coordinate must be a finite number")
    if abs(lon) > 180 or (abs(lat) > 90 and abs(lon) > 90):
        raise InputError(
            f"{label} has the position {_told((lon, lat))}: these are no degrees but coordinates of a map projection; "
            "reproject the file to EPSG:4326 (WGS 84 longitude, latitude)"
        )
    if abs(lat) > 90:
        raise InputError(
            f"{label} has the latitude {lat:g}, beyond 90 degrees: longitude and latitude seem to be swapped; GeoJSON "
            "positions are [longitude, latitude]"
        )
    return lon, lat


def _told(position: tuple[float, float]) -> str:
    return f"({position[0]:.10g}, {position[1]:.10g})"


def _check_extent(geometry: BaseGeometry, label: str) -> None:
    west, south, east, north = geometry.bounds
    if east - west > WIDEST_DEG or north - south > WIDEST_DEG:
        raise InputError(
            f"{label} is {east - west:.0f} by {north - south:.0f} degrees wide; no theatre is. Cut it to the ground in question "
            "(a feature across the 180th meridian: cut it there and give the side that matters)"
        )
