"""Hours of movement between the cells of a country, over its ground, as MOVE computes them."""

import numpy as np
import shapely
from numpy.typing import NDArray

from wayout.assess.backtesting.cells import CELL_DEG, Cells
from wayout.model import MobilityProfile
from wayout.move.friction import build_friction
from wayout.move.ground.grid import make_grid
from wayout.move.mobility import profile_for
from wayout.move.travel_time import prepare_field, solve

RASTER_KM = 5.0
"""The shipped relief and land cover are no finer."""
FAR_H = 1000.0
"""Hours put for ground that cannot be reached at all."""


def hours_between(cells: Cells, profile: MobilityProfile | None = None) -> NDArray[np.float64]:
    """
    Compute the hours of movement from the middle of each cell to each cell.

    Parameters
    ----------
    cells
        The country's cells.
    profile
        How the party moves; default: an armed group's light vehicles.

    Returns
    -------
    hours
        Shape (cells, cells), from row to column, at most :data:`FAR_H`: the median over the target's open ground; 0 on the diagonal.
    """
    party = profile or profile_for("armed_group")
    half = CELL_DEG / 2
    squares = shapely.box(cells.lon - half, cells.lat - half, cells.lon + half, cells.lat + half)
    grid = make_grid(shapely.union_all(squares), 0.0, RASTER_KM)
    friction = build_friction(grid, party)
    field = prepare_field(friction, grid.cell_km)
    lon, lat = grid.centres_lonlat()
    open_ground = np.isfinite(friction)
    of_cell = np.where(open_ground, cells.of_points(lon.ravel(), lat.ravel()).reshape(grid.shape), -1)
    hours = np.full((len(cells), len(cells)), FAR_H)
    for i in range(len(cells)):
        inside = of_cell == i
        if not inside.any():
            continue
        middle = np.where(inside, (lon - cells.lon[i]) ** 2 + (lat - cells.lat[i]) ** 2, np.inf)
        start = np.zeros(grid.shape, bool)
        start.flat[int(np.argmin(middle))] = True
        time = field.unpadded(solve(field, field.cost, field.padded(start)))
        for j in range(len(cells)):
            there = of_cell == j
            if there.any():
                hours[i, j] = min(float(np.median(time[there])), FAR_H)
    np.fill_diagonal(hours, 0.0)
    return hours
