"""
The bounded kernel of MOVE: shortest times over ground and roads with a bucket queue (Denardo and Fox).

Imported only inside functions, because importing numba takes time. What makes it fast: no parents are kept, entries carry the low bits of their time (an entry whose cell has been improved since
is stale), indices are unsigned, buckets are no wider than the shortest move where that is affordable.

Nothing can overflow, whatever the ground: a bucket is a chain of chunks from one pool, and the kernel stops *before* a cell
that could need more chunks than are left, so that the pool can be doubled and the work taken up again.
"""

# The compiler infers the types of compiled functions; annotations of unsigned arithmetic would only be noise.
# ruff: noqa: ANN001, ANN201, ANN202
# mypy: disallow-untyped-defs=False

from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic
from numpy.typing import NDArray

from wayout.errors import InputError
from wayout.move.field.neighbours import HALF_DIAGONAL, QUARTER_KNIGHT
from wayout.move.field.one_solve import OneSolve

CHUNK_BITS = 5
CHUNK = 1 << CHUNK_BITS
LOW32 = np.uint64(0xFFFFFFFF)
NONE = -1
"""No older chunk: the first chunk of a bucket."""
MOVES = 16
DONE, POOL_LOW = 0, 1
AHEAD = 4
"""How many entries ahead a cell and the rows above and below it are fetched: the next cells are known, their memory is far apart."""


def _write_fetch(context, array, index):
    """Ask for the memory of an element, without waiting for it."""

    def build(context, builder, signature, arguments):
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        byte, word = ir.IntType(8).as_pointer(), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [byte, word, word, word])
        fetch = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")  # type: ignore[no-untyped-call]
        builder.call(fetch, [builder.bitcast(builder.gep(data, [arguments[1]]), byte), word(0), word(3), word(1)])
        return context.get_dummy_value()

    return types.void(array, index), build


_fetch: Any = intrinsic(_write_fetch)


@njit(cache=True, nogil=True, error_model="numpy")
def _offer(cell, offered, per_width, mask, time, bits, pool, tail, older, spare, count):
    """Lower a cell's time and add it to the bucket of that time."""
    time[cell] = offered
    b = np.uint64(np.int64(offered * per_width)) & mask
    at = tail[b]
    pool[at] = (cell << np.uint64(32)) | np.uint64(bits[cell + cell])
    at += np.uint64(1)
    if at & np.uint64(CHUNK - 1) == np.uint64(0):  # the chunk is full: chain a new one to it
        if count[0] > 0:
            count[0] -= 1
            new = spare[count[0]]
        else:
            new = count[1]
            count[1] += 1
        older[new] = np.int64((at - np.uint64(1)) >> np.uint64(CHUNK_BITS))
        at = np.uint64(new) << np.uint64(CHUNK_BITS)
    tail[b] = at


@njit(cache=True, nogil=True, error_model="numpy")
def start(starts, per_width, time, bits, pool, tail, older, spare, count):
    """Offer time 0 to every start."""
    mask = np.uint64(tail.size - 1)
    for i in range(starts.size):
        cell = np.uint64(starts[i])
        if time[cell] > 0.0:
            _offer(cell, 0.0, per_width, mask, time, bits, pool, tail, older, spare, count)


@njit(cache=True, nogil=True, error_model="numpy")
def settle(  # long: one hot loop, unrolled move by move
    cost,
    time,
    bits,
    stride,
    n_cells,
    knight_moves,
    per_width,
    pool,
    tail,
    older,
    spare,
    count,
    slot,
    begin,
    to_,
    hours,
    reserve,
):
    """
    Settle cells in order of time until all are settled, or chunks run low.

    ``bits`` is the memory of ``time`` as 32-bit words. ``count`` holds the number of spare chunks, of chunks in use, and the
    bucket to go on from.
    """
    mask = np.uint64(tail.size - 1)
    one, two, thirty_two = np.uint64(1), np.uint64(2), np.uint64(32)
    low, in_chunk = np.uint64(0xFFFFFFFF), np.uint64(CHUNK - 1)
    s = np.uint64(stride)
    cells = np.uint64(n_cells)
    inf = np.inf
    bucket = count[2]
    empty = 0
    while empty < tail.size:
        b = np.uint64(bucket) & mask
        while True:
            at = tail[b]
            if at & in_chunk == np.uint64(0):
                chunk = np.int64(at >> np.uint64(CHUNK_BITS))
                if older[chunk] == NONE:
                    break
                spare[count[0]] = chunk
                count[0] += 1
                at = (np.uint64(older[chunk]) + one) << np.uint64(CHUNK_BITS)
                tail[b] = at
            if count[0] + older.size - count[1] < reserve:
                count[2] = bucket
                return POOL_LOW
            empty = 0
            at -= one
            entry = pool[at]
            tail[b] = at
            c = entry >> thirty_two
            ahead = pool[max(at, np.uint64(AHEAD)) - np.uint64(AHEAD)] >> thirty_two
            if ahead < cells:  # what follows may be another bucket's, or long gone: fetching it is then only of no use
                _fetch(cost, ahead)
                _fetch(cost, ahead - s)
                _fetch(cost, ahead + s)
                _fetch(time, ahead)
                _fetch(time, ahead - s)
                _fetch(time, ahead + s)
            if np.uint64(bits[c + c]) != entry & low:
                continue
            h, now = cost[c], time[c]
            if c < cells and h < inf:
                up, down = c - s, c + s
                hn, hs = cost[up], cost[down]
                hw, he = cost[c - one], cost[c + one]
                offered = now + 0.5 * (h + hn)
                if offered < time[up]:
                    _offer(up, offered, per_width, mask, time, bits, pool, tail, older, spare, count)
                offered = now + 0.5 * (h + hw)
                if offered < time[c - one]:
                    _offer(c - one, offered, per_width, mask, time, bits, pool, tail, older, spare, count)
                offered = now + 0.5 * (h + he)
                if offered < time[c + one]:
                    _offer(c + one, offered, per_width, mask, time, bits, pool, tail, older, spare, count)
                offered = now + 0.5 * (h + hs)
                if offered < time[down]:
                    _offer(down, offered, per_width, mask, time, bits, pool, tail, older, spare, count)
                hnw, hne = cost[up - one], cost[up + one]
                hsw, hse = cost[down - one], cost[down + one]
                # A diagonal may brush one closed corner, but never slip between two.
                offered = now + HALF_DIAGONAL * (h + hnw)
                if offered < time[up - one] and (hn < inf or hw < inf):
                    _offer(up - one, offered, per_width, mask, time, bits, pool, tail, older, spare, count)
                offered = now + HALF_DIAGONAL * (h + hne)
                if offered < time[up + one] and (hn < inf or he < inf):
                    _offer(up + one, offered, per_width, mask, time, bits, pool, tail, older, spare, count)
                offered = now + HALF_DIAGONAL * (h + hsw)
                if offered < time[down - one] and (hs < inf or hw < inf):
                    _offer(down - one, offered, per_width, mask, time, bits, pool, tail, older, spare, count)
                offered = now + HALF_DIAGONAL * (h + hse)
                if offered < time[down + one] and (hs < inf or he < inf):
                    _offer(down + one, offered, per_width, mask, time, bits, pool, tail, older, spare, count)
                if knight_moves:
                    # A knight move passes the next cell along its long leg, and the diagonal one; a closed one makes it inf.
                    for k in range(8):
                        if k == 0:
                            t, m = up + up - c - one, hn + hnw
                        elif k == 1:
                            t, m = up + up - c + one, hn + hne
                        elif k == 2:
                            t, m = down + s - one, hs + hsw
                        elif k == 3:
                            t, m = down + s + one, hs + hse
                        elif k == 4:
                            t, m = up - two, hw + hnw
                        elif k == 5:
                            t, m = down - two, hw + hsw
                        elif k == 6:
                            t, m = up + two, he + hne
                        else:
                            t, m = down + two, he + hse
                        offered = now + QUARTER_KNIGHT * ((h + cost[t]) + m)
                        if offered < time[t]:
                            _offer(t, offered, per_width, mask, time, bits, pool, tail, older, spare, count)
            if slot.size > 0 and slot[c] >= 0 and h < inf:
                row = np.uint64(slot[c])
                for i in range(np.uint64(begin[row]), np.uint64(begin[row + one])):
                    t = np.uint64(to_[i])
                    offered = now + hours[i]
                    if offered < time[t] and cost[t] < inf:
                        _offer(t, offered, per_width, mask, time, bits, pool, tail, older, spare, count)
        bucket += 1
        empty += 1
    return DONE


def solve_by_buckets(
    asked: OneSolve, *, width_h: float, n_buckets: int, out: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """
    Settle a padded field from the starts.

    ``width_h`` times ``n_buckets`` (a power of two) must exceed the longest finite move or link by two widths. With a width above
    the shortest move cells may be settled more than once, which costs time and changes nothing: the result is exact either way.

    Parameters
    ----------
    asked
        What to solve.
    width_h, n_buckets
        Width and number of buckets.
    out
        Memory for the times, filled with ``inf``, or ``None``.

    Returns
    -------
    time
        Hours, one an entry of the cost.

    Raises
    ------
    InputError
        If the number of buckets is no power of two.
    """
    if n_buckets < 4 or n_buckets & (n_buckets - 1):
        raise InputError(f"n_buckets is {n_buckets}; it must be a power of two, at least 4")
    cost, starts, links, limit_h = asked.cost, asked.starts, asked.links, asked.limit_h
    time = np.full(cost.size, np.inf) if out is None else out
    limited = not np.isinf(limit_h)
    if limited:  # no time above the limit is then the smaller
        time.fill(np.nextafter(limit_h, np.inf))
    bits = time.view(np.uint32)
    reserve = MOVES + 2 + (int(np.diff(links.begin).max()) if links.begin.size > 1 else 0)
    # Each start may fill a chunk of its own at most every CHUNK entries.
    n_chunks = n_buckets + 2 * reserve + starts.size // CHUNK + 64
    pool, older = np.empty(n_chunks * CHUNK, dtype=np.uint64), np.full(n_chunks, NONE, dtype=np.int64)
    spare = np.empty(n_chunks, dtype=np.int64)
    tail = (np.arange(n_buckets, dtype=np.uint64) << np.uint64(CHUNK_BITS)).astype(np.uint64)
    count = np.array([0, n_buckets, 0], dtype=np.int64)
    per_width = 1.0 / width_h
    start(starts, per_width, time, bits, pool, tail, older, spare, count)
    while (
        settle(
            cost, time, bits, asked.stride, asked.n_cells, asked.knight_moves, per_width,
            pool, tail, older, spare, count, links.slot, links.begin, links.to, links.hours, reserve,
        )
        == POOL_LOW
    ):  # fmt: skip
        pool = np.concatenate([pool, np.empty_like(pool)])
        older = np.concatenate([older, np.full_like(older, NONE)])
        spare = np.concatenate([spare, np.empty_like(spare)])
    if limited:
        time[time > limit_h] = np.inf
    return time
