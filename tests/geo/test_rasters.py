import numpy as np
import pytest

from wayout.errors import InputError
from wayout.geo.rasters import WATER, landcover_at, read_relief, slope_at

CITIES = {  # lon, lat, metres (general knowledge, to a step or two of a 9 km raster)
    "Kyiv": (30.52, 50.45, 120),
    "Bamako": (-8.0, 12.64, 350),
    "Denver": (-104.99, 39.74, 1600),
    "Nairobi": (36.82, -1.29, 1700),
}


@pytest.mark.parametrize("city", CITIES)
def test_relief_knows_how_high_cities_lie(city):
    lon, lat, height = CITIES[city]
    relief = read_relief()
    assert float(relief.sample(lon, lat)) * relief.unit == pytest.approx(height, abs=max(100, 0.15 * height))


def test_open_sea_is_water_and_desert_is_not():
    assert landcover_at([-30.0, 18.0], [30.0, 35.0]).tolist() == [WATER, WATER]
    assert landcover_at(20.0, 24.0) == 16  # Libyan desert: barren


def test_mountains_are_steeper_than_plains_in_and_outside_the_fine_raster():
    himalaya, ganges = slope_at([84.0, 81.0], [28.5, 26.5])
    andes, pampas = slope_at([-70.0, -61.0], [-33.0, -35.0])
    assert himalaya > 10 > 1 > ganges
    assert andes > 5 > 1 > pampas


def test_longitudes_wrap_and_shapes_are_kept():
    grid = np.array([[179.9, 190.0], [-179.9, -170.0]])
    lat = np.full((2, 2), 66.0)
    cover = landcover_at(grid, lat)
    assert cover.shape == (2, 2)
    assert cover[0, 1] == cover[1, 1]
    assert np.isfinite(slope_at(grid, lat)).all()


def test_points_off_the_earth_are_refused():
    with pytest.raises(InputError, match="outside the Earth"):
        landcover_at(0.0, 91.0)
    with pytest.raises(InputError, match="outside the Earth"):
        slope_at(float("nan"), 0.0)
