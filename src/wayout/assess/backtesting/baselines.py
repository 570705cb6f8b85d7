"""Forecasters to beat: base rate, history, persistence, decay, a kernel, and a logistic regression of fifteen features."""

import math

import numpy as np
from numpy.typing import NDArray

from wayout.assess.backtesting.known import Record
from wayout.assess.backtesting.ridge import fit_ridge
from wayout.assess.backtesting.windows import TrainingWindows

LN2 = math.log(2)
HALF_LIFE = 30.0
"""Days; the protocol's choice on Syria 2016-07 to 2017-12 by log score, as the two below."""
SIGMA_KM = 12.0
MIX = 0.5
"""Share of the cell's own decayed rate against the kernel's."""
LEAST_SPAN_DAYS = 365.0
FLOOR_EVENTS = 0.1
"""Events in the whole span that every cell is given beside its own: none is impossible."""
L2 = 20.0
SIMPLE = ("history", "persistence90", "decay", "decay+kde")
BASELINES = ("base rate", *SIMPLE, "logistic")


def simple_rates(record: Record, day: int) -> dict[str, NDArray[np.float64]]:
    """Return the events a day and cell of each simple forecaster, from what is known on a day."""
    own = record.known(day).of_party()
    n, inside = len(record.cells), own.cell >= 0
    age = (day - own.start).astype(float)
    span = max(float(age.max()) if age.size else LEAST_SPAN_DAYS, LEAST_SPAN_DAYS)
    decay = np.exp(-LN2 * age / HALF_LIFE)

    def per_cell(which: NDArray[np.bool_], weights: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
        chosen = None if weights is None else weights[which]
        return np.bincount(own.cell[which], weights=chosen, minlength=n).astype(float)

    cells = record.cells
    area = 0.5 * 111.32 * 0.5 * cells.km_per_deg_lon
    kernel = np.exp(-0.5 * (cells.distance_km(own.lon, own.lat) / SIGMA_KM) ** 2) / (2 * math.pi * SIGMA_KM**2) * area
    decayed = per_cell(inside, decay) * LN2 / HALF_LIFE
    smooth = (kernel * decay[:, None]).sum(0) * LN2 / HALF_LIFE
    floor = FLOOR_EVENTS / span
    return {
        "history": per_cell(inside) / span + floor,
        "persistence90": per_cell(inside & (age <= 90)) / 90 + floor,
        "decay": decayed + floor,
        "decay+kde": MIX * decayed + (1 - MIX) * smooth + floor,
    }


def fifteen_features(record: Record, day: int, horizon: int) -> NDArray[np.float64]:
    """Return the protocol's fifteen features of each cell on a day, shape (cells, 15)."""
    known = record.known(day)
    own, cells = known.of_party(), record.cells
    n, inside = len(cells), own.cell >= 0
    age = (day - own.start).astype(float)
    km = cells.distance_km(own.lon, own.lat)
    columns = []
    for half_life in (15, 45, 120, 400):
        weight = np.exp(-LN2 * age / half_life) * LN2 / half_life * horizon
        columns.append(np.log1p(np.bincount(own.cell[inside], weights=weight[inside], minlength=n)))
        columns += [np.log1p((np.exp(-0.5 * (km / s) ** 2) * weight[:, None]).sum(0)) for s in (20.0, 50.0)]
    last = np.full(n, 1000.0)
    np.minimum.at(last, own.cell[inside], age[inside])
    near = age <= 60
    columns += [np.log1p(last), np.log1p(km[near].min(0) if near.any() else np.full(n, 300.0))]
    all_in = known.cell >= 0
    fresh = np.exp(-LN2 * (day - known.start[all_in]) / 60.0)
    columns.append(np.log1p(np.bincount(known.cell[all_in], weights=fresh, minlength=n)))
    return np.stack(columns, axis=1)


def forecast_by_baselines(
    record: Record, origins: NDArray[np.int64], horizon: int, training: TrainingWindows
) -> dict[str, dict[str, NDArray[np.float64]]]:
    """
    Forecast by every baseline.

    Parameters
    ----------
    record
        The events.
    origins
        Days of the test.
    horizon
        Days.
    training
        Windows that end before the first origin, with their outcomes.

    Returns
    -------
    forecasts
        Target ("any", "onset") -> baseline -> probability, shape (origins, cells).
    """
    features = np.concatenate([fifteen_features(record, int(day), horizon) for day in training.origins])
    asked = [fifteen_features(record, int(day), horizon) for day in origins]
    rates = [simple_rates(record, int(day)) for day in origins]
    simple = {name: np.stack([1 - np.exp(-r[name] * horizon) for r in rates]) for name in SIMPLE}
    made = {}
    for target in ("any", "onset"):
        # Where no cell was ever quiet, onsets are learned from all.
        some_quiet = target == "onset" and training.quiet.any()
        rows = training.quiet.ravel() if some_quiet else np.ones(training.quiet.size, bool)
        y = training.happened.ravel()[rows].astype(float)
        model = fit_ridge(features[rows], y, l2=L2)
        made[target] = {
            "base rate": np.full((len(origins), len(record.cells)), y.mean()),
            **simple,
            "logistic": np.stack([model(x) for x in asked]),
        }
    return made
