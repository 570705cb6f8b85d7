"""The fastest way to an exit, traced back over the field of times and coarsened before anyone sees it."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from wayout.move.ground.grid import TheatreGrid
from wayout.move.travel_time import Field, Neighbours


def trace_cells(
    field: Field, cost: NDArray[np.float64], time: NDArray[np.float64], end: int, neighbours: Neighbours
) -> list[tuple[int, int]]:
    """
    Follow the times back from a cell to where they start.

    Parameters
    ----------
    field
        The prepared field.
    cost
        The cost that was solved, flat.
    time
        Hours from the start, flat.
    end
        Flat index of a reached cell or road node.
    neighbours
        The moves the solve used.

    Returns
    -------
    cells
        Rows and columns from the start to ``end``; on a road, those of the cells it runs through.
    """
    from wayout.move.field.trace import trace

    row, col = field.cells_of(trace(field, cost, time, end, neighbours))
    cells = list(zip(row.tolist(), col.tolist(), strict=True))
    return [cell for i, cell in enumerate(cells) if i == 0 or cell != cells[i - 1]]


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
