"""
The barrier ensemble: what is reached when, over all combinations of open and closed barriers or draws of them.

The face of ``move/worlds``. Three methods: every combination solved exactly ("all"), each draw solved exactly ("draws", the truth
mode), or draws answered on a graph that exact solves have taught ("gateways"); see docs/methods/ensemble.md.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wayout.model import Barrier, EnsembleCheck
from wayout.move.ground.barrier_cells import PlacedBarrier
from wayout.move.worlds.fresh import Fresh, Within
from wayout.move.worlds.groups import Group, States, choose_states, draw_states, group_barriers, make_groups
from wayout.move.worlds.hold_out import check_and_learn
from wayout.move.worlds.intervals import weighted_quantiles, wilson_interval
from wayout.move.worlds.options import EnsembleOptions, Method
from wayout.move.worlds.problem import Goal, Terrain, pose
from wayout.move.worlds.trained import Answer, Trained
from wayout.move.worlds.training import TrainingOptions
from wayout.move.worlds.truth import solve_worlds

__all__ = [
    "Answer",
    "Ensemble",
    "EnsembleOptions",
    "Fresh",
    "Goal",
    "Group",
    "Outcome",
    "States",
    "Terrain",
    "Trained",
    "TrainingOptions",
    "choose_method",
    "choose_states",
    "make_groups",
    "run_ensemble",
    "weighted_quantiles",
    "wilson_interval",
]

ALL_WORK = 200e6
"""Cells to settle up to which all combinations are always solved: no sampling error is worth ten seconds."""
DRAWS_WORK = 200e6
"""... and up to which draws are solved one by one: the graph would save nothing that is felt."""
TRAINING_SOLVES = (150, 6)
"""What training a graph costs, in solves: so many, and so many more a barrier (measured in bench/move_ensemble.py)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outcome:
    """
    Arrival times (hours of movement), shape (states, targets), and P(cell reached in time).

    ``check`` says by what method, and how well it did. ``fresh`` are the fresh draws of the graph's check, ``None`` for the exact methods;
    P(cell reached in time) then rests on those draws alone.
    """

    states: States
    arrivals: NDArray[np.float64]
    p_cell: NDArray[np.float64]
    check: EnsembleCheck = field(default_factory=lambda: EnsembleCheck(method="all"))
    fresh: Fresh | None = None

    def p_within(self, column: int, limit_h: float) -> tuple[float, float, float]:
        """
        Compute P(target reached within a time), corrected by the fresh draws, and its 95 % sampling interval.

        Parameters
        ----------
        column
            The target.
        limit_h
            Hours of movement.

        Returns
        -------
        p, low, high
            All the same where every combination was solved.
        """
        return self.p_of(column, lambda hours: (hours <= limit_h).astype(np.float64))

    def p_of(self, column: int, within: Within) -> tuple[float, float, float]:
        """
        Compute the probability of anything that depends on the arrival alone (e.g. with a doubt about the pace).

        Parameters
        ----------
        column
            The target.
        within
            From hours of movement to what counts in each draw, 0 to 1, falling with the hours.

        Returns
        -------
        p, low, high
            As :meth:`p_within`.
        """
        if self.fresh is not None:
            return self.fresh.correct(column, self.arrivals[:, column], within)
        p = float(np.clip((self.states.weights * within(self.arrivals[:, column])).sum(), 0.0, 1.0))
        return (p, p, p) if self.states.n_draws is None else (p, *wilson_interval(p, self.states.n_draws))


class Ensemble:
    """
    Ground, goals and what may close a way, to be asked with one set of probabilities after the other.

    No world is solved twice, and a graph is taught once: what was solved stays (within a bound of memory), because only which
    worlds are drawn, and how much they weigh, depends on the probabilities. A graph that falls short on fresh draws learns from
    them, so that later answers may rest on a better one.

    Parameters
    ----------
    terrain
        The ground.
    closing
        The cells that each barrier closes, masks of the grid's shape.
    goals
        What is to be reached.
    horizon_h
        Hours of movement the party has, for P(cell reached in time).
    options
        Choices.

    Raises
    ------
    InputError
        If no cell is a start.
    """

    def __init__(
        self,
        terrain: Terrain,
        closing: Sequence[NDArray[np.bool_]],
        goals: Sequence[Goal],
        horizon_h: float,
        options: EnsembleOptions,
    ) -> None:
        self.problem = pose(terrain, closing, goals)
        self.horizon_h = horizon_h
        self.options = options
        # A share of a goal is reached over many gateways at once: on the graph that is an upper bound only.
        self._on_graph = bool(goals) and all(goal.share == 0 for goal in goals)

    @cached_property
    def trained(self) -> Trained:
        """The graph, taught when it is first asked for."""
        return Trained(self.problem, self.options.training, self.options.n_threads)

    def ask(self, barriers: Sequence[Barrier]) -> Outcome:
        """
        Answer when each goal is reached, by the method that is cheapest for what it gives.

        Parameters
        ----------
        barriers
            In the order of ``closing``: their groups and probabilities count.

        Returns
        -------
        outcome
            Arrivals, P(cell reached in time), and the check.
        """
        options = self.options
        groups = group_barriers([b.group for b in barriers], [b.p_closed for b in barriers], self.problem.within)
        n_states = math.prod(g.weights.size for g in groups)
        method = options.method or choose_method(
            n_states, self.problem.field.size, len(barriers), options, on_graph=self._on_graph
        )
        if method == "gateways":
            return self._by_gateways(groups)
        most = n_states if method == "all" or n_states == 1 else min(options.max_states, n_states - 1)
        return self.solve(choose_states(groups, most, options.n_draws, options.seed))

    def solve(self, states: States) -> Outcome:
        """Solve every combination exactly and note when each goal is reached: the truth mode."""
        closed = states.closed_flags(len(self.problem.closing))
        arrivals, p_cell = solve_worlds(self.problem, closed, states.weights, self.horizon_h, self.options.n_threads)
        return Outcome(
            states=states,
            arrivals=arrivals,
            p_cell=np.zeros(self.problem.field.shape) if p_cell is None else p_cell,
            check=EnsembleCheck(method="all" if states.n_draws is None else "draws"),
        )

    def _by_gateways(self, groups: tuple[Group, ...]) -> Outcome:
        trained, options, horizon_h = self.trained, self.options, self.horizon_h
        fresh, n_missed = check_and_learn(trained, groups, horizon_h, options)
        states = draw_states(groups, options.n_graph_draws, options.seed)
        arrivals, missed = trained.arrivals(states.closed_flags(len(self.problem.closing)))
        corrections = [
            fresh.correct(k, arrivals[:, k], lambda hours: (hours <= horizon_h).astype(np.float64))[0]
            - float((arrivals[:, k] <= horizon_h).mean())
            for k in range(len(self.problem.goals))
        ]
        check = EnsembleCheck(
            method="gateways",
            n_training=trained.n_training,
            n_fresh=fresh.n,
            p_exact=fresh.p_exact,
            max_excess=fresh.max_excess,
            max_correction=float(np.clip(max(corrections, default=0.0), 0.0, 1.0)),
            n_missed=missed + n_missed,
        )
        return Outcome(
            states=states,
            arrivals=arrivals,
            p_cell=np.zeros(self.problem.field.shape) if fresh.p_cell is None else fresh.p_cell,
            check=check,
            fresh=fresh,
        )


def run_ensemble(
    terrain: Terrain,
    placed: Sequence[PlacedBarrier],
    goals: Sequence[Goal],
    horizon_h: float,
    options: EnsembleOptions,
) -> Outcome:
    """
    Answer once when each goal is reached; :class:`Ensemble` for more than one set of probabilities.

    Parameters
    ----------
    terrain
        The ground, on the same grid as the barriers.
    placed
        Placed barriers.
    goals
        What is to be reached.
    horizon_h
        Hours of movement the party has.
    options
        Choices.

    Returns
    -------
    outcome
        Arrivals, P(cell reached in time), and the check.
    """
    ensemble = Ensemble(terrain, [p.cells for p in placed], goals, horizon_h, options)
    return ensemble.ask([p.barrier for p in placed])


def choose_method(
    n_states: int, size: int, n_barriers: int, options: EnsembleOptions, *, on_graph: bool = True
) -> Method:
    """
    Choose how to answer, by the number of cells each method settles.

    Parameters
    ----------
    n_states
        Combinations of the groups' states.
    size
        Cells and road nodes.
    n_barriers
        Placed barriers.
    options
        Draws, fresh draws and most combinations.
    on_graph
        Whether the goals are such that the graph serves them: there are some, and any one cell of each is enough.

    Returns
    -------
    method
        All combinations where they are few and cheap, or cheaper than the others; the graph where draws are dear and it is cheaper;
        else draws.
    """
    fixed, a_barrier = TRAINING_SOLVES
    by_graph = fixed + a_barrier * n_barriers + options.n_fresh
    if n_states <= options.max_states and (n_states * size <= ALL_WORK or n_states <= by_graph):
        return "all"
    solves = min(n_states, options.n_draws)
    return "gateways" if on_graph and solves > by_graph and solves * size > DRAWS_WORK else "draws"
