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


def solve_in_order(
    cost: NDArray[np.float64],
    starts: NDArray[np.int64],
    *,
    stride: int,
    n_cells: int,
    knight_moves: bool,
    limit_h: float,
    links: tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]],
    out: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """
    Settle a padded field from the starts; see :func:`wayout.move.field.bucket_queue.solve_by_buckets`.

    Parameters
    ----------
    cost
        Hours per cell width of the padded cells, then 0 or ``inf`` for each road node.
    starts
        Flat indices.
    stride, n_cells
        Padded columns, and padded cells in all.
    knight_moves
        Whether there are 16 moves rather than 8.
    limit_h
        Times above it need not be known: they come out as ``inf``.
    links
        ``slot``, ``begin``, ``to`` and ``hours`` of the roads.
    out
        Memory for the times, filled with ``inf``, or ``None``.

    Returns
    -------
    time
        Hours, length of ``cost``.
    """
    time = np.full(cost.size, np.inf) if out is None else out
    slot, begin, to, hours = links
    most_moves = 16 + (int(np.diff(begin).max()) if begin.size > 1 else 0)
    _settle(cost, time, starts, stride, n_cells, knight_moves, limit_h, slot, begin, to, hours, most_moves)
    if not np.isinf(limit_h):
        time[time > limit_h] = np.inf
    return time
