"""Log-odds arithmetic: weigh, add, and return to probabilities."""

import math
from collections.abc import Sequence
from itertools import pairwise

P_MIN = 0.01
P_MAX = 0.99
"""No rule of ours is surer than 1 in 100: ICD 203's table ends there too."""


def log_odds(p: float) -> float:
    """Return ln(p / (1 - p)) of a probability, after clipping it to [0.01, 0.99]."""
    clipped = min(max(p, P_MIN), P_MAX)
    return math.log(clipped / (1 - clipped))


def probability(odds: float) -> float:
    """Return the probability of a log-odds, clipped to [0.01, 0.99]."""
    return min(max(1 / (1 + math.exp(-odds)), P_MIN), P_MAX)


def interpolate(x: float, knots: Sequence[Sequence[float]]) -> float:
    """
    Interpolate linearly between knots, flat outside them.

    Parameters
    ----------
    x
        Where to read.
    knots
        Pairs (x, y), ascending in x.

    Returns
    -------
    y
        The value at ``x``.
    """
    if x <= knots[0][0]:
        return knots[0][1]
    for (x0, y0), (x1, y1) in pairwise(knots):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return knots[-1][1]
