"""The fastest way to an exit, traced back over the field of times and coarsened before anyone sees it."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from wayout.move.field.moves import moves_from
from wayout.move.ground.grid import TheatreGrid
from wayout.move.travel_time import Neighbours

TIE_H = 1e-9
"""Times within this of each other are the same; the first move in the fixed order is taken."""


def trace_cells(
    cost: NDArray[np.float64], time: NDArray[np.float64], end: tuple[int, int], neighbours: Neighbours
) -> list[tuple[int, int]]:
    """
    Follow the times back from a cell to where they start.

    Parameters
    ----------
    cost
        Hours per cell width in the state that was solved, shape (rows, cols); ``inf`` where closed.
    time
        Hours from the start, same shape.
    end
        Row and column of a reached cell.
    neighbours
        The moves the solve used.

    Returns
    -------
    cells
        Rows and columns from the start to ``end``.
    """
    cells = [end]
    while time[cells[-1]] > 0:
        here = cells[-1]
        before = min(
            ((time[to] + edge, order, to) for order, (to, edge) in enumerate(moves_from(cost, here, neighbours))),
            key=lambda found: (found[0] > time[here] + TIE_H, found[1]),
        )
        cells.append(before[2])
    return cells[::-1]


def coarse_route(grid: TheatreGrid, cells: list[tuple[int, int]], floor_km: float) -> BaseGeometry | None:
    """
    Turn traced cells into a line no finer than the publication floor.

    The line is simplified by the floor, then its corners are moved to the middle of squares of the floor's size.

    Parameters
    ----------
    grid
        The grid.
    cells
        Rows and columns along the way.
    floor_km
        The floor, km.

    Returns
    -------
    route
        Line, lon/lat; ``None`` where the whole way lies within one square.
    """
    rows, cols = np.array(cells).T
    x = grid.west_km + (cols + 0.5) * grid.cell_km
    y = grid.north_km - (rows + 0.5) * grid.cell_km
    if len(cells) < 2:
        return None
    corners = shapely.get_coordinates(shapely.simplify(LineString(np.column_stack([x, y])), floor_km))
    snapped = (np.floor(corners / floor_km) + 0.5) * floor_km
    kept = snapped[np.r_[True, (np.diff(snapped, axis=0) != 0).any(axis=1)]]
    if len(kept) < 2:
        return None
    lon, lat = grid.to_lonlat(kept[:, 0], kept[:, 1])
    return LineString(np.column_stack([lon, lat]))
