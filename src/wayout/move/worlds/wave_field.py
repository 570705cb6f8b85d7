"""A field of times that follows as barriers open one after another: only what gets faster is computed anew."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wayout.move.travel_time import Field
from wayout.move.worlds.barrier_bits import words_of
from wayout.move.worlds.problem import Problem

Entry = tuple[int, tuple[int, ...]]
"""Where a way comes to need barriers: the cell before, and the barriers needed from there on, as words of bits."""
AROUND = tuple((dr, dc) for dr in range(-2, 3) for dc in range(-2, 3))
"""A move that a cell allows or stops starts at most this far from it."""


class WaveField:
    """
    The exact times of one world after another, each with more barriers open than the last.

    A cell's time changes only where the newly opened ground makes it faster, so that a row of worlds costs little more than a few
    solves: with barriers opened in random order a cell's time is a record, beaten some log(n) times in n worlds.

    Parameters
    ----------
    problem
        The question; all its barriers are closed at first.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        field = problem.field
        self.time = np.empty(field.cost.size)
        self.cost = np.empty_like(self.time)
        self.settled: int = 0
        self._links = np.full((3, self.time.size), -1, dtype=np.int32)
        self._links[2] = 0
        self._heads = np.full(field.n_buckets, -1, dtype=np.int32)
        self._cells = problem.atoms.cells()
        self._near = [near(field, cells) for cells in self._cells]
        self._on_atom = words_of(problem.atoms.members, len(problem.closing))

    def close_all(self) -> None:
        """Close every barrier and solve from the start."""
        self.cost[:] = self.problem.field.cost
        for cells in self._cells:
            self.cost[cells] = np.inf
        self.time.fill(np.inf)
        self.time[self.problem.starts] = 0.0
        self._spread(np.unique(self.problem.starts))

    def open(self, atoms: Sequence[int]) -> bool:
        """Open some atoms; tell whether the party gains by it anywhere."""
        if not atoms:
            return False
        for a in atoms:
            self.cost[self._cells[a]] = self.problem.field.cost[self._cells[a]]
        seeds = np.unique(np.concatenate([self._near[a] for a in atoms]))
        seeds = seeds[np.isfinite(self.time[seeds])]
        before = self.settled
        self._spread(seeds[np.argsort(self.time[seeds], kind="stable")])
        return bool(self.settled - before > seeds.size)

    def _spread(self, seeds: NDArray[np.intp]) -> None:
        from wayout.move.worlds.waves import spread

        field = self.problem.field
        self.settled += spread(
            self.cost,
            self.time,
            seeds.astype(np.int64),
            field.stride,
            self.problem.neighbours == 16,
            field.width_h,
            self._links,
            self._heads,
            field.n_cells,
            roads_of(field),
        )

    def entries(self, end: int) -> list[Entry]:
        """Return where the fastest way to a reached index comes to need barriers, from the start on."""
        return trace_entries(self.problem, self.cost, self.time, end, self._on_atom)


def trace_entries(
    problem: Problem,
    cost: NDArray[np.float64],
    time: NDArray[np.float64],
    end: int,
    on_atom: NDArray[np.uint64] | None = None,
) -> list[Entry]:
    """
    Trace the fastest way to an index and note where it comes to need barriers.

    Parameters
    ----------
    problem
        The question.
    cost, time
        Of the world that was solved.
    end
        A reached flat index.
    on_atom
        The barriers on each atom as words (computed where not given).

    Returns
    -------
    entries
        From the start on.
    """
    from wayout.move.worlds.waves import entries, trace

    field = problem.field
    if on_atom is None:
        on_atom = words_of(problem.atoms.members, len(problem.closing))
    if on_atom.shape[0] == 0:
        return []
    length, room = -1, 4096
    while length < 0:
        path = np.empty((room, 4), dtype=np.int64)
        length = trace(end, cost, time, field.stride, problem.neighbours == 16, field.n_cells, roads_of(field), path)
        room *= 4
    cells = np.empty(length, dtype=np.int64)
    needs = np.empty((length, on_atom.shape[1]), dtype=np.uint64)
    n = entries(path, length, problem.atoms.of, on_atom, cost, cells, needs)
    return [(int(cells[i]), tuple(int(w) for w in needs[i])) for i in range(n)]


Roads = tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]


def roads_of(field: Field) -> Roads:
    """Return a field's road arcs as the kernels take them."""
    links = field.links
    return links.slot, links.begin, links.to, links.hours


def edges(problem: Problem) -> NDArray[np.intp]:
    """
    Return the indices under barriers from which a move can touch ground under others or none, and all road nodes under any.

    A way comes to need a barrier only beside such an index (or at the start): inside an area it needs what it needed before.
    """
    field, of = problem.field, problem.atoms.of
    under = np.flatnonzero(of >= 0)
    cells = under[under < field.n_cells]
    at_edge = np.zeros(cells.size, dtype=bool)
    for dr, dc in AROUND:
        at_edge |= of[cells + dr * field.stride + dc] != of[cells]
    return np.concatenate([cells[at_edge], under[under >= field.n_cells]])


def near(field: Field, cells: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the passable indices from which a move can touch some cells (themselves included), ascending."""
    on_grid = cells[cells < field.n_cells]
    steps = np.array([dr * field.stride + dc for dr, dc in AROUND])
    found = [cells, (on_grid[:, None] + steps).ravel()]
    slot, begin, to, _ = roads_of(field)
    if slot.size:
        rows = slot[cells]
        found += [to[begin[s] : begin[s + 1]] for s in rows[rows >= 0]]
    all_ = np.unique(np.concatenate(found))
    return np.asarray(all_[np.isfinite(field.cost[all_])])
