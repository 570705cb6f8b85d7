"""How far each event's weight spreads over the cells: by a Gaussian round it, at cell middles or over whole cells."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayout.assess.backtesting.cells import CELL_DEG, KM_PER_DEG, Cells
from wayout.assess.backtesting.known import Record

NEAR_KM = (20.0, 50.0, 100.0, 200.0)
"""Widths of the kernels looked at from the middles of cells."""
MASS_KM = (6.0, 12.0, 25.0, 50.0)
"""Widths of the kernels whose mass in each cell is taken: an event by a cell's edge counts for its neighbour too."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spread:
    """
    Shares of events on cells, one row an event, so that what is known on a day is the first rows.

    ``at_middle``, ``mass``: one array (events, cells) a width; ``km``: distance to each middle; ``on_cell``: 1 in the event's cell.
    ``first_of_week``: 1 for the first known event of its place (0.05 degree) and week, else 0.
    """

    at_middle: tuple[NDArray[np.float64], ...]
    mass: tuple[NDArray[np.float64], ...]
    km: NDArray[np.float64]
    on_cell: NDArray[np.float64]
    first_of_week: NDArray[np.float64]


def spread_events(record: Record) -> Spread:
    """Compute the shares of a record's events, in its order."""
    cells = record.cells
    km = np.ascontiguousarray(cells.distance_km(record.lon, record.lat))
    on_cell = (record.cell[:, None] == np.arange(len(cells))[None, :]).astype(float)
    return Spread(
        at_middle=tuple(np.exp(-0.5 * (km / width) ** 2) for width in NEAR_KM),
        mass=tuple(mass_on_cells(cells, record.lon, record.lat, width) for width in MASS_KM),
        km=km,
        on_cell=on_cell,
        first_of_week=_first_of_week(record),
    )


def mass_on_cells(
    cells: Cells, lon: NDArray[np.float64], lat: NDArray[np.float64], width_km: float
) -> NDArray[np.float64]:
    """Return the share of a Gaussian round each point that lies in each cell, shape (points, cells)."""
    from scipy.special import erf

    def along(points: NDArray[np.float64], middles: NDArray[np.float64], km: float) -> NDArray[np.float64]:
        apart = (middles[None, :] - points[:, None]) * km
        half, unit = CELL_DEG / 2 * km, width_km * math.sqrt(2)
        return np.asarray((erf((apart + half) / unit) - erf((apart - half) / unit)) / 2)

    return along(lon, cells.lon, cells.km_per_deg_lon) * along(lat, cells.lat, KM_PER_DEG)


def _first_of_week(record: Record) -> NDArray[np.float64]:
    keys = np.stack([np.round(record.lon * 20), np.round(record.lat * 20), record.start // 7], axis=1)
    first = np.zeros(len(keys))
    if len(keys):
        first[np.unique(keys, axis=0, return_index=True)[1]] = 1.0
    return first
