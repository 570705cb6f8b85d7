"""What a source's claims came to when they were resolved: how often it was right, with an interval; beside its letter, never in its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wayout.errors import InputError
from wayout.model.quantity import check_quantities, quantity
from wayout.stats.log_odds import log_odds
from wayout.vocab import read_vocab

Floats = NDArray[np.float64]

INTERVAL = 0.9
"""Share of the posterior inside the interval that is shown."""
_MEANS: Floats = (np.arange(24) + 0.5) / 24
"""Grid of the sources' common mean; prior uniform."""
_SIZES: Floats = np.geomspace(1.0, 1000.0, 13)
"""Grid of how alike sources are (prior "claims" behind the mean); prior s^(-3/2), so s^(-1/2) on this grid of equal ratios."""
_STEPS: Floats = np.linspace(0.0, 1.0, 201)
_LEAST_WEIGHT = 1e-3
"""Parts of the grid with less posterior weight are left out of the mixture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRecord:
    """
    How often a source's resolved claims held.

    ``p_right`` is the posterior mean, drawn toward the other sources the more the fewer claims are resolved; ``low`` to ``high``
    holds :data:`INTERVAL` of the posterior. ``n_resolved`` 0 gives what is known of any source.
    """

    source: str
    n_resolved: int
    n_confirmed: int
    p_right: float = quantity("1", "Posterior mean of the share of claims that hold", low=0, high=1)
    low: float = quantity("1", "Lower end of the 90 % interval", low=0, high=1)
    high: float = quantity("1", "Upper end of the 90 % interval", low=0, high=1)

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


def estimate_records(counts: Mapping[str, tuple[int, int]]) -> dict[str, TrackRecord]:
    """
    Estimate how often each source is right, from its resolved claims and, where they are few, from the other sources.

    ``k_i ~ Binomial(n_i, p_i)``, ``p_i ~ Beta(m s, (1 - m) s)``, m uniform, s with density s^(-3/2) on [1, 1000] (the prior of the reference); m and s are integrated over a
    grid, so the doubt about them is in the interval.

    Parameters
    ----------
    counts
        Claims that held and claims resolved, by source.

    Returns
    -------
    records
        By source, sorted by name.

    Raises
    ------
    InputError
        If a count is below zero or more held than were resolved.

    References
    ----------
    Gelman et al. (2013), Bayesian Data Analysis, 3rd ed., section 5.3 (the beta-binomial hierarchy).

    Examples
    --------
    >>> found = estimate_records({"often": (18, 20), "once": (1, 1), "never": (0, 12)})
    >>> found["never"].p_right < found["once"].p_right < found["often"].p_right
    True
    """
    names = sorted(counts)
    held = np.array([counts[n][0] for n in names], dtype=np.float64)
    resolved = np.array([counts[n][1] for n in names], dtype=np.float64)
    for name, k, n in zip(names, held.tolist(), resolved.tolist(), strict=True):
        if not 0 <= k <= n:
            raise InputError(f"source {name!r} has {k:.0f} claims that held of {n:.0f} resolved; count them again")
    weights, a, b = _posterior(held, resolved)
    pairs = {pair: _summary(weights, a + pair[0], b + pair[1] - pair[0]) for pair in set(counts.values())}
    records = {}
    for name in names:
        k, n = counts[name]
        mean, low, high = pairs[k, n]
        records[name] = TrackRecord(source=name, n_resolved=n, n_confirmed=k, p_right=mean, low=low, high=high)
    return records


def record_weight(record: TrackRecord) -> float:
    """
    Turn a track record into a weight of the fusion, for who asks for it; nothing uses it unasked.

    ``w = log_odds(low) / log_odds(P(true | surest words))``, within [0, 1]: the lower end of the interval counts, so that a source
    with few resolved claims gains nothing by luck, and one no better than a coin counts for nothing.

    Parameters
    ----------
    record
        A source's record.

    Returns
    -------
    weight
        As an Admiralty letter's weight: 1 for a source whose claims hold as often as the surest words say.
    """
    surest = float(read_vocab("belief_rules.yaml")["p_by_certainty"][-1][1])
    least = min(max(record.low, 0.5), surest)
    return float(log_odds(least) / log_odds(surest))


def _posterior(held: Floats, resolved: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the posterior weights of the grid's parts that matter, and their Beta parameters."""
    from scipy.special import betaln

    a, b = (grid.ravel() for grid in _grid())
    pairs, times = np.unique(np.stack([held, resolved]), axis=1, return_counts=True)
    logs = -0.5 * np.log(a + b)
    for (k, n), often in zip(pairs.T.tolist(), times.tolist(), strict=True):
        logs += often * (betaln(a + k, b + n - k) - betaln(a, b))
    weights: Floats = np.exp(logs - logs.max())
    weights /= weights.sum()
    kept = weights >= _LEAST_WEIGHT
    return weights[kept] / weights[kept].sum(), a[kept], b[kept]


@cache
def _grid() -> tuple[Floats, Floats]:
    means, sizes = np.meshgrid(_MEANS, _SIZES, indexing="ij")
    return means * sizes, (1 - means) * sizes


def _summary(weights: Floats, a: Floats, b: Floats) -> tuple[float, float, float]:
    """Return mean and interval of a mixture of Beta distributions."""
    from scipy.special import betainc

    below: Any = weights @ betainc(a[:, None], b[:, None], _STEPS[None, :])
    tail = (1 - INTERVAL) / 2
    low, high = np.interp([tail, 1 - tail], below, _STEPS)
    mean = float(weights @ (a / (a + b)))
    return mean, float(min(low, mean)), float(max(high, mean))
