"""Read the few kinds of ESRI shapefile that the map sources use, without a GIS library (build time only)."""

import struct
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from wayout.locate.looking_up.shapefile import read_table

HEADER_BYTES = 100
LINE, POLYGON = 3, 5
"""Shape types of the ESRI Shapefile Technical Description (July 1998), table 1."""


def read_shapes(path: Path) -> list[BaseGeometry | None]:
    """
    Read lines or polygons from a ``.shp`` file.

    Parameters
    ----------
    path
        The ``.shp`` file; its ``.shx`` and ``.dbf`` are not needed.

    Returns
    -------
    shapes
        One geometry a record, in file order; ``None`` for a null shape.

    Raises
    ------
    ValueError
        If the file holds another shape type.

    References
    ----------
    ESRI Shapefile Technical Description, an ESRI white paper, July 1998.
    """
    data = path.read_bytes()
    shapes: list[BaseGeometry | None] = []
    at = HEADER_BYTES
    while at < len(data):
        (words,) = struct.unpack(">i", data[at + 4 : at + 8])
        shapes.append(_shape(data[at + 8 : at + 8 + 2 * words]))
        at += 8 + 2 * words
    return shapes


def _shape(record: bytes) -> BaseGeometry | None:
    (kind,) = struct.unpack("<i", record[:4])
    if kind == 0:
        return None
    if kind not in (LINE, POLYGON):
        raise ValueError(f"shape type {kind} is not a line (3) or a polygon (5)")
    n_parts, n_points = struct.unpack("<2i", record[36:44])
    starts = np.frombuffer(record, "<i4", n_parts, 44)
    points = np.frombuffer(record, "<f8", 2 * n_points, 44 + 4 * n_parts).reshape(-1, 2)
    parts = np.split(points, starts[1:])
    if kind == LINE:
        return shapely.MultiLineString(list(parts))
    # Outer rings run clockwise, holes the other way; a lake's islands may touch its shore.
    sides: dict[bool, list[BaseGeometry]] = {False: [], True: []}
    for part in parts:
        ring = shapely.LinearRing(part)
        sides[bool(ring.is_ccw)].append(shapely.make_valid(shapely.Polygon(ring)))
    return shapely.difference(shapely.union_all(sides[False]), shapely.union_all(sides[True]))


def read_attributes(path: Path, encoding: str) -> list[dict[str, Any]]:
    """
    Read the rows of a dBase III ``.dbf`` file, every value as stripped text.

    Parameters
    ----------
    path
        The ``.dbf`` file.
    encoding
        Its code page, for example ``"latin-1"``.

    Returns
    -------
    rows
        One mapping of lower-case field name to text a record.
    """
    return read_table(path.read_bytes(), encoding)
