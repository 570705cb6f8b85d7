"""
Compiled reachability of 64 draws a machine word over a small graph, and bits of draws.

Imported only inside functions, because importing numba takes time. Bit k of word w is draw 64 w + k.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
NONE = np.uint64(0)


@njit(cache=True, nogil=True)
def _open_nodes(
    barrier_open: NDArray[np.uint64],
    word: int,
    node_atom: NDArray[np.int32],
    member_at: NDArray[np.int32],
    member: NDArray[np.int32],
    node_open: NDArray[np.uint64],
) -> None:
    """Note in which draws each node is open: where all barriers on its ground are (certain ground: always)."""
    for v in range(node_atom.size):
        open_ = ALL
        atom = node_atom[v]
        if atom >= 0:
            for m in range(member_at[atom], member_at[atom + 1]):
                open_ &= barrier_open[member[m], word]
        node_open[v] = open_


@njit(cache=True, nogil=True)
def _spread(
    node_open: NDArray[np.uint64],
    beside_at: NDArray[np.int32],
    beside: NDArray[np.int32],
    is_start: NDArray[np.bool_],
    reached: NDArray[np.uint64],
) -> None:
    """Spread from the starts over open nodes until nothing changes, outward and inward in turn."""
    n = is_start.size
    for v in range(n):
        reached[v] = node_open[v] if is_start[v] else NONE
    outward, changed = True, True
    while changed:
        changed = False
        for i in range(n):
            v = i if outward else n - 1 - i
            was = reached[v]
            if was == node_open[v]:
                continue
            now = was
            for e in range(np.uint32(beside_at[v]), np.uint32(beside_at[v + 1])):
                now |= reached[np.uint32(beside[e])]
            now &= node_open[v]
            if now != was:
                reached[v] = now
                changed = True
        outward = not outward


@njit(cache=True, nogil=True)
def _count(
    goal: int,
    reached: NDArray[np.uint64],
    need: int,
    part_at: NDArray[np.int32],
    node_at: NDArray[np.int32],
    node: NDArray[np.int32],
    weight: NDArray[np.int64],
    total: NDArray[np.uint64],
) -> np.uint64:
    """
    Return in which draws parts of a goal worth at least ``need`` are reached.

    Parts that suffice alone are or-ed; the rest is summed in all draws at once, bit by bit of the sum: the sum starts so high
    that it overflows its highest bit where the need is met. ``total`` is room for the bits of the sum.
    """
    if need <= 0:
        return ALL
    found, light = NONE, 0
    for j in range(part_at[goal], part_at[goal + 1]):
        if weight[j] < need:
            light += weight[j]
        else:
            for e in range(node_at[j], node_at[j + 1]):
                found |= reached[node[e]]
    if light < need or found == ALL:
        return found
    n_bits = 0
    while (1 << n_bits) <= light:
        n_bits += 1
    for bit in range(n_bits):
        total[bit] = ALL if (((1 << n_bits) - need) >> bit) & 1 else NONE
    for j in range(part_at[goal], part_at[goal + 1]):
        if weight[j] >= need:
            continue
        part = NONE
        for e in range(node_at[j], node_at[j + 1]):
            part |= reached[node[e]]
        carry = NONE
        for bit in range(n_bits):
            add = part if (weight[j] >> bit) & 1 else NONE
            old = total[bit]
            total[bit] = old ^ add ^ carry
            carry = (old & add) | (carry & (old ^ add))
        found |= carry
    return found


@njit(cache=True, nogil=True)
def reach_goals(
    barrier_open: NDArray[np.uint64],
    graph: tuple[
        NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.bool_]
    ],
    goals: tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]],
) -> NDArray[np.uint64]:
    """
    Find in which draws each goal is reached.

    Parameters
    ----------
    barrier_open
        Shape (barriers, words): bit k of word w tells that the barrier is open in draw 64 w + k.
    graph
        Atom of each node (-1: certain ground), barriers of each atom (ends, members), neighbours of each node (ends, nodes),
        whether a node holds a start.
    goals
        Parts of each goal (ends), nodes of each part (ends, nodes), weight of each part, weight needed of each goal.

    Returns
    -------
    found
        Shape (goals, words).
    """
    node_atom, member_at, member, beside_at, beside, is_start = graph
    part_at, node_at, node, weight, need = goals
    n_words = barrier_open.shape[1]
    found = np.empty((need.size, n_words), dtype=np.uint64)
    node_open = np.empty(node_atom.size, dtype=np.uint64)
    reached = np.empty(node_atom.size, dtype=np.uint64)
    total = np.empty(64, dtype=np.uint64)
    for word in range(n_words):
        _open_nodes(barrier_open, word, node_atom, member_at, member, node_open)
        _spread(node_open, beside_at, beside, is_start, reached)
        for g in range(need.size):
            found[g, word] = _count(g, reached, need[g], part_at, node_at, node, weight, total)
    return found
