"""The features of every cell on every origin, each from what was known then."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayout.assess.backtesting.known import Record
from wayout.assess.backtesting.memory import memory_features
from wayout.assess.backtesting.returns import return_features
from wayout.assess.backtesting.spread import MASS_KM, NEAR_KM, Spread, spread_events
from wayout.assess.backtesting.travel import MEMORIES, travel_features

OWN_DAYS = (7, 15, 30, 60, 120, 240, 480, 1500)
"""Half-lives of a cell's own events, days."""
OTHER_DAYS = (30, 120, 480)
LN2 = math.log(2)
CORE = ("week25_240", "week12_15", "own_all")
"""What says most in fewest numbers: middle memory spread to neighbours, the last weeks, and all of history."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cube:
    """Features: ``values`` has shape (days, cells, names), ``days`` are the origins."""

    days: NDArray[np.int64]
    names: tuple[str, ...]
    values: NDArray[np.float64]

    def only(self, names: tuple[str, ...]) -> NDArray[np.float64]:
        """Return the values of some features, shape (days, cells, names)."""
        return np.ascontiguousarray(self.values[:, :, [self.names.index(name) for name in names]])

    def names_without(self, *beginnings: str) -> tuple[str, ...]:
        """List the features whose names begin with none of these."""
        return tuple(name for name in self.names if not name.startswith(beginnings))


def build_cube(record: Record, days: NDArray[np.int64], hours: NDArray[np.float64] | None = None) -> Cube:
    """
    Compute all features.

    Parameters
    ----------
    record
        The events of all sides.
    days
        Origins.
    hours
        Hours of movement between cells (MOVE); ``None`` leaves the features of reach out.

    Returns
    -------
    cube
        The features; those of a day rest on what was known then alone.
    """
    own, other = record.of_party(), record.take(~record.is_party)
    near, beside = spread_events(own), spread_events(other)
    rows = [_on_day((own, other), (near, beside), int(day), hours) for day in days]
    names = tuple(rows[0]) if rows else ()
    values = np.stack([np.stack([row[name] for name in names], axis=1) for row in rows])
    return Cube(days=np.asarray(days), names=names, values=values)


def _on_day(
    records: tuple[Record, Record], spreads: tuple[Spread, Spread], day: int, hours: NDArray[np.float64] | None
) -> dict[str, NDArray[np.float64]]:
    own, other = (record.known(day) for record in records)
    near, beside = spreads
    found, positions = _own_features(own, near, day)
    others = _other_features(other, beside, day)
    found |= memory_features(own, near, day) | others | return_features(own, other, day)
    if hours is not None:
        held = np.exp(others["other_mass60"]) - 0.02
        p_closed = held / (held + np.exp(found["own60"]) - 0.05 + 1.0)
        found |= travel_features(hours, positions, None) | travel_features(hours, positions, p_closed)
    return found


def _own_features(
    own: Record, near: Spread, day: int
) -> tuple[dict[str, NDArray[np.float64]], dict[int, NDArray[np.float64]]]:
    """Return the features of the party's own events, and its decayed positions by half-life."""
    n = len(own.start)
    age = (day - own.start).astype(float)
    decay = {days: np.exp(-LN2 * age / days) for days in OWN_DAYS}
    on_cell, first = near.on_cell[:n], near.first_of_week[:n]
    # One product of matrices reads the events' shares once for all half-lives.
    remembered = np.stack([decay[days] for days in MEMORIES])
    own_rates = np.stack(list(decay.values())) @ on_cell
    found = {f"own{days}": np.log(rate + 0.05) for days, rate in zip(OWN_DAYS, own_rates, strict=True)}
    found["own_all"] = np.log(np.ones(n) @ on_cell + 0.05)
    for width, share in zip(NEAR_KM, near.at_middle, strict=True):
        for days, near_by in zip(MEMORIES, remembered @ share[:n], strict=True):
            found[f"near{width:g}_{days}"] = np.log(near_by + 0.05)
    positions = {}
    for width, share in zip(MASS_KM, near.mass, strict=True):
        by_week = width in (12.0, 25.0)
        mass = (np.concatenate([remembered, remembered * first]) if by_week else remembered) @ share[:n]
        for i, days in enumerate(MEMORIES):
            found[f"mass{width:g}_{days}"] = np.log(mass[i] + 0.02)
            if by_week:
                found[f"week{width:g}_{days}"] = np.log(mass[len(MEMORIES) + i] + 0.02)
            if width == 12.0:
                positions[days] = mass[len(MEMORIES) + i]
    for days in (60, 1500):
        found[f"deaths{days}"] = np.log1p((decay[days] * np.log1p(own.deaths)) @ on_cell)
    found["one_sided"] = np.log((decay[480] * (own.violence == 3)) @ on_cell + 0.05)
    found["with_state"] = np.log((decay[240] * own.with_state) @ on_cell + 0.05)
    return found, positions


def _other_features(other: Record, beside: Spread, day: int) -> dict[str, NDArray[np.float64]]:
    """Return the features of what the other sides did among themselves."""
    n = len(other.start)
    age = (day - other.start).astype(float)
    found = {}
    decays = np.stack([np.exp(-LN2 * age / days) for days in OTHER_DAYS])
    rates = np.concatenate([decays, decays * other.with_state]) @ beside.on_cell[:n]
    for i, days in enumerate(OTHER_DAYS):
        found[f"other{days}"] = np.log(rates[i] + 0.05)
        found[f"other_state{days}"] = np.log(rates[len(OTHER_DAYS) + i] + 0.05)
    fresh = np.exp(-LN2 * age / 60)
    found["other_near"] = np.log(fresh @ beside.at_middle[1][:n] + 0.05)
    for days in (60, 480):
        found[f"other_mass{days}"] = np.log(np.exp(-LN2 * age / days) @ beside.mass[1][:n] + 0.02)
    return found
