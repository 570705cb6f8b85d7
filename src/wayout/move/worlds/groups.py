"""Barriers that stand or fall together, and the combinations of their states: all of them, or seeded draws."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayout.errors import InputError
from wayout.move.ground.barrier_cells import PlacedBarrier


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Group:
    """
    Barriers that stand or fall together: one uniform number U decides all; a member is closed where U < p_closed.

    ``members`` are indices into the placed barriers by rising probability, ``levels`` the distinct probabilities. State j
    (0 .. len(levels)) has every member closed whose probability is above the j lowest levels: state 0 closes all, the
    last opens all. ``weights`` are the states' probabilities.
    """

    name: str
    levels: tuple[float, ...]
    members: tuple[tuple[int, ...], ...]
    weights: NDArray[np.float64]

    def closed(self, state: int) -> tuple[int, ...]:
        """Return the members closed in a state."""
        return tuple(i for level in self.members[state:] for i in level)

    def level_of(self, member: int) -> int:
        """Return the first state in which a member is open, minus one: its level."""
        return next(j for j, level in enumerate(self.members) if member in level)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class States:
    """
    The combinations to solve: ``choices`` (n, groups) holds each group's state, ``weights`` (n,) sum to one.

    ``n_draws`` is ``None`` when all combinations are there with their probabilities: then there is no sampling error.
    """

    groups: tuple[Group, ...]
    choices: NDArray[np.int64]
    weights: NDArray[np.float64]
    n_draws: int | None

    def closed(self, row: int) -> tuple[int, ...]:
        """Return the placed barriers closed in one combination."""
        return tuple(
            sorted(i for g, state in zip(self.groups, self.choices[row], strict=True) for i in g.closed(state))
        )

    def p_rows(self) -> NDArray[np.float64]:
        """Return the probability of each combination itself, whatever number of draws it stands for: the likeliest has most."""
        p = np.ones(len(self.choices))
        for column, g in enumerate(self.groups):
            p *= g.weights[self.choices[:, column]]
        return p

    def closed_flags(self, n_barriers: int) -> NDArray[np.bool_]:
        """Return whether each placed barrier is closed, shape (n, n_barriers); those of no group never are."""
        flags = np.zeros((len(self.choices), n_barriers), dtype=bool)
        for column, g in enumerate(self.groups):
            for level, members in enumerate(g.members):
                flags[:, members] = (self.choices[:, column] <= level)[:, None]
        return flags


def make_groups(placed: Sequence[PlacedBarrier], among: NDArray[np.bool_]) -> tuple[Group, ...]:
    """
    Gather the barriers that close some of the given cells into their groups.

    Parameters
    ----------
    placed
        Placed barriers.
    among
        Cells that matter (passable ground of the domain).

    Returns
    -------
    groups
        Sorted by name.
    """
    within = [i for i, p in enumerate(placed) if (p.cells & among).any()]
    return group_barriers([p.barrier.group for p in placed], [p.barrier.p_closed for p in placed], within)


def group_barriers(names: Sequence[str], p_closed: Sequence[float], within: Sequence[int]) -> tuple[Group, ...]:
    """
    Gather barriers into groups by name.

    Parameters
    ----------
    names
        The group of each barrier.
    p_closed
        The probability that each is closed.
    within
        The barriers to take, ascending.

    Returns
    -------
    groups
        Sorted by name.

    Raises
    ------
    InputError
        If a probability is not within 0 to 1, or there are not as many as names.
    """
    if len(names) != len(p_closed):
        raise InputError(f"there are {len(names)} barriers and {len(p_closed)} probabilities; give one a barrier")
    by_name: dict[str, dict[float, list[int]]] = {}
    for i in within:
        if not 0 <= p_closed[i] <= 1:
            raise InputError(f"barrier {i} is closed with probability {p_closed[i]}; give 0 to 1")
        by_name.setdefault(names[i], {}).setdefault(float(p_closed[i]), []).append(i)
    groups = []
    for name in sorted(by_name):
        levels = tuple(sorted(by_name[name]))
        groups.append(
            Group(
                name=name,
                levels=levels,
                members=tuple(tuple(by_name[name][level]) for level in levels),
                weights=np.diff([0.0, *levels, 1.0]),
            )
        )
    return tuple(groups)


def choose_states(groups: tuple[Group, ...], max_states: int, n_draws: int, seed: int) -> States:
    """
    List all combinations of the groups' states, or draw some where they are too many.

    Parameters
    ----------
    groups
        The groups.
    max_states
        Most combinations to list; above it ``n_draws`` draws are made (equal draws are solved once).
    n_draws
        Number of draws.
    seed
        Seed of the draws. Each group has its own stream, named by the group, so that adding a group does not change the
        draws of the others.

    Returns
    -------
    states
        Combinations and weights.
    """
    sizes = [g.weights.size for g in groups]
    if math.prod(sizes) <= max_states:
        every = list(itertools.product(*(range(size) for size in sizes)))
        choices = np.array(every, dtype=np.int64).reshape(len(every), len(sizes))
        weights = np.ones(len(choices))
        for column, g in enumerate(groups):
            weights *= g.weights[choices[:, column]]
        return States(groups=groups, choices=choices, weights=weights, n_draws=None)
    choices, counts = np.unique(_drawn(groups, n_draws, seed), axis=0, return_counts=True)
    return States(groups=groups, choices=choices, weights=counts / n_draws, n_draws=n_draws)


def draw_states(groups: tuple[Group, ...], n_draws: int, seed: int) -> States:
    """
    Draw combinations, each with the same weight, equal ones kept apart; the draws of :func:`choose_states` with this seed.

    The uniform numbers do not depend on the probabilities: a barrier made likelier is closed in the same draws and some more.

    Parameters
    ----------
    groups
        The groups.
    n_draws
        Number of draws.
    seed
        Seed of the draws.

    Returns
    -------
    states
        In the order drawn.
    """
    weights = np.full(n_draws, 1.0 / n_draws)
    return States(groups=groups, choices=_drawn(groups, n_draws, seed), weights=weights, n_draws=n_draws)


def _drawn(groups: tuple[Group, ...], n_draws: int, seed: int) -> NDArray[np.int64]:
    drawn = np.empty((n_draws, len(groups)), dtype=np.int64)
    for column, g in enumerate(groups):
        stream = np.random.default_rng([seed, *g.name.encode()])
        drawn[:, column] = np.searchsorted(g.levels, stream.random(n_draws), side="right")
    return drawn
