import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import box

from wayout.errors import InputError
from wayout.geo.rasters import DEGREE_KM, slope_at
from wayout.model import Ground, GroundRaster
from wayout.move.friction import survey
from wayout.move.ground.finer import means_in_cells
from wayout.move.ground.grid import make_grid
from wayout.move.ground.layers import landcover_pace, legend_pace, pace_on, slope_on
from wayout.move.mobility import profile_for
from wayout.vocab import read_vocab

GRID = make_grid(box(9.9, 9.9, 10.1, 10.1), 150.0, cell_km=10.0)


def raster(values, kind="relief", *, west=8.0, north=12.0, width_deg=4.0, **more) -> GroundRaster:
    values = np.asarray(values)
    return GroundRaster(
        values=values,
        kind=kind,
        west=west,
        north=north,
        step_lon_deg=width_deg / values.shape[1],
        step_lat_deg=width_deg / values.shape[0],
        source="a test",
        **more,
    )


def test_a_plane_that_rises_evenly_has_its_own_slope():
    step_km = 4.0 / 400 * DEGREE_KM
    relief = raster(np.arange(400)[::-1, None] * 1000 * step_km * np.tan(np.radians(2.0)) / 10 * np.ones((1, 400)))
    slope, told = slope_on(GRID, relief)
    np.testing.assert_allclose(slope, np.degrees(np.arctan(np.tan(np.radians(2.0)) / 10)), rtol=1e-6)
    assert told == "relief: a test"


def test_slope_is_the_mean_of_fine_slopes_not_the_slope_of_means():
    """Ridges finer than a cell are level in the mean, and steep all the same."""
    ridges = np.where(np.arange(800) % 4 < 2, 0.0, 60.0)[:, None] * np.ones((1, 800))
    slope, _ = slope_on(GRID, raster(ridges))
    assert slope.min() > 1.0


def test_where_relief_does_not_reach_the_shipped_one_is_taken_and_said():
    flat = raster(np.zeros((100, 100)), west=10.0, north=12.0, width_deg=4.0)
    slope, told = slope_on(GRID, flat)
    lon, lat = GRID.centres_lonlat()
    np.testing.assert_array_equal(slope[lon < 9.8], slope_at(lon, lat)[lon < 9.8])
    assert (slope[lon > 10.2] == 0).all()
    assert "a test for" in told
    assert "for the rest" in told
    far = raster(np.zeros((10, 10)), west=100.0)
    slope, told = slope_on(GRID, far)
    np.testing.assert_array_equal(slope, slope_at(lon, lat))
    assert "does not reach the frame" in told


def test_unknown_heights_leave_the_shipped_slope():
    heights = np.zeros((400, 400))
    heights[:200] = -32768
    heights[300:, :] = np.nan
    lon, lat = GRID.centres_lonlat()
    slope, _ = slope_on(GRID, raster(heights, nodata=-32768))
    np.testing.assert_array_equal(slope[lat > 10.2], slope_at(lon, lat)[lat > 10.2])
    assert (slope[(lat < 9.8) & (lat > 9.2)] == 0).all()


@pytest.mark.parametrize("height", [np.inf, -np.inf, 29029.0, -32768.0])
def test_heights_that_no_ground_has_are_refused(height):
    heights = np.zeros((40, 40))
    heights[20, 20] = height
    with pytest.raises(InputError, match="give metres above the sea"):
        slope_on(GRID, raster(heights))


@given(step=st.sampled_from([0.005, 0.02, 0.1, 0.5]), west=st.floats(6, 8), north=st.floats(12, 13))
@settings(max_examples=12, deadline=None)
def test_a_raster_of_one_number_means_that_number_at_any_resolution(step, west, north):
    shape = (round(7 / step), round(7 / step))
    constant = GroundRaster(
        values=np.full(shape, 7.0),
        kind="relief",
        west=west,
        north=north,
        step_lon_deg=step,
        step_lat_deg=step,
        source="t",
    )
    means, known = means_in_cells(GRID, constant, lambda r, c: constant.values[r, c][None], 1)
    assert known.all()
    np.testing.assert_allclose(means, 7.0)


def test_each_cell_sees_the_raster_cells_inside_it():
    """A raster of longitudes gives every cell its own longitude."""
    lon_of = np.tile(8.0 + (np.arange(800) + 0.5) * 0.005, (800, 1))
    means, known = means_in_cells(GRID, raster(lon_of), lambda r, c: lon_of[r, c][None], 1)
    lon, _ = GRID.centres_lonlat()
    assert known.all()
    np.testing.assert_allclose(means[0], lon, atol=0.004)


def test_a_raster_may_count_its_longitudes_otherwise():
    ahead = raster(np.full((400, 400), 5), "landcover", west=368.0)
    pace, told = pace_on(GRID, "foot", ahead)
    np.testing.assert_allclose(pace, legend_pace("igbp", "foot")[5])
    assert told == "land cover: a test"


def test_mixed_cells_take_the_mean_of_their_land_and_mostly_water_is_closed():
    forest, grass = legend_pace("worldcover", "vehicle")[10], legend_pace("worldcover", "vehicle")[30]
    classes = np.full((1600, 1600), 30, dtype=np.uint8)
    classes[::2, :] = 10
    classes[:, ::4] = 80  # a quarter is water
    pace, _ = pace_on(GRID, "vehicle", raster(classes, "landcover", legend="worldcover"))
    np.testing.assert_allclose(pace, (forest + grass) / 2, rtol=0.03)
    classes[:, 1::4] = classes[:, 2::4] = 80
    pace, _ = pace_on(GRID, "vehicle", raster(classes, "landcover", legend="worldcover"))
    assert (pace == 0).all()


def test_classes_not_of_the_legend_are_refused_by_number():
    with pytest.raises(InputError, match="class 111"):
        pace_on(GRID, "foot", raster(np.full((40, 40), 111), "landcover"))
    pace, _ = pace_on(GRID, "foot", raster(np.full((40, 40), 111), "landcover", nodata=111))
    assert np.isfinite(pace).all()


def test_every_class_of_every_legend_has_a_pace():
    assert sorted(legend_pace("worldcover", "foot")) == [10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 100]
    assert sorted(read_vocab("landcover_speed.yaml")["classes"]) == list(range(17))
    for mode in ("foot", "vehicle"):
        pace = landcover_pace(np.arange(17, dtype=np.uint8), mode)
        assert pace[0] == 0
        assert ((pace[1:] > 0) & (pace[1:] <= 1)).all()


def test_the_terrain_says_what_it_was_made_of_and_steep_relief_slows():
    ridges = np.where(np.arange(800) % 4 < 2, 0.0, 160.0)[:, None] * np.ones((1, 800))
    shipped = survey(GRID, profile_for("civilians"))
    own = survey(GRID, profile_for("civilians"), ground=Ground(relief=raster(ridges)))
    assert [layer.split(":")[0] for layer in shipped.layers] == ["relief", "land cover", "rivers and lakes", "borders"]
    assert own.layers[0] == "relief: a test"
    both = np.isfinite(own.friction) & np.isfinite(shipped.friction)
    assert np.median(own.friction[both] / shipped.friction[both]) > 1.05


def test_a_raster_in_the_others_place_is_refused():
    with pytest.raises(InputError, match="give it as landcover"):
        Ground(relief=raster(np.zeros((4, 4), dtype=np.uint8), "landcover"))
    with pytest.raises(InputError, match="north up"):
        raster(np.zeros((400, 4)), north=-80.0, width_deg=40.0)
    with pytest.raises(InputError, match="one band"):
        raster(np.zeros((4, 4))[None].reshape(1, 4, 4), width_deg=4.0)
