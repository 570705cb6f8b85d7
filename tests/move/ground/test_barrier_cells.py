from datetime import date

import numpy as np
import pytest
from scipy.ndimage import label
from shapely.geometry import LineString, Point, box

from wayout.geo.sectors import sector_outside
from wayout.move.ground.barrier_cells import barriers_that_apply, delay_friction, place_barriers
from wayout.move.ground.grid import draw_area, make_grid
from wayout.move.travel_time import travel_time

TOWN = box(31.1, 13.5, 31.3, 13.7)


@pytest.fixture(scope="module")
def grid():
    return make_grid(TOWN, 50.0, cell_km=3.0)


@pytest.fixture(scope="module")
def source(grid):
    return draw_area(grid, grid.flatten(TOWN))


def test_only_barriers_for_this_party_in_its_time_apply(make_question, make_barrier):
    question = make_question(TOWN, "civilians", within_h=72.0)
    everybody = make_barrier("all", TOWN, 0.5)
    ours = make_barrier("families", TOWN, 0.5, blocks=("civilians",))
    other = make_barrier("fighters", TOWN, 0.5, blocks=("some-group",))
    by_us = make_barrier("own", TOWN, 0.5, held_by="civilians")
    over = make_barrier("over", TOWN, 0.5, valid_to=date(2024, 2, 1))
    later = make_barrier("later", TOWN, 0.5, valid_from=date(2024, 3, 20))
    kept = barriers_that_apply([everybody, ours, other, by_us, over, later], question, ())
    assert [b.id for b in kept] == ["all", "families"]
    assert "fighters" in [b.id for b in barriers_that_apply([other], question, ("some-group",))]


def test_the_source_is_never_closed(grid, source, make_barrier):
    around = make_barrier("all round", Point(31.2, 13.6).buffer(0.5), 0.9)
    (placed,) = place_barriers(grid, [around], source)
    assert placed.cells.any()
    assert not (placed.cells & source).any()


def test_a_siege_of_exactly_the_source_closes_its_edge(grid, source, make_barrier):
    (ring,) = place_barriers(grid, [make_barrier("siege", TOWN, 0.9, kind="siege")], source)
    friction = np.where(ring.cells, np.inf, 1.0)
    time = travel_time(friction, np.argwhere(source))
    assert np.isinf(time[~source & ~ring.cells]).all()
    assert place_barriers(grid, [make_barrier("fight inside", TOWN, 0.9, kind="hostile_operation")], source) == ()


def test_a_border_along_the_edge_of_the_source_holds(grid, source, make_barrier):
    edge = LineString([(25, 13.5), (37, 13.5)])  # the town's southern edge, drawn on
    (border,) = place_barriers(grid, [make_barrier("border", edge, 0.9, kind="border")], source)
    time = travel_time(np.where(border.cells, np.inf, 1.0), np.argwhere(source))
    _, lat = grid.centres_lonlat()
    assert np.isinf(time[lat < 13.3]).all()
    assert np.isfinite(time[lat > 13.8]).any()


def test_four_closed_sides_leave_no_gap(grid, source, make_barrier):
    sides = [make_barrier(str(b), sector_outside(TOWN, b, 45, 500), 0.9) for b in (0, 90, 180, 270)]
    closed = np.logical_or.reduce([p.cells for p in place_barriers(grid, sides, source)])
    regions, _ = label(~closed, structure=np.ones((3, 3)))
    inside = np.unique(regions[source])
    frame = np.concatenate([regions[0], regions[-1], regions[:, 0], regions[:, -1]])
    assert not np.isin(frame[frame > 0], inside).any()


def test_a_barrier_off_the_grid_is_left_out(grid, source, make_barrier):
    assert place_barriers(grid, [make_barrier("far", box(0, 0, 1, 1), 0.9)], source) == ()


def test_the_delay_of_an_open_barrier_is_paid_once(grid, source, make_barrier):
    strip = make_barrier("checkpoint", box(25, 13.1, 37, 13.3), 0.2, delay_h=12.0)
    placed = place_barriers(grid, [strip], source)
    start = np.argwhere(source)
    base = np.full(grid.shape, 0.1)
    free = travel_time(base, start, cell_km=grid.cell_km)
    slowed = travel_time(base + delay_friction(grid, placed, source, 0.5), start, cell_km=grid.cell_km)
    _, lat = grid.centres_lonlat()
    beyond = (lat < 12.9) & (lat > 12.8)
    paid = (slowed - free)[beyond]
    assert paid.min() > 0.9 * 12.0 * 0.5
    assert np.median(paid) == pytest.approx(12.0 * 0.5, rel=0.15)
    np.testing.assert_allclose(slowed[lat > 13.8], free[lat > 13.8])
