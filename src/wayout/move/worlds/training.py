"""Learn the gateways from exact worlds: first barriers opened one after another, then the worlds the graph is least sure of."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayout.move.worlds.barrier_bits import pack
from wayout.move.worlds.gateways import GatewayBuilder, GatewayGraph
from wayout.move.worlds.problem import Problem
from wayout.move.worlds.wave_field import Entry, WaveField, trace_entries

OPEN_SHARES = (0.15, 0.85)
"""Worlds to learn from have this share of their barriers open, from draw to draw another: no probability is foreign to the graph."""
MOST_STEPS = 16
"""Steps of a way that are looked at, from the goal back."""
BASE = 1 << 20
"""More than there are gateways and goals: three of them make one number."""
SAME = 1e-9
"""Relative difference of two sums of the same hours."""

Missed = Callable[[NDArray[np.bool_], NDArray[np.float64]], NDArray[np.bool_]]
"""From worlds and the graph's arrivals to where a goal can be reached and the graph knows no way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingOptions:
    """
    How long to learn.

    Attributes
    ----------
    seed
        Seed of the orders and of the worlds looked at.
    n_orders
        Random orders in which all barriers are opened one after another; each gives one world more than there are barriers, at
        the price of some three solves.
    n_looked_at
        Worlds looked at on the graph in each round of the second part.
    n_solved
        ... of which so many are solved: those whose ways hold most that no exact solve has confirmed yet.
    enough
        Stop when this share of the (world, goal) pairs looked at holds nothing unconfirmed.
    most_rounds
        Rounds at most.
    """

    seed: int = 1
    n_orders: int = 5
    n_looked_at: int = 1024
    n_solved: int = 8
    enough: float = 0.99
    most_rounds: int = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """What was learned from: worlds solved exactly, and the share of pairs last looked at that held nothing unconfirmed."""

    n_worlds: int
    p_confirmed: float


def train(
    problem: Problem, builder: GatewayBuilder, options: TrainingOptions, missed: Missed | None = None
) -> Training:
    """
    Learn until the ways that the graph takes have been confirmed by exact solves.

    Parameters
    ----------
    problem
        The question.
    builder
        Takes the gateways.
    options
        When to stop.
    missed
        Tells where the graph misses a way that there is (:class:`wayout.move.worlds.component_graph.ComponentGraph` knows).

    Returns
    -------
    training
        What it was learned from.
    """
    rng = np.random.default_rng([options.seed, 20_061])
    n_worlds = 0
    if builder.order.size == 0 or not problem.goals:
        return Training(n_worlds=0, p_confirmed=1.0)
    waves = WaveField(problem)
    for _ in range(options.n_orders):
        n_worlds += run_order(problem, builder, waves, builder.order[rng.permutation(builder.order.size)])
    del waves  # its memory is not needed below
    ways = ConfirmedWays(problem, builder)
    share = 1.0
    for _ in range(options.most_rounds):
        graph = builder.build()
        worlds = _worlds(problem, builder, options.n_looked_at, rng)
        doubts = ways.unconfirmed(graph, worlds, missed)
        share = 1.0 - float(doubts.pairs.mean())
        if share >= options.enough:
            break
        chosen = worlds[doubts.most_telling(options.n_solved)]
        truth = learn(problem, builder, chosen)
        n_worlds += len(chosen)
        ways.confirm(builder.build(), chosen, truth)
    return Training(n_worlds=n_worlds, p_confirmed=share)


def learn(problem: Problem, builder: GatewayBuilder, closed: NDArray[np.bool_]) -> NDArray[np.float64]:
    """
    Solve some worlds exactly and take in what their fastest ways need.

    Parameters
    ----------
    problem
        The question.
    builder
        Takes the gateways; worlds are solved on as many threads as its own.
    closed
        Whether each barrier is closed, shape (worlds, barriers).

    Returns
    -------
    arrivals
        The exact hours, shape (worlds, goals).
    """

    def one(world: NDArray[np.bool_]) -> tuple[NDArray[np.float64], list[Entry]]:
        cost = problem.cost(world)
        time = problem.solve(cost)
        ends = [int(end) for goal in problem.goals for end in goal.last_cells(time)]
        return problem.arrivals(time), [e for end in ends for e in trace_entries(problem, cost, time, end)]

    arrivals = np.empty((len(closed), len(problem.goals)))
    with ThreadPoolExecutor(max(builder.n_threads, 1)) as threads:
        for row, (hours, entries) in enumerate(threads.map(one, closed)):
            arrivals[row] = hours
            builder.add(entries)
    return arrivals


def _worlds(problem: Problem, builder: GatewayBuilder, n: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    closed = np.zeros((n, len(problem.closing)), dtype=bool)
    p_open = rng.uniform(*OPEN_SHARES, (n, 1))
    closed[:, builder.order] = rng.random((n, builder.order.size)) >= p_open
    return closed


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Doubts:
    """What in some worlds is unconfirmed: which (world, goal) ``pairs``, and ``holds`` (worlds, things) with how often each occurs."""

    pairs: NDArray[np.bool_]
    holds: NDArray[np.bool_]

    def most_telling(self, n: int) -> NDArray[np.intp]:
        """Choose worlds that together hold most of what is unconfirmed, the commonest first."""
        often = self.holds.sum(axis=0).astype(np.float64)
        chosen = []
        for _ in range(n):
            weight = self.holds @ often
            best = int(np.argmax(weight))
            if weight[best] <= 0:
                break
            chosen.append(best)
            often[self.holds[best]] = 0.0
        return np.array(chosen, dtype=np.intp)


class ConfirmedWays:
    """Three steps in a row of the graph's ways that an exact solve has shown to be part of a fastest way."""

    def __init__(self, problem: Problem, builder: GatewayBuilder) -> None:
        self.problem = problem
        self.builder = builder
        self._confirmed: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self._names: dict[Entry, int] = {}

    def marks(self, graph: GatewayGraph, closed: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return the marks of each goal's best way on the graph, shape (worlds, goals, steps), -1 where there are no more."""
        from wayout.move.worlds.way_marks import mark_ways

        entries = zip(graph.cells.tolist(), graph.needs.tolist(), strict=True)
        names = np.array(
            [self._names.setdefault((c, tuple(n)), len(self._names) + 1) for c, n in entries], dtype=np.int64
        )
        marks = np.empty((len(closed), len(self.problem.goals), MOST_STEPS), dtype=np.int64)
        mark_ways(pack(closed), *graph.arrays, names, BASE, marks)
        return marks

    def unconfirmed(self, graph: GatewayGraph, closed: NDArray[np.bool_], missed: Missed | None) -> Doubts:
        """Find what in the graph's ways through some worlds no exact solve has confirmed, and ways it misses altogether."""
        marks = self.marks(graph, closed)
        new = (marks >= 0) & ~np.isin(marks, self._confirmed)
        things, which = np.unique(marks[new], return_inverse=True)
        holds = np.zeros((len(closed), things.size), dtype=bool)
        holds[np.nonzero(new)[0], which] = True
        pairs: NDArray[np.bool_] = np.asarray(new.any(axis=2))
        if missed is not None:
            no_way = missed(closed, graph.arrivals(closed))
            pairs, holds = pairs | no_way, np.concatenate([holds, no_way], axis=1)
        return Doubts(pairs=pairs, holds=holds)

    def confirm(self, graph: GatewayGraph, closed: NDArray[np.bool_], truth: NDArray[np.float64]) -> None:
        """Take the graph's ways as confirmed where their hours are the exact ones."""
        found = graph.arrivals(closed)
        right = np.isfinite(truth) & (found <= truth * (1 + SAME))
        marks = self.marks(graph, closed)[right]
        self._confirmed = np.union1d(self._confirmed, marks[marks >= 0])


def run_order(problem: Problem, builder: GatewayBuilder, waves: WaveField, order: NDArray[np.intp]) -> int:
    """
    Open barriers in one order and take in what the fastest ways need.

    Parameters
    ----------
    problem
        The question.
    builder
        Takes the gateways.
    waves
        The field that follows.
    order
        Barriers, the first to open first.

    Returns
    -------
    n_worlds
        Worlds solved.
    """
    opened: set[int] = set()
    arrivals = np.full(len(problem.goals), np.inf)
    for barrier in (None, *order):
        if barrier is None:
            waves.close_all()
        else:
            opened.add(int(barrier))
            atoms = [a for a, m in enumerate(problem.atoms.members) if barrier in m and opened.issuperset(m)]
            if not waves.open(atoms):
                continue
        now = problem.arrivals(waves.time)
        for k in np.flatnonzero(now < arrivals):
            for end in problem.goals[k].last_cells(waves.time):
                builder.add(waves.entries(int(end)))
        arrivals = now
    return int(order.size) + 1
