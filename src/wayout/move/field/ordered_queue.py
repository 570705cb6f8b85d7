"""
The kernel for ground of any range: Dijkstra's algorithm with a heap, where buckets fit for the longest move would be far too wide
for the shortest. Some five times slower than the bucket queue, and the same bits.

Imported only inside functions, because importing numba takes time.
"""

# The compiler infers the types of compiled functions; annotations of unsigned arithmetic would only be noise.
# ruff: noqa: ANN001, ANN202
# mypy: disallow-untyped-defs=False

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayout.move.field.heap import queue, take
from wayout.move.field.neighbours import list_moves
from wayout.move.field.one_solve import OneSolve


@njit(cache=True, nogil=True, error_model="numpy")
def _settle(cost, time, starts, stride, n_cells, knight_moves, limit_h, slot, begin, to, hours, most_moves):
    """Settle cells and road nodes in order of time."""
    heap = np.empty(cost.size, dtype=np.int32)
    place = np.full(cost.size, -1, dtype=np.int32)
    ends = np.empty(most_moves, dtype=np.int64)
    took = np.empty(most_moves)
    size = 0
    for i in range(starts.size):
        size = queue(starts[i], 0.0, time, heap, place, size)
    while size > 0:
        here = np.int64(take(time, heap, place, size))
        size -= 1
        if time[here] > limit_h:
            break
        for k in range(list_moves(here, cost, stride, n_cells, knight_moves, slot, begin, to, hours, ends, took)):
            offered = time[here] + took[k]
            if offered < time[ends[k]]:
                size = queue(ends[k], offered, time, heap, place, size)


def solve_in_order(asked: OneSolve, out: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
    """
    Settle a padded field from the starts; see :func:`wayout.move.field.bucket_queue.solve_by_buckets`.

    Parameters
    ----------
    asked
        What to solve.
    out
        Memory for the times, filled with ``inf``, or ``None``.

    Returns
    -------
    time
        Hours, one an entry of the cost.
    """
    links, limit_h = asked.links, asked.limit_h
    time = np.full(asked.cost.size, np.inf) if out is None else out
    most_moves = 16 + (int(np.diff(links.begin).max()) if links.begin.size > 1 else 0)
    grid = (asked.stride, asked.n_cells, asked.knight_moves)
    arcs = (links.slot, links.begin, links.to, links.hours)
    _settle(asked.cost, time, asked.starts, *grid, limit_h, *arcs, most_moves)
    if not np.isinf(limit_h):
        time[time > limit_h] = np.inf
    return time
