"""Roads as edges of their true length, joined to the grid: at what speed a party goes on them, and where it gets on and off."""

import numpy as np
from numpy.typing import NDArray

from wayout.model import MobilityProfile, RoadLines
from wayout.move.field.network import Network
from wayout.move.ground.grid import TheatreGrid
from wayout.move.ground.road_cells import LaidRoads, cut_to_cells
from wayout.move.ground.road_lines import flatten_roads


def lay_roads(grid: TheatreGrid, roads: RoadLines) -> LaidRoads:
    """
    Cut roads to a grid: nodes where they meet, end, or pass a cell, and edges of true length between them.

    Lines are joined where they share a vertex, and a loose end to a line within 0.1 km of it; lines that cross without a
    common vertex are not joined (an overpass).

    Parameters
    ----------
    grid
        The theatre grid.
    roads
        Roads, lon/lat.

    Returns
    -------
    laid
        Nodes and edges inside the grid; empty if no road comes near it.
    """
    lines = flatten_roads(grid, roads)
    return cut_to_cells(grid, lines, (roads.bridge | roads.ferry)[lines.origin])


def make_network(
    grid: TheatreGrid,
    laid: LaidRoads,
    roads: RoadLines,
    profile: MobilityProfile,
    friction: NDArray[np.float64],
) -> Network:
    """
    Give laid roads the hours that a party needs on them.

    An edge takes its length at the profile's speed on its class of road, whatever the ground: slopes and rivers are the
    road's affair. Getting on or off costs the way to the cell's centre over the cell's ground; where that is closed, and on
    bridges and ferries between their ends, there is no getting on or off.

    Parameters
    ----------
    grid
        The theatre grid.
    laid
        The roads as cut to it (:func:`lay_roads`).
    roads
        The same roads, for their classes.
    profile
        Speeds, km/h.
    friction
        Hours per km of the ground, shape of the grid, without waits at barriers (:func:`with_waits`).

    Returns
    -------
    network
        Ready for :func:`wayout.move.travel_time.prepare_field`.
    """
    pace = 1.0 / road_speeds(roads, profile)
    row, col = np.divmod(laid.cell, grid.shape[1])
    off_x = laid.xy[:, 0] - (grid.west_km + grid.cell_km * (col + 0.5))
    off_y = laid.xy[:, 1] - (grid.north_km - grid.cell_km * (row + 0.5))
    ground = friction[row, col]
    may_join = np.isfinite(ground) & ~laid.raised
    join_h = np.where(may_join, np.hypot(off_x, off_y) * np.where(may_join, ground, 0.0), np.inf)
    return Network(
        cell=laid.cell, join_h=join_h, first=laid.first, second=laid.second, hours=laid.km * pace[laid.origin]
    )


def road_speeds(roads: RoadLines, profile: MobilityProfile) -> NDArray[np.float64]:
    """Return a party's speed (km/h) on each road; on a class that its profile does not name, its speed on open ground."""
    table = dict(profile.road_kmh)
    classes, row = np.unique(roads.road_class, return_inverse=True)
    speeds = np.array([table.get(name, profile.speed_kmh) for name in classes.tolist()], dtype=np.float64)
    if not len(classes):
        return np.zeros(0)
    return np.where(roads.ferry, profile.ferry_kmh, speeds[row.ravel()])


def with_waits(network: Network, cells: NDArray[np.bool_], wait_h: float) -> Network:
    """
    Make those who go by road wait where those across country do.

    Parameters
    ----------
    network
        The roads.
    cells
        Cells where one waits once on the way through, shape of the grid.
    wait_h
        Hours of movement; half of them on the way in, half on the way out.

    Returns
    -------
    network
        With the wait on the edges that lead into the cells.
    """
    inside = cells.ravel()[network.cell]
    enters = inside[network.first] != inside[network.second]
    return Network(
        cell=network.cell,
        join_h=network.join_h,
        first=network.first,
        second=network.second,
        hours=network.hours + np.where(enters, wait_h / 2, 0.0),
    )
