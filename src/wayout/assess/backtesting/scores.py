"""Scores of forecasts on origins x cells: average precision, Brier, log score, precision at ten, calibration."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEAST_P = 1e-3
"""Probabilities are cut here for the log score, so that one surprise is not infinite."""
TOP = 10
N_BINS = 10
SCORES = ("AP", "Brier", "log", "P@10")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ranked:
    """
    One forecaster's cases, sorted once for many weightings: highest probability first.

    ``origin`` and ``cell`` say which case stands where; ``edge`` marks the last case of each group of equal probabilities.
    """

    y: NDArray[np.float64]
    p: NDArray[np.float64]
    origin: NDArray[np.int64]
    cell: NDArray[np.int64]
    edge: NDArray[np.bool_]
    tops: tuple["Top", ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Top:
    """The cases of one origin, highest first; ``first`` is where each group of equal probabilities begins."""

    origin: int
    y: NDArray[np.float64]
    cell: NDArray[np.int64]
    first: NDArray[np.int64]


def rank(happened: NDArray[np.bool_], p: NDArray[np.float64], scored: NDArray[np.bool_]) -> Ranked:
    """
    Sort the scored cases of a forecaster.

    Parameters
    ----------
    happened, p, scored
        Outcome, probability and whether the case counts, each of shape (origins, cells).
    """
    origin, cell = np.nonzero(scored)
    y, q = happened[scored].astype(float), p[scored]
    order = np.argsort(-q, kind="stable")
    y, q, origin, cell = y[order], q[order], origin[order], cell[order]
    tops = []
    for i in range(len(p)):
        at = np.flatnonzero(origin == i)
        if at.size:
            first = np.flatnonzero(np.r_[True, q[at][1:] != q[at][:-1]])
            tops.append(Top(origin=i, y=y[at], cell=cell[at], first=first))
    return Ranked(y=y, p=q, origin=origin, cell=cell, edge=np.r_[q[1:] != q[:-1], True], tops=tuple(tops))


def score(ranked: Ranked, of_origins: NDArray[np.float64], of_cells: NDArray[np.float64]) -> dict[str, float]:
    """
    Score a forecaster with each origin and each cell counted so many times.

    Parameters
    ----------
    ranked
        Its cases.
    of_origins, of_cells
        How often each counts (1 for the scores themselves, a draw's numbers in the bootstrap).

    Returns
    -------
    scores
        By the names of :data:`SCORES`; ``nan`` where nothing happened.

    References
    ----------
    Davis and Goadrich (2006), https://doi.org/10.1145/1143844.1143874; Brier (1950),
    https://doi.org/10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2; Good (1952), https://doi.org/10.1111/j.2517-6161.1952.tb00104.x
    """
    w = of_origins[ranked.origin] * of_cells[ranked.cell]
    y, p, total = ranked.y, ranked.p, w.sum()
    q = np.clip(p, LEAST_P, 1 - LEAST_P)
    if not total > 0:
        return dict.fromkeys(SCORES, float("nan"))
    return {
        "AP": _average_precision(ranked, w),
        "Brier": float((w * (p - y) ** 2).sum() / total),
        "log": float(-(w * (y * np.log(q) + (1 - y) * np.log(1 - q))).sum() / total),
        "P@10": _precision_at_top(ranked, of_origins, of_cells),
    }


def _average_precision(ranked: Ranked, w: NDArray[np.float64]) -> float:
    hits, seen = np.cumsum(w * ranked.y)[ranked.edge], np.cumsum(w)[ranked.edge]
    if not hits[-1] > 0:
        return float("nan")
    precision = np.divide(hits, seen, out=np.zeros_like(hits), where=seen > 0)
    return float((np.diff(np.r_[0.0, hits]) * precision).sum() / hits[-1])


def _precision_at_top(ranked: Ranked, of_origins: NDArray[np.float64], of_cells: NDArray[np.float64]) -> float:
    """Mean over origins of the share that happened among the ten highest; equal probabilities share the last places."""
    shares = weights = 0.0
    for top in ranked.tops:
        if not of_origins[top.origin] > 0:
            continue
        w = of_cells[top.cell]
        size, hits = np.add.reduceat(w, top.first), np.add.reduceat(w * top.y, top.first)
        taken = np.clip(TOP - (np.cumsum(size) - size), 0, size)
        if taken.sum() > 0:
            share = np.divide(hits, size, out=np.zeros_like(hits), where=size > 0)
            shares += of_origins[top.origin] * float((taken * share).sum() / taken.sum())
            weights += of_origins[top.origin]
    return shares / max(weights, 1e-9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Forecasts of one bin: how many, their mean probability, and the share that happened."""

    n: int
    p_mean: float
    share: float


def reliability(happened: NDArray[np.bool_], p: NDArray[np.float64], scored: NDArray[np.bool_]) -> tuple[Bin, ...]:
    """Sort forecasts into ten bins of equal width; empty bins are left out."""
    y, q = happened[scored].astype(float), p[scored]
    at = np.minimum((q * N_BINS).astype(int), N_BINS - 1)
    return tuple(
        Bin(n=int((at == b).sum()), p_mean=float(q[at == b].mean()), share=float(y[at == b].mean()))
        for b in range(N_BINS)
        if (at == b).any()
    )


def calibration_error(bins: tuple[Bin, ...]) -> float:
    """
    Return the expected calibration error: the mean distance of share and probability, by the bins' sizes.

    References
    ----------
    Naeini, Cooper and Hauskrecht (2015), https://doi.org/10.1609/aaai.v29i1.9602
    """
    total = sum(b.n for b in bins)
    return sum(b.n * abs(b.share - b.p_mean) for b in bins) / total if total else float("nan")
