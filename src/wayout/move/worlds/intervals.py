"""Intervals of proportions, and quantiles of weighted values."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Z95 = 1.959963984540054
"""Two-sided 95 % point of the normal distribution."""


def wilson_interval(p: float, n: int) -> tuple[float, float]:
    """
    Compute Wilson's 95 % interval of a proportion.

    Parameters
    ----------
    p
        Observed proportion.
    n
        Number of draws.

    Returns
    -------
    low, high
        Within [0, 1], always holding ``p``.

    References
    ----------
    Wilson (1927), https://doi.org/10.1080/01621459.1927.10502953

    Examples
    --------
    >>> [round(v, 3) for v in wilson_interval(0.5, 100)]
    [0.404, 0.596]
    """
    spread = Z95 * np.sqrt(p * (1 - p) / n + Z95**2 / (4 * n**2))
    low, high = p + Z95**2 / (2 * n) - spread, p + Z95**2 / (2 * n) + spread
    scale = 1 + Z95**2 / n
    return float(min(max(low / scale, 0.0), p)), float(max(min(high / scale, 1.0), p))


def weighted_quantiles(
    values: NDArray[np.float64], weights: NDArray[np.float64], at: Sequence[float]
) -> tuple[float | None, ...]:
    """
    Compute quantiles of weighted values, leaving out infinite ones.

    Parameters
    ----------
    values, weights
        Same length; weights need not sum to one.
    at
        Quantiles, 0-1.

    Returns
    -------
    quantiles
        The smallest value at which the summed weight reaches each quantile; ``None`` if no finite value has weight.
    """
    kept = np.isfinite(values) & (weights > 0)
    if not kept.any():
        return tuple(None for _ in at)
    order = np.argsort(values[kept], kind="stable")
    x, w = values[kept][order], weights[kept][order]
    summed = np.cumsum(w) / w.sum()
    return tuple(float(x[min(int(np.searchsorted(summed, q - 1e-12)), x.size - 1)]) for q in at)
