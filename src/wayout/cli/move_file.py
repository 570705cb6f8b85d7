"""Read a situation from a file: GeoJSON by ourselves, GeoPackage through pyogrio; bounded, and told by name what is wrong."""

import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wayout.errors import InputError, SourceError

MOST_BYTES = 64_000_000
"""Largest file: a drawn situation has some kilobytes; parsing takes ten times the file's size in memory."""
MOST_ROWS = 5_000
_WGS84 = ("4326", "crs84", "ogc:1.3:crs84", "wgs 84", "wgs84")
_GEOPACKAGE = b"SQLite format 3\x00"


def read_situation_file(path: str) -> dict[str, Any]:
    """
    Read a situation.

    Parameters
    ----------
    path
        A GeoJSON feature collection or a GeoPackage; ``-``: GeoJSON from standard input.

    Returns
    -------
    collection
        A feature collection, its coordinates in degrees (a GeoPackage in another system is brought to WGS 84).

    Raises
    ------
    SourceError
        If it cannot be read, is too large, or is neither.
    InputError
        If its coordinates are in a projection that is only named.
    """
    data = _bytes(path)
    if data.startswith(_GEOPACKAGE):
        return _geopackage(data, path)
    return _geojson(data, path)


def _bytes(path: str) -> bytes:
    if path == "-":
        data = sys.stdin.buffer.read(MOST_BYTES + 1)
    else:
        file = Path(path)
        if not file.exists():
            raise SourceError(
                f"{path} is not there; give a GeoJSON or GeoPackage file (wayout move --template prints one)"
            )
        if file.is_dir():
            raise SourceError(f"{path} is a folder; give the file in it")
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise SourceError(
            f"{path} has over {MOST_BYTES // 1_000_000} MB; a situation is drawn, not a map layer: simplify its shapes to about "
            "1 km, cut them to the theatre, and give roads with --roads"
        )
    if not data.strip():
        raise SourceError(f"{path} is empty; give a GeoJSON or GeoPackage file")
    return data


def _geojson(data: bytes, path: str) -> dict[str, Any]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{path} is neither GeoJSON nor a GeoPackage (byte {error.start} is no UTF-8); save it as GeoJSON in UTF-8"
        ) from error
    try:
        node = json.loads(text, parse_constant=_not_a_number)
    except json.JSONDecodeError as error:
        raise SourceError(
            f"{path} is no JSON: {error.msg}, line {error.lineno}, column {error.colno}; save it as GeoJSON from your map program"
        ) from error
    except InputError:
        raise
    except ValueError as error:  # Python reads no integer of thousands of digits
        raise SourceError(f"{path} holds a number that cannot be read ({error!s:.60}); correct it") from error
    except RecursionError as error:
        raise SourceError(
            f"{path} nests its values too deeply for GeoJSON; save it again from your map program"
        ) from error
    if isinstance(node, Mapping) and node.get("type") == "Feature":
        node = {"type": "FeatureCollection", "features": [node]}
    if (
        not isinstance(node, dict)
        or node.get("type") != "FeatureCollection"
        or not isinstance(node.get("features"), list)
    ):
        kind = node.get("type") if isinstance(node, Mapping) else type(node).__name__
        raise SourceError(f"{path} holds {str(kind)!r:.60}, no GeoJSON FeatureCollection with features; save it as one")
    _check_system(node.get("crs"), path)
    return node


def _not_a_number(word: str) -> float:
    raise InputError(f"the file holds {word}, which is no JSON number; write null where a value is not known")


def _check_system(crs: Any, path: str) -> None:
    """Refuse the old ``crs`` member where it names anything but longitude and latitude."""
    properties = crs.get("properties") if isinstance(crs, Mapping) else None
    name = properties.get("name") if isinstance(properties, Mapping) else None
    if isinstance(name, str) and not any(name.casefold().endswith(known) for known in _WGS84):
        raise InputError(f"{path} is in {name!r:.80}; reproject it to EPSG:4326 (WGS 84 longitude, latitude)")


def _geopackage(data: bytes, path: str) -> dict[str, Any]:
    """Read every layer with shapes; from a copy under a plain name, so that no file name can mean anything to the reader."""
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError

    with tempfile.TemporaryDirectory(prefix="wayout-") as folder:
        copy = Path(folder) / "situation.gpkg"
        copy.write_bytes(data)
        try:
            layers = [str(name) for name, kind in pyogrio.list_layers(copy) if kind]
            features = [made for layer in layers for made in _layer(copy, layer, path)]
        except (DataSourceError, DataLayerError, UnicodeDecodeError) as error:
            told = " ".join(str(error).replace(str(copy), path).split())
            raise SourceError(
                f"{path} cannot be read as a GeoPackage ({told:.120}); save it again from your map program"
            ) from error
    return {"type": "FeatureCollection", "features": features}


def _layer(copy: Path, layer: str, path: str) -> list[dict[str, Any]]:
    import pyogrio.raw
    import shapely

    meta, _, shapes, columns = pyogrio.raw.read(copy, layer=layer, max_features=MOST_ROWS, datetime_as_string=True)
    names = [str(name) for name in meta["fields"]]
    geometries = [None if wkb is None else shapely.from_wkb(wkb) for wkb in shapes]
    if geometries and not meta["crs"]:
        raise InputError(f"layer {layer!r} of {path} names no coordinate system; save it in EPSG:4326 (WGS 84)")
    geometries = _to_degrees(geometries, str(meta["crs"]))
    role = layer.casefold().removesuffix("s")
    made = []
    for n, geometry in enumerate(geometries):
        properties = {name: _plain(column[n]) for name, column in zip(names, columns, strict=True)}
        if properties.get("role") is None:
            properties["role"] = role
        node = None if geometry is None or geometry.is_empty else shapely.geometry.mapping(shapely.force_2d(geometry))
        made.append({"type": "Feature", "geometry": node, "properties": properties})
    return made


def _to_degrees(geometries: list[Any], system: str) -> list[Any]:
    """Bring geometries of a stated coordinate system to WGS 84."""
    import numpy as np
    import shapely
    from pyproj import CRS, Transformer

    crs = CRS.from_user_input(system)
    if crs.is_geographic and crs.to_epsg() in (4326, 4979, None):
        return geometries
    move = Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    turned = shapely.transform(
        shapely.force_2d(np.array(geometries, dtype=object)),
        lambda xy: np.column_stack(move.transform(xy[:, 0], xy[:, 1])),
    )
    return list(turned)


def _plain(value: Any) -> Any:
    """Turn a value of a table into a JSON value; what is not given becomes ``None``."""
    import math

    plain = value.item() if hasattr(value, "item") else value
    return None if isinstance(plain, float) and math.isnan(plain) else plain
