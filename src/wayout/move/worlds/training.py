"""Learn the gateways from exact worlds: barriers opened one after another in random orders, the fastest ways traced in each world."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayout.move.worlds.gateways import GatewayBuilder
from wayout.move.worlds.problem import Problem
from wayout.move.worlds.wave_field import Entry, WaveField


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingOptions:
    """
    How long to learn.

    Attributes
    ----------
    seed
        Seed of the orders in which barriers are opened.
    most_orders
        Most orders to run; each is one world more than there are barriers, at the price of some three solves.
    enough
        Stop when this share of the (world, goal) pairs of the last orders was answered by gateways known before.
    looked_at
        ... where the last orders are this many.
    """

    seed: int = 1
    most_orders: int = 60
    enough: float = 0.998
    looked_at: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """What was learned from: worlds solved exactly, and the share of pairs of the last orders that was known before."""

    n_worlds: int
    n_orders: int
    p_known: float


def train(problem: Problem, builder: GatewayBuilder, options: TrainingOptions) -> Training:
    """
    Open barriers in random orders until the fastest ways show no new gateways.

    Every world of an order has each barrier open or closed with even chances over all orders and places in them, whatever the
    barriers' probabilities are: what is learned serves for any of them.

    Parameters
    ----------
    problem
        The question.
    builder
        Takes the gateways.
    options
        When to stop.

    Returns
    -------
    training
        What it was learned from.
    """
    waves = WaveField(problem)
    barriers = builder.order
    rng = np.random.default_rng([options.seed, 20_061])
    shares: list[float] = []
    n_worlds = 0
    for _ in range(options.most_orders):
        order = barriers[rng.permutation(barriers.size)]
        known, pairs, worlds = run_order(problem, builder, waves, order)
        shares.append(known / pairs if pairs else 1.0)
        n_worlds += worlds
        last = shares[-options.looked_at :]
        if barriers.size == 0 or (len(last) == options.looked_at and float(np.mean(last)) >= options.enough):
            break
    return Training(n_worlds=n_worlds, n_orders=len(shares), p_known=float(np.mean(shares[-options.looked_at :])))


def run_order(
    problem: Problem, builder: GatewayBuilder, waves: WaveField, order: NDArray[np.intp]
) -> tuple[int, int, int]:
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
    known, pairs, worlds
        Pairs (world, reached goal) whose fastest way went over gateways known before this order; all such pairs; worlds.
    """
    waves.close_all()
    found: set[Entry] = set()
    opened: set[int] = set()
    arrivals = np.full(len(problem.goals), np.inf)
    is_known = np.zeros(len(problem.goals), dtype=bool)
    known = pairs = 0
    for barrier in (None, *order):
        if barrier is not None:
            opened.add(int(barrier))
            atoms = [a for a, m in enumerate(problem.atoms.members) if barrier in m and opened.issuperset(m)]
            gained = waves.open(atoms)
        else:
            gained = True
        now = problem.arrivals(waves.time) if gained else arrivals
        for k in np.flatnonzero(now < arrivals):
            entries = [e for end in problem.goals[k].last_cells(waves.time) for e in waves.entries(int(end))]
            is_known[k] = builder.knows(entries)
            found.update(entries)
        arrivals = now
        known += int((is_known & np.isfinite(arrivals)).sum())
        pairs += int(np.isfinite(arrivals).sum())
    builder.add(found)
    return known, pairs, order.size + 1
