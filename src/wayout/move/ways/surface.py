"""The probability surface, resampled from the theatre grid to a lon/lat frame no finer than the floor."""

import math

import numpy as np
import shapely
from numpy.typing import NDArray

from wayout.move.ground.grid import TheatreGrid

DEGREE_KM = 111.195


def resample_surface(
    grid: TheatreGrid, p_cell: NDArray[np.float64], floor_km: float
) -> tuple[NDArray[np.float32], tuple[float, float, float, float]]:
    """
    Resample a surface to the largest lon/lat frame inside the grid, nearest cell.

    Parameters
    ----------
    grid
        The theatre grid.
    p_cell
        Probability of each cell, shape of the grid.
    floor_km
        Pixels are at least this wide, km.

    Returns
    -------
    surface
        Shape (rows, cols), row 0 north.
    bounds
        (west, south, east, north), degrees.
    """
    west, south, east, north = _inner_bounds(grid)
    pixel_km = max(floor_km, grid.cell_km)
    rows = max(1, math.floor((north - south) * DEGREE_KM / pixel_km))
    middle = math.cos(math.radians((south + north) / 2))
    cols = max(1, math.floor((east - west) * DEGREE_KM * middle / pixel_km))
    lon = west + (east - west) * (np.arange(cols) + 0.5) / cols
    lat = north - (north - south) * (np.arange(rows) + 0.5) / rows
    xx, yy = np.meshgrid(lon, lat)
    x, y = grid.to_km(xx, yy)
    row, col = grid.cell_of(x, y)
    row, col = np.clip(row, 0, grid.shape[0] - 1), np.clip(col, 0, grid.shape[1] - 1)
    return p_cell[row, col].astype(np.float32), (west, south, east, north)


def _inner_bounds(grid: TheatreGrid) -> tuple[float, float, float, float]:
    """Return the innermost longitude and latitude of each of the grid's four edges."""
    x0, y0, x1, y1 = grid.frame_km().bounds
    sides = []
    for line, axis, pick in (
        (shapely.LineString([(x0, y0), (x0, y1)]), 0, np.max),
        (shapely.LineString([(x0, y0), (x1, y0)]), 1, np.max),
        (shapely.LineString([(x1, y0), (x1, y1)]), 0, np.min),
        (shapely.LineString([(x0, y1), (x1, y1)]), 1, np.min),
    ):
        xy = shapely.get_coordinates(shapely.segmentize(line, grid.cell_km))
        lon, lat = grid.to_lonlat(xy[:, 0], xy[:, 1])
        lon = grid.plane.lon + (lon - grid.plane.lon + 180) % 360 - 180
        sides.append(float(pick((lon, lat)[axis])))
    return sides[0], sides[1], sides[2], sides[3]
