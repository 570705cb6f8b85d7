"""
Compiled steps of the reach diagram: decide one group of barriers in every situation kept so far.

Imported only inside functions, because importing numba takes time. A situation is a row with a mark for each node of the graph:
what later groups may still do with it, and nothing else.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

GONE = -1
"""Closed, or of no more use."""
PENDING = -2
"""Not decided yet."""
TOUCHED = -3
"""Not decided yet, and beside ground that is reached (or a start): reached once it opens."""
REACHED = 0
"""Open and reached, and worth something to the goal. From 1 on: open, in one piece with all nodes of that number."""
FAILED, WON = -1, -2


@njit(cache=True, nogil=True)
def _find(parent: NDArray[np.int32], label: int) -> int:
    while parent[label] != label:
        label = parent[label]
    return label


@njit(cache=True, nogil=True)
def _open(
    row: NDArray[np.int16],
    shut: NDArray[np.bool_],
    last: NDArray[np.bool_],
    beside_at: NDArray[np.int32],
    beside: NDArray[np.int32],
    parent: NDArray[np.int32],
) -> None:
    """Close and open what a state of the group decides; join what hangs together, and to what is reached."""
    n = row.size
    for label in range(2 * n + 2):
        parent[label] = label
    for v in range(n):
        if row[v] <= PENDING:
            if shut[v]:
                row[v] = GONE
            elif last[v]:
                row[v] = REACHED if row[v] == TOUCHED else n + 1 + v  # numbers up to n are taken
    for v in range(n):
        if last[v] and row[v] >= 0:
            for e in range(beside_at[v], beside_at[v + 1]):
                if row[beside[e]] >= 0:
                    a, b = _find(parent, row[v]), _find(parent, row[beside[e]])
                    parent[max(a, b)] = min(a, b)
    for v in range(n):
        if row[v] > 0:
            row[v] = _find(parent, row[v])
    for v in range(n):
        if row[v] == REACHED:
            for e in range(beside_at[v], beside_at[v + 1]):
                if row[beside[e]] == PENDING:
                    row[beside[e]] = TOUCHED


@njit(cache=True, nogil=True)
def _flood(
    row: NDArray[np.int16],
    beside_at: NDArray[np.int32],
    beside: NDArray[np.int32],
    seen: NDArray[np.bool_],
    room: NDArray[np.int32],
) -> None:
    """
    Mark all undecided and open, not yet reached nodes that hang together with those marked.

    ``room`` (4 n + 2,) is scratch: a stack of nodes, the next node of the same piece, the first node of each piece.
    """
    n, n_stack = row.size, 0
    stack, following, first = room[:n], room[n : 2 * n], room[2 * n :]
    for label in range(first.size):
        first[label] = -1
    for v in range(n - 1, -1, -1):
        if row[v] > 0:
            following[v] = first[row[v]]
            first[row[v]] = v
        if seen[v]:
            stack[n_stack] = v
            n_stack += 1
    while n_stack > 0:
        n_stack -= 1
        v = stack[n_stack]
        for e in range(beside_at[v], beside_at[v + 1]):
            u = beside[e]
            if not seen[u] and (row[u] > 0 or row[u] <= PENDING):
                seen[u] = True
                stack[n_stack] = u
                n_stack += 1
        if row[v] > 0:
            u = first[row[v]]
            first[row[v]] = -1  # once is enough
            while u >= 0:
                if not seen[u]:
                    seen[u] = True
                    stack[n_stack] = u
                    n_stack += 1
                u = following[u]


@njit(cache=True, nogil=True)
def _judge(
    row: NDArray[np.int16],
    beside_at: NDArray[np.int32],
    beside: NDArray[np.int32],
    weight: NDArray[np.int64],
    need: int,
    seen: NDArray[np.bool_],
    room: NDArray[np.int32],
) -> int:
    """Return whether the goal is won or failed for certain, else 1 with all that plays no part any more gone."""
    n, won, hoped = row.size, 0, 0
    for v in range(n):
        seen[v] = row[v] == TOUCHED
    _flood(row, beside_at, beside, seen, room)
    for v in range(n):
        if row[v] == REACHED:
            won += weight[v]
        elif seen[v]:
            hoped += weight[v]
        else:
            row[v] = GONE  # no draw reaches it any more
    if won >= need:
        return WON
    if won + hoped < need:
        return FAILED
    for v in range(n):
        seen[v] = row[v] != GONE and row[v] != REACHED and weight[v] > 0
    _flood(row, beside_at, beside, seen, room)
    for v in range(n):
        if row[v] == REACHED:
            row[v] = REACHED if weight[v] > 0 else GONE  # what it opened the way to is marked as touched
        elif not seen[v]:
            row[v] = GONE  # it leads to no goal
    return 1


@njit(cache=True, nogil=True)
def _tidy(
    row: NDArray[np.int16],
    beside_at: NDArray[np.int32],
    beside: NDArray[np.int32],
    weight: NDArray[np.int64],
    parent: NDArray[np.int32],
) -> None:
    """Drop open nodes that nothing can join any more; number pieces by their first node, so that equal rows look equal."""
    n = row.size
    for v in range(n):
        if row[v] > 0 and weight[v] == 0:
            live = False
            for e in range(beside_at[v], beside_at[v + 1]):
                live |= row[beside[e]] <= PENDING
            if not live:
                row[v] = GONE
    for label in range(2 * n + 2):
        parent[label] = 0
    count = 0
    for v in range(n):
        if row[v] > 0:
            if parent[row[v]] == 0:
                count += 1
                parent[row[v]] = count
            row[v] = parent[row[v]]


@njit(cache=True, nogil=True)
def decide_group(
    rows: NDArray[np.int16],
    shut: NDArray[np.bool_],
    last: NDArray[np.bool_],
    beside_at: NDArray[np.int32],
    beside: NDArray[np.int32],
    weight: NDArray[np.int64],
    need: int,
) -> tuple[NDArray[np.int16], NDArray[np.int32]]:
    """
    Decide one group in every situation.

    Parameters
    ----------
    rows
        Situations, shape (n, nodes).
    shut
        Nodes that each state of the group closes, shape (states, nodes).
    last
        Nodes on which no later group lies, shape (nodes,).
    beside_at, beside
        Neighbours of each node.
    weight, need
        Worth of each node to the goal, and how much is needed.

    Returns
    -------
    after
        The situations that are open still, with repetitions.
    child
        Index into ``after`` of each situation and state, or :data:`FAILED` or :data:`WON`; shape (n, states).
    """
    n_rows, n = rows.shape
    child = np.empty((n_rows, shut.shape[0]), dtype=np.int32)
    after = np.empty((n_rows * shut.shape[0], n), dtype=np.int16)
    parent = np.empty(2 * n + 2, dtype=np.int32)
    seen = np.empty(n, dtype=np.bool_)
    room = np.empty(4 * n + 2, dtype=np.int32)
    count = 0
    for r in range(n_rows):
        for state in range(shut.shape[0]):
            row = after[count]
            row[:] = rows[r]
            _open(row, shut[state], last, beside_at, beside, parent)
            verdict = _judge(row, beside_at, beside, weight, need, seen, room)
            if verdict == 1:
                _tidy(row, beside_at, beside, weight, parent)
                verdict = count
                count += 1
            child[r, state] = verdict
    return after[:count], child
