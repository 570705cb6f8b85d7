"""Features of return: how much a cell once saw, how long it has been quiet, who came after, and how often the party comes back now."""

import numpy as np
from numpy.typing import NDArray

from wayout.assess.backtesting.known import QUIET_DAYS, Record

RATES_DAYS = (60, 180)
"""Over these days the country's onsets, returns and first events are counted."""
SPELL_GAP_DAYS = 60
PEAK_DAYS = 90
ACTIVE_DAYS = 90
AROUND_KM = 100.0
LONG_AGO_DAYS = 1500.0
SLOW_DAYS = (365, 730)
ADDED = (
    "quiet_history",
    "old_history",
    "was_here",
    "returning_history",
    "lost",
    "active100",
    "history100",
    "active_share",
    "slow",
    "history_weeks",
    "return_share",
    "onsets",
    "first",
    "longest_spell",
    "peak",
)
"""Beginnings of the names of the features made here; no other feature begins so."""
RETURN = (
    "own_all",
    "last",
    "quiet_history",
    "old_history",
    "lost",
    "lost_share",
    "active100",
    "history100",
    "longest_spell",
    "peak",
    "slow730",
    "return_share180",
    "onsets180",
    "onsets60",
    "active_share",
    "returning_history",
    "week12_15",
    "week25_240",
    "other_mass60",
)
"""What the learner of returns sees: these, and the nearest and newest of the other features."""


def return_features(own: Record, other: Record, day: int) -> dict[str, NDArray[np.float64]]:
    """
    Return what speaks for a return to each cell on a day.

    Parameters
    ----------
    own, other
        The party's events and the others', as known on the day.
    day
        The day.

    Returns
    -------
    features
        Name to value of each cell, shape (cells,): logarithms of counts, rates and days, and shares.
    """
    cells, n = own.cells, len(own.cells)
    inside = own.cell >= 0
    order = np.lexsort((own.start[inside], own.cell[inside]))
    cell, start = own.cell[inside][order], own.start[inside][order]
    count = np.bincount(cell, minlength=n).astype(float)
    last = np.full(n, np.iinfo(np.int64).min // 2)
    np.maximum.at(last, cell, start)
    quiet = np.where(count > 0, np.minimum(day - last, LONG_AGO_DAYS), LONG_AGO_DAYS)
    found = _country_now(cell, start, day, n)
    history = np.log(count + 0.3)
    old = np.where(quiet > QUIET_DAYS, history, 0.0)
    found["quiet_history"] = history * np.log1p(quiet)
    found["old_history"] = old
    found["was_here"] = ((count > 0) & (quiet > QUIET_DAYS)).astype(float)
    found["returning_history"] = old * (found["return_share180"] + 3.0)  # a return share of 5 % counts as none
    after = (other.cell >= 0) & (other.start > last[np.maximum(other.cell, 0)])
    n_after = np.bincount(other.cell[after], minlength=n)
    found["lost"] = np.log(n_after + 0.3) * (count > 0)
    found["lost_share"] = (n_after + 0.5) / (count + n_after + 1.0)
    apart = cells.distance_km(cells.lon, cells.lat)
    around = (apart < AROUND_KM) & (apart > 0)
    active = quiet <= ACTIVE_DAYS
    found["active100"] = (around @ active) / np.maximum(around.sum(1), 1)
    found["history100"] = np.log(around @ count + 0.3)
    found["active_share"] = np.full(n, np.log((active.sum() + 1) / ((count > 0).sum() + 1)))
    for days in SLOW_DAYS:
        weight = 0.5 ** ((day - start) / days)
        found[f"slow{days}"] = np.log(np.bincount(cell, weights=weight, minlength=n) + 0.05)
    weeks = np.unique(np.stack([cell, start // 7]), axis=1)[0]
    found["history_weeks"] = np.log(np.bincount(weeks, minlength=n) + 0.1)
    return found | _longest(cell, start, n)


def _country_now(cell: NDArray[np.int64], start: NDArray[np.int64], day: int, n: int) -> dict[str, NDArray[np.float64]]:
    """Return the country's onsets, first events and share of returns of late, the same in every cell."""
    first = np.r_[True, cell[1:] != cell[:-1]][: len(cell)]
    onset = first | (np.r_[0, np.diff(start)][: len(start)] > QUIET_DAYS)
    found = {}
    for days in RATES_DAYS:
        late = start >= day - days
        share = ((onset & ~first & late).sum() + 0.5) / (late.sum() + 10.0)
        found[f"return_share{days}"] = np.full(n, np.log(share))
        found[f"onsets{days}"] = np.full(n, np.log1p((onset & late).sum()))
        found[f"first{days}"] = np.full(n, np.log1p((first & late).sum()))
    return found


def _longest(cell: NDArray[np.int64], start: NDArray[np.int64], n: int) -> dict[str, NDArray[np.float64]]:
    """Return the length of each cell's longest spell, and its most events in :data:`PEAK_DAYS` days."""
    spell, peak = np.zeros(n), np.zeros(n)
    for at in np.unique(cell):
        days = start[cell == at]
        begins = np.flatnonzero(np.r_[True, np.diff(days) > SPELL_GAP_DAYS])
        ends = np.r_[begins[1:], len(days)] - 1
        spell[at] = (days[ends] - days[begins]).max()
        peak[at] = (np.searchsorted(days, days + PEAK_DAYS) - np.arange(len(days))).max()
    return {"longest_spell": np.log1p(spell), "peak": np.log1p(peak)}
