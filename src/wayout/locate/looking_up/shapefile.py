"""Polygons and their attributes from an ESRI shapefile in memory, without a GIS library; every length is checked."""

import struct
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from wayout.errors import SourceError

HEADER_BYTES = 100
POLYGONS = (5, 15, 25)
"""Polygon, PolygonZ, PolygonM (ESRI Shapefile Technical Description, July 1998, table 1); heights and measures are left."""
_DAMAGE = (struct.error, ValueError, IndexError, UnicodeDecodeError, LookupError, shapely.errors.ShapelyError)


def read_polygons(shp: bytes, dbf: bytes, encoding: str = "utf-8") -> list[tuple[dict[str, str], BaseGeometry]]:
    """
    Read a polygon layer.

    Parameters
    ----------
    shp, dbf
        Contents of the ``.shp`` and the ``.dbf`` file.
    encoding
        Code page of the attributes (the ``.cpg`` file); a name that it cannot be is read with replacements.

    Returns
    -------
    rows
        Attributes (lower-case field name to stripped text) and polygon; rows with a null shape are left out.

    Raises
    ------
    SourceError
        If the files are damaged, disagree, or hold other shapes than polygons.

    References
    ----------
    ESRI Shapefile Technical Description, an ESRI white paper, July 1998.
    """
    try:
        shapes, rows = _shapes(shp), read_table(dbf, encoding)
    except _DAMAGE as error:
        raise SourceError(f"the shapefile is damaged ({error}); download it again") from error
    if len(shapes) != len(rows):
        raise SourceError(
            f"the shapefile has {len(shapes)} shapes but {len(rows)} rows of attributes; download it again"
        )
    return [(row, shape) for row, shape in zip(rows, shapes, strict=True) if shape is not None]


def holds_polygons(shp: bytes) -> bool:
    """Tell from its header whether a ``.shp`` file is a polygon layer; boundary archives hold lines and points beside it."""
    return len(shp) >= HEADER_BYTES and struct.unpack_from("<i", shp, 32)[0] in POLYGONS


def _shapes(data: bytes) -> list[BaseGeometry | None]:
    if data[:4] != b"\0\0\x27\x0a":
        raise ValueError("no shapefile signature")
    shapes = []
    at = HEADER_BYTES
    while at < len(data):
        (words,) = struct.unpack_from(">i", data, at + 4)
        if words < 2 or at + 8 + 2 * words > len(data):
            raise ValueError(f"a record at byte {at} is longer than the file")
        shapes.append(_polygon(data[at + 8 : at + 8 + 2 * words]))
        at += 8 + 2 * words
    return shapes


def _polygon(record: bytes) -> BaseGeometry | None:
    (kind,) = struct.unpack_from("<i", record)
    if kind == 0:
        return None
    if kind not in POLYGONS:
        raise ValueError(f"shape type {kind} is no polygon")
    n_parts, n_points = struct.unpack_from("<2i", record, 36)
    if n_parts < 1 or n_points < 1 or 44 + 4 * n_parts + 16 * n_points > len(record):
        raise ValueError("a polygon is longer than its record")
    starts = np.frombuffer(record, "<i4", n_parts, 44)
    points = np.frombuffer(record, "<f8", 2 * n_points, 44 + 4 * n_parts).reshape(-1, 2)
    # Outer rings run clockwise, holes the other way; a lake's islands may touch its shore.
    sides: dict[bool, list[BaseGeometry]] = {False: [], True: []}
    for part in np.split(points, starts[1:]):
        ring = shapely.LinearRing(part)
        sides[bool(ring.is_ccw)].append(shapely.make_valid(shapely.Polygon(ring)))
    if not sides[False]:
        sides = {False: sides[True], True: []}
    return shapely.difference(shapely.union_all(sides[False]), shapely.union_all(sides[True]))


def read_table(data: bytes, encoding: str) -> list[dict[str, Any]]:
    """
    Read a dBase III table (the ``.dbf`` beside the shapes).

    Parameters
    ----------
    data
        The file's bytes.
    encoding
        Its code page; what it cannot say is replaced.

    Returns
    -------
    rows
        One mapping of lower-case field name to stripped text a record.

    Raises
    ------
    ValueError
        If the table says that it is longer than its file.
    """
    n_rows, header, width = struct.unpack_from("<IHH", data, 4)
    if width < 1 or header + n_rows * width > len(data) + 1:
        raise ValueError("the table of attributes is longer than its file")
    fields = []
    at, offset = 32, 1
    while data[at] != 0x0D:
        name = data[at : at + 11].split(b"\0")[0].decode("ascii").lower()
        fields.append((name, offset, offset + data[at + 16]))
        offset += data[at + 16]
        at += 32
    rows = []
    for i in range(n_rows):
        row = data[header + i * width : header + (i + 1) * width]
        rows.append({name: row[a:b].decode(encoding, "replace").strip("\0 ") for name, a, b in fields})
    return rows
