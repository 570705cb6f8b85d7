"""When a target is reached: P(reached within T) for any T, quantiles and their sampling intervals, with the doubt about the pace."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayout.model import MobilityProfile
from wayout.move.ensemble import Outcome
from wayout.move.mobility import elapsed_hours

MOST_STEPS = 58
"""Steps of a curve, beside the horizon and the end: no step is higher than a fiftieth."""
NEARLY_ALL = 0.999
"""Where the pace is doubted a curve has no end; it is cut when this share of all that ever arrive are there."""
GRID = 512
FARTHEST_SD = 5.0
"""Paces are looked at this many standard deviations out."""
SAME_TIME = 1e-3
"""Times this near each other (relative) are put together where the pace is doubted: far below any such doubt."""
NO_STEP = 1e-9
"""Differences below this, in hours and in P, are rounding."""
LEAST_H = 1e-6
"""Times are at least this: a spread round nothing is none."""
QUANTILES = (0.1, 0.5, 0.9)

Quantile = float | None
Interval = tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Times:
    """
    Hours of movement until one target (``column`` of the outcome) is reached, one per combination of barriers.

    Where ``pace_sd`` is above 0 each time stands for a spread of them: T times F, F lognormal with median 1 and that standard
    deviation of its logarithm, one F for the whole way.
    """

    outcome: Outcome
    column: int = 0
    pace_sd: float = 0.0

    @property
    def moving_h(self) -> NDArray[np.float64]:
        """Hours of movement in each combination."""
        return self.outcome.arrivals[:, self.column]

    @property
    def weights(self) -> NDArray[np.float64]:
        """Weight of each combination; they sum to one."""
        return self.outcome.states.weights

    @property
    def p_ever(self) -> float:
        """P(reached at all)."""
        return float(min(self.weights[np.isfinite(self.moving_h)].sum(), 1.0))

    def shares_within(self, moving_h: float) -> NDArray[np.float64]:
        """
        Return P(reached within some hours of movement) in each combination.

        Parameters
        ----------
        moving_h
            Hours of movement.

        Returns
        -------
        shares
            0 or 1 where the pace is not doubted, else in between.
        """
        return np.asarray(_shares(self.moving_h, np.array([moving_h]), self.pace_sd)[0])

    def p_interval(self, moving_h: float) -> tuple[float, float, float]:
        """Return P(reached within some hours of movement) and its 95 % sampling interval, corrected where draws were answered on a graph."""
        at = np.array([moving_h])
        return self.outcome.p_of(self.column, lambda times: np.asarray(_shares(times, at, self.pace_sd)[0]))

    def p_within(self, moving_h: float) -> float:
        """Return P(reached within some hours of movement)."""
        return self.p_interval(moving_h)[0]

    def curve(self, horizon_h: float, profile: MobilityProfile) -> tuple[tuple[float, float], ...]:
        """
        Compute P(reached within T) as rising steps.

        Parameters
        ----------
        horizon_h
            Hours of movement that the party has; the curve is exact there.
        profile
            Turns hours of movement into clock hours.

        Returns
        -------
        curve
            (clock hours, P) by rising hours, at most :data:`MOST_STEPS` + 2 steps. Between steps it is below the truth by at
            most a fiftieth. The last P is that of ever arriving (within a thousandth where the pace is doubted).
        """
        hours, p = self._cumulative()
        if not hours.size:
            return ()
        hours, p = _thinned(hours, p)
        if self.outcome.fresh is not None:
            exact = self.outcome.fresh.exact[:, self.column]
            hours = np.union1d(hours, exact[np.isfinite(exact)]) if self.pace_sd == 0 else hours
            p = np.maximum.accumulate([self.p_within(float(h)) for h in hours])
            hours, p = _thinned(hours, p)
        p_horizon = self.p_within(horizon_h)
        # The step at the horizon is the answer itself: none before it may reach as high.
        early = [(h, q) for h, q in zip(hours, p, strict=True) if h < horizon_h and q < p_horizon - NO_STEP]
        late = [(h, q) for h, q in zip(hours, p, strict=True) if h > horizon_h and q > p_horizon + NO_STEP]
        by_horizon = self.moving_h[self.moving_h <= horizon_h]
        last = horizon_h if self.pace_sd > 0 or not by_horizon.size else float(by_horizon.max())
        early = [step for step in early if step[0] < last]
        steps = [*early, (last, p_horizon), *late] if p_horizon > 0 else late
        clock = elapsed_hours(np.array([h for h, _ in steps]), profile)
        return tuple((float(at), float(q)) for at, (_, q) in zip(clock, steps, strict=True))

    def quantiles(self, profile: MobilityProfile) -> tuple[tuple[Quantile, ...], tuple[Interval, ...]]:
        """
        Compute the 10, 50 and 90 % quantiles of the time, given arrival, and their 95 % sampling intervals.

        The interval runs between the order statistics that hold the quantile in 95 of 100 samples, whatever the distribution.
        Where the weights are exact its ends are the quantile itself.

        Parameters
        ----------
        profile
            Turns hours of movement into clock hours.

        Returns
        -------
        quantiles, intervals
            Clock hours; ``None`` where the target is never reached.

        References
        ----------
        Thompson (1936), https://doi.org/10.1214/aoms/1177732502 (ranks that hold a quantile)
        """
        hours, p = self._cumulative()
        if not hours.size:
            return (None,) * len(QUANTILES), (None,) * len(QUANTILES)
        n = self.outcome.states.n_draws
        ends = [(q, q) if n is None else _rank_interval(q, n * self.p_ever) for q in QUANTILES]

        def clock(levels: Sequence[float]) -> list[float]:
            wanted = np.asarray(levels) * self.p_ever
            if self.pace_sd > 0:
                found = np.exp(np.interp(wanted, p, np.log(hours)))
            else:
                found = hours[np.minimum(np.searchsorted(p, wanted - 1e-12), hours.size - 1)]
            return [float(h) for h in elapsed_hours(found, profile)]

        low, high = clock([e[0] for e in ends]), clock([e[1] for e in ends])
        return tuple(clock(QUANTILES)), tuple(zip(low, high, strict=True))

    def _cumulative(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return rising hours of movement and P(reached within them), up to (nearly) all that ever arrive."""
        known = np.isfinite(self.moving_h) & (self.weights > 0)
        if not known.any():
            return np.empty(0), np.empty(0)
        times, weights = np.maximum(self.moving_h[known], LEAST_H), self.weights[known]
        alike = np.round(np.log(times) / SAME_TIME) if self.pace_sd > 0 else np.round(times / NO_STEP)
        _, which = np.unique(alike, return_inverse=True)
        summed = np.bincount(which, weights=weights)
        latest = np.zeros(summed.size)
        np.maximum.at(latest, which, times)
        times = latest
        if self.pace_sd == 0:
            return times, np.minimum(np.cumsum(summed), 1.0)
        far = FARTHEST_SD * self.pace_sd
        at = np.geomspace(times[0] * np.exp(-far), times[-1] * np.exp(far), GRID)
        p = _shares(times, at, self.pace_sd) @ summed
        last = int(np.searchsorted(p, NEARLY_ALL * summed.sum()))
        return at[: last + 1], np.minimum(p[: last + 1], 1.0)


def _thinned(hours: NDArray[np.float64], p: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Keep the steps at which P first reaches each of :data:`MOST_STEPS` even levels, where there are more."""
    if p.size <= MOST_STEPS:
        return hours, p
    marks = np.searchsorted(p, p[-1] * np.arange(1, MOST_STEPS + 1) / MOST_STEPS - 1e-12)
    kept = np.unique(np.minimum(marks, p.size - 1))
    return hours[kept], p[kept]


def _rank_interval(q: float, n: float) -> tuple[float, float]:
    """Return the shares of n drawn values below which the q quantile lies in at most 2.5 and at least 97.5 of 100 samples."""
    from scipy.special import bdtrik

    n = max(round(n), 1)
    low, high = (float(k) if np.isfinite(k := bdtrik(p, n, q)) else 0.0 for p in (0.025, 0.975))
    return max(np.floor(low), 1.0) / n, min(np.ceil(high) + 1.0, n) / n


def _shares(times: NDArray[np.float64], within: NDArray[np.float64], pace_sd: float) -> NDArray[np.float64]:
    """Return P(F x T <= t), shape (t, T)."""
    if pace_sd == 0:
        return (times[None, :] <= within[:, None]).astype(np.float64)
    from scipy.special import ndtr

    with np.errstate(divide="ignore"):
        z = (np.log(within)[:, None] - np.log(np.maximum(times, LEAST_H))[None, :]) / pace_sd
    return np.asarray(ndtr(z), dtype=np.float64)
