"""The probability surface, resampled from the theatre grid to a lon/lat frame no finer than the floor."""

import math
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from wayout.move.ground.grid import TheatreGrid

DEGREE_KM = 111.195


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pixels:
    """
    The largest lon/lat frame inside a grid, and the grid's cell nearest to each of its pixels.

    ``row`` and ``col`` have the frame's shape, row 0 north; ``bounds`` are west, south, east, north, degrees.
    """

    row: NDArray[np.intp]
    col: NDArray[np.intp]
    bounds: tuple[float, float, float, float]

    def surface(self, p_cell: NDArray[np.float64]) -> NDArray[np.float32]:
        """Return the frame's values from those of the grid."""
        return p_cell[self.row, self.col].astype(np.float32)


def make_pixels(grid: TheatreGrid, floor_km: float) -> Pixels:
    """
    Lay the frame in which a surface is published.

    Parameters
    ----------
    grid
        The theatre grid.
    floor_km
        Pixels are at least this wide, km.

    Returns
    -------
    pixels
        The frame.
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
    return Pixels(row=row, col=col, bounds=(west, south, east, north))


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
