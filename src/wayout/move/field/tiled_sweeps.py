"""
The fast kernel of MOVE for large smooth ground: label-correcting sweeps, tile by tile, the most urgent tile first.

Imported only inside functions, because importing numba takes time. Within a tile, four sweeps (down, up, right, left) relax whole
rows at once, so that the processor does four cells together; right and left run on a turned copy of the tile. Only rows (columns)
beside one that has changed are relaxed. A tile at rest writes what it improves into its neighbours' edges and queues those tiles,
each at most once: nothing can overflow.

Every time is the least, over all ways, of the sum along the way in its own order, which is what the bucket queue finds too: the
two give the same bits, whatever the order of the work.
"""

# The compiler infers the types of compiled functions; annotations of unsigned arithmetic would only be noise.
# ruff: noqa: ANN001, ANN201, ANN202
# mypy: disallow-untyped-defs=False

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayout.move.field.heap import queue, take
from wayout.move.field.neighbours import HALF_DIAGONAL, QUARTER_KNIGHT
from wayout.move.field.one_solve import OneSolve

TILE = 32
MARGIN = 2
"""Cells round a tile that its moves read (a knight move reaches two)."""
TURNING = 3 * TILE
"""What it takes to turn a tile, in relaxed rows."""
MOST_WORK = 1000.0
"""Relaxed rows a tile, on average, above which the ground is a maze and the bucket queue is faster (theatres take 300 to 600)."""
MOST_VISITS = 2.5
"""Visits a tile, on average, above which the ground is a maze (theatres take 1.3 to 1.7; corridors narrower than a tile 3.4 and more)."""
SPARE_TILES = 8
"""How many tiles' work is given in advance, so that a hard beginning does not decide."""
DONE, GIVEN_UP = 0, 1


@njit(cache=True, nogil=True, error_model="numpy")
def _relax_row(t, c, row, before, farther, n, knights, mark):
    """Relax a row of ``n`` cells from the row (or two) before it, mark those whose time fell, return how many did."""
    one = np.uint64(1)
    inf = np.inf
    fell = 0
    if knights:
        for j in range(n):
            x, y, z = row + j, before + j, farther + j
            cx, cy, cw, ce = c[x], c[y], c[y - one], c[y + one]
            was = t[x]
            best = min(was, t[y] + 0.5 * (cx + cy))
            # A diagonal may brush one closed corner, but never slip between two.
            o = t[y - one] + HALF_DIAGONAL * (cx + cw)
            best = min(best, o if min(cy, c[x - one]) < inf else inf)
            o = t[y + one] + HALF_DIAGONAL * (cx + ce)
            best = min(best, o if min(cy, c[x + one]) < inf else inf)
            best = min(best, t[z - one] + QUARTER_KNIGHT * ((cx + c[z - one]) + (cw + cy)))
            best = min(best, t[z + one] + QUARTER_KNIGHT * ((cx + c[z + one]) + (ce + cy)))
            t[x] = best
            fallen = best < was
            mark[j] |= fallen
            fell += fallen
    else:
        for j in range(n):
            x, y = row + j, before + j
            cx, cy = c[x], c[y]
            was = t[x]
            best = min(was, t[y] + 0.5 * (cx + cy))
            o = t[y - one] + HALF_DIAGONAL * (cx + c[y - one])
            best = min(best, o if min(cy, c[x - one]) < inf else inf)
            o = t[y + one] + HALF_DIAGONAL * (cx + c[y + one])
            best = min(best, o if min(cy, c[x + one]) < inf else inf)
            t[x] = best
            fallen = best < was
            mark[j] |= fallen
            fell += fallen
    return fell


@njit(cache=True, nogil=True, error_model="numpy")
def _sweep(t, c, first, step, n_rows, n, knights, needs, mark, backward):
    """Relax the rows in ``needs`` (bits), and those after rows that change; return the rows that changed, and how many were relaxed."""
    one = np.uint64(1)
    width = np.uint64(n)
    changed = np.uint64(0)
    n_relaxed = 0
    back = np.uint64(-step if backward else step)
    for k in range(n_rows):
        i = np.uint64(n_rows - 1 - k if backward else k)
        bit = one << i
        if needs & bit == np.uint64(0):
            continue
        n_relaxed += 1
        row = np.uint64(first) + i * np.uint64(step)
        if _relax_row(t, c, row, row - back, row - back - back, width, knights, mark) > 0:
            changed |= bit
            needs |= (bit >> one | bit >> np.uint64(2)) if backward else (bit << one | bit << np.uint64(2))
    return changed, n_relaxed


@njit(cache=True, nogil=True, error_model="numpy")
def _bits(mark, n):
    """Turn marks into bits, and clear them."""
    bits = np.uint64(0)
    for j in range(n):
        bits |= np.uint64(mark[j]) << np.uint64(j)
        mark[j] = 0
    return bits


@njit(cache=True, nogil=True, error_model="numpy")
def _beside(bits, n):
    """Return the rows (of ``n``) after changed rows, and those before them."""
    after = (bits << np.uint64(1) | bits << np.uint64(2)) & ((np.uint64(1) << np.uint64(n)) - np.uint64(1))
    return after, bits >> np.uint64(1) | bits >> np.uint64(2)


@njit(cache=True, nogil=True, error_model="numpy")
def _turn(source, first, stride, n_rows, n, which, target, to, to_stride):
    """Copy the rows in ``which`` (bits) of a block into columns of another."""
    for i in range(n_rows):
        if which >> np.uint64(i) & np.uint64(1):
            at = np.uint64(first + i * stride)
            put = np.uint64(to + i)
            for _ in range(n):
                target[put] = source[at]
                at += np.uint64(1)
                put += np.uint64(to_stride)


@njit(cache=True, nogil=True, error_model="numpy")
def _settle_tile(t, c, first, stride, n_rows, n_cols, knights, rows, cols, turned_t, turned_c, mark):
    """Sweep a tile until every row and column is at rest; return all rows and columns that changed, and how many were relaxed."""
    side = TILE + 2 * MARGIN
    inner = MARGIN * side + MARGIN
    none = np.uint64(0)
    down, up = _beside(rows, n_rows)
    right, left = _beside(cols, n_cols)
    n_relaxed = 0
    turned = True
    while down | up | right | left:
        # The same sweeps serve rows (the tile itself) and columns (its turned copy).
        a, b, origin, step, n, width = t, c, first, stride, n_rows, n_cols
        ahead, back = down, up
        if turned:
            a, b, origin, step, n, width = turned_t, turned_c, inner, side, n_cols, n_rows
            ahead, back = right, left
        total = none
        while ahead | back:
            backward = ahead == none
            changed, more = _sweep(a, b, origin, step, n, width, knights, back if backward else ahead, mark, backward)
            n_relaxed += more
            total |= changed
            after, before = _beside(changed, n)
            if backward:
                ahead, back = after, none
            else:
                ahead, back = none, back | before
        if turned:
            right, left = none, none
        else:
            down, up = none, none
        if total:
            across = _bits(mark, width)
            after, before = _beside(across, width)
            if turned:
                down, up, rows, cols = down | after, up | before, rows | across, cols | total
                _turn(turned_t, inner, side, n_cols, n_rows, total, t, first, stride)
            else:
                right, left, rows, cols = right | after, left | before, rows | total, cols | across
                _turn(t, first, stride, n_rows, n_cols, total, turned_t, inner, side)
        turned = not turned
    return rows, cols, n_relaxed


@njit(cache=True, nogil=True, error_model="numpy")
def _offer(t, c, cell, step, side_step, knights):
    """Return the least time that the rows (or columns) before offer to a cell."""
    x, back, one = np.uint64(cell), np.uint64(step), np.uint64(side_step)
    two = one + one
    y = x - back
    cx, cy, cw, ce = c[x], c[y], c[y - one], c[y + one]
    best = t[y] + 0.5 * (cx + cy)
    if cy < np.inf or c[x - one] < np.inf:
        best = min(best, t[y - one] + HALF_DIAGONAL * (cx + cw))
    if cy < np.inf or c[x + one] < np.inf:
        best = min(best, t[y + one] + HALF_DIAGONAL * (cx + ce))
    if knights:
        z = y - back
        best = min(best, t[z - one] + QUARTER_KNIGHT * ((cx + c[z - one]) + (cw + cy)))
        best = min(best, t[z + one] + QUARTER_KNIGHT * ((cx + c[z + one]) + (ce + cy)))
        best = min(best, t[y - two] + QUARTER_KNIGHT * ((cx + c[y - two]) + (cw + c[x - one])))
        best = min(best, t[y + two] + QUARTER_KNIGHT * ((cx + c[y + two]) + (ce + c[x + one])))
    return best


@njit(cache=True, nogil=True, error_model="numpy")
def _forget(t, touched, rows, cols, pad):
    """Take the times out of the touched tiles again."""
    across = (cols + TILE - 1) // TILE
    for tile in range(touched.size):
        if touched[tile]:
            left = pad + tile % across * TILE
            top = pad + tile // across * TILE
            for r in range(top, min(top + TILE, rows + pad)):
                for x in range(r * (cols + 2 * pad) + left, r * (cols + 2 * pad) + min(left + TILE, cols + pad)):
                    t[x] = np.inf


@njit(cache=True, nogil=True, error_model="numpy")
def sweep_tiles(  # long: one loop over tiles
    t, c, rows, cols, pad, knights, starts, limit, most_work, most_visits, stats
):
    """Settle ``t`` over the padded cost ``c``; return DONE, or GIVEN_UP where the ground is a maze to sweeps."""
    stride = cols + 2 * pad
    down_tiles, right_tiles = (rows + TILE - 1) // TILE, (cols + TILE - 1) // TILE
    n_tiles = down_tiles * right_tiles
    keys = np.full(n_tiles, np.inf)
    heap = np.empty(n_tiles, dtype=np.int32)
    place = np.full(n_tiles, -1, dtype=np.int32)
    new_rows, new_cols = np.zeros(n_tiles, dtype=np.uint64), np.zeros(n_tiles, dtype=np.uint64)
    seen = np.zeros(n_tiles, dtype=np.uint8)
    side = TILE + 2 * MARGIN
    turned_t, turned_c = np.full(side * side, np.inf), np.full(side * side, np.inf)
    mark = np.zeros(TILE, dtype=np.int64)
    one = np.uint64(1)
    every = ~np.uint64(0)
    depth = 2 if knights else 1
    size = 0
    n_seen = 0
    work = 0
    n_visits = 0
    for i in range(starts.size):
        if c[starts[i]] < np.inf:
            r, q = starts[i] // stride - pad, starts[i] % stride - pad
            tile = (r // TILE) * right_tiles + q // TILE
            new_rows[tile] |= one << np.uint64(r % TILE)
            new_cols[tile] |= one << np.uint64(q % TILE)
            size = queue(tile, 0.0, keys, heap, place, size)
        t[starts[i]] = 0.0
    while size > 0:
        tile = take(keys, heap, place, size)
        size -= 1
        if keys[tile] > limit:
            break
        n_visits += 1
        if seen[tile] == 0:
            seen[tile] = 1
            n_seen += 1
        ti, tj = tile // right_tiles, tile % right_tiles
        n_rows, n_cols = min(TILE, rows - ti * TILE), min(TILE, cols - tj * TILE)
        first = (pad + ti * TILE) * stride + pad + tj * TILE
        corner = first - MARGIN * stride - MARGIN
        _turn(c, corner, stride, n_rows + 2 * MARGIN, n_cols + 2 * MARGIN, every, turned_c, 0, side)
        _turn(t, corner, stride, n_rows + 2 * MARGIN, n_cols + 2 * MARGIN, every, turned_t, 0, side)
        changed_rows, changed_cols, more = _settle_tile(
            t, c, first, stride, n_rows, n_cols, knights, new_rows[tile], new_cols[tile], turned_t, turned_c, mark
        )
        work += more + TURNING
        new_rows[tile], new_cols[tile] = np.uint64(0), np.uint64(0)
        if work > most_work * (n_seen + SPARE_TILES) or n_visits > most_visits * (n_seen + SPARE_TILES):
            seen[place >= 0] = 1
            _forget(t, seen, rows, cols, pad)
            for i in range(starts.size):
                t[starts[i]] = np.inf
            stats[0], stats[1], stats[2] = n_seen, n_visits, work
            return GIVEN_UP
        # Write what this tile improves beyond its four edges there, and queue the tiles that it improves.
        for edge in range(4):
            across = edge >= 2  # the edges right and left
            sign = 1 if edge & 1 else -1
            depth_tile = n_cols if across else n_rows
            bits = changed_cols if across else changed_rows
            if sign > 0:
                bits = bits >> np.uint64(max(depth_tile - depth, 0))
            if bits & np.uint64((1 << depth) - 1) == np.uint64(0):
                continue
            if (tj if across else ti) + sign < 0 or (tj if across else ti) + sign >= (
                right_tiles if across else down_tiles
            ):
                continue
            for k in range(depth):
                beyond = depth_tile + k if sign > 0 else -1 - k
                # Cells past the corners belong to the edges above and below.
                low, high = (
                    (0, n_rows)
                    if across
                    else (-depth if tj > 0 else 0, n_cols + (depth if tj + 1 < right_tiles else 0))
                )
                for along in range(low, high):
                    i, j = (along, beyond) if across else (beyond, along)
                    x = first + i * stride + j
                    offered = (
                        _offer(t, c, x, sign, stride, knights) if across else _offer(t, c, x, sign * stride, 1, knights)
                    )
                    if offered < t[x]:
                        t[x] = offered
                        r, q = ti * TILE + i, tj * TILE + j
                        other = (r // TILE) * right_tiles + q // TILE
                        new_rows[other] |= one << np.uint64(r % TILE)
                        new_cols[other] |= one << np.uint64(q % TILE)
                        size = queue(other, offered, keys, heap, place, size)
    stats[0], stats[1], stats[2] = n_seen, n_visits, work
    return DONE


def solve_by_sweeps(
    asked: OneSolve, pad: int, *, most_work: float = MOST_WORK, most_visits: float = MOST_VISITS
) -> tuple[NDArray[np.float64], bool]:
    """
    Settle a padded field without roads from the starts, or give up where that is slow.

    Parameters
    ----------
    asked
        What to solve; no roads, starts inside the padding.
    pad
        Cells of padding on each side.
    most_work, most_visits
        Relaxed rows and visits a tile, on average, above which to give up: counts, no clock, so that the same input takes the
        same way.

    Returns
    -------
    time
        Hours, one an entry of the cost.
    solved
        Whether they are the answer; after giving up they are all ``inf`` again, memory for the bucket queue.
    """
    time = np.full(asked.cost.size, np.inf)
    stats = np.zeros(3, dtype=np.int64)
    grid = (asked.n_cells // asked.stride - 2 * pad, asked.stride - 2 * pad, pad, asked.knight_moves)
    bounds = (asked.limit_h, most_work, most_visits)
    if sweep_tiles(time, asked.cost, *grid, asked.starts, *bounds, stats) == GIVEN_UP:
        return time, False
    if not np.isinf(asked.limit_h):
        time[time > asked.limit_h] = np.inf
    return time, True
