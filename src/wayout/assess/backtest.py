"""
The back-test: forecasts of where a party's next events fall, made as of every Monday, scored against what then happened.

Pure: tables of events in, tables of scores out. Hours of movement come in as an array (``backtesting/`` joins them from MOVE).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayout.assess.backtesting.baselines import BASELINES, forecast_by_baselines
from wayout.assess.backtesting.bootstrap import interval, resample
from wayout.assess.backtesting.known import outcomes, quiet_cells
from wayout.assess.backtesting.model import PLAIN, forecast
from wayout.assess.backtesting.rolling import Country
from wayout.assess.backtesting.scores import SCORES, Bin, calibration_error, rank, reliability, score
from wayout.assess.backtesting.windows import Period, origins_of, windows_over

OURS = "ours"
NAMES = {PLAIN: OURS, "open ground": "ours + MOVE, open", "barriers": "ours + MOVE"}
ONCE = "ours, fitted once"
TARGETS = ("any", "onset")
LOWER_IS_BETTER = ("Brier", "log")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A score with its 95 % interval; for a difference, ours against the other: above 0 is better for us."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """
    One forecaster on one target and horizon.

    ``scores`` and, for all but ours, ``ours_better_by`` (paired on the same draws): name of the score to figure. ``bins`` is the
    reliability table and ``calibration_error`` its mean distance.
    """

    horizon: int
    target: str
    forecaster: str
    is_baseline: bool
    scores: dict[str, Figure]
    ours_better_by: dict[str, Figure]
    calibration_error: float
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """How much was scored: origins, cases (origin and cell) and how many of them happened."""

    horizon: int
    target: str
    n_origins: int
    n_cases: int
    n_happened: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BacktestTable:
    """A back-test's answer: the period, what was scored, and a row for each forecaster."""

    period: Period
    cases: tuple[Case, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BacktestOptions:
    """Horizons (days), draws of the bootstrap (0: no intervals), and whether the model fitted once is shown too."""

    horizons: tuple[int, ...] = (30, 90)
    reps: int = 300
    once: bool = False


def run_backtest(
    countries: Sequence[Country],
    period: Period,
    options: BacktestOptions | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> BacktestTable:
    """
    Forecast, score and compare.

    Parameters
    ----------
    countries
        The country tested, then others whose past is learned from beside its own.
    period
        The origins tested.
    options
        Horizons, draws.
    tell
        Called with each step's name.

    Returns
    -------
    table
        Every baseline and ours, by horizon and target.

    Raises
    ------
    InputError
        If the period has no origin with a whole window, or nothing to learn from before it.
    """
    chosen = options or BacktestOptions()
    cases: list[Case] = []
    rows: list[Row] = []
    for horizon in chosen.horizons:
        origins = origins_of(period, horizon)
        tell(f"{period.name}: {horizon} days, {len(origins)} origins")
        made = forecasts_of(countries, origins, horizon, once=chosen.once)
        own = countries[0].record.of_party()
        happened, quiet = outcomes(own, origins, horizon), quiet_cells(own, origins)
        for target in TARGETS:
            scored = quiet if target == "onset" else np.ones_like(quiet)
            cases.append(
                Case(
                    horizon=horizon,
                    target=target,
                    n_origins=len(origins),
                    n_cases=int(scored.sum()),
                    n_happened=int((happened & scored).sum()),
                )
            )
            rows += _rows_of(
                countries[0].record.cells.block, (happened, scored), made[target], (horizon, target), chosen.reps
            )
    return BacktestTable(period=period, cases=tuple(cases), rows=tuple(rows))


def forecasts_of(
    countries: Sequence[Country], origins: NDArray[np.int64], horizon: int, *, once: bool = False
) -> dict[str, dict[str, NDArray[np.float64]]]:
    """
    Forecast by the baselines and by ours.

    Returns
    -------
    forecasts
        Target -> forecaster -> probability, shape (origins, cells).
    """
    home = countries[0]
    # The protocol fits the baselines before the first origin; what only came to be known later is not seen.
    training = windows_over(home.record, horizon, home.learn_from, int(origins[0]))
    made = forecast_by_baselines(home.record, origins, horizon, training)
    ours = forecast(countries, origins, horizon)
    fixed = forecast(countries, origins, horizon, once=True) if once else None
    for target in TARGETS:
        if fixed is not None:
            made[target][ONCE] = fixed[target][PLAIN]
        for variant, name in NAMES.items():
            if variant in ours[target]:
                made[target][name] = ours[target][variant]
    return made


def _rows_of(
    block: NDArray[np.int64],
    truth: tuple[NDArray[np.bool_], NDArray[np.bool_]],
    forecasts: dict[str, NDArray[np.float64]],
    asked: tuple[int, str],
    reps: int,
) -> list[Row]:
    happened, scored = truth
    ranked = {name: rank(happened, p, scored) for name, p in forecasts.items()}
    draws = resample(ranked, block, len(happened), asked[0], reps)
    ones = (np.ones(len(happened)), np.ones(happened.shape[1]))
    plain = {name: score(cases, *ones) for name, cases in ranked.items()}
    rows = []
    for name, p in forecasts.items():
        better = {}
        for key in SCORES:
            sign = -1.0 if key in LOWER_IS_BETTER else 1.0
            low, high = interval(sign * (draws[OURS][key] - draws[name][key]))
            better[key] = Figure(value=sign * (plain[OURS][key] - plain[name][key]), low=low, high=high)
        bins = reliability(happened, p, scored)
        spans = {key: interval(draws[name][key]) for key in SCORES}
        rows.append(
            Row(
                horizon=asked[0],
                target=asked[1],
                forecaster=name,
                is_baseline=name in BASELINES,
                scores={key: Figure(value=plain[name][key], low=spans[key][0], high=spans[key][1]) for key in SCORES},
                ours_better_by={} if name == OURS else better,
                calibration_error=calibration_error(bins),
                bins=bins,
            )
        )
    return rows
