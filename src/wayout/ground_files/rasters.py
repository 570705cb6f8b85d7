"""Read a window of GeoTIFFs in any coordinate system, averaged to the cells that are wanted, in bounded memory."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wayout.errors import SourceError
from wayout.ground_files.frame import Frame
from wayout.ground_files.guard import open_raster
from wayout.ground_files.raster_numbers import (
    LOOK_CELLS,
    N_LOOKS,
    UNKNOWN_CLASS,
    UNKNOWN_HEIGHT,
    Meaning,
    look_at,
    sound_heights,
)
from wayout.model.ground import GroundRaster, LandcoverLegend, RasterKind

WARP_MEMORY_MB = 64
MAX_READ_CELLS = 3_000_000_000
"""Cells of a file that are gone through for one theatre: some two minutes."""
_DEGREES = "EPSG:4326"
_FEET = ("ft", "foot", "feet", "us survey foot", "ussft")


@dataclass(frozen=True, slots=True, kw_only=True)
class RasterSource:
    """A raster file that was looked at: bounds and cell size in degrees, number of cells, overviews, what its numbers mean."""

    path: Path
    bounds: tuple[float, float, float, float]
    step: tuple[float, float]
    n_cells: int
    overviews: tuple[int, ...]
    meaning: Meaning


def look_into(
    path: Path, kind: RasterKind, legend: LandcoverLegend | None = None, *, meaning: Meaning | None = None
) -> RasterSource:
    """
    Look at a GeoTIFF: where it lies, how fine it is and what its numbers mean.

    Parameters
    ----------
    path
        The file; any coordinate system, one band.
    kind
        Heights in metres, or classes.
    legend
        Of land cover; ``None`` tells it from the classes.
    meaning
        What its numbers mean, where that is known already.

    Raises
    ------
    SourceError
        If it is no such raster; says what to do.
    """
    with open_raster(path) as raster:
        bounds = bounds_deg(raster, path.name)
        return RasterSource(
            path=path,
            bounds=bounds,
            step=step_deg(raster, bounds),
            n_cells=raster.width * raster.height,
            overviews=tuple(raster.overviews(1)),
            meaning=meaning or sound_meaning(raster, kind, path.name, legend),
        )


def read_raster(
    path: Path, kind: RasterKind, frame: Frame, *, legend: LandcoverLegend | None = None, licence: str = "not stated"
) -> GroundRaster:
    """
    Read relief or land cover of a theatre from a GeoTIFF or COG.

    Heights are averaged over what lies in a cell of the frame, classes are the most frequent one. Overviews are used where the
    file has them; else its blocks are gone through one by one.

    Parameters
    ----------
    path, kind, legend
        As for :func:`look_into`.
    frame
        Window, and size of the cells that are wanted.
    licence
        Terms of the file, passed on.

    Returns
    -------
    raster
        Cells of the frame's size (or the file's own, where it is coarser), as far as file and frame overlap.

    Raises
    ------
    SourceError
        If it is no such raster, does not overlap the frame, or knows no cell of it; says what to do.
    """
    source = look_into(path, kind, legend)
    found = read_sources([source], kind, frame, licence=licence)
    if found is None:
        west, south, east, north = source.bounds
        raise SourceError(
            f"{path.name} covers {west:.2f},{south:.2f} to {east:.2f},{north:.2f}, nothing of the theatre "
            f"{frame.west:.2f},{frame.south:.2f} to {frame.east:.2f},{frame.north:.2f}; give a file of this region"
        )
    if (found.values == found.nodata).all():
        raise SourceError(
            f"{path.name} says nothing of the theatre: every cell there is without data; look at its numbers (gdalinfo -stats)"
        )
    return found


def read_sources(
    sources: Sequence[RasterSource], kind: RasterKind, frame: Frame, *, licence: str = "not stated"
) -> GroundRaster | None:
    """
    Read a frame from files of one kind and legend; where they overlap the first that knows a cell stands.

    Returns
    -------
    raster
        ``None`` if none of them reaches into the frame.
    """
    reaching = [s for s in sources if _overlap(s.bounds, frame.bounds) is not None]
    if not reaching:
        return None
    for source in reaching:
        _check_amount(source, frame)
    finest = min(s.step[0] for s in reaching), min(s.step[1] for s in reaching)
    steps = tuple(max(wanted, own) for wanted, own in zip(frame.steps_deg(), finest, strict=True))
    step_lon, step_lat = steps
    windows = np.array([_overlap(s.bounds, frame.bounds) for s in reaching])
    (west, south), (east, north) = windows[:, :2].min(axis=0).tolist(), windows[:, 2:].max(axis=0).tolist()
    shape = max(1, math.floor((north - south) / step_lat + 1e-6)), max(1, math.floor((east - west) / step_lon + 1e-6))
    return GroundRaster(
        values=fill(reaching, kind, (west, north), (step_lon, step_lat), shape),
        kind=kind,
        west=west,
        north=north,
        step_lon_deg=step_lon,
        step_lat_deg=step_lat,
        nodata=float(UNKNOWN_HEIGHT if kind == "relief" else UNKNOWN_CLASS),
        legend=reaching[0].meaning.legend,
        source=", ".join(s.path.name for s in reaching),
        licence=licence,
    )


def fill(
    sources: Sequence[RasterSource],
    kind: RasterKind,
    corner: tuple[float, float],
    steps: tuple[float, float],
    shape: tuple[int, int],
) -> NDArray[np.generic]:
    """
    Fill a raster in degrees from every file that reaches into it, earlier ones first.

    Parameters
    ----------
    sources
        The files.
    kind
        Heights are averaged, of classes the most frequent is taken.
    corner
        West and north of the raster, degrees.
    steps
        Width and height of a cell, degrees.
    shape
        Rows and columns.

    Returns
    -------
    values
        ``int16`` metres or ``uint8`` classes, our own numbers where not known.
    """
    hole = UNKNOWN_HEIGHT if kind == "relief" else UNKNOWN_CLASS
    values: NDArray[Any] = np.full(shape, hole, dtype=np.int16 if kind == "relief" else np.uint8)
    west, north = corner
    window = (west, north - shape[0] * steps[1], west + shape[1] * steps[0], north)
    for source in sources:
        common = _overlap(source.bounds, window)
        if common is None or not (values == hole).any():
            continue
        # Only the part that the file covers is asked for: a mosaic has hundreds of tiles.
        row, col = math.floor((north - common[3]) / steps[1] + 1e-6), math.floor((common[0] - west) / steps[0] + 1e-6)
        end_row = min(shape[0], math.ceil((north - common[1]) / steps[1] - 1e-6))
        end_col = min(shape[1], math.ceil((common[2] - west) / steps[0] - 1e-6))
        if end_row <= row or end_col <= col:
            continue
        at = (west + col * steps[0], north - row * steps[1])
        level = _level(source.overviews, source.step, steps)
        how = {} if level is None else {"overview_level": level}
        with open_raster(source.path, **how) as raster:
            found = _warped(raster, kind, at, steps, (end_row - row, end_col - col), source.meaning)
        there = values[row:end_row, col:end_col]
        np.copyto(there, found, where=(there == hole))
    return values


def sound_meaning(raster: Any, kind: RasterKind, name: str, legend: LandcoverLegend | None = None) -> Meaning:
    """Find out what an open raster's numbers mean, from squares spread over it; refuse what it cannot be."""
    if kind == "relief" and (raster.units[0] or "").strip().lower() in _FEET:
        raise SourceError(f"{name} gives heights in feet; convert it to metres (gdal_calc.py --calc='A*0.3048')")
    nodata = None if raster.nodata is None or not math.isfinite(raster.nodata) else float(raster.nodata)
    if kind == "landcover" and legend is not None:
        return Meaning(nodata=nodata, legend=legend)
    return look_at(_sample(raster), kind, nodata, name)


def bounds_deg(raster: Any, name: str) -> tuple[float, float, float, float]:
    """
    Return an open raster's west, south, east and north, degrees.

    Raises
    ------
    SourceError
        If its coordinate system does not lead to the Earth.
    """
    from rasterio.warp import transform_bounds

    west, south, east, north = transform_bounds(raster.crs, _DEGREES, *raster.bounds, densify_pts=21)
    if not all(math.isfinite(v) for v in (west, south, east, north)) or not (west < east and south < north):
        raise SourceError(f"{name} lies nowhere on the Earth ({raster.bounds}); check its coordinate system")
    return max(west, -180.0), max(south, -90.0), min(east, 180.0), min(north, 90.0)


def step_deg(raster: Any, bounds: tuple[float, float, float, float]) -> tuple[float, float]:
    """Return width and height of an open raster's own cells, degrees; of one in metres, the mean over its bounds."""
    if raster.crs.is_geographic:
        return abs(float(raster.transform.a)) or 1e-7, abs(float(raster.transform.e)) or 1e-7
    west, south, east, north = bounds
    return (east - west) / raster.width, (north - south) / raster.height


def _warped(
    raster: Any,
    kind: RasterKind,
    corner: tuple[float, float],
    steps: tuple[float, float],
    shape: tuple[int, int],
    meaning: Meaning,
) -> NDArray[np.generic]:
    """Bring part of an open raster to degrees."""
    from affine import Affine
    from rasterio.enums import Resampling
    from rasterio.vrt import WarpedVRT

    relief = kind == "relief"
    hole = float(UNKNOWN_HEIGHT) if relief else float(UNKNOWN_CLASS)
    with WarpedVRT(
        raster,
        crs=_DEGREES,
        transform=Affine(steps[0], 0.0, corner[0], 0.0, -steps[1], corner[1]),
        width=shape[1],
        height=shape[0],
        resampling=Resampling.average if relief else Resampling.mode,
        src_nodata=meaning.nodata,
        nodata=hole,
        dtype="float32" if relief else "uint8",
        init_dest_nodata=True,
        warp_mem_limit=WARP_MEMORY_MB,
    ) as window:
        values = window.read(1)
    if not relief:
        return np.asarray(np.where(values == 0, UNKNOWN_CLASS, values) if meaning.legend == "worldcover" else values)
    scale, offset = float(raster.scales[0]), float(raster.offsets[0])
    if (scale, offset) != (1.0, 0.0):
        values = np.where(values == hole, hole, values * scale + offset)
    return sound_heights(values, hole)


def _sample(raster: Any) -> NDArray[np.generic]:
    """Read squares spread over a raster: some numbers of every part, a few blocks of each."""
    from rasterio.windows import Window

    pieces = []
    for i in range(N_LOOKS):
        for j in range(N_LOOKS):
            row = (raster.height - 1) * (2 * i + 1) // (2 * N_LOOKS)
            col = (raster.width - 1) * (2 * j + 1) // (2 * N_LOOKS)
            part = Window(col, row, min(LOOK_CELLS, raster.width - col), min(LOOK_CELLS, raster.height - row))
            pieces.append(raster.read(1, window=part).ravel())
    return np.concatenate(pieces)


def _level(overviews: Sequence[int], own: tuple[float, float], wanted: tuple[float, float]) -> int | None:
    """Choose the coarsest overview that is still finer than what is wanted; ``None``: the raster itself."""
    fits = [i for i, factor in enumerate(overviews) if own[0] * factor <= wanted[0] and own[1] * factor <= wanted[1]]
    return max(fits, key=lambda i: overviews[i]) if fits else None


def _check_amount(source: RasterSource, frame: Frame) -> None:
    """Refuse to go through more cells than a run has time for."""
    west, south, east, north = _overlap(source.bounds, frame.bounds) or frame.bounds
    level = _level(source.overviews, source.step, frame.steps_deg())
    factor = 1 if level is None else source.overviews[level]
    n = (east - west) / source.step[0] * (north - south) / source.step[1] / factor**2
    if n > MAX_READ_CELLS:
        raise SourceError(
            f"{source.path.name} has {n:,.0f} cells in the theatre and no overviews; add it once with `wayout data add`, "
            "or make overviews (gdaladdo)"
        )


def _overlap(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> tuple[float, float, float, float] | None:
    west, south, east, north = (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )
    return (west, south, east, north) if west < east and south < north else None
