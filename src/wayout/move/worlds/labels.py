"""
Compiled labelling of ground into connected pieces of one kind, and where pieces touch.

Imported only inside functions, because importing numba takes time.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def _root(parent: NDArray[np.int32], cell: int) -> int:
    """Find the first cell of a piece, halving the path on the way."""
    while parent[cell] != cell:
        parent[cell] = parent[parent[cell]]
        cell = parent[cell]
    return cell


@njit(cache=True, nogil=True)
def _join(parent: NDArray[np.int32], a: int, b: int) -> None:
    """Make two pieces one; its first cell stays the root, so that numbers do not depend on the order of joining."""
    a, b = _root(parent, a), _root(parent, b)
    if a < b:
        parent[b] = a
    elif b < a:
        parent[a] = b


@njit(cache=True, nogil=True)
def label_pieces(
    cost: NDArray[np.float64],
    atom: NDArray[np.int32],
    grid: tuple[int, int],
    roads: NDArray[np.int64],
) -> tuple[NDArray[np.int32], int]:
    """
    Number the connected pieces of passable ground that bear the same atom (-1: none), by their first cell.

    ``cost`` (size,) is a flat padded grid (``inf``: closed for good), then road nodes; ``grid`` the cells a row and the cells of
    the grid; ``roads`` (n, 2) the flat ends of roads and joins. Return the piece of each entry (-1: closed) and the
    number of pieces. Takes 4 bytes an entry.
    """
    size, (stride, n_cells) = cost.size, grid
    piece = np.empty(size, dtype=np.int32)
    for i in range(size):
        piece[i] = i if cost[i] < np.inf else -1
    for i in range(stride, n_cells):
        if piece[i] < 0:
            continue
        if piece[i - 1] >= 0 and atom[i - 1] == atom[i]:
            piece[i] = piece[i - 1]
            if piece[i - stride] >= 0 and atom[i - stride] == atom[i]:
                _join(piece, i, i - stride)
        elif piece[i - stride] >= 0 and atom[i - stride] == atom[i]:
            piece[i] = piece[i - stride]
    for k in range(roads.shape[0]):
        a, b = roads[k, 0], roads[k, 1]
        if piece[a] >= 0 and piece[b] >= 0 and atom[a] == atom[b]:
            _join(piece, a, b)
    count = 0
    for i in range(size):  # a parent comes before its children, so it bears its number already
        if piece[i] == i:
            piece[i] = count
            count += 1
        elif piece[i] >= 0:
            piece[i] = piece[piece[i]]
    return piece, count


@njit(cache=True, nogil=True)
def find_contacts(
    piece: NDArray[np.int32],
    grid: tuple[int, int],
    roads: NDArray[np.int64],
) -> NDArray[np.int64]:
    """
    List where two pieces touch, side to side or by a road, with repetitions: shape (n, 2), the lower piece first.

    Two pieces of certain ground never touch (they would be one), so there are as many as uncertain ground has edges.
    """
    stride, n_cells = grid
    n = 0
    for fill in (False, True):  # counted first, so that memory is taken once
        if fill:
            found = np.empty((n, 2), dtype=np.int64)
            n = 0
        for i in range(stride, n_cells):
            here = piece[i]
            if here < 0:
                continue
            for j in (i - 1, i - stride):
                there = piece[j]
                if there >= 0 and there != here:
                    if fill:
                        found[n, 0], found[n, 1] = min(here, there), max(here, there)
                    n += 1
        for k in range(roads.shape[0]):
            a, b = piece[roads[k, 0]], piece[roads[k, 1]]
            if a >= 0 and b >= 0 and a != b:
                if fill:
                    found[n, 0], found[n, 1] = min(a, b), max(a, b)
                n += 1
    return found
