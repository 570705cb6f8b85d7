"""Ridge logistic regression by Newton steps: small, exact and the same on every run."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

STEPS = 30
CLOSE = 1e-7
MOST_LOGIT = 30.0

Predictor = Callable[[NDArray[np.float64]], NDArray[np.float64]]


def sigmoid(logit: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the probability of a log-odds, cut at +-30."""
    return np.asarray(1 / (1 + np.exp(-np.clip(logit, -MOST_LOGIT, MOST_LOGIT))))


def fit_ridge(
    features: NDArray[np.float64],
    outcome: NDArray[np.float64],
    *,
    l2: float,
    weight: NDArray[np.float64] | None = None,
) -> Predictor:
    """
    Fit a logistic regression with a ridge on standardised features.

    Parameters
    ----------
    features
        Shape (rows, features).
    outcome
        0 or 1, shape (rows,).
    l2
        Ridge on each weight but the intercept's, in units of rows.
    weight
        Of each row; ``None`` is 1.

    Returns
    -------
    predict
        From features, shape (n, features), to probabilities, shape (n,).

    References
    ----------
    le Cessie and van Houwelingen (1992), https://doi.org/10.2307/2347628
    """
    mean, spread = features.mean(0), features.std(0) + 1e-9
    z = np.c_[np.ones(len(features)), (features - mean) / spread]
    w = np.ones(len(z)) if weight is None else weight
    beta = np.zeros(z.shape[1])
    ridge = np.eye(z.shape[1]) * l2
    ridge[0, 0] = 1e-9 * l2  # all outcomes alike: the intercept must not run away without end
    for _ in range(STEPS):
        p = sigmoid(z @ beta)
        slope = z.T @ (w * (p - outcome)) + ridge @ beta
        curve = (z * (w * p * (1 - p))[:, None]).T @ z + ridge
        step = np.linalg.solve(curve, slope)
        beta -= step
        if np.abs(step).max() < CLOSE:
            break

    def predict(asked: NDArray[np.float64]) -> NDArray[np.float64]:
        return sigmoid(np.c_[np.ones(len(asked)), (asked - mean) / spread] @ beta)

    return predict
