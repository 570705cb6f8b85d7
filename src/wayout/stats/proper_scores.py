"""Proper scores of probabilities and of draws: Brier, logarithmic, CRPS; and skill against a reference."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wayout.errors import InputError

Floats = NDArray[np.float64]
LEAST = 0.001
"""Probabilities are cut to 0.001 .. 0.999 for the log score, as in the back-test's protocol: one slip must not be infinite."""


def brier_scores(p: ArrayLike, outcome: ArrayLike) -> Floats:
    r"""
    Score each forecast by Brier, halved: 0 best, 1 worst.

    .. math:: B_i = \tfrac12 \sum_k (p_{ik} - o_{ik})^2

    For two options this is (p - o)^2 of either.

    Parameters
    ----------
    p, outcome
        Shape (n,) for yes-or-no, or (n, k) for k options; ``outcome`` 0 or 1, or a share between where the settler says so.

    Returns
    -------
    scores
        Shape (n,).

    Raises
    ------
    InputError
        If a number is outside 0 to 1 or shapes differ.

    References
    ----------
    Brier (1950) Verification of forecasts expressed in terms of probability, doi 10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.

    Examples
    --------
    >>> brier_scores([0.8, 0.5], [1, 0]).round(3).tolist(), brier_scores([[0.2, 0.3, 0.5]], [[0, 0, 1]]).round(3).tolist()
    ([0.04, 0.25], [0.19])
    """
    said, came = score_arrays(p, outcome)
    squares = (said - came) ** 2
    return squares if squares.ndim == 1 else 0.5 * squares.sum(axis=1)


def log_scores(p: ArrayLike, outcome: ArrayLike, least: float = LEAST) -> Floats:
    r"""
    Score each forecast by the logarithm of what was given to the outcome, in nat: 0 best.

    .. math:: L_i = -\sum_k o_{ik} \ln p_{ik}

    Parameters
    ----------
    p, outcome
        As for :func:`brier_scores`.
    least
        Probabilities are cut to ``least`` .. 1 - ``least``.

    Returns
    -------
    scores
        Shape (n,).

    Raises
    ------
    InputError
        If a number is outside 0 to 1 or shapes differ.

    References
    ----------
    Good (1952) Rational decisions, doi 10.1111/j.2517-6161.1952.tb00104.x; Gneiting & Raftery (2007), doi 10.1198/016214506000001437.
    """
    said, came = score_arrays(p, outcome)
    cut = np.clip(said, least, 1 - least)
    if said.ndim == 1:
        return np.asarray(-(came * np.log(cut) + (1 - came) * np.log1p(-cut)), dtype=np.float64)
    return np.asarray(-(came * np.log(cut)).sum(axis=1), dtype=np.float64)


def crps_of_draws(draws: ArrayLike, observed: ArrayLike) -> Floats:
    r"""
    Score forecasts of a number, given as draws, by the continuous ranked probability score (the library ``scores``); 0 best, unit of the number.

    .. math:: CRPS = E|X - y| - \tfrac12 E|X - X'|

    with the fair estimate of the second term.

    Parameters
    ----------
    draws
        Shape (n, m), m >= 2.
    observed
        Shape (n,).

    Returns
    -------
    scores
        Shape (n,).

    Raises
    ------
    InputError
        If shapes do not fit.

    References
    ----------
    Gneiting & Raftery (2007), doi 10.1198/016214506000001437; Ferro (2014) Fair scores for ensemble forecasts, doi 10.1002/qj.2270.
    """
    said, came = np.asarray(draws, dtype=np.float64), np.asarray(observed, dtype=np.float64)
    if said.ndim != 2 or said.shape[1] < 2 or came.shape != said.shape[:1]:
        raise InputError(
            f"draws of shape {said.shape} do not fit {came.shape} observations; give (n, m) and (n,), m >= 2"
        )
    import xarray
    from scores.probability import crps_for_ensemble

    scored = crps_for_ensemble(
        xarray.DataArray(said, dims=("item", "draw")),
        xarray.DataArray(came, dims=("item",)),
        ensemble_member_dim="draw",
        method="fair",
        preserve_dims="all",
    )
    return np.asarray(scored.values, dtype=np.float64)


def skill(score: Floats, reference: Floats) -> float:
    r"""
    Say how much of a reference's loss is saved: 1 perfect, 0 no better, below 0 worse; NaN where the reference loses nothing.

    .. math:: S = 1 - \bar B / \bar B_{ref}
    """
    mine, theirs = float(np.mean(score)), float(np.mean(reference))
    return 1 - mine / theirs if theirs > 0 else float("nan")


def score_arrays(p: ArrayLike, outcome: ArrayLike) -> tuple[Floats, Floats]:
    """
    Bring forecasts and outcomes into one shape, and refuse what is no probability.

    Parameters
    ----------
    p, outcome
        Shape (n,) or (n, k), 0 to 1.

    Returns
    -------
    said, came
        The same as arrays.

    Raises
    ------
    InputError
        If shapes differ or a number is outside 0 to 1.
    """
    said, came = np.asarray(p, dtype=np.float64), np.asarray(outcome, dtype=np.float64)
    if said.shape != came.shape or said.ndim not in (1, 2) or said.size == 0:
        raise InputError(
            f"probabilities of shape {said.shape} and outcomes of shape {came.shape} do not fit; give both (n,) or (n, k), n >= 1"
        )
    for name, values in (("probability", said), ("outcome", came)):
        if not ((values >= 0) & (values <= 1)).all():
            raise InputError(f"a {name} is outside 0 to 1 or not a number; give shares, not percentages")
    return said, came
