"""
The compiled heart of MOVE: shortest times over a grid with a bucket queue.

Imported only by ``travel_time.py``, and there inside the functions, because importing numba takes time. Every cell is in at
most one bucket (doubly linked lists inside fixed arrays), so nothing can overflow, whatever the ground.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

PAD = 2
"""Closed cells round the grid, so that the longest (knight) move needs no bounds check."""
DIAGONAL = 1.4142135623730951
KNIGHT = 2.23606797749979


@njit(cache=True, nogil=True)
def _offer(
    cell: int,
    offered: float,
    time: NDArray[np.float64],
    links: NDArray[np.int32],
    heads: NDArray[np.int32],
    per_width: float,
) -> int:
    """Lower a cell's time and (re)place it in its bucket; return how many queued cells that adds (0 or 1)."""
    before, after, queued = links[0], links[1], links[2]
    if queued[cell]:  # take it out of its old bucket
        old = int(time[cell] * per_width) % heads.size
        if before[cell] >= 0:
            after[before[cell]] = after[cell]
        else:
            heads[old] = after[cell]
        if after[cell] >= 0:
            before[after[cell]] = before[cell]
    new = int(offered * per_width) % heads.size
    before[cell] = -1
    after[cell] = heads[new]
    if heads[new] >= 0:
        before[heads[new]] = cell
    heads[new] = cell
    time[cell] = offered
    added = 1 - queued[cell]
    queued[cell] = 1
    return int(added)


@njit(cache=True, nogil=True)
def settle(
    cost: NDArray[np.float64],
    stride: int,
    starts: NDArray[np.int64],
    knight_moves: bool,
    width: float,
    n_buckets: int,
) -> NDArray[np.float64]:
    """
    Settle every cell of a padded, flattened grid (hours per cell width) from the starts; return the times.

    ``width`` times ``n_buckets`` must exceed the longest finite edge by two widths. With a width above the shortest edge
    cells may leave a bucket more than once, which costs time and changes nothing: the result is exact either way.
    """
    n = cost.size
    time = np.full(n, np.inf)
    links = np.full((3, n), -1, dtype=np.int32)
    links[2, :] = 0
    heads = np.full(n_buckets, -1, dtype=np.int32)
    per_width = 1.0 / width
    waiting = 0
    for i in range(starts.size):
        if time[starts[i]] > 0.0:
            waiting += _offer(starts[i], 0.0, time, links, heads, per_width)
    straight = (-stride, -1, 1, stride)
    up_down = (-stride, stride)
    after, queued = links[1], links[2]
    bucket = 0
    while waiting > 0:
        while heads[bucket] < 0:
            bucket += 1
            if bucket == n_buckets:
                bucket = 0
        cell = heads[bucket]
        heads[bucket] = after[cell]
        if after[cell] >= 0:
            links[0, after[cell]] = -1
        queued[cell] = 0
        waiting -= 1
        here, now = cost[cell], time[cell]
        for step in straight:
            to = cell + step
            offered = now + 0.5 * (here + cost[to])
            if offered < time[to]:
                waiting += _offer(to, offered, time, links, heads, per_width)
        for dy in up_down:
            for dx in (-1, 1):
                to = cell + dy + dx
                offered = now + DIAGONAL * 0.5 * (here + cost[to])
                # A diagonal may brush one closed corner, but never slip between two.
                if offered < time[to] and (cost[cell + dy] < np.inf or cost[cell + dx] < np.inf):
                    waiting += _offer(to, offered, time, links, heads, per_width)
        if knight_moves:
            for dy in up_down:
                for dx in (-1, 1):
                    # long leg along the row: passes (0, dx) and (dy, dx); long leg down: passes (dy, 0) and (dy, dx)
                    corner = cost[cell + dy + dx]
                    to = cell + dy + 2 * dx
                    offered = now + KNIGHT * 0.25 * (here + cost[cell + dx] + corner + cost[to])
                    if offered < time[to]:
                        waiting += _offer(to, offered, time, links, heads, per_width)
                    to = cell + 2 * dy + dx
                    offered = now + KNIGHT * 0.25 * (here + cost[cell + dy] + corner + cost[to])
                    if offered < time[to]:
                        waiting += _offer(to, offered, time, links, heads, per_width)
    return time
