"""Our forecaster: learners averaged in log-odds, a learner of returns for onsets, recalibrated on what has come due."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wayout.assess.backtesting.baselines import simple_rates
from wayout.assess.backtesting.features import CORE, Cube
from wayout.assess.backtesting.known import Record, outcomes, quiet_cells
from wayout.assess.backtesting.recalibrate import fit_line, to_logit
from wayout.assess.backtesting.returns import ADDED, RETURN
from wayout.assess.backtesting.ridge import Predictor, fit_ridge, sigmoid
from wayout.assess.backtesting.rolling import Country, Fit, Learner, Schedule, roll
from wayout.assess.backtesting.windows import STEP_DAYS
from wayout.vocab import read_vocab

FITTING_CORES = 2
TRAVEL = ("reach_", "hours_")
BARRED = ("reach_barred", "hours_barred")
PLAIN = "plain"
VARIANTS: dict[str, tuple[str, ...]] = {PLAIN: TRAVEL, "open ground": BARRED, "barriers": ()}
"""What the wide learner does not see: nothing of MOVE (the default), hours over open ground only, all of MOVE."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Constants:
    """Constants of the forecaster, from ``vocab/backtest.yaml``; their choice is told there."""

    ridge_wide: float
    ridge_core: float
    ridge_return: float
    refit_origins: int
    trees: int
    tree_leaf: int
    tree_share: float
    tree_refit_origins: int
    decay_share: float
    return_share: float
    hold: float
    hold_half_life: float
    calibration_origins: int


def read_constants() -> Constants:
    """Read the constants."""
    given: dict[str, Any] = read_vocab("backtest.yaml")["model"]
    return Constants(**given)


def forecast(
    countries: Sequence[Country], origins: NDArray[np.int64], horizon: int, *, once: bool = False
) -> dict[str, dict[str, NDArray[np.float64]]]:
    """
    Forecast events and onsets in the first country's cells.

    Parameters
    ----------
    countries
        The country asked about, then others to learn from.
    origins
        Days, a week apart.
    horizon
        Days.
    once
        Fit before the first origin only.

    Returns
    -------
    forecasts
        Target ("any", "onset") -> variant of :data:`VARIANTS` -> probability, shape (origins, cells). Variants with MOVE are made
        where the countries' cubes hold hours.
    """
    constants = read_constants()
    home = countries[0]
    frozen = int(origins[0]) if once else None
    early = _early_origins(home, origins, horizon, constants.calibration_origins)
    days = np.concatenate([early, origins])
    schedule = Schedule(every=constants.refit_origins)
    slow = Schedule(every=constants.tree_refit_origins)
    parts = _learners(home.cube, constants)
    logits = {}
    for name, learner in parts.items():
        plan = slow if name == "trees" else schedule
        rolled = [roll(countries, early, horizon, learner, plan)] if early.size else []
        rolled.append(roll(countries, origins, horizon, learner, Schedule(every=plan.every, frozen_at=frozen)))
        logits[name] = to_logit(np.concatenate(rolled))
    made: dict[str, dict[str, NDArray[np.float64]]] = {"any": {}, "onset": {}}
    rates = np.stack([simple_rates(home.record, int(day))["decay"] for day in days])
    decay = to_logit(1 - np.exp(-rates * horizon))
    little, share = constants.decay_share, constants.return_share
    for variant in _variants(home.cube):
        wide = logits[variant]
        mixed = {
            "any": (wide + logits["core"] + logits["trees"] + little * decay) / (3 + little),
            "onset": (1 - share) * wide + share * logits["return"],
        }
        for target, logit in mixed.items():
            line = _recalibrated(home.record, days, logit, (target, horizon, frozen), constants)
            made[target][variant] = line[len(early) :]
    return made


def _variants(cube: Cube) -> dict[str, tuple[str, ...]]:
    """Return the variants that a cube has features for."""
    has_hours = any(name.startswith(TRAVEL) for name in cube.names)
    return VARIANTS if has_hours else {PLAIN: TRAVEL}


def _learners(cube: Cube, constants: Constants) -> dict[str, Learner]:
    """Return the trees, the core ridge, the ridge of returns, and a wide ridge for each variant."""
    learners = {
        "trees": Learner(fit=_trees(constants), names=cube.names_without(*TRAVEL, *ADDED)),
        "core": Learner(fit=_ridge(constants.ridge_core), names=CORE),
        "return": Learner(fit=_ridge(constants.ridge_return), names=RETURN),
    }
    for variant, unseen in _variants(cube).items():
        names = cube.names_without(*unseen) if unseen else cube.names
        learners[variant] = Learner(fit=_ridge(constants.ridge_wide), names=names)
    return learners


def _early_origins(home: Country, origins: NDArray[np.int64], horizon: int, most: int) -> NDArray[np.int64]:
    """List Mondays before the first origin, forecast only so that there is something to recalibrate on."""
    least = home.learn_from + 2 * horizon + 8 * STEP_DAYS
    days = origins[0] - STEP_DAYS * np.arange(most, 0, -1)
    return np.asarray(days[days >= least], dtype=np.int64)


def _recalibrated(
    record: Record,
    days: NDArray[np.int64],
    logit: NDArray[np.float64],
    asked: tuple[str, int, int | None],
    constants: Constants,
) -> NDArray[np.float64]:
    """Lay a line through the forecasts that had come due on each day, the newest counting most."""
    target, horizon, frozen = asked
    made = np.empty_like(logit)
    for i, day in enumerate(days):
        until = int(day) if frozen is None else min(int(day), frozen)
        due = np.flatnonzero(days[:i] + horizon <= until)
        intercept, slope = 0.0, 1.0
        if due.size:
            own = record.known(until).of_party()
            happened = outcomes(own, days[due], horizon)
            scored = quiet_cells(own, days[due]) if target == "onset" else np.ones_like(happened)
            fresh = 0.5 ** ((until - days[due]) / constants.hold_half_life) / max(1.0, horizon / STEP_DAYS)
            weight = np.broadcast_to(fresh[:, None], scored.shape)[scored]
            intercept, slope = fit_line(logit[due][scored], happened[scored].astype(float), weight, hold=constants.hold)
        made[i] = sigmoid(intercept + slope * logit[i])
    return made


def _ridge(l2: float) -> Fit:
    return lambda features, outcome: fit_ridge(features, outcome, l2=l2)


def _trees(constants: Constants) -> Fit:
    def fit(features: NDArray[np.float64], outcome: NDArray[np.float64]) -> Predictor:
        from sklearn.ensemble import ExtraTreesClassifier

        forest = ExtraTreesClassifier(
            constants.trees,
            min_samples_leaf=constants.tree_leaf,
            max_features=constants.tree_share,
            random_state=0,
            n_jobs=FITTING_CORES,  # each tree has its own seed: the same forest on any number
        ).fit(features.astype(np.float32), outcome)
        forest.n_jobs = 1  # threads would add the trees' answers in any order: not the same bytes
        if len(forest.classes_) < 2:
            return lambda asked: np.full(len(asked), float(forest.classes_[0]))
        return lambda asked: np.asarray(forest.predict_proba(asked.astype(np.float32))[:, 1], dtype=float)

    return fit
