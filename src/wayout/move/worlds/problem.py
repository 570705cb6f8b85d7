"""What an ensemble is asked: the ground, where the party starts, what may close, what is to be reached."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayout.errors import InputError
from wayout.move.travel_time import Field, Neighbours, solve
from wayout.move.worlds.atoms import Atoms, make_atoms
from wayout.move.worlds.remembered import Remembered


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Goal:
    """Cells to be reached; ``share`` of them must be (0: any one)."""

    cells: NDArray[np.bool_]
    share: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Terrain:
    """Prepared ground with all barriers open, where the party starts, and the moves it may make."""

    field: Field
    start: NDArray[np.bool_]
    neighbours: Neighbours = 16


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Wanted:
    """
    A goal: its passable flat indices, and of which of its cells each is the centre or a road node (``of``, 0 ... n - 1).

    It is reached when ``rank`` other cells have been reached before or with the one that counts; a cell is reached with its centre
    or any of its road nodes.
    """

    cells: NDArray[np.intp]
    of: NDArray[np.intp]
    rank: int

    def reached_at(self, time: NDArray[np.float64]) -> float:
        """Return the hours until enough of the goal is reached (``inf`` where it never is)."""
        if self.cells.size == 0:
            return float("inf")
        hours = time[self._first(time)]
        return float(np.partition(hours, self.rank)[self.rank])

    def last_cells(self, time: NDArray[np.float64]) -> NDArray[np.intp]:
        """Return the indices whose fastest ways show how the goal is reached: the first, one half way, and the one that counts."""
        if self.cells.size == 0:  # a goal on closed ground has no ways
            return np.empty(0, dtype=np.intp)
        first = self._first(time)
        ends = first[np.argsort(time[first], kind="stable")[[0, self.rank // 2, self.rank]]]
        return np.unique(ends[np.isfinite(time[ends])])

    def _first(self, time: NDArray[np.float64]) -> NDArray[np.intp]:
        """Return the index by which each cell is reached first."""
        if self.of.max() + 1 == self.cells.size:  # no roads
            return self.cells
        order = np.lexsort((time[self.cells], self.of))
        begins = np.diff(self.of[order], prepend=-1) > 0
        return np.asarray(self.cells[order[begins]])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Problem:
    """
    The question in flat indices (cells of the padded grid, then road nodes).

    ``closing`` are the indices each barrier closes, in the order of the placed barriers. ``solved`` remembers worlds that were solved.
    """

    field: Field
    neighbours: Neighbours
    starts: NDArray[np.intp]
    closing: tuple[NDArray[np.intp], ...]
    goals: tuple[Wanted, ...]
    atoms: Atoms
    solved: Remembered = dataclasses.field(init=False, default_factory=Remembered)

    @property
    def within(self) -> tuple[int, ...]:
        """The barriers that lie on passable ground, ascending."""
        return tuple(sorted({b for members in self.atoms.members for b in members}))

    def cost(self, closed: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return the cost of one world: hours per cell width, ``inf`` where a closed barrier lies."""
        shut = [self.closing[b] for b in np.flatnonzero(closed)]
        return self.field.without(np.concatenate(shut) if shut else np.empty(0, dtype=np.intp))

    def solve(self, cost: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the exact hours from the start to every index in one world."""
        return solve(self.field, cost, self.starts, self.neighbours)

    def arrivals(self, time: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the hours until each goal is reached."""
        return np.array([goal.reached_at(time) for goal in self.goals])


def pose(terrain: Terrain, closing: Sequence[NDArray[np.bool_]], goals: Sequence[Goal]) -> Problem:
    """
    Bring ground, barriers and goals to flat indices.

    Parameters
    ----------
    terrain
        The ground.
    closing
        The cells that each barrier closes, masks of the grid's shape.
    goals
        What is to be reached.

    Returns
    -------
    problem
        The same question in flat indices, its barriers split into atoms.

    Raises
    ------
    InputError
        If no cell is a start.
    """
    if not terrain.start.any():
        raise InputError("there is no cell to start from; give at least one, inside the grid")
    field = terrain.field
    passable = np.isfinite(field.cost)
    shut = tuple(field.padded(cells) for cells in closing)
    return Problem(
        field=field,
        neighbours=terrain.neighbours,
        starts=field.padded(terrain.start),
        closing=shut,
        goals=tuple(_wanted(field, goal, passable) for goal in goals),
        atoms=make_atoms(field.cost.size, shut, passable),
    )


def canonical_order(problem: Problem) -> NDArray[np.intp]:
    """Return the barriers that close something passable, by the cells they close: the order they were given in says nothing."""
    passable = np.isfinite(problem.field.cost)
    closing = [np.unique(c[passable[c]]).astype("<i8").tobytes() for c in problem.closing]
    return np.array(sorted((b for b, c in enumerate(closing) if c), key=lambda b: closing[b]), dtype=np.intp)


def _wanted(field: Field, goal: Goal, passable: NDArray[np.bool_]) -> Wanted:
    indices = field.padded(goal.cells)
    indices = indices[passable[indices]]
    cells, of = np.unique(field.beneath(indices), return_inverse=True)
    return Wanted(cells=indices, of=of.ravel(), rank=int(goal.share * max(cells.size - 1, 0)))
