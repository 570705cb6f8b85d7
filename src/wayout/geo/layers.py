"""
The shipped map layers: countries, first-order divisions, rivers, lakes, physical regions (lon/lat, EPSG:4326).

A layer is one ``.npz``: coordinates as differences of whole thousandths of a degree (about 100 m), ring and part offsets,
and the properties as JSON; so the 4,596 divisions of the world load in a fraction of a second from 4 MB.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from wayout.errors import BackendError, InputError, NotFoundError
from wayout.vocab import read_vocab, vocab_path

LAYER_NAMES = ("admin1", "countries", "lakes", "nature", "rivers")
DRAWN_RANK = 12.0
"""Natural Earth's scale rank runs from 1 to 12, the smallest rivers last."""
UNITS_PER_DEG = 1000
"""Coordinates are kept to 0.001 degree, about 100 m: finer than the simplification, far finer than what is published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One thing on the map: its properties (names, codes) and its geometry in degrees (lon, lat)."""

    properties: Mapping[str, Any]
    geometry: BaseGeometry


@cache
def read_layer(name: str) -> tuple[Feature, ...]:
    """
    Read a shipped map layer; the result is kept.

    Parameters
    ----------
    name
        ``"countries"`` (iso_a2, name), ``"admin1"`` (id, iso_3166_2, name, country, type, geonameid, aliases),
        ``"rivers"`` (name, aliases, rank), ``"lakes"`` (name or "", aliases) or ``"nature"`` (name, kind, aliases).

    Returns
    -------
    features
        In file order, rivers drawn by ourselves (``vocab/waters.yaml``) last: polygons as ``MultiPolygon``, rivers as ``MultiLineString``; countries and divisions under plain
        English names.

    Raises
    ------
    NotFoundError
        If there is no layer of this name.
    BackendError
        If the file is missing or damaged.
    """
    if name not in LAYER_NAMES:
        raise NotFoundError(f"there is no map layer {name!r}; the layers are {', '.join(LAYER_NAMES)}")
    path = vocab_path(f"layers/{name}.npz")
    try:
        geometries, properties = unpack_layer(path.read_bytes())
    except (OSError, ValueError, KeyError) as error:
        raise BackendError(f"map layer {name} at {path} is damaged; check the file out again") from error
    names = _plain_names(name)
    shipped = tuple(
        Feature(properties={**p, "name": names.get(p.get("id") or p.get("iso_a2", ""), p["name"])}, geometry=g)
        for p, g in zip(properties, geometries, strict=True)
    )
    return (*shipped, *_drawn_rivers()) if name == "rivers" else shipped


def _drawn_rivers() -> tuple[Feature, ...]:
    """Return the rivers that the source lacks, after those it has: lines of our own, good to some 5 km, least in rank."""
    return tuple(
        Feature(
            properties={"name": row["name"], "aliases": row["aliases"], "rank": DRAWN_RANK},
            geometry=shapely.MultiLineString([row["line"]]),
        )
        for row in read_vocab("waters.yaml")["drawn_rivers"]
    )


def _plain_names(layer: str) -> dict[str, str]:
    """Map codes to the plain English names that reports use, where the source writes "S. Sudan" or "West Soudan"."""
    aliases = read_vocab("place_aliases.yaml")
    if layer == "countries":
        plain: dict[str, str] = {row["iso2"]: row["name"] for row in read_vocab("countries.yaml")["countries"]}
        return {**plain, **aliases["names"]}
    return dict(aliases["divisions"]) if layer == "admin1" else {}


def pack_layer(properties: Sequence[Mapping[str, Any]], geometries: Sequence[BaseGeometry]) -> bytes:
    """
    Write a layer's bytes: the same features give the same bytes.

    Parameters
    ----------
    properties
        JSON-serialisable, one a feature.
    geometries
        All polygons or all lines, degrees; they are rounded to :data:`UNITS_PER_DEG` and made valid.

    Returns
    -------
    data
        The content of an ``.npz`` file.

    Raises
    ------
    InputError
        If a geometry is too small for the grid.
    """
    shapes = np.array([_as_multi(g) for g in geometries], dtype=object)
    kind, coordinates, offsets = shapely.to_ragged_array(shapes)
    units = np.rint(coordinates * UNITS_PER_DEG).astype(np.int32)
    text = json.dumps([dict(p) for p in properties], ensure_ascii=False, separators=(",", ":"))
    arrays = {f"offsets{i}": np.diff(level, prepend=0).astype(np.int32) for i, level in enumerate(offsets)}
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        allow_pickle=False,
        kind=np.int8(int(kind)),
        x=np.diff(units[:, 0], prepend=0),
        y=np.diff(units[:, 1], prepend=0),
        properties=np.frombuffer(text.encode(), dtype=np.uint8),
        **arrays,
    )
    return buffer.getvalue()


def unpack_layer(data: bytes) -> tuple[list[BaseGeometry], list[dict[str, Any]]]:
    """Read the geometries and properties back from a layer's bytes."""
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        coordinates = np.column_stack([np.cumsum(arrays["x"]), np.cumsum(arrays["y"])]) / UNITS_PER_DEG
        levels = sorted(key for key in arrays.files if key.startswith("offsets"))
        offsets = tuple(np.cumsum(arrays[key]) for key in levels)
        kind = shapely.GeometryType(int(arrays["kind"]))
        properties: list[dict[str, Any]] = json.loads(arrays["properties"].tobytes())
    return list(shapely.from_ragged_array(kind, coordinates, offsets)), properties


def _as_multi(geometry: BaseGeometry) -> BaseGeometry:
    """Round to the layer's grid and return a valid multi-part geometry of the highest dimension present."""
    rounded = shapely.transform(geometry, lambda xy: np.rint(xy * UNITS_PER_DEG) / UNITS_PER_DEG)
    if not shapely.is_valid(rounded):
        # Rounding may pinch a ring; the precision model repairs it without leaving the grid.
        rounded = shapely.set_precision(shapely.make_valid(geometry), 1 / UNITS_PER_DEG)
    dimension = shapely.get_dimensions(geometry)
    parts: list[Any] = [p for p in _simple_parts(rounded) if shapely.get_dimensions(p) == dimension and not p.is_empty]
    if not parts:
        raise InputError(f"a geometry near {geometry.bounds} vanishes on the layer's grid; leave it out")
    return shapely.MultiPolygon(parts) if dimension == 2 else shapely.MultiLineString(parts)


def _simple_parts(geometry: BaseGeometry) -> list[BaseGeometry]:
    parts = list(shapely.get_parts(geometry))
    if any(p.geom_type.startswith(("Multi", "GeometryCollection")) for p in parts):
        return [simple for part in parts for simple in _simple_parts(part)]
    return parts
