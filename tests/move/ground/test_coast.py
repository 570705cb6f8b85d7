import numpy as np
import pytest
from scipy.ndimage import label
from shapely.geometry import box

from wayout.geo.rasters import WATER, landcover_at
from wayout.move.ground.coast import BARREN, without_false_sea
from wayout.move.ground.grid import make_grid

HEADLANDS = {  # two places on one land, which pixels of 5 km part
    "Aden and the plain north of it": (box(44.8, 12.7, 45.2, 13.1), (45.03, 12.79), (45.0, 13.0)),
    "Teknaf and Cox's Bazar": (box(92.0, 20.7, 92.6, 21.5), (92.265, 20.86), (92.1, 21.4)),
}


def cover(grid):
    return landcover_at(*grid.centres_lonlat())


@pytest.mark.parametrize("where", HEADLANDS)
def test_a_headland_hangs_together_with_its_land(where):
    area, *places = HEADLANDS[where]
    grid = make_grid(area, 150.0, cell_km=1.0)
    x, y = grid.to_km(*np.array(places).T)
    row, col = grid.cell_of(x, y)
    before, after = (
        label(classes != WATER)[0][row, col] for classes in (cover(grid), without_false_sea(grid, cover(grid)))
    )
    assert not (before[0] == before[1] > 0)
    assert after[0] == after[1] > 0


def test_lakes_inland_stay_water():
    grid = make_grid(box(37.0, 11.5, 37.7, 12.3), 150.0, cell_km=3.0)  # Lake Tana
    assert (cover(grid) == WATER).any()
    np.testing.assert_array_equal(without_false_sea(grid, cover(grid)), cover(grid))


def test_no_land_is_made_on_the_high_sea():
    grid = make_grid(box(-30, -20.2, -29.6, -19.8), 150.0, cell_km=5.0)
    assert (without_false_sea(grid, cover(grid)) == WATER).all()


def test_land_stays_land_and_takes_the_cover_of_its_neighbours():
    grid = make_grid(box(44.8, 12.7, 45.2, 13.1), 150.0, cell_km=2.0)
    before, after = cover(grid), without_false_sea(grid, cover(grid))
    np.testing.assert_array_equal(after[before != WATER], before[before != WATER])
    assert set(np.unique(after)) <= set(np.unique(before))


def test_an_island_that_no_pixel_shows_is_bare_ground():
    grid = make_grid(box(44.8, 12.7, 45.2, 13.1), 150.0, cell_km=2.0)
    drowned = np.full(grid.shape, WATER, dtype=np.uint8)
    assert set(np.unique(without_false_sea(grid, drowned))) == {WATER, BARREN}
