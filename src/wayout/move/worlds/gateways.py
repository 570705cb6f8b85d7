"""The gateway graph: exact travel times between the cells where fastest ways enter barriers, and thousands of draws on it."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayout.move.travel_time import solve
from wayout.move.worlds.barrier_bits import pack, unpack, words_of
from wayout.move.worlds.problem import Problem, canonical_order
from wayout.move.worlds.wave_field import Entry, edges, near

SORTED_BY = 12
"""Barriers that draws are sorted by: 4,096 combinations, some tens of blocks of draws."""
Hours = NDArray[np.float64]
Arrays = tuple[NDArray[np.uint64], Hours, NDArray[np.int64], NDArray[np.int32], Hours, Hours, Hours]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GatewayGraph:
    """
    Gateways in a fixed order, and the hours between them.

    ``cells`` (n,) flat indices; ``needs`` (n, words) the barriers that must be open from there on, as bits; ``first`` (n,) hours
    from the start; arcs ``begin[h]:begin[h + 1]`` come into gateway h from gateway ``origin`` in ``hours``; ``last`` (n, goals) hours
    to each goal, ``direct`` (goals,) from the start with every barrier closed. Every sum of legs is a real way through open
    ground: no time is ever below the exact one.
    """

    cells: NDArray[np.int64]
    needs: NDArray[np.uint64]
    first: NDArray[np.float64]
    begin: NDArray[np.int64]
    origin: NDArray[np.int32]
    hours: NDArray[np.float64]
    last: NDArray[np.float64]
    direct: NDArray[np.float64]

    @property
    def n_gateways(self) -> int:
        """Number of gateways."""
        return int(self.cells.size)

    @property
    def arrays(self) -> Arrays:
        """What the kernels take, in their order."""
        return self.needs, self.first, self.begin, self.origin, self.hours, self.last, self.direct

    def arrivals(self, closed: NDArray[np.bool_], n_threads: int = 1) -> NDArray[np.float64]:
        """
        Compute when each goal is reached in each draw.

        Parameters
        ----------
        closed
            Whether each barrier is closed, shape (draws, barriers).
        n_threads
            Threads; the result does not depend on it.

        Returns
        -------
        arrivals
            Hours of movement, shape (draws, goals); ``inf`` where the graph knows no way.
        """
        from wayout.move.worlds.lanes import LANES, draw_arrivals

        order = self._alike_together(closed)
        words = pack(closed[order])
        found = np.empty((len(closed), self.direct.size))
        share = -(-len(closed) // max(n_threads, 1))
        share = max(-(-share // LANES) * LANES, LANES)

        def part(at: int) -> None:
            draw_arrivals(words[at : at + share], *self.arrays, found[at : at + share])

        starts = range(0, len(closed), share)
        if n_threads <= 1 or len(starts) <= 1:
            for at in starts:
                part(at)
        else:
            with ThreadPoolExecutor(n_threads) as threads:
                list(threads.map(part, starts))
        arrivals = np.empty_like(found)
        arrivals[order] = found
        return arrivals

    def _alike_together(self, closed: NDArray[np.bool_]) -> NDArray[np.intp]:
        """Order draws so that those with the same busiest barriers closed lie side by side: what all of them lack is then skipped."""
        into = np.diff(self.begin)
        needed = unpack(self.needs, closed.shape[1])
        busiest = np.argsort(-(into @ needed), kind="stable")[:SORTED_BY]
        key = closed[:, busiest] @ (1 << np.arange(busiest.size)[::-1])
        return np.argsort(key, kind="stable")


class GatewayBuilder:
    """
    Gathers gateways and solves the ground from each once, with only the barriers open that it needs.

    Parameters
    ----------
    problem
        The question.
    n_threads
        Solves at a time.
    """

    def __init__(self, problem: Problem, n_threads: int = 1) -> None:
        self.problem = problem
        self.n_threads = n_threads
        self.n_solves = 0
        field = problem.field
        self._on_atom = words_of(problem.atoms.members, len(problem.closing))
        self._atom_cells = problem.atoms.cells()
        self._near = np.union1d(near(field, edges(problem)), problem.starts)
        self._rows: dict[Entry, tuple[NDArray[np.float64], NDArray[np.float64]]] = {}
        self._waiting: set[Entry] = set()
        self.order = canonical_order(problem)
        self._start: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None

    def add(self, entries: Iterable[Entry]) -> None:
        """Take entries in as gateways; they are solved when the graph is built."""
        self._waiting.update(e for e in entries if e not in self._rows)

    def build(self) -> GatewayGraph:
        """Solve the ground from each new gateway and join all into a graph."""
        new = sorted(self._waiting)
        with ThreadPoolExecutor(max(self.n_threads, 1)) as threads:
            if self._start is None:
                self._start = self._times_from(None)
            self._rows.update(zip(new, threads.map(self._times_from, new), strict=True))
        self._waiting.clear()
        return self._join()

    def _times_from(self, entry: Entry | None) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the hours from a gateway (or the start) to the cells beside barriers and to the goals."""
        problem = self.problem
        held = np.array(entry[1] if entry else [0] * self._on_atom.shape[1], dtype=np.uint64)
        cost = problem.field.cost.copy()
        for atom, cells in enumerate(self._atom_cells):
            if (self._on_atom[atom] & ~held).any():
                cost[cells] = np.inf
        starts = problem.starts if entry is None else np.array([entry[0]], dtype=np.intp)
        time = solve(problem.field, cost, starts, problem.neighbours)
        if entry is None:
            time[starts] = 0.0  # a start under a closed barrier is a start all the same
        self.n_solves += 1
        return time[self._near], problem.arrivals(time)

    def _join(self) -> GatewayGraph:
        from wayout.move.worlds.lanes import needed_legs

        start_near, direct = self._start if self._start is not None else self._times_from(None)
        entries = sorted(self._rows)
        words = self._on_atom.shape[1]
        cells = np.array([cell for cell, _ in entries], dtype=np.int64)
        needs = np.array([need for _, need in entries], dtype=np.uint64).reshape(len(entries), words)
        at = np.searchsorted(self._near, cells)
        legs = np.array([self._rows[e][0][at] for e in entries]).reshape(len(entries), len(entries))
        last = np.array([self._rows[e][1] for e in entries]).reshape(len(entries), direct.size)
        first = start_near[at]
        order = np.lexsort((np.arange(len(entries)), _all_open(first, legs)))
        cells, needs, first, last = cells[order], needs[order], first[order], last[order]
        legs = np.ascontiguousarray(legs[np.ix_(order, order)])
        np.fill_diagonal(legs, np.inf)
        kept = needed_legs(legs, needs, legs, needs)
        out = needed_legs(legs, needs, last, np.zeros((direct.size, words), dtype=np.uint64))
        into, origin = np.nonzero(kept.T)
        return GatewayGraph(
            cells=cells,
            needs=needs,
            first=first,
            begin=np.searchsorted(into, np.arange(len(entries) + 1)).astype(np.int64),
            origin=origin.astype(np.int32),
            hours=legs[origin, into],
            last=np.where(out, last, np.inf),
            direct=direct,
        )


def _all_open(first: NDArray[np.float64], legs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the hours to each gateway with every barrier open: gateways in this order need few passes."""
    time = first.copy()
    while time.size:
        lower = np.minimum(time, (time[:, None] + legs).min(axis=0))
        if (lower == time).all():
            break
        time = lower
    return time
