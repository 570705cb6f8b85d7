import numpy as np
import pytest
from shapely.geometry import Point

from wayout.move.ground.grid import make_grid
from wayout.move.ways.surface import make_pixels


def test_surface_keeps_its_place_and_its_floor():
    grid = make_grid(Point(45.0, 15.0).buffer(0.3), 50.0, cell_km=2.0)
    x, y = grid.centres_km()
    north_east = ((x > 0) & (y > 0)).astype(float)
    pixels = make_pixels(grid, floor_km=5.0)
    surface, (west, south, east, north) = pixels.surface(north_east), pixels.bounds
    rows, cols = surface.shape
    assert (north - south) * 111 / rows >= 5.0 * 0.99
    assert west < 45.0 < east
    assert south < 15.0 < north
    middle_row, middle_col = int((north - 15.0) / (north - south) * rows), int((45.0 - west) / (east - west) * cols)
    assert surface[: middle_row - 1, middle_col + 1 :].min() == 1
    assert surface[middle_row + 1 :].max() == 0
    assert surface.dtype == np.float32


def test_a_fine_grid_is_not_published_finer_than_the_floor():
    grid = make_grid(Point(45.0, 15.0).buffer(0.1), 50.0, cell_km=1.0)
    coarse, fine = (make_pixels(grid, floor_km=km).surface(np.ones(grid.shape)) for km in (20.0, 1.0))
    assert coarse.size < fine.size / 100
    assert coarse.mean() == pytest.approx(1.0)
