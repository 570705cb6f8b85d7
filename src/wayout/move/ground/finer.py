"""Rasters finer (or coarser) than the grid, brought onto it: the mean of what lies inside each cell."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from wayout.geo.rasters import DEGREE_KM, POLE_MARGIN_COS
from wayout.model import GroundRaster
from wayout.move.ground.grid import TheatreGrid

BLOCK_CELLS = 2_000_000
"""Raster cells looked at in one go: memory stays below 200 MB whatever the raster."""
LATTICE = 64
"""Raster cells between points that are projected exactly; those between are interpolated (metres off at 30 m cells)."""
LATTICE_DEG = 0.1
"""... but never farther apart than this."""

Measure = Callable[[slice, slice], NDArray[np.float64]]
"""Numbers of a window of the raster (rows, columns): shape (k, rows, columns), NaN where not known."""


def means_in_cells(
    grid: TheatreGrid, raster: GroundRaster, measure: Measure, n_numbers: int
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """
    Average what a raster says over the cells of a grid.

    Every raster cell counts for the grid cell its centre lies in; where raster cells are not much smaller than grid cells they
    are split first, so that each grid cell sees the raster cells it overlaps by their share.

    Parameters
    ----------
    grid
        The theatre grid.
    raster
        In degrees.
    measure
        Gives the numbers of a window of the raster.
    n_numbers
        How many numbers it gives a cell.

    Returns
    -------
    means
        Shape (n_numbers, rows, columns) of the grid; NaN where not known.
    known
        Cells for which at least half of the raster cells inside say something.
    """
    n_cells = grid.shape[0] * grid.shape[1]
    total, count, seen = np.zeros((n_numbers, n_cells)), np.zeros(n_cells), np.zeros(n_cells)
    rows, cols, turn = _window(grid, raster)
    split = _split(grid, raster)
    height = max(1, BLOCK_CELLS // max(1, (cols.stop - cols.start) * split**2))
    for first in range(rows.start, rows.stop, height):
        block = slice(first, min(first + height, rows.stop))
        cell = _cells_of(grid, raster, (block, cols), turn, split).ravel()
        numbers = measure(block, cols).repeat(split, axis=1).repeat(split, axis=2).reshape(n_numbers, -1)
        inside = cell >= 0
        cell, numbers = cell[inside], numbers[:, inside]
        good = np.isfinite(numbers).all(axis=0)
        seen += np.bincount(cell, minlength=n_cells)
        count += np.bincount(cell[good], minlength=n_cells)
        for i in range(n_numbers):
            total[i] += np.bincount(cell[good], weights=numbers[i, good], minlength=n_cells)
    known = (count > 0) & (2 * count >= seen)
    means = np.where(known, total / np.maximum(count, 1), np.nan)
    return means.reshape(n_numbers, *grid.shape), known.reshape(grid.shape)


def metres_a_step(raster: GroundRaster, rows: slice) -> tuple[NDArray[np.float64], float]:
    """Return the width of the raster's cells in each of some rows, and their height, metres."""
    lat = raster.north - (np.arange(rows.start, rows.stop) + 0.5) * raster.step_lat_deg
    width = 1000 * DEGREE_KM * raster.step_lon_deg * np.maximum(np.cos(np.radians(lat)), POLE_MARGIN_COS)
    return width, 1000 * DEGREE_KM * raster.step_lat_deg


def _window(grid: TheatreGrid, raster: GroundRaster) -> tuple[slice, slice, float]:
    """Return the rows and columns of the raster near the grid, and the whole turn that brings the grid to the raster."""
    west, south, east, north = grid.bounds_lonlat()
    turn = 360.0 * math.ceil((raster.west - east) / 360.0)
    n_rows, n_cols = raster.values.shape
    first_row = math.floor((raster.north - north) / raster.step_lat_deg)
    last_row = math.ceil((raster.north - south) / raster.step_lat_deg)
    first_col = math.floor((west + turn - raster.west) / raster.step_lon_deg)
    last_col = math.ceil((east + turn - raster.west) / raster.step_lon_deg)
    rows = slice(min(max(first_row, 0), n_rows), min(max(last_row, 0), n_rows))
    return rows, slice(min(max(first_col, 0), n_cols), min(max(last_col, 0), n_cols)), turn


def _split(grid: TheatreGrid, raster: GroundRaster) -> int:
    """Return into how many parts, each way, raster cells are split: at least three a grid cell."""
    step_km = DEGREE_KM * max(raster.step_lat_deg, raster.step_lon_deg * math.cos(math.radians(grid.plane.lat)))
    return max(1, math.ceil(3 * step_km / grid.cell_km))


def _cells_of(
    grid: TheatreGrid, raster: GroundRaster, window: tuple[slice, slice], turn: float, split: int
) -> NDArray[np.int64]:
    """Return the grid cell (flat, -1 outside) of every (split) cell of a window of the raster."""
    row = (np.arange(window[0].start * split, window[0].stop * split) + 0.5) / split
    col = (np.arange(window[1].start * split, window[1].stop * split) + 0.5) / split
    if not (row.size and col.size):
        return np.zeros((row.size, col.size), dtype=np.int64)
    row_at, row_between = _lattice(row, raster.step_lat_deg)
    col_at, col_between = _lattice(col, raster.step_lon_deg)
    lon, lat = np.meshgrid(
        raster.west + col_at * raster.step_lon_deg - turn, raster.north - row_at * raster.step_lat_deg
    )
    x, y = grid.to_km(lon, np.clip(lat, -90, 90))
    cells = []
    for exact, least, sign in ((y, grid.north_km, -1.0), (x, grid.west_km, 1.0)):
        along_cols = np.stack([np.interp(col_between, np.arange(len(col_at)), line) for line in exact])
        low = np.minimum(row_between.astype(np.int64), max(len(row_at) - 2, 0))
        high = np.minimum(low + 1, len(row_at) - 1)
        share = (row_between - low)[:, None]
        full = along_cols[low] * (1 - share) + along_cols[high] * share
        cells.append(np.floor(sign * (full - least) / grid.cell_km).astype(np.int64))
    inside = (cells[0] >= 0) & (cells[0] < grid.shape[0]) & (cells[1] >= 0) & (cells[1] < grid.shape[1])
    return np.where(inside, cells[0] * grid.shape[1] + cells[1], -1)


def _lattice(index: NDArray[np.float64], step_deg: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return positions to project exactly, and where among them each index lies."""
    gap = max(1.0, min(float(LATTICE), LATTICE_DEG / step_deg))
    n = max(2, math.ceil((index[-1] - index[0]) / gap) + 1) if len(index) > 1 else 1
    at = np.linspace(index[0], index[-1], n)
    between = (index - index[0]) / (at[1] - at[0]) if n > 1 else np.zeros(len(index))
    return at, between
