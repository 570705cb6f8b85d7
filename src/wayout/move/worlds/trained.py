"""A trained ensemble: ground learned once, then any probabilities answered in milliseconds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayout.move.worlds.component_graph import (
    ComponentGraph,
    GoalParts,
    build_component_graph,
    goal_parts,
    reach_in_draws,
)
from wayout.move.worlds.draw_bits import pack_bits, unpack_bits
from wayout.move.worlds.gateways import GatewayBuilder, GatewayGraph
from wayout.move.worlds.groups import States, draw_states, group_barriers
from wayout.move.worlds.problem import Problem
from wayout.move.worlds.training import Training, TrainingOptions, learn, train
from wayout.move.worlds.truth import solve_worlds

PROBED = (0.15, 0.35, 0.5, 0.65, 0.85)
"""Shares of open barriers at which the graph is asked for ways it does not know."""
N_PROBED = 2048
AT_ONCE = 8
"""Worlds solved before the graph is joined anew."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answer:
    """Draws and the hours until each goal is reached in them; ``n_missed`` draws the graph knew no way in, solved in full."""

    states: States
    arrivals: NDArray[np.float64]
    n_missed: int


class Trained:
    """
    A gateway graph with what it takes to ask it again.

    Nothing in it depends on the barriers' probabilities. Made by :func:`train_ensemble`.

    Parameters
    ----------
    problem
        The question.
    options
        How long to learn.
    n_threads
        Solves at a time; answers do not depend on it.
    """

    def __init__(self, problem: Problem, options: TrainingOptions, n_threads: int = 1) -> None:
        self.problem = problem
        self.n_threads = n_threads
        self.n_absorbed = 0
        self._builder = GatewayBuilder(problem, n_threads)
        self._components: ComponentGraph = build_component_graph(
            problem.field, problem.atoms, len(problem.closing), problem.starts
        )
        self._parts: GoalParts = goal_parts(self._components, [(g.cells, g.rank + 1) for g in problem.goals])
        self.training: Training = train(problem, self._builder, options, self._missed)
        self.graph: GatewayGraph = self._builder.build()
        self._probe(options.seed)

    @property
    def n_training(self) -> int:
        """Worlds solved exactly to learn from."""
        return self.training.n_worlds + self.n_absorbed

    def answer(self, names: Sequence[str], p_closed: Sequence[float], n_draws: int, seed: int) -> Answer:
        """
        Draw worlds with any probabilities and answer them on the graph.

        Parameters
        ----------
        names
            The group of each barrier, in the order of the placed barriers.
        p_closed
            The probability that each is closed.
        n_draws
            Number of draws.
        seed
            Seed of the draws; the same seed closes a likelier barrier in the same draws and some more.

        Returns
        -------
        answer
            Draws and arrivals.
        """
        states = draw_states(group_barriers(names, p_closed, self.problem.within), n_draws, seed)
        arrivals, n_missed = self.arrivals(states.closed_flags(len(names)))
        return Answer(states=states, arrivals=arrivals, n_missed=n_missed)

    def arrivals(self, closed: NDArray[np.bool_]) -> tuple[NDArray[np.float64], int]:
        """
        Compute when each goal is reached in each world, by a full solve where the graph misses a way that there is.

        Parameters
        ----------
        closed
            Whether each barrier is closed, shape (worlds, barriers).

        Returns
        -------
        arrivals, n_missed
            Hours of movement, shape (worlds, goals), ``inf`` where there is no way; worlds that were solved in full.
        """
        arrivals = self.graph.arrivals(closed, self.n_threads)
        rows = np.flatnonzero(self._missed(closed, arrivals).any(axis=1))
        if rows.size:
            worlds, which = np.unique(closed[rows], axis=0, return_inverse=True)
            exact, _ = solve_worlds(self.problem, worlds, np.zeros(len(worlds)), None, self.n_threads)
            arrivals[rows] = exact[which.ravel()]
        return arrivals, int(rows.size)

    def learn(self, closed: NDArray[np.bool_]) -> None:
        """Solve some worlds exactly and take in what their fastest ways need."""
        learn(self.problem, self._builder, closed)
        self.n_absorbed += len(closed)
        self.graph = self._builder.build()

    def _missed(self, closed: NDArray[np.bool_], arrivals: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Tell where a goal can be reached (exactly, by the component graph) and the graph knows no way."""
        reach = reach_in_draws(self._components, self._parts, pack_bits(~closed))
        return np.asarray(unpack_bits(reach, len(closed)) & np.isinf(arrivals))

    def _probe(self, seed: int) -> None:
        """
        Ask for worlds at several shares of open barriers, and learn from those in which a way is missed, until none is.

        A share of a goal that only several gateways reach together is no way of the graph: such worlds are left to full solves.
        """
        n = len(self.problem.closing)
        for k, p_open in enumerate(PROBED):
            rng = np.random.default_rng([seed, 40_993, k])
            numbers = rng.random((N_PROBED, n))
            closed = np.empty((N_PROBED, n), dtype=bool)
            closed[:, self._builder.order] = numbers[:, : self._builder.order.size] >= p_open
            closed[:, [b for b in range(n) if b not in set(self._builder.order.tolist())]] = False
            while True:
                missed = self._missed(closed, self.graph.arrivals(closed)).any(axis=1)
                if not missed.any():
                    break
                worlds = np.unique(closed[missed], axis=0)
                self.learn(worlds[:AT_ONCE])
                if self._missed(worlds[:AT_ONCE], self.graph.arrivals(worlds[:AT_ONCE])).any():
                    break
                closed = worlds[AT_ONCE:]
