"""
Divisions with P-codes and outlines, as OCHA's common operational datasets (COD-AB) carry them: GeoJSON or shapefile, zipped or not.

Columns of both generations are understood: ``ADM2_EN``, ``ADM2_AR``, ``ADM2_PCODE`` and ``adm2_name``, ``adm2_name1``, ``adm2_pcode``.
"""

import codecs
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from wayout.errors import SourceError
from wayout.locate.looking_up.shapefile import holds_polygons, read_polygons
from wayout.locate.looking_up.zipped import member_chunks, member_names

MAX_MEMBER_BYTES = 400_000_000
"""Largest unpacked layer: the finest of the known data sets has some 200 MB."""
MAX_DIVISIONS = 100_000
TOLERANCE_DEG = 0.002
"""Side of the smallest triangle kept when outlines are simplified (about 200 m): half of a published kilometre."""
GRID_DEG = 1e-4
MAX_LEVEL = 3
"""Our records know no finer kind than the third order."""
_COLUMN = re.compile(r"adm(?:in)?_?(\d)_?(.*)")
_PCODE = re.compile(r"[A-Z]{2}[A-Z0-9_-]{1,20}")
_NAME_COLUMN = re.compile(r"[a-z]{2}|name\d?|name_?[a-z]{2}|(?:ref|alt\d?)(?:_?name\d?|_?[a-z]{2})?")
_NUMBER = re.compile(r"[\d.]+")
MAX_NAME = 200
_LAYERS = (".geojson", ".json", ".shp")


@dataclass(frozen=True, slots=True)
class Division:
    """A division: order (1-3), P-code, names (the first is its own), outline in degrees."""

    level: int
    pcode: str
    names: tuple[str, ...]
    shape: BaseGeometry


def read_boundaries(path: Path) -> tuple[Division, ...]:
    """
    Read all divisions of a file.

    Parameters
    ----------
    path
        A GeoJSON file, or a zip archive of GeoJSON files or shapefiles, in degrees (EPSG:4326).

    Returns
    -------
    divisions
        Sorted by order and P-code, simplified to about 200 m with shared borders kept, one a P-code.

    Raises
    ------
    SourceError
        If the file is damaged, too large, not in degrees, or holds no division with a P-code.
    """
    found: dict[tuple[int, str], Division] = {}
    for row, shape in _features(path):
        division = _division(row, shape)
        if division is not None:
            found.setdefault((division.level, division.pcode), division)
        if len(found) > MAX_DIVISIONS:
            raise SourceError(f"{path} has over {MAX_DIVISIONS:,} divisions; give the boundaries of one country")
    if not found:
        raise SourceError(
            f"{path} has no division with a P-code (columns ADM1_PCODE or adm1_pcode); give OCHA's COD-AB"
        )
    ordered = [found[key] for key in sorted(found)]
    return tuple(d for level in (1, 2, 3) for d in _simplified([d for d in ordered if d.level == level]))


def _features(path: Path) -> Iterator[tuple[Mapping[str, Any], BaseGeometry]]:
    """Give attributes and outline of every feature of every layer."""
    with path.open("rb") as file:
        start = file.read(4)
    if start != b"PK\x03\x04":
        if path.stat().st_size > MAX_MEMBER_BYTES:
            raise SourceError(f"{path} is over {MAX_MEMBER_BYTES / 1e6:g} MB; give a smaller file")
        yield from _from_geojson(path.read_bytes(), str(path))
        return
    names = member_names(path)
    layers = [n for n in names if n.lower().endswith(_LAYERS) and "__macosx" not in n.lower()]
    for name in layers:
        data = b"".join(member_chunks(path, name, MAX_MEMBER_BYTES))
        if not name.lower().endswith(".shp"):
            yield from _from_geojson(data, f"{name} in {path}")
            continue
        if not holds_polygons(data):
            continue
        beside = {n.lower(): n for n in names}
        stem = name[:-4].lower()
        if f"{stem}.dbf" not in beside:
            raise SourceError(f"{path} lacks the attributes of {name} (.dbf); download it again")
        dbf = b"".join(member_chunks(path, beside[f"{stem}.dbf"], MAX_MEMBER_BYTES))
        page = b"".join(member_chunks(path, beside[f"{stem}.cpg"], 100)) if f"{stem}.cpg" in beside else b"utf-8"
        yield from read_polygons(data, dbf, _codec(page))


def _codec(page: bytes) -> str:
    """Read the code page that a shapefile names; UTF-8 where it is none that is known."""
    try:
        return codecs.lookup(page.decode("ascii").strip()).name
    except (LookupError, UnicodeDecodeError, ValueError):
        return "utf-8"


def _from_geojson(data: bytes, name: str) -> Iterator[tuple[Mapping[str, Any], BaseGeometry]]:
    try:
        features = json.loads(data)["features"]
        for feature in features:
            if feature.get("geometry"):
                yield feature["properties"] or {}, shapely.geometry.shape(feature["geometry"])
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, shapely.errors.ShapelyError) as error:
        raise SourceError(
            f"{name} is no GeoJSON of features ({type(error).__name__}: {error}); give OCHA's COD-AB"
        ) from error


def _division(row: Mapping[str, Any], shape: BaseGeometry) -> Division | None:
    """Read a feature as the finest division that its columns code; ``None`` for lines, points and what has no P-code."""
    columns: dict[int, dict[str, str]] = {}
    for key, value in row.items():
        parts = _COLUMN.fullmatch(str(key).lower())
        if parts and isinstance(value, str) and value.strip():
            columns.setdefault(int(parts[1]), {})[parts[2]] = value.strip()
    coded = {level: texts for level, texts in columns.items() if level and "pcode" in texts}
    level = max(coded, default=0)
    if not 0 < level <= MAX_LEVEL or shapely.get_dimensions(shape) != 2:
        return None
    pcode = coded[level]["pcode"].upper()
    # English and undecorated names first: they are what our texts write.
    said = sorted((k not in ("en", "name", "name_en"), k) for k in coded[level] if _NAME_COLUMN.fullmatch(k))
    texts = [coded[level][k][:MAX_NAME] for _, k in said]
    names = list(dict.fromkeys(text for text in texts if not _NUMBER.fullmatch(text)))
    if not _PCODE.fullmatch(pcode) or not names:
        return None
    west, south, east, north = shape.bounds
    if not all(map(math.isfinite, shape.bounds)) or west < -180 or east > 180 or south < -90 or north > 90:
        raise SourceError(f"division {pcode} reaches to {shape.bounds}: not degrees; give boundaries in EPSG:4326")
    return Division(level, pcode, tuple(names), shape)


def _simplified(divisions: Sequence[Division]) -> list[Division]:
    """Simplify together, so that shared borders stay shared."""
    if not divisions:
        return []
    shapes = shapely.make_valid(np.array([d.shape for d in divisions], dtype=object))
    shapes = np.array([_areal(s) for s in shapes], dtype=object)
    simple = shapely.set_precision(shapely.coverage_simplify(shapes, TOLERANCE_DEG), GRID_DEG)
    kept = [new if not new.is_empty and new.is_valid else old for new, old in zip(simple, shapes, strict=True)]
    return [Division(d.level, d.pcode, d.names, s) for d, s in zip(divisions, kept, strict=True) if not s.is_empty]


def _areal(shape: BaseGeometry) -> BaseGeometry:
    """Keep the polygons of what mending a ring may have left."""
    return (
        shapely.multipolygons([p for p in shapely.get_parts(shape) if p.geom_type == "Polygon"])
        if (shape.geom_type == "GeometryCollection")
        else shape
    )
