"""
Follow the times of a solve back to a start: no parents are kept, each step is found again from the times.

Imported only inside functions, because importing numba takes time. Works over ground and roads, on ways of any length, and on
plateaus, where steps are too short to change the time (or joins take none): those are searched breadth first, each cell once.
"""

# The compiler infers the types of compiled functions; annotations of unsigned arithmetic would only be noise.
# ruff: noqa: ANN001, ANN201, ANN202
# mypy: disallow-untyped-defs=False

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayout.errors import InputError
from wayout.move.field.neighbours import list_moves
from wayout.move.field.prepared import Field, Neighbours

SLACK = 1e-9
"""A step is taken if it explains the time to this relative difference."""
FOUND, LOST, LONG = 0, 1, 2


@njit(cache=True, nogil=True)
def _step_back(here, time, n, ends, took):
    """Return the earlier cell that explains this cell's time best, or -1."""
    best, least = -1, time[here] + SLACK * time[here]
    for k in range(n):
        if time[ends[k]] < time[here]:
            offered = time[ends[k]] + took[k]
            if offered < least or (best < 0 and offered <= least):
                best, least = ends[k], offered
    return best


@njit(cache=True, nogil=True)
def walk_back(end, time, cost, stride, n_cells, knight_moves, slot, begin, to, hours, most_moves, way):
    """Write the way from ``end`` back to a start; return a status and the number of cells written."""
    ends = np.empty(most_moves, dtype=np.int64)
    took = np.empty(most_moves)
    way[0] = end
    length = 1
    here = np.int64(end)
    while time[here] > 0.0:
        n = list_moves(here, cost, stride, n_cells, knight_moves, slot, begin, to, hours, ends, took)
        best = _step_back(here, time, n, ends, took)
        if best < 0:  # a plateau: search it for the nearest cell that an earlier one explains
            seen = {here: np.int64(-1)}
            ring = [here]
            at = 0
            found = np.int64(-1)
            while at < len(ring) and found < 0:
                cell = ring[at]
                at += 1
                n = list_moves(cell, cost, stride, n_cells, knight_moves, slot, begin, to, hours, ends, took)
                if cell != here and _step_back(cell, time, n, ends, took) >= 0:
                    found = cell
                    break
                for k in range(n):
                    t = ends[k]
                    if t not in seen and time[t] == time[here] and time[t] + took[k] <= time[here] + SLACK * time[here]:
                        seen[t] = cell
                        ring.append(t)
            if found < 0:
                return LOST, length
            back = [found]
            while seen[back[-1]] != here:
                back.append(seen[back[-1]])
            if length + len(back) > way.size:
                return LONG, length
            for k in range(len(back) - 1, -1, -1):
                way[length] = back[k]
                length += 1
            here = found
            continue
        if length == way.size:
            return LONG, length
        here = best
        way[length] = here
        length += 1
    return FOUND, length


def trace(
    field: Field, cost: NDArray[np.float64], time: NDArray[np.float64], end: int, neighbours: Neighbours
) -> NDArray[np.int64]:
    """
    Follow the times back from a reached cell or road node to where they start.

    Where several ways take the same time, the first in a fixed order of moves is taken: the same times give the same way.

    Parameters
    ----------
    field
        The prepared field.
    cost
        The cost that was solved.
    time
        Flat hours (:func:`wayout.move.travel_time.solve`).
    end
        Flat index of a reached cell or node.
    neighbours
        The moves the solve used.

    Returns
    -------
    way
        Flat indices from the start to ``end``.

    Raises
    ------
    InputError
        If ``end`` is not reached, or the times do not belong to this cost.
    """
    if not 0 <= end < field.size or not np.isfinite(time[end]):
        raise InputError(f"cell or node {end} is not reached; trace a way to one with a finite time")
    links = field.links
    most = 16 + (int(np.diff(links.begin).max()) if links.begin.size > 1 else 0)
    way = np.empty(4 * sum(field.shape) + 64, dtype=np.int64)
    while True:
        status, length = walk_back(
            end, time, cost, field.stride, field.n_cells, neighbours == 16,
            links.slot, links.begin, links.to, links.hours, most, way,
        )  # fmt: skip
        if status == FOUND:
            return way[:length][::-1].copy()
        if status == LOST:
            raise InputError(
                f"the time of cell or node {way[length - 1]} follows from no neighbour; give the cost that was solved"
            )
        way = np.empty(4 * way.size, dtype=np.int64)
