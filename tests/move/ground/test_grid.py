import numpy as np
import pytest
from scipy.ndimage import label
from shapely.geometry import GeometryCollection, LineString, MultiPolygon, Point, Polygon, box

from wayout.errors import InputError
from wayout.move.ground.grid import MAX_MARGIN_KM, MIN_MARGIN_KM, draw, draw_area, draw_line, make_grid, meets

TOWN = Point(31.2, 13.6).buffer(0.1)
DESERT = box(-3, 16, 1, 19)


@pytest.fixture(scope="module")
def town_grid():
    return make_grid(TOWN, 30.0)


def test_a_town_gets_fine_cells_and_a_desert_coarse_ones(town_grid):
    desert = make_grid(DESERT, 5000.0)
    assert 1 <= town_grid.cell_km < desert.cell_km <= 5
    assert max(desert.shape) < 400


def test_margin_lies_between_its_limits(town_grid):
    width_km = town_grid.shape[1] * town_grid.cell_km
    assert width_km >= 2 * MIN_MARGIN_KM
    desert = make_grid(DESERT, 5000.0)
    assert desert.shape[0] * desert.cell_km == pytest.approx(3 * 111 + 2 * MAX_MARGIN_KM + 4 * 106, rel=0.03)


def test_cell_centres_come_back_from_degrees(town_grid):
    x, y = town_grid.centres_km()
    lon, lat = town_grid.centres_lonlat()
    back_x, back_y = town_grid.to_km(lon, lat)
    np.testing.assert_allclose(back_x, x, atol=1e-3)
    np.testing.assert_allclose(back_y, y, atol=1e-3)
    assert lat[0, 0] > lat[-1, 0]  # row 0 is north
    assert lon[0, 0] < lon[0, -1]


def test_distances_from_the_middle_are_true(town_grid):
    x, y = town_grid.to_km(np.array([31.2]), np.array([14.6]))
    assert float(np.hypot(x, y)[0]) == pytest.approx(110.6, abs=0.5)  # one degree of latitude at 14 N


@pytest.mark.parametrize("bearing", [0, 17, 45, 63, 90])
def test_a_drawn_line_parts_the_grid_without_a_gap(town_grid, bearing):
    reach = 2000.0
    dx, dy = reach * np.sin(np.radians(bearing)), reach * np.cos(np.radians(bearing))
    line = draw_line(town_grid, LineString([(-dx, -dy), (dx, dy)]))
    _, n = label(~line, structure=np.ones((3, 3)))
    assert n == 2
    assert line.sum() < 3 * sum(town_grid.shape)


def test_an_area_is_drawn_with_its_holes_and_its_edge(town_grid):
    ring = Polygon(Point(0, 0).buffer(60).exterior, [Point(0, 0).buffer(30).exterior])
    inside = draw_area(town_grid, ring)
    assert inside.sum() * town_grid.cell_km**2 == pytest.approx(ring.area, rel=0.02)
    whole = draw(town_grid, ring)
    assert (whole & inside).sum() == inside.sum() < whole.sum()


def test_a_thin_area_between_cell_centres_is_not_lost(town_grid):
    sliver = box(-50, 0.1, 50, 0.2)
    assert draw(town_grid, sliver).any()


def test_nested_collections_are_drawn_part_by_part(town_grid):
    left, right = Point(-60, 0).buffer(10), Point(60, 0).buffer(10)
    apart = draw_line(town_grid, GeometryCollection([MultiPolygon([left, right]), Point(0, 40)]))
    _, n = label(apart, structure=np.ones((3, 3)))
    assert n == 3


def test_ground_outside_the_grid_draws_nothing(town_grid):
    assert not draw(town_grid, box(5000, 5000, 5100, 5100)).any()
    assert not draw_area(town_grid, Polygon()).any()


def test_far_parts_of_a_country_do_not_tear(town_grid):
    from wayout.geo.borders import country_outline

    sudan = town_grid.flatten(country_outline("SD"))
    assert sudan.is_valid
    assert draw_area(town_grid, sudan).mean() > 0.5


def test_senseless_choices_are_refused():
    with pytest.raises(InputError, match="without surface"):
        make_grid(Point(0, 0), 100.0)
    with pytest.raises(InputError, match="cell_km"):
        make_grid(TOWN, 100.0, cell_km=-1.0)


def test_a_grid_across_the_180th_meridian_keeps_its_bounds_together():
    west, _, east, _ = make_grid(box(178.5, -18.5, 179.9, -17), 100.0).bounds_lonlat()
    assert 0 < east - west < 10


@pytest.mark.parametrize("lon", [179.9, -179.9])
def test_a_barrier_beyond_the_180th_meridian_lies_where_it_lies(lon):
    """The same strip, its longitudes written from either side, east of a place beside the date line."""
    grid = make_grid(Point(lon, 67.5).buffer(0.1), 50.0, cell_km=5.0)
    drawn = [draw_area(grid, grid.flatten(box(west, 66, west + 0.4, 70))) for west in (-179.6, 180.4)]
    assert drawn[0].any()
    np.testing.assert_array_equal(*drawn)
    over = draw_area(grid, grid.flatten(box(179, 66, 181, 70)))
    apart = [draw_area(grid, grid.flatten(box(*b))) for b in ((179, 66, 180, 70), (-180, 66, -179, 70))]
    np.testing.assert_array_equal(over, apart[0] | apart[1])
    window = box(*grid.bounds_lonlat())
    assert meets(box(-179.6, 66, -179.2, 70), window)
    assert not meets(box(0, 66, 1, 70), window)
    assert grid.flatten(box(0, 66, 1, 70)).is_empty
