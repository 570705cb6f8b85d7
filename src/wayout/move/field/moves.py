"""The moves of the kernel, in plain Python: for tracing a way back and for checking the kernel against another solver."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from wayout.move.field.prepared import Neighbours

STRAIGHT = ((-1, 0), (0, -1), (0, 1), (1, 0))
DIAGONAL = ((-1, -1), (-1, 1), (1, -1), (1, 1))
KNIGHT = ((-2, -1), (-2, 1), (-1, -2), (-1, 2), (1, -2), (1, 2), (2, -1), (2, 1))


def moves_from(
    cost: NDArray[np.float64], cell: tuple[int, int], neighbours: Neighbours
) -> Iterator[tuple[tuple[int, int], float]]:
    """
    List the cells that can be entered from a cell, and the hours each move takes.

    Parameters
    ----------
    cost
        Hours per cell width, shape (rows, cols); ``inf`` where closed.
    cell
        Row and column.
    neighbours
        8 or 16.

    Yields
    ------
    move
        ``((row, column), hours)`` of each possible move.
    """
    for moves in (STRAIGHT, DIAGONAL, KNIGHT)[: 2 if neighbours == 8 else 3]:
        for dr, dc in moves:
            to = (cell[0] + dr, cell[1] + dc)
            if 0 <= to[0] < cost.shape[0] and 0 <= to[1] < cost.shape[1]:
                hours = _hours(cost, cell, dr, dc)
                if np.isfinite(hours):
                    yield to, hours


def _hours(cost: NDArray[np.float64], cell: tuple[int, int], dr: int, dc: int) -> float:
    row, col = cell
    ends = float(cost[row, col] + cost[row + dr, col + dc])
    if abs(dr) + abs(dc) == 1:
        return 0.5 * ends
    if abs(dr) == abs(dc):
        beside = min(cost[row + dr, col], cost[row, col + dc])
        return 2**0.5 * 0.5 * ends if np.isfinite(beside) else float("inf")
    # A knight move crosses the next cell along its long leg, and the diagonal one.
    first = (row + dr // 2, col) if abs(dr) == 2 else (row, col + dc // 2)
    second = (row + dr // 2, col + dc) if abs(dr) == 2 else (row + dr, col + dc // 2)
    return 5**0.5 * 0.25 * float(ends + cost[first] + cost[second])
