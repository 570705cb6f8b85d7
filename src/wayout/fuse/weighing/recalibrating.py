"""Learn from what came true how far a kind of probability runs too high or too low, too sure or not sure enough."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

STEPS = 50
"""Newton's method on a convex sum of two unknowns settles in a few."""
LONGEST_STEP = 2.0


class Recalibration(NamedTuple):
    """What becomes of log-odds: ``offset + slope * log-odds``; as they are without outcomes."""

    offset: float = 0.0
    slope: float = 1.0


def learn_recalibration(odds: NDArray[np.float64], came_true: NDArray[np.bool_], penalty: float = 1.0) -> Recalibration:
    """
    Return how to move a kind of probability, from those whose outcome is known.

    Minimises ``-log likelihood(offset + slope * odds) + penalty * (offset^2 + (slope - 1)^2)``: with few outcomes nothing moves.
    Wars wind down and flare up; a number fitted on one year runs high in the next, and this is what follows it. The outcomes
    must have been known at the time for which it is used.

    Parameters
    ----------
    odds
        Log-odds that were stated.
    came_true
        What came of each.
    penalty
        Weight of the squares, in outcomes.

    Returns
    -------
    recalibration
        Offset and slope.

    References
    ----------
    Cox (1958) Two further applications of a model for binary regression, https://doi.org/10.1093/biomet/45.3-4.562.
    """
    found = np.array([0.0, 1.0])
    x = np.stack([np.ones(len(odds)), odds], axis=1)
    for _ in range(STEPS if len(odds) else 0):
        p = 1.0 / (1.0 + np.exp(-np.clip(x @ found, -30.0, 30.0)))
        slope = x.T @ (p - came_true) + 2 * penalty * (found - [0.0, 1.0])
        curve = (x * (p * (1 - p))[:, None]).T @ x + 2 * penalty * np.eye(2)
        step = np.clip(np.linalg.solve(curve, slope), -LONGEST_STEP, LONGEST_STEP)
        found -= step
        if np.abs(step).max() < 1e-10:
            break
    return Recalibration(float(found[0]), float(found[1]))
