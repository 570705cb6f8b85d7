"""What each cell remembers: time since its last event, spells of activity, neighbours, and the country's pulse."""

import numpy as np
from numpy.typing import NDArray

from wayout.assess.backtesting.known import QUIET_DAYS, Record
from wayout.assess.backtesting.spread import Spread

LONG_AGO_DAYS = 1500.0
"""Put for cells without any event."""
FAR_KM = 500.0
NEIGHBOUR_KM = 80.0
GAPS_DAYS = (30, 90, 180)
"""An event after a gap this long begins a new spell."""


def memory_features(own: Record, spread: Spread, day: int) -> dict[str, NDArray[np.float64]]:
    """
    Return what each cell remembers on a day.

    Parameters
    ----------
    own
        The party's events known on the day.
    spread
        Their shares on cells, at least as many rows.
    day
        The day.

    Returns
    -------
    features
        Name to value of each cell, shape (cells,), logarithms of counts, days and km.
    """
    cells, n = own.cells, len(own.cells)
    inside = own.cell >= 0
    cell, start = own.cell[inside], own.start[inside]
    age = (day - own.start).astype(float)
    last = np.full(n, LONG_AGO_DAYS)
    np.minimum.at(last, cell, age[inside])
    found = {"last": np.log1p(last), "ever": (np.bincount(cell, minlength=n) > 0).astype(float)}
    for days in (30, 60, 180):
        near = age <= days
        km = spread.km[: len(age)][near]
        found[f"near{days}"] = np.log1p(km.min(0)) if near.any() else np.full(n, np.log1p(FAR_KM))
    found |= _spells(cell, start, n)
    apart = cells.distance_km(cells.lon, cells.lat)
    beside = (apart < NEIGHBOUR_KM) & (apart > 0)
    for days in (30, QUIET_DAYS):
        found[f"beside{days}"] = (beside @ (last <= days)) / np.maximum(beside.sum(1), 1)
    return found | _pulse(own, age, inside)


def _spells(cell: NDArray[np.int64], start: NDArray[np.int64], n: int) -> dict[str, NDArray[np.float64]]:
    weeks = np.unique(np.stack([cell, start // 7], axis=1), axis=0)[:, 0]
    days = np.unique(np.stack([cell, start], axis=1), axis=0)
    begins = np.r_[True, days[1:, 0] != days[:-1, 0]][: len(days)]
    gap = np.r_[0, np.diff(days[:, 1])][: len(days)]
    found = {"weeks": np.log1p(np.bincount(weeks, minlength=n))}
    for least in GAPS_DAYS:
        spells = np.bincount(days[:, 0], weights=(begins | (gap > least)).astype(float), minlength=n)
        found[f"spells{least}"] = np.log1p(spells)
    return found


def _pulse(own: Record, age: NDArray[np.float64], inside: NDArray[np.bool_]) -> dict[str, NDArray[np.float64]]:
    """Events of the country in the last days, the cells they touched, and the distance from their centres."""
    cells, n = own.cells, len(own.cells)
    found = {}
    for days in (30, 90, 365):
        found[f"country{days}"] = np.full(n, np.log1p((age[inside] <= days).sum()))
    for days in (30, 90):
        found[f"cells{days}"] = np.full(n, np.log1p(np.unique(own.cell[inside & (age <= days)]).size))
    for name, least, most in (("now", 0, 30), ("before", 30, 120)):
        some = (age > least) & (age <= most) if least else age <= most
        lon = own.lon[some].mean() if some.any() else cells.lon.mean()
        lat = own.lat[some].mean() if some.any() else cells.lat.mean()
        found[f"centre_{name}"] = np.log1p(cells.distance_km([lon], [lat])[0])
    return found
