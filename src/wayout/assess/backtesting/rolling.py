"""Rolling forecasts: fitted again every few weeks on the windows that were over, never on anything later."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from wayout.assess.backtesting.features import Cube
from wayout.assess.backtesting.known import Record
from wayout.assess.backtesting.ridge import Predictor
from wayout.assess.backtesting.windows import STEP_DAYS, TrainingWindows, windows_over
from wayout.errors import InputError

Fit = Callable[[NDArray[np.float64], NDArray[np.float64]], Predictor]
THIN = 4
"""Every fourth window is learned from: neighbours overlap almost wholly, and say the same again."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Country:
    """
    A country to learn from: its events, their features on every Monday, and the first day of learning.

    ``data_until``: the last day its table covers; a window beyond it says nothing, not "no event".
    """

    record: Record
    cube: Cube
    learn_from: int
    data_until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    """How to fit, the features it sees, and whether it learns from quiet cells alone."""

    fit: Fit
    names: tuple[str, ...]
    quiet_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """
    When a model is fitted: again every ``every`` origins, or once.

    ``frozen_at``: the day before whose windows it learns, whatever the origin; ``None`` rolls.
    """

    every: int
    frozen_at: int | None = None


def roll(
    countries: Sequence[Country],
    origins: NDArray[np.int64],
    horizon: int,
    learner: Learner,
    schedule: Schedule,
) -> NDArray[np.float64]:
    """
    Forecast the first country's cells on each origin.

    Parameters
    ----------
    countries
        The country asked about, then others that are learned from beside it.
    origins
        Days; each must be in the first country's cube.
    horizon
        Days.
    learner
        How to fit.
    schedule
        When to fit.

    Returns
    -------
    p
        Probability of an event within the horizon, shape (origins, cells).

    Raises
    ------
    InputError
        If no window was over at the first origin.
    """
    asked = countries[0].cube
    values = asked.only(learner.names)
    model: Predictor | None = None
    made = np.empty((len(origins), values.shape[1]))
    for i, day in enumerate(origins):
        if model is None or (schedule.frozen_at is None and i % schedule.every == 0):
            until = int(day) if schedule.frozen_at is None else min(int(day), schedule.frozen_at)
            model = learner.fit(*_rows(countries, learner, horizon, until))
        made[i] = model(values[int(np.searchsorted(asked.days, day))])
    return made


@lru_cache(maxsize=128)
def _over(country: Country, horizon: int, ended: int) -> TrainingWindows:
    """Return the windows that were over on a day; several learners ask for the same."""
    return windows_over(country.record, horizon, country.learn_from, ended)


def _rows(
    countries: Sequence[Country], learner: Learner, horizon: int, until: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return features and outcomes of the windows that were over on a day, as they were known on it."""
    features, happened = [], []
    for country in countries:
        ended = min(until, country.data_until + 1)
        if country.learn_from + horizon + STEP_DAYS > ended:
            continue
        over = _over(country, horizon, ended)
        kept = slice((len(over.origins) - 1) % THIN, None, THIN)
        at = np.searchsorted(country.cube.days, over.origins[kept])
        quiet = over.quiet[kept]
        # Where no cell was ever quiet, all are learned from.
        rows = quiet if learner.quiet_only and quiet.any() else np.ones_like(quiet)
        columns = [country.cube.names.index(name) for name in learner.names]
        features.append(np.ascontiguousarray(country.cube.values[at][rows][:, columns]))
        happened.append(over.happened[kept][rows].astype(float))
    if not features:
        raise InputError(f"nothing to learn from: no window of {horizon} days was over; begin learning earlier")
    return np.concatenate(features), np.concatenate(happened)
