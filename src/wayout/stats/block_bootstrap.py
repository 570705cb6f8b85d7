"""Intervals by drawing blocks anew: what is near in time, or of one family, is drawn together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayout.errors import InputError

N_RESAMPLES = 2000
"""Draws: the ends of a 95 % interval then wobble by about a tenth of its width."""
CHUNK = 200
"""Draws held in memory at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A figure with its interval from the bootstrap."""

    value: float
    low: float
    high: float


def block_bootstrap(
    statistic: Callable[[NDArray[np.intp]], float],
    n: int,
    *,
    blocks: Sequence[str] | None = None,
    seed: int = 0,
    level: float = 0.95,
) -> Interval:
    """
    Give a figure its interval by drawing blocks of items anew.

    Neighbours in time, or questions of one family, are not independent: drawn one by one they would make the interval too narrow.

    Parameters
    ----------
    statistic
        Takes indices (with repeats) and returns the figure.
    n
        How many items there are, in order of time.
    blocks
        A label an item: items of a label are drawn together. ``None``: circular runs of round(n^(1/3)) neighbours.
    seed
        Of the draws.
    level
        Of the interval.

    Returns
    -------
    interval
        The figure on all items, and percentiles of its draws; NaN draws (a reference without loss) are left out.

    Raises
    ------
    InputError
        If there is no item.

    References
    ----------
    Künsch (1989) The jackknife and the bootstrap for general stationary observations, doi 10.1214/aos/1176347265; Politis & Romano (1992), the
    circular form.
    """
    if n < 1:
        raise InputError("there is nothing to score; a figure needs at least one resolved forecast")
    members = _blocks(n, blocks)
    rng = np.random.default_rng(seed)
    drawn = []
    for _ in range(N_RESAMPLES):
        picks = rng.integers(0, len(members), size=_n_picks(members, n))
        drawn.append(statistic(np.concatenate([members[i] for i in picks])))
    kept = np.asarray(drawn)[np.isfinite(drawn)]
    low, high = np.quantile(kept, [(1 - level) / 2, (1 + level) / 2]) if kept.size else (float("nan"), float("nan"))
    return Interval(value=float(statistic(np.arange(n))), low=float(low), high=float(high))


def _blocks(n: int, labels: Sequence[str] | None) -> list[NDArray[np.intp]]:
    if labels is None:
        length = max(1, round(n ** (1 / 3)))
        return [(np.arange(start, start + length) % n).astype(np.intp) for start in range(n)]
    if len(labels) != n:
        raise InputError(f"{len(labels)} labels of blocks for {n} items; give one an item")
    found: dict[str, list[int]] = {}
    for i, label in enumerate(labels):
        found.setdefault(label, []).append(i)
    return [np.asarray(items, dtype=np.intp) for items in found.values()]


def _n_picks(members: Sequence[NDArray[np.intp]], n: int) -> int:
    """Runs of equal length: as many as make n items. Labelled blocks: as many as there are."""
    sizes = {m.size for m in members}
    return -(-n // sizes.pop()) if len(sizes) == 1 and len(members) == n else len(members)


def ratio_interval(
    top: NDArray[np.float64],
    bottom: NDArray[np.float64],
    *,
    blocks: Sequence[str] | None = None,
    seed: int = 0,
    level: float = 0.95,
) -> Interval:
    """
    Give a ratio of sums its interval, all draws at once: a mean (``bottom`` ones), or a loss against a reference's.

    Parameters
    ----------
    top, bottom
        Shape (n,), in order of time.
    blocks, seed, level
        As for :func:`block_bootstrap`, and drawn alike.

    Returns
    -------
    interval
        Of sum(top) / sum(bottom); NaN where the bottom is zero.

    Raises
    ------
    InputError
        If there is no item.

    Examples
    --------
    >>> ratio_interval(np.array([1.0, 1.0, 1.0]), np.array([2.0, 2.0, 2.0]))
    Interval(value=0.5, low=0.5, high=0.5)
    """
    n = top.size
    if n < 1:
        raise InputError("there is nothing to score; a figure needs at least one resolved forecast")
    members = _blocks(n, blocks)
    tops, bottoms = (np.array([values[m].sum() for m in members]) for values in (top, bottom))
    rng = np.random.default_rng(seed)
    size = _n_picks(members, n)
    drawn = []
    for start in range(0, N_RESAMPLES, CHUNK):
        picks = rng.integers(0, len(members), size=(min(CHUNK, N_RESAMPLES - start), size))
        under = bottoms[picks].sum(axis=1)
        drawn.append(np.divide(tops[picks].sum(axis=1), under, out=np.full(under.size, np.nan), where=under > 0))
    kept = np.concatenate(drawn)
    kept = kept[np.isfinite(kept)]
    ends = np.quantile(kept, [(1 - level) / 2, (1 + level) / 2]) if kept.size else (float("nan"), float("nan"))
    whole = float(bottom.sum())
    value = float(top.sum()) / whole if whole > 0 else float("nan")
    return Interval(value=value, low=float(ends[0]), high=float(ends[1]))
