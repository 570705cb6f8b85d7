"""Shade the probability surface in a few classes with smooth edges, coarsened to the floor."""

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy import ndimage
from shapely.geometry.base import BaseGeometry

from wayout.publish.coarsen import KM_PER_DEG

THRESHOLDS = (0.05, 0.2, 0.45, 0.55, 0.8)
"""Lower bounds of the shaded classes: bounds of ICD 203's terms."""
MOST_CELLS = 120
"""Longest side of the surface as drawn, cells."""
FINER = 4
"""How many times finer than its cells the surface is interpolated for drawing."""


def surface_classes(
    surface: NDArray[np.float32], bounds: tuple[float, float, float, float], floor_km: float
) -> tuple[tuple[float, BaseGeometry], ...]:
    """
    Outline where the probability is at least each threshold.

    Parameters
    ----------
    surface
        P(cell reached in time), shape (rows, cols), row 0 north; NaN where nothing was computed.
    bounds
        West, south, east, north of the surface, degrees.
    floor_km
        Floor, km: cells are averaged to at least this size.

    Returns
    -------
    classes
        Threshold and area (lon/lat), lowest threshold first: each area lies inside the one before, but for smoothing.
    """
    west, south, east, north = bounds
    rows, cols = surface.shape
    if not rows or not cols:
        return ()
    cell_km = (north - south) * KM_PER_DEG / rows
    block = max(1, int(np.ceil(floor_km / cell_km)), int(np.ceil(max(rows, cols) / MOST_CELLS)))
    coarse = _block_mean(np.nan_to_num(surface.astype(np.float64), nan=0.0), block)
    # Finer and bilinear, so that the outlines do not show the blocks; the information stays that of the blocks.
    fine = ndimage.zoom(coarse, FINER, order=1, mode="nearest", grid_mode=True)
    size = ((east - west) * block / cols / FINER, (north - south) * block / rows / FINER)
    found = []
    for threshold in THRESHOLDS:
        area = _outline(fine >= threshold, west, north, size)
        if not area.is_empty:
            found.append((threshold, area))
    return tuple(found)


def _block_mean(values: NDArray[np.float64], block: int) -> NDArray[np.float64]:
    rows, cols = values.shape
    padded = np.pad(values, ((0, -rows % block), (0, -cols % block)), mode="edge")
    shape = (padded.shape[0] // block, block, padded.shape[1] // block, block)
    return np.asarray(padded.reshape(shape).mean(axis=(1, 3)), dtype=np.float64)


def _outline(inside: NDArray[np.bool_], west: float, north: float, size: tuple[float, float]) -> BaseGeometry:
    """Join the runs of every row into one area and round its corners by half a cell."""
    boxes = []
    for r, row in enumerate(inside):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0]))))
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            boxes.append(
                shapely.box(
                    west + start * size[0], north - (r + 1) * size[1], west + end * size[0], north - r * size[1]
                )
            )
    # Steps of one fine cell are cut off before the corners are rounded.
    area = shapely.union_all(boxes).simplify(1.2 * max(size))
    round_by = FINER * min(size) / 2
    return area.buffer(round_by).buffer(-2 * round_by).buffer(round_by).simplify(0.2 * min(size))
