"""
State borders for those who may not simply cross them: what it costs to pass one away from an official crossing.

A border is no barrier of itself: people, herds and armed groups cross most borders anywhere, and roads reach them in many more
places than there are gates. What closes it, reports say. But a convoy of lorries needs a gate.
"""

import numpy as np
import shapely
from numpy.typing import NDArray

from wayout.geo.layers import read_layer
from wayout.move.field.network import Network
from wayout.move.ground.grid import TheatreGrid, draw_area, meets
from wayout.vocab import read_vocab


def countries_on(grid: TheatreGrid) -> NDArray[np.int16]:
    """Return the number of the country each cell lies in (from 1, by the shipped outlines), 0 at sea; shape of the grid."""
    west, south, east, north = grid.bounds_lonlat()
    window = shapely.box(west, south, east, north)
    land = np.zeros(grid.shape, dtype=np.int16)
    for number, feature in enumerate(read_layer("countries"), start=1):
        if meets(feature.geometry, window):
            land[draw_area(grid, grid.flatten(feature.geometry))] = number
    return land


def border_cells(land: NDArray[np.int16]) -> NDArray[np.bool_]:
    """Mark the cells beside another country's, side or corner, on one side of each border: no move passes it unmarked."""
    cells = np.zeros(land.shape, dtype=bool)
    for dr, dc in ((0, 1), (1, 0), (1, 1), (1, -1)):
        here = (slice(0, land.shape[0] - dr), slice(max(0, -dc), land.shape[1] - max(0, dc)))
        there = (slice(dr, land.shape[0]), slice(max(0, dc), land.shape[1] + min(0, dc)))
        a, b = land[here], land[there]
        meet = (a != b) & (a > 0) & (b > 0)
        cells[here] |= meet & (a > b)
        cells[there] |= meet & (b > a)
    return cells


def official_crossings() -> tuple[tuple[float, float], ...]:
    """Return (lon, lat) of the border crossings that we know, good to about 3 km; there are more in the world."""
    rows = read_vocab("crossings.yaml")["crossings"]
    return tuple((float(row["point"][0]), float(row["point"][1])) for row in rows if len(row["countries"]) > 1)


def with_border_waits(network: Network, land: NDArray[np.int16], gates: NDArray[np.bool_], border_h: float) -> Network:
    """
    Make roads that cross a border away from an official crossing cost what the border costs.

    Parameters
    ----------
    network
        The roads.
    land
        Country of each cell (:func:`countries_on`).
    gates
        Cells near an official crossing.
    border_h
        Hours of movement.

    Returns
    -------
    network
        With the hours on the edges that lead from one country into another.
    """
    here, there = land.ravel()[network.cell[network.first]], land.ravel()[network.cell[network.second]]
    open_gate = gates.ravel()[network.cell[network.first]] | gates.ravel()[network.cell[network.second]]
    crosses = (here != there) & (here > 0) & (there > 0) & ~open_gate
    return Network(
        cell=network.cell,
        join_h=network.join_h,
        first=network.first,
        second=network.second,
        hours=network.hours + np.where(crosses, border_h, 0.0),
    )
