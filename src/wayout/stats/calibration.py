"""Calibration and discrimination of probabilities: what was said beside what came."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wayout.errors import InputError
from wayout.stats.proper_scores import Floats, brier_scores, score_arrays

ICD203_EDGES = (0.0, 0.05, 0.20, 0.45, 0.55, 0.80, 0.95, 1.0)
"""Bins of the calibration curve: the seven terms, so that each point answers "when we said likely, how often was it so?"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """One bin of a calibration curve: mean probability said, share that came true, how many, 95 % interval of the share (Wilson)."""

    p_said: float
    share: float
    n: int
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Decomposition:
    """Murphy's parts: Brier = reliability - resolution + uncertainty, exact where a bin holds one value; ``rest`` is what binning leaves."""

    reliability: float
    resolution: float
    uncertainty: float
    rest: float


def calibration_curve(
    p: ArrayLike, outcome: ArrayLike, edges: Sequence[float] = ICD203_EDGES
) -> tuple[CurvePoint, ...]:
    """
    Compare what was said with what came, bin by bin.

    Parameters
    ----------
    p, outcome
        Shape (n,).
    edges
        Of the bins, rising from 0 to 1; a value on an inner edge belongs to the bin above, 1 to the last.

    Returns
    -------
    points
        One per bin that holds a forecast.

    References
    ----------
    Wilson (1927), doi 10.1080/01621459.1927.10502953 (the interval); Niculescu-Mizil & Caruana (2005).
    """
    said, came = score_arrays(p, outcome)
    points = []
    for bin_ in np.unique(which := _bins(said, edges)):
        inside = which == bin_
        n, share = int(inside.sum()), float(came[inside].mean())
        low, high = _wilson(share, n)
        points.append(CurvePoint(p_said=float(said[inside].mean()), share=share, n=n, low=low, high=high))
    return tuple(points)


def calibration_error(p: ArrayLike, outcome: ArrayLike, edges: Sequence[float] = ICD203_EDGES) -> float:
    r"""
    Weigh the gaps of the calibration curve by their bins' sizes: expected calibration error, 0 best.

    .. math:: ECE = \sum_b \frac{n_b}{n} |\bar p_b - \bar o_b|

    References
    ----------
    Naeini, Cooper & Hauskrecht (2015), AAAI 29.
    """
    points = calibration_curve(p, outcome, edges)
    n = sum(point.n for point in points)
    return float(sum(point.n * abs(point.p_said - point.share) for point in points) / n)


def decompose(p: ArrayLike, outcome: ArrayLike, edges: Sequence[float] = ICD203_EDGES) -> Decomposition:
    r"""
    Part a mean Brier score into reliability (less is better), resolution (discrimination: more is better) and uncertainty.

    .. math:: \bar B = \sum_b \frac{n_b}{n}(\bar p_b - \bar o_b)^2 - \sum_b \frac{n_b}{n}(\bar o_b - \bar o)^2 + \bar o(1 - \bar o)

    Parameters
    ----------
    p, outcome
        Shape (n,).
    edges
        As for :func:`calibration_curve`.

    References
    ----------
    Murphy (1973) A new vector partition of the probability score, doi 10.1175/1520-0450(1973)012<0595:ANVPOT>2.0.CO;2.
    """
    said, came = score_arrays(p, outcome)
    points = calibration_curve(said, came, edges)
    n, rate = said.size, float(came.mean())
    reliability = sum(q.n * (q.p_said - q.share) ** 2 for q in points) / n
    resolution = sum(q.n * (q.share - rate) ** 2 for q in points) / n
    uncertainty = rate * (1 - rate)
    rest = float(brier_scores(said, came).mean()) - (reliability - resolution + uncertainty)
    return Decomposition(reliability=reliability, resolution=resolution, uncertainty=uncertainty, rest=rest)


def _bins(said: Floats, edges: Sequence[float]) -> NDArray[np.intp]:
    if list(edges) != sorted(set(edges)) or edges[0] != 0 or edges[-1] != 1:
        raise InputError(f"edges {tuple(edges)} of bins must rise from 0 to 1")
    return np.searchsorted(np.asarray(edges[1:-1]), said, side="right")


def _wilson(share: float, n: int, z: float = 1.959964) -> tuple[float, float]:
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * float(np.sqrt(share * (1 - share) / n + z * z / (4 * n * n)))
    return max(0.0, middle - half), min(1.0, middle + half)
