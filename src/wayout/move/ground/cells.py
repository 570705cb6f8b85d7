"""Masks of grid cells: widen them, measure their depth, part them. SciPy is loaded on first use."""

import numpy as np
from numpy.typing import NDArray

EIGHT = np.ones((3, 3), dtype=bool)
"""A cell and its eight neighbours."""


def widen(cells: NDArray[np.bool_], steps: int = 1) -> NDArray[np.bool_]:
    """Add the cells within ``steps`` moves (of eight) of a mask."""
    from scipy.ndimage import binary_dilation

    return np.asarray(binary_dilation(cells, structure=EIGHT, iterations=steps))


def widen_round(cells: NDArray[np.bool_], radius: int) -> NDArray[np.bool_]:
    """Add the cells within a round radius, in cells, of a mask."""
    from scipy.ndimage import binary_dilation

    disc = np.hypot(*np.mgrid[-radius : radius + 1, -radius : radius + 1]) <= radius + 0.5
    return np.asarray(binary_dilation(cells, structure=disc))


def distance_inside(cells: NDArray[np.bool_]) -> NDArray[np.float64]:
    """
    Measure how far each cell of a mask is from the nearest cell outside it, in cell widths; 0 outside.

    The grid's edge is no outside: what goes on beyond it is not known to end there.
    """
    from scipy.ndimage import distance_transform_edt

    return np.asarray(distance_transform_edt(cells), dtype=np.float64)


def part_cells(cells: NDArray[np.bool_]) -> tuple[NDArray[np.int64], int]:
    """Number the parts of a mask that hang together side to side, from 1; 0 is outside. Return them and their count."""
    from scipy.ndimage import label

    parts, n_parts = label(cells)
    return np.asarray(parts, dtype=np.int64), int(n_parts)
