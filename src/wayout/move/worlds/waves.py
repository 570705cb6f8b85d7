"""
Compiled: let times spread over ground that has just opened, and trace a fastest way back to where it enters barriers.

Imported only inside functions, because importing numba takes time. The moves and their hours are those of
:func:`wayout.move.travel_time.solve`.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

DIAGONAL = 1.4142135623730951
KNIGHT = 2.23606797749979
SAME = 1e-5
"""Two times this near, relatively, are one: only used to tell moves of no hours from those behind a time."""


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
    if queued[cell]:
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
def spread(  # long: one loop over moves, kept flat for the compiler
    cost: NDArray[np.float64],
    time: NDArray[np.float64],
    seeds: NDArray[np.int64],
    stride: int,
    knight_moves: bool,
    width: float,
    links: NDArray[np.int32],
    heads: NDArray[np.int32],
    n_cells: int,
    roads: tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]],
) -> int:
    """
    Lower the times that new openings lower; return how many cells were settled.

    ``seeds`` (by rising time) are all cells with a finite time from which a move may have become possible; every other time must
    already be right for the moves that were possible before. ``links`` (3, size; third row 0) and ``heads`` (-1) are scratch and
    come back as they were.
    """
    slot, begin, road_to, road_h = roads
    per_width = 1.0 / width
    straight = (-stride, -1, 1, stride)
    up_down = (-stride, stride)
    after, queued = links[1], links[2]
    n_buckets = heads.size
    waiting, settled, at = 0, 0, 0
    bucket = 0
    seed_time = time[seeds]
    while waiting > 0 or at < seeds.size:
        if waiting == 0:  # nothing until the next seed
            bucket = int(seed_time[at] * per_width)
        while at < seeds.size and int(seed_time[at] * per_width) <= bucket:
            cell = seeds[at]
            if queued[cell] == 0 and time[cell] == seed_time[at]:  # a lowered one has spread already, or waits
                waiting += _offer(cell, time[cell], time, links, heads, per_width)
            at += 1
        ring = bucket % n_buckets
        if heads[ring] < 0:
            bucket += 1
            continue
        cell = heads[ring]
        heads[ring] = after[cell]
        if after[cell] >= 0:
            links[0, after[cell]] = -1
        queued[cell] = 0
        waiting -= 1
        settled += 1
        now = time[cell]
        if slot.size > 0 and slot[cell] >= 0 and cost[cell] < np.inf:
            for k in range(begin[slot[cell]], begin[slot[cell] + 1]):
                to = road_to[k]
                if now + road_h[k] < time[to] and cost[to] < np.inf:
                    waiting += _offer(to, now + road_h[k], time, links, heads, per_width)
        if cell >= n_cells:
            continue
        here = cost[cell]
        for step in straight:
            to = cell + step
            offered = now + 0.5 * (here + cost[to])
            if offered < time[to]:
                waiting += _offer(to, offered, time, links, heads, per_width)
        for dy in up_down:
            for dx in (-1, 1):
                to = cell + dy + dx
                offered = now + DIAGONAL * 0.5 * (here + cost[to])
                if offered < time[to] and (cost[cell + dy] < np.inf or cost[cell + dx] < np.inf):
                    waiting += _offer(to, offered, time, links, heads, per_width)
        if knight_moves:
            for dy in up_down:
                for dx in (-1, 1):
                    corner = cost[cell + dy + dx]
                    to = cell + dy + 2 * dx
                    offered = now + KNIGHT * 0.25 * (here + cost[cell + dx] + corner + cost[to])
                    if offered < time[to]:
                        waiting += _offer(to, offered, time, links, heads, per_width)
                    to = cell + 2 * dy + dx
                    offered = now + KNIGHT * 0.25 * (here + cost[cell + dy] + corner + cost[to])
                    if offered < time[to]:
                        waiting += _offer(to, offered, time, links, heads, per_width)
    return settled


@njit(cache=True, nogil=True)
def step_back(  # long: the moves of the grid, once more, with what each needs
    cell: int,
    cost: NDArray[np.float64],
    time: NDArray[np.float64],
    stride: int,
    knight_moves: bool,
    n_cells: int,
    roads: tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]],
    best: NDArray[np.int64],
) -> float:
    """
    Find the earlier cell from which a cell was reached; write it, the two cells beside its move and the move's squared length.

    Returns by how much the time by that move differs from the cell's (``inf`` where there is no earlier cell beside it).
    """
    now = time[cell]
    least = np.inf
    slot, begin, road_to, road_h = roads
    if slot.size > 0 and slot[cell] >= 0:
        for k in range(begin[slot[cell]], begin[slot[cell] + 1]):
            to = road_to[k]
            if time[to] < now and time[to] + road_h[k] < least and cost[to] < np.inf:
                least = time[to] + road_h[k]
                best[0], best[1], best[2], best[3] = to, -1, -1, 1
    if cell < n_cells:
        here = cost[cell]
        for dy in range(-2, 3):
            for dx in range(-2, 3):
                reach = dy * dy + dx * dx
                if reach == 0 or reach == 4 or reach == 8 or (reach == 5 and not knight_moves):
                    continue
                to = cell + dy * stride + dx
                if not time[to] < now:
                    continue
                one, two = -1, -1
                if reach == 1:
                    hours = 0.5 * (here + cost[to])
                elif reach == 2:
                    hours = DIAGONAL * 0.5 * (here + cost[to])
                    one, two = cell + dy * stride, cell + dx
                    if not (cost[one] < np.inf or cost[two] < np.inf):
                        continue
                else:
                    if dx % 2 == 0:  # long leg along the row
                        one = cell + dx // 2
                        two = one + dy * stride
                    else:
                        one = cell + dy // 2 * stride
                        two = one + dx
                    hours = KNIGHT * 0.25 * (here + cost[one] + cost[two] + cost[to])
                if time[to] + hours < least:
                    least = time[to] + hours
                    best[0], best[1], best[2], best[3] = to, one, two, reach
    gap: float = least - now
    return gap


@njit(cache=True, nogil=True)
def trace(
    end: int,
    cost: NDArray[np.float64],
    time: NDArray[np.float64],
    stride: int,
    knight_moves: bool,
    n_cells: int,
    roads: tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]],
    path: NDArray[np.int64],
) -> int:
    """
    Write the fastest way to a cell, from it back to a start, into ``path`` (n, 4): a cell, then of the move into it the two cells
    beside it and its squared length.

    A road may be joined to its cell in no time; such cells and nodes share one time, and the first of them that has an
    earlier neighbour behind its time is gone through. Returns the length, or -1 where ``path`` is too short.
    """
    slot, begin, road_to, road_h = roads
    best = np.empty(4, dtype=np.int64)
    same = np.empty(64, dtype=np.int64)
    cell, n = end, 0
    while True:
        same[0], n_same, k = cell, 1, 0
        if n >= path.shape[0]:
            return -1
        path[n, 0], path[n, 1], path[n, 2], path[n, 3] = cell, -1, -1, 0
        if time[cell] <= 0.0:
            return n + 1
        while True:
            x = same[k]
            gap = step_back(x, cost, time, stride, knight_moves, n_cells, roads, best)
            if abs(gap) <= SAME * time[x]:
                break
            if slot.size > 0 and slot[x] >= 0:
                for j in range(begin[slot[x]], begin[slot[x] + 1]):
                    to = road_to[j]
                    if time[to] + road_h[j] == time[x] and n_same < 64 and not (same[:n_same] == to).any():
                        same[n_same] = to
                        n_same += 1
            k += 1
            if k == n_same:  # rounding only: take the nearest there was
                x = cell
                gap = step_back(x, cost, time, stride, knight_moves, n_cells, roads, best)
                if not gap < np.inf:
                    return n + 1
                break
        path[n, 1], path[n, 2], path[n, 3] = best[1], best[2], best[3]
        cell = best[0]
        n += 1


@njit(cache=True, nogil=True)
def entries(
    path: NDArray[np.int64],
    length: int,
    atom: NDArray[np.int32],
    on_atom: NDArray[np.uint64],
    cost: NDArray[np.float64],
    cells: NDArray[np.int64],
    needs: NDArray[np.uint64],
) -> int:
    """
    Write where a traced way comes to need other barriers: the cells into ``cells``, the barriers into ``needs`` (n, words).

    ``on_atom`` (atoms, words) are the barriers on each atom, one bit each. What a way needs from a cell on is what its next move
    needs, the ground of the cell itself included. Returns how many entries there are.
    """
    words = on_atom.shape[1]
    need = np.zeros(words, dtype=np.uint64)
    held = np.zeros(words, dtype=np.uint64)
    n = 0
    for i in range(length - 1, 0, -1):
        here, to = path[i, 0], path[i - 1, 0]
        one, two = path[i - 1, 1], path[i - 1, 2]
        need[:] = 0
        _join(need, on_atom, atom[here])
        _join(need, on_atom, atom[to])
        if path[i - 1, 3] == 5:
            _join(need, on_atom, atom[one])
            _join(need, on_atom, atom[two])
        elif (
            path[i - 1, 3] == 2
        ):  # one of the two beside it is enough: the one that asks for nothing new, if there is one
            beside = two
            if cost[one] < np.inf and (not cost[two] < np.inf or _within(on_atom, atom[one], need, held)):
                beside = one
            _join(need, on_atom, atom[beside])
        new = False
        for w in range(words):
            if need[w] & ~held[w]:
                new = True
        if new:
            held[:] = need
            cells[n] = here
            needs[n] = need
            n += 1
    return n


@njit(cache=True, nogil=True)
def _join(need: NDArray[np.uint64], on_atom: NDArray[np.uint64], a: int) -> None:
    if a >= 0:
        for w in range(need.size):
            need[w] |= on_atom[a, w]


@njit(cache=True, nogil=True)
def _within(on_atom: NDArray[np.uint64], a: int, need: NDArray[np.uint64], held: NDArray[np.uint64]) -> bool:
    """Tell whether an atom's barriers are among those a move or its leg needs anyway."""
    if a >= 0:
        for w in range(need.size):
            if on_atom[a, w] & ~need[w] & ~held[w]:
                return False
    return True
