"""The barrier ensemble: every combination of open and closed groups (or draws of them), each solved once."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayout.move.ground.barrier_cells import PlacedBarrier
from wayout.move.travel_time import Field, Neighbours, solve

Z95 = 1.959963984540054
"""Two-sided 95 % point of the normal distribution."""


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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outcome:
    """Arrival times (hours of movement), shape (states, targets), and P(cell reached in time)."""

    states: States
    arrivals: NDArray[np.float64]
    p_cell: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Goal:
    """Cells to be reached; ``share`` of them must be (0: any one)."""

    cells: NDArray[np.bool_]
    share: float = 0.0


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
    by_name: dict[str, dict[float, list[int]]] = {}
    for i, p in enumerate(placed):
        if (p.cells & among).any():
            by_name.setdefault(p.barrier.group, {}).setdefault(p.barrier.p_closed, []).append(i)
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
    if float(np.prod([float(s) for s in sizes])) <= max_states:
        every = list(itertools.product(*(range(size) for size in sizes)))
        choices = np.array(every, dtype=np.int64).reshape(len(every), len(sizes))
        weights = np.ones(len(choices))
        for column, g in enumerate(groups):
            weights *= g.weights[choices[:, column]]
        return States(groups=groups, choices=choices, weights=weights, n_draws=None)
    drawn = np.empty((n_draws, len(groups)), dtype=np.int64)
    for column, g in enumerate(groups):
        stream = np.random.default_rng([seed, *g.name.encode()])
        drawn[:, column] = np.searchsorted(g.levels, stream.random(n_draws), side="right")
    choices, counts = np.unique(drawn, axis=0, return_counts=True)
    return States(groups=groups, choices=choices, weights=counts / n_draws, n_draws=n_draws)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Terrain:
    """Prepared ground with all barriers open, where the party starts, and the moves it may make."""

    field: Field
    start: NDArray[np.bool_]
    neighbours: Neighbours = 16


def run_states(
    terrain: Terrain,
    placed: Sequence[PlacedBarrier],
    states: States,
    goals: Sequence[Goal],
    horizon_h: float,
) -> Outcome:
    """
    Solve every combination exactly and note when each goal is reached.

    Parameters
    ----------
    terrain
        The ground, on the same grid as the barriers.
    placed
        Placed barriers.
    states
        Combinations to solve.
    goals
        What is to be reached.
    horizon_h
        Hours of movement the party has, for P(cell reached in time).

    Returns
    -------
    outcome
        Arrival times, ``inf`` where a goal is not reached.
    """
    field = terrain.field
    starts = field.padded(terrain.start)
    closing = [field.padded(p.cells) for p in placed]
    passable = np.isfinite(field.cost)
    wanted = [_wanted(field, goal, passable) for goal in goals]
    arrivals = np.full((len(states.choices), len(goals)), np.inf)
    p_cell = np.zeros(field.shape)
    for row in range(len(states.choices)):  # different combinations close different cells: each is solved once
        shut = states.closed(row)
        cells = np.concatenate([closing[i] for i in shut]) if shut else np.empty(0, dtype=np.intp)
        time = solve(field, field.without(cells), starts, terrain.neighbours)
        arrivals[row] = [_arrival(time, cells_k) for cells_k in wanted]
        p_cell += (field.unpadded(time) <= horizon_h) * states.weights[row]
    return Outcome(states=states, arrivals=arrivals, p_cell=np.clip(p_cell, 0.0, 1.0))


def _wanted(field: Field, goal: Goal, passable: NDArray[np.bool_]) -> tuple[NDArray[np.intp], int]:
    """Return a goal's passable cells and how many of them, less one, must be reached."""
    cells = field.padded(goal.cells)
    cells = cells[passable[cells]]
    return cells, int(goal.share * max(cells.size - 1, 0))


def _arrival(time: NDArray[np.float64], wanted: tuple[NDArray[np.intp], int]) -> float:
    cells, rank = wanted
    if cells.size == 0:
        return float("inf")
    return float(np.partition(time[cells], rank)[rank])


def wilson_interval(p: float, n: int) -> tuple[float, float]:
    """
    Compute Wilson's 95 % interval of a proportion.

    Parameters
    ----------
    p
        Observed proportion.
    n
        Number of draws.

    Returns
    -------
    low, high
        Within [0, 1], always holding ``p``.

    References
    ----------
    Wilson (1927), https://doi.org/10.1080/01621459.1927.10502953

    Examples
    --------
    >>> [round(v, 3) for v in wilson_interval(0.5, 100)]
    [0.404, 0.596]
    """
    spread = Z95 * np.sqrt(p * (1 - p) / n + Z95**2 / (4 * n**2))
    low, high = p + Z95**2 / (2 * n) - spread, p + Z95**2 / (2 * n) + spread
    scale = 1 + Z95**2 / n
    return float(min(max(low / scale, 0.0), p)), float(max(min(high / scale, 1.0), p))


def weighted_quantiles(
    values: NDArray[np.float64], weights: NDArray[np.float64], at: Sequence[float]
) -> tuple[float | None, ...]:
    """
    Compute quantiles of weighted values, leaving out infinite ones.

    Parameters
    ----------
    values, weights
        Same length; weights need not sum to one.
    at
        Quantiles, 0-1.

    Returns
    -------
    quantiles
        The smallest value at which the summed weight reaches each quantile; ``None`` if no finite value has weight.
    """
    kept = np.isfinite(values) & (weights > 0)
    if not kept.any():
        return tuple(None for _ in at)
    order = np.argsort(values[kept], kind="stable")
    x, w = values[kept][order], weights[kept][order]
    summed = np.cumsum(w) / w.sum()
    return tuple(float(x[min(int(np.searchsorted(summed, q - 1e-12)), x.size - 1)]) for q in at)
