"""Write an answer of `wayout move`: GeoJSON, GeoPackage, and the probability surface as GeoTIFF."""

import json
import math
import tempfile
from pathlib import Path
from typing import Any

import typer

from wayout.geo.floor import FLOOR_KM
from wayout.model import Reach

SUFFIXES = (".geojson", ".json", ".gpkg")
LAYERS = ("source", "exit", "route", "corridor", "barrier")
KM_PER_DEG = 110.57


def check_out(out: Path | None, suffixes: tuple[str, ...], option: str) -> None:
    """Refuse a file that could not be written, before any work is done."""
    if out is None:
        return
    if out.suffix.lower() not in suffixes:
        raise typer.BadParameter(f"{option} is {str(out)!r}; give a file that ends in {' or '.join(suffixes)}")
    if out.is_dir() or not out.absolute().parent.is_dir():
        raise typer.BadParameter(f"{option} is {str(out)!r}; give a file in a folder that is there")


def write_collection(collection: dict[str, Any], out: Path) -> None:
    """
    Write the features.

    Parameters
    ----------
    collection
        The answer as GeoJSON.
    out
        ``.gpkg``: a layer each of sources, exits, routes, corridors and barriers; else GeoJSON.
    """
    if out.suffix.lower() != ".gpkg":
        put_whole(out, (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode())
        return
    with tempfile.TemporaryDirectory(prefix="wayout-") as folder:
        made = Path(folder) / out.name
        _write_geopackage(collection, made)
        put_whole(out, made.read_bytes())


def put_whole(out: Path, data: bytes) -> None:
    """Write a file beside its place and rename it: a full disk or a break leaves what was there before."""
    out = out.resolve()
    if out.exists() and not out.is_file():  # a pipe
        out.write_bytes(data)
        return
    part = out.with_name(f"{out.name}.part")
    try:
        part.write_bytes(data)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def _write_geopackage(collection: dict[str, Any], out: Path) -> None:
    import numpy as np
    import pyogrio.raw
    import shapely

    about = {key: json.dumps(value, ensure_ascii=False) for key, value in collection.items() if key != "features"}
    for layer in LAYERS:
        features = [f for f in collection["features"] if f["properties"]["layer"] == layer]
        if not features:
            continue
        rows = [{"id": f["id"], **{k: v for k, v in f["properties"].items() if k != "layer"}} for f in features]
        shapes = shapely.to_wkb(np.array([shapely.geometry.shape(f["geometry"]) for f in features], dtype=object))
        names = list(rows[0])
        pyogrio.raw.write(
            str(out),
            shapes,
            [_column([row[name] for row in rows]) for name in names],
            names,
            layer=f"{layer}s",
            driver="GPKG",
            geometry_type="Unknown",
            crs="EPSG:4326",
            promote_to_multi=False,
            append=out.exists(),
            layer_metadata=about,
        )


def _column(values: list[Any]) -> Any:
    """Make a column: numbers as they are (NaN where not known), all else as text."""
    import numpy as np

    if all(v is None or (isinstance(v, int | float) and not isinstance(v, bool)) for v in values) and any(
        v is not None for v in values
    ):
        return np.array([math.nan if v is None else float(v) for v in values])
    return np.array(
        [v if v is None or isinstance(v, str) else json.dumps(v, ensure_ascii=False) for v in values], dtype=object
    )


def write_surface(reach: Reach, out: Path) -> None:
    """
    Write the probability surface as GeoTIFF, its pixels no finer than the floor.

    Parameters
    ----------
    reach
        The answer; ``p_surface`` is P(cell reached in time).
    out
        The file.
    """
    from rasterio import Affine
    from rasterio.io import MemoryFile

    rows, cols = reach.p_surface.shape
    west, south, east, north = reach.surface_bounds
    # MOVE resamples to the floor; a change there must not be published by this door.
    if (north - south) / rows * KM_PER_DEG < FLOOR_KM * 0.99:
        raise ValueError(f"the surface has pixels of {(north - south) / rows * KM_PER_DEG:.2f} km, below the floor")
    # In memory first: GDAL tells a full disk to nobody.
    with MemoryFile() as memory:
        with memory.open(
            driver="GTiff",
            height=rows,
            width=cols,
            count=1,
            dtype="float32",
            crs="EPSG:4326",
            transform=Affine((east - west) / cols, 0.0, west, 0.0, (south - north) / rows, north),
            compress="deflate",
        ) as target:
            target.write(reach.p_surface.astype("float32"), 1)
            target.update_tags(1, description=f"P(reached within {reach.horizon_h:g} h)")
        put_whole(out, bytes(memory.getbuffer()))
