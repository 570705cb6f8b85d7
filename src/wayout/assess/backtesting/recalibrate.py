"""Recalibration on forecasts that have come due: a line through log-odds, held to the diagonal until it has cause to leave."""

import numpy as np
from numpy.typing import NDArray

from wayout.assess.backtesting.ridge import sigmoid

STEPS = 25


def to_logit(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return log-odds, probabilities cut at 0.0001 and 0.9999."""
    q = np.clip(p, 1e-4, 1 - 1e-4)
    return np.asarray(np.log(q / (1 - q)))


def fit_line(
    logit: NDArray[np.float64], outcome: NDArray[np.float64], weight: NDArray[np.float64], *, hold: float
) -> tuple[float, float]:
    """
    Fit intercept and slope of outcome on log-odds, drawn toward 0 and 1.

    Parameters
    ----------
    logit
        Of forecasts whose windows are over, shape (n,).
    outcome, weight
        What happened, and how much each counts, shape (n,).
    hold
        Strength of the pull toward the diagonal, in forecasts.

    Returns
    -------
    line
        Intercept and slope.

    References
    ----------
    Platt (1999), Probabilistic outputs for support vector machines; Cox (1958), https://doi.org/10.1093/biomet/45.3-4.562
    """
    x = np.stack([np.ones(len(logit)), logit], axis=1)
    beta, rest = np.array([0.0, 1.0]), np.array([0.0, 1.0])
    for _ in range(STEPS):
        p = sigmoid(x @ beta)
        slope = x.T @ (weight * (p - outcome)) + hold * (beta - rest)
        curve = (x * (weight * p * (1 - p))[:, None]).T @ x + hold * np.eye(2)
        step = np.linalg.solve(curve, slope)
        beta = beta - step
        if np.abs(step).max() < 1e-8:
            break
    return float(beta[0]), float(beta[1])
