"""The hold-out: fresh draws solved exactly, which say how good the graph is and correct its probabilities."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayout.move.worlds.intervals import wilson_interval
from wayout.move.worlds.problem import Problem
from wayout.move.worlds.truth import solve_worlds

SAME = 1e-5
"""Two arrivals this near, relatively, are one."""

Within = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""From arrivals (hours of movement) to the share of each draw that counts: 0 or 1, or in between where the pace is doubted."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fresh:
    """
    Draws that the graph was not learned from, shape (draws, goals): ``exact`` by a full solve each, ``graph`` by the graph.

    ``p_cell`` is the share of these draws in which each cell is reached in time, shape of the grid.
    """

    exact: NDArray[np.float64]
    graph: NDArray[np.float64]
    p_cell: NDArray[np.float64] | None = None

    @property
    def n(self) -> int:
        """Number of draws."""
        return len(self.exact)

    @property
    def excess(self) -> NDArray[np.float64]:
        """Relative excess of the graph's times; 0 where neither arrives, ``inf`` where only the full solve does."""
        both = np.isinf(self.exact) & np.isinf(self.graph)
        scale = np.where(both | ~(self.exact > 0), 1.0, self.exact)
        with np.errstate(invalid="ignore"):
            return np.where(both, 0.0, (self.graph - self.exact) / scale)

    @property
    def p_exact(self) -> float:
        """Share of (draw, goal) pairs that agree to 1e-5."""
        return float((np.abs(self.excess) <= SAME).mean()) if self.exact.size else 1.0

    @property
    def max_excess(self) -> float:
        """Largest relative excess among pairs that arrive both ways."""
        excess = self.excess
        return float(max(excess[np.isfinite(excess)].max(initial=0.0), 0.0))

    def correct(self, column: int, graph: NDArray[np.float64], within: Within) -> tuple[float, float, float]:
        """
        Correct a probability by the mean difference on the fresh draws (a control variate) and give its 95 % interval.

        Parameters
        ----------
        column
            The goal.
        graph
            Arrivals of all draws by the graph, shape (draws,).
        within
            What counts, e.g. ``lambda hours: (hours <= limit).astype(float)``.

        Returns
        -------
        p, low, high
            The corrected probability; the ends hold both the draws' sampling error and that of the correction.

        References
        ----------
        Newcombe (1998), https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I (method 10: squared
        distances to the ends of two score intervals add)
        Hammersley and Handscomb (1964), Monte Carlo Methods, section 5.5 (control variates)
        """
        p_graph = float(within(graph).mean())
        if self.n == 0:
            return p_graph, *wilson_interval(p_graph, graph.size)
        # The graph is never faster than the truth, so what it misses is itself a proportion, and never negative.
        missed = float(np.clip(within(self.exact[:, column]) - within(self.graph[:, column]), 0.0, 1.0).mean())
        g_low, g_high = wilson_interval(p_graph, graph.size)
        m_low, m_high = wilson_interval(missed, self.n)
        p = min(p_graph + missed, 1.0)
        low = p - float(np.hypot(p_graph - g_low, missed - m_low))
        high = p + float(np.hypot(g_high - p_graph, m_high - missed))
        return p, min(max(low, 0.0), p), min(max(high, p), 1.0)


def check_on_fresh(
    problem: Problem,
    closed: NDArray[np.bool_],
    answer: Callable[[NDArray[np.bool_]], NDArray[np.float64]],
    horizon_h: float | None = None,
    n_threads: int = 1,
) -> Fresh:
    """
    Solve some draws exactly and put the graph's answers beside them.

    Parameters
    ----------
    problem
        The question.
    closed
        Draws, shape (draws, barriers).
    answer
        The graph's arrivals of draws.
    horizon_h
        Hours of movement for P(cell reached in time); ``None`` to leave it out.
    n_threads
        Solves at a time.

    Returns
    -------
    fresh
        Exact and graph arrivals.
    """
    weights = np.full(len(closed), 1.0 / max(len(closed), 1))
    exact, p_cell = solve_worlds(problem, closed, weights, horizon_h, n_threads)
    return Fresh(exact=exact, graph=answer(closed), p_cell=p_cell)
