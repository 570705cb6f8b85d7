"""Where the sea begins: the shipped land cover has pixels of 5 km, and sees neither spits, isthmuses nor small islands."""

import numpy as np
from numpy.typing import NDArray

from wayout.geo.rasters import WATER
from wayout.move.ground.borders import countries_on
from wayout.move.ground.cells import part_cells
from wayout.move.ground.grid import TheatreGrid

BARREN = 16
"""IGBP class of ground of which no land cover is known."""


def without_false_sea(grid: TheatreGrid, classes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """
    Give cells that the land cover takes for sea, and the outlines of countries for land, the cover of the nearest land.

    Aden lies on a neck of land of 2 km: on pixels of 5 km it is an island, and no way would lead there. Only water that
    hangs together with the open sea is looked at: the outlines hold lakes and reservoirs as land.

    Parameters
    ----------
    grid
        The theatre grid.
    classes
        IGBP classes of the cells, shape of the grid.

    Returns
    -------
    classes
        The same with land along the coast.

    References
    ----------
    Natural Earth 1:10 million, https://www.naturalearthdata.com
    """
    from scipy.ndimage import distance_transform_edt

    water = classes == WATER
    if not water.any():
        return classes
    land = countries_on(grid) > 0
    parts, n_parts = part_cells(water)
    is_sea = np.zeros(n_parts + 1, dtype=bool)
    is_sea[parts[water & ~land]] = True
    hidden = is_sea[parts] & land
    if water.all():
        return np.where(hidden, np.uint8(BARREN), classes)
    row, col = distance_transform_edt(water, return_distances=False, return_indices=True)
    return np.where(hidden, classes[row, col], classes)
