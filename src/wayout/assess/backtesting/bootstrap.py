"""Intervals from a two-way block bootstrap: neighbouring origins and neighbouring cells are not independent."""

import math

import numpy as np
from numpy.typing import NDArray

from wayout.assess.backtesting.scores import SCORES, Ranked, score
from wayout.assess.backtesting.windows import STEP_DAYS

SEED = 7
INTERVAL = (2.5, 97.5)


def resample(
    forecasters: dict[str, Ranked], block: NDArray[np.int64], n_origins: int, horizon: int, reps: int
) -> dict[str, dict[str, NDArray[np.float64]]]:
    """
    Score forecasters on the same draws of origins and cells.

    Parameters
    ----------
    forecasters
        Name to cases.
    block
        One-degree square of each cell; drawn whole, with replacement.
    n_origins
        Origins; drawn in circular blocks of as many as a horizon spans.
    horizon
        Days.
    reps
        Draws.

    Returns
    -------
    draws
        Name -> score -> value in each draw; differences of the same draw are paired.

    References
    ----------
    Künsch (1989), https://doi.org/10.1214/aos/1176347265; Politis and Romano (1992), circular blocks
    """
    rng = np.random.default_rng(SEED)
    length, n_blocks = max(1, math.ceil(horizon / STEP_DAYS)), int(block.max()) + 1
    draws = {name: {s: np.full(reps, np.nan) for s in SCORES} for name in forecasters}
    for r in range(reps):
        starts = rng.integers(0, n_origins, math.ceil(n_origins / length))
        chosen = ((starts[:, None] + np.arange(length)[None, :]) % n_origins).ravel()[:n_origins]
        of_origins = np.bincount(chosen, minlength=n_origins).astype(float)
        of_cells = np.bincount(rng.integers(0, n_blocks, n_blocks), minlength=n_blocks)[block].astype(float)
        for name, ranked in forecasters.items():
            for key, value in score(ranked, of_origins, of_cells).items():
                draws[name][key][r] = value
    return draws


def interval(draws: NDArray[np.float64]) -> tuple[float, float]:
    """Return the 95 % percentile interval of draws; ``nan`` where none is a number."""
    sound = draws[np.isfinite(draws)]
    if not sound.size:
        return float("nan"), float("nan")
    low, high = np.percentile(sound, INTERVAL)
    return float(low), float(high)
