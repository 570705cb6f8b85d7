"""
Keep users' rasters in the data folder: one GeoTIFF in degrees, whole metres or classes, in blocks and with overviews.

A file is converted once, when it is added, and not merely referred to: then every run reads the same bytes (their hash is in
the manifest), finds a theatre's window at any size in a moment, and never opens a foreign file.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from wayout.errors import SourceError
from wayout.ground_files.guard import plain_error
from wayout.ground_files.raster_numbers import UNKNOWN_CLASS, UNKNOWN_HEIGHT
from wayout.ground_files.rasters import RasterSource, fill, look_into
from wayout.model.ground import LandcoverLegend, RasterKind

FINEST_DEG = 1 / 1200
"""Cells kept at the finest: 3 arc seconds, some 90 m."""
CHUNK = 1536
"""Rows and columns converted at a time: some 5 MB of ours, 100 MB of a 10 m file."""
BLOCK = 512
MAX_SOURCE_CELLS = 60_000_000_000
"""Largest file that is gone through, cells: some 1,000 km square at 4 m."""
MAX_STORED_CELLS = 2_500_000_000
"""Largest file that is kept: 50,000 cells square at 90 m is a continent."""
Tell = Callable[[int, int], None]
"""Is told how many pieces are done, and of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRaster:
    """What was kept: bounds in degrees, size, share of cells that are known, legend, words for the user."""

    bounds: tuple[float, float, float, float]
    shape: tuple[int, int]
    p_known: float
    legend: LandcoverLegend
    notes: tuple[str, ...] = ()


def store_rasters(
    sources: Sequence[Path],
    kind: RasterKind,
    target: Path,
    *,
    legend: LandcoverLegend | None = None,
    tell: Tell = lambda _done, _all: None,
) -> StoredRaster:
    """
    Convert GeoTIFFs, one or the tiles of a mosaic, to one file of ours.

    Parameters
    ----------
    sources
        The files; where they overlap the first that knows a cell stands.
    kind
        Relief or land cover.
    target
        Written aside and renamed when whole.
    legend
        Of land cover; ``None`` tells it from the classes.
    tell
        Told how far it is.

    Returns
    -------
    stored
        What was kept.

    Raises
    ------
    SourceError
        If a file is no such raster, is larger than can be gone through, or knows no cell.
    """
    found = [_inspect(path, kind, legend) for path in sources]
    legends = sorted({source.meaning.legend for source in found})
    if len(legends) > 1:
        raise SourceError(f"the files have different legends ({', '.join(legends)}); add them one by one")
    west, south = min(s.bounds[0] for s in found), min(s.bounds[1] for s in found)
    east, north = max(s.bounds[2] for s in found), max(s.bounds[3] for s in found)
    steps = (
        max(min(s.step[0] for s in found), FINEST_DEG),
        max(min(s.step[1] for s in found), FINEST_DEG),
    )
    cols, rows = (max(1, round((east - west) / steps[0])), max(1, round((north - south) / steps[1])))
    if rows * cols > MAX_STORED_CELLS:
        raise SourceError(f"{rows:,} x {cols:,} cells are too many to keep; cut the file to the region (gdalwarp -te)")
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        n_known = _write(part, found, kind, _Lattice((west, north), steps, (rows, cols)), tell)
        if not n_known:
            raise SourceError(f"{sources[0].name} knows no cell, every one is without data; give another file")
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    notes = tuple(dict.fromkeys(note for s in found for note in s.meaning.notes))
    bounds = (west, north - rows * steps[1], west + cols * steps[0], north)
    return StoredRaster(
        bounds=bounds, shape=(rows, cols), p_known=n_known / (rows * cols), legend=found[0].meaning.legend, notes=notes
    )


def _inspect(path: Path, kind: RasterKind, legend: LandcoverLegend | None) -> RasterSource:
    source = look_into(path, kind, legend)
    if source.n_cells > MAX_SOURCE_CELLS:
        raise SourceError(f"{path.name} has {source.n_cells:,} cells; cut it to the region (gdalwarp -te) first")
    return source


class _Lattice(NamedTuple):
    """Cells in degrees: north-west corner, steps in longitude and latitude, rows and columns."""

    corner: tuple[float, float]
    steps: tuple[float, float]
    shape: tuple[int, int]


def _write(
    part: Path,
    sources: Sequence[RasterSource],
    kind: RasterKind,
    lattice: _Lattice,
    tell: Tell,
) -> int:
    """Write all cells, then the overviews; return how many cells are known."""
    import rasterio
    from affine import Affine
    from rasterio.enums import Resampling
    from rasterio.errors import RasterioError
    from rasterio.windows import Window

    corner, steps, shape = lattice
    relief = kind == "relief"
    hole = UNKNOWN_HEIGHT if relief else UNKNOWN_CLASS
    profile = {
        "driver": "GTiff",
        "width": shape[1],
        "height": shape[0],
        "count": 1,
        "dtype": "int16" if relief else "uint8",
        "crs": "EPSG:4326",
        "transform": Affine(steps[0], 0.0, corner[0], 0.0, -steps[1], corner[1]),
        "nodata": hole,
        "tiled": True,
        "blockxsize": BLOCK,
        "blockysize": BLOCK,
        "compress": "deflate",
        "predictor": 2,
        "bigtiff": "if_safer",
    }
    n_known = 0
    starts = [(row, col) for row in range(0, shape[0], CHUNK) for col in range(0, shape[1], CHUNK)]
    try:
        with (
            rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True, GDAL_PAM_ENABLED=False),
            rasterio.open(part, "w", **profile) as out,
        ):
            for done, (row, col) in enumerate(starts):
                size = min(CHUNK, shape[0] - row), min(CHUNK, shape[1] - col)
                at = (corner[0] + col * steps[0], corner[1] - row * steps[1])
                values = fill(sources, kind, at, steps, size)
                n_known += int((values != hole).sum())
                out.write(values, 1, window=Window(col, row, size[1], size[0]))
                tell(done + 1, len(starts))
            factors = [2**k for k in range(1, 12) if max(shape) >> k >= 64]
            if factors:
                out.build_overviews(factors, Resampling.average if relief else Resampling.mode)
    except RasterioError as error:
        raise SourceError(f"{part.name} cannot be written ({plain_error(error)}); check room and rights") from error
    return n_known
