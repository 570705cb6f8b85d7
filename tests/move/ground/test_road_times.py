"""Roads and ground together: what must hold whatever the roads."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, box

from wayout.model import MobilityProfile, RoadLines
from wayout.move.ground.grid import make_grid
from wayout.move.ground.roads import lay_roads, make_network
from wayout.move.travel_time import prepare_field, solve, travel_time

GRID = make_grid(box(-0.1, -0.1, 0.1, 0.1), 150.0, cell_km=8.0)
CAR = MobilityProfile(
    name="car",
    speed_kmh=5.0,
    hours_per_day=8.0,
    slope_limit_deg=30.0,
    water_crossing_h=8.0,
    road_kmh=(("primary", 60.0), ("track", 3.0)),
    source="a test",
)


def roads_of(drawn, classes=None, grid=GRID) -> RoadLines:
    lines = np.empty(len(drawn), dtype=object)
    for i, line in enumerate(drawn):
        xy = np.asarray(line, dtype=float)
        lines[i] = LineString(np.column_stack(grid.to_lonlat(xy[:, 0], xy[:, 1])))
    none = np.zeros(len(drawn), dtype=bool)
    return RoadLines(
        lines=lines,
        road_class=np.array(classes or ["primary"] * len(drawn), dtype=str),
        bridge=none,
        ferry=none,
        source="t",
    )


def network_of(drawn, friction, classes=None, grid=GRID):
    roads = roads_of(drawn, classes, grid)
    return make_network(grid, lay_roads(grid, roads), roads, CAR, friction)


points = st.tuples(st.floats(-150, 150), st.floats(-150, 150))
lines = st.lists(points, min_size=2, max_size=4, unique_by=lambda p: (round(p[0], 1), round(p[1], 1)))
grounds = st.integers(0, 2**32 - 1)


def ground_of(seed) -> np.ndarray:
    rng = np.random.default_rng(seed)
    friction = rng.uniform(0.1, 2.0, GRID.shape)
    friction[rng.random(GRID.shape) < 0.2] = np.inf
    return friction


@settings(max_examples=40, deadline=None)
@given(drawn=st.lists(lines, min_size=1, max_size=4), seed=grounds, kind=st.sampled_from(["primary", "track"]))
def test_adding_a_road_never_lengthens_a_time(drawn, seed, kind):
    friction = ground_of(seed)
    start = np.array([[GRID.shape[0] // 2, GRID.shape[1] // 2]])
    before = np.full(GRID.shape, np.inf)
    for n in range(len(drawn) + 1):
        network = network_of(drawn[:n], friction, [kind] * n) if n else None
        time = travel_time(friction, start, cell_km=GRID.cell_km, network=network)
        assert (time <= before + 1e-6).all()  # hours; a millimetre of rounding where a line is joined
        before = time


@settings(max_examples=40, deadline=None)
@given(drawn=st.lists(lines, min_size=1, max_size=4), seed=grounds, row=st.integers(2, 35))
def test_a_closed_line_of_cells_closes_every_road_through_it(drawn, seed, row):
    friction = np.full(GRID.shape, np.inf)  # roads alone carry
    field = prepare_field(friction, GRID.cell_km, network_of(drawn, friction))
    row = min(row, GRID.shape[0] - 3)
    north, wall = np.zeros(GRID.shape, dtype=bool), np.zeros(GRID.shape, dtype=bool)
    # A wall that goes down in steps, touching only corner to corner.
    steps = np.clip(row + (np.arange(GRID.shape[1]) + seed) % 2, 1, GRID.shape[0] - 2)
    for col, at in enumerate(steps):
        north[:at, col] = True
        wall[at, col] = True
    time = field.unpadded(solve(field, field.without(field.padded(wall)), field.padded(north)))
    assert np.isinf(time[~north & ~wall]).all()
    assert np.isinf(time[wall]).all()


@settings(max_examples=25, deadline=None)
@given(angle=st.floats(0, 360), shift=st.tuples(st.floats(-4, 4), st.floats(-4, 4)))
def test_turning_a_road_changes_its_time_by_less_than_half_a_percent(angle, shift):
    way = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    friction = np.full(GRID.shape, 0.5)
    ends = np.array([-120 * way, 120 * way]) + shift
    network = network_of([[tuple(ends[0]), tuple(ends[1])]], friction)
    row, col = GRID.cell_of(ends[:, 0], ends[:, 1])
    time = travel_time(friction, np.array([[row[0], col[0]]]), cell_km=GRID.cell_km, network=network)
    # From cell to cell: both end cells hold more of the road than its very end, the nearest point to their centre among it.
    start = network.cell == row[0] * GRID.shape[1] + col[0]
    assert start.any()
    assert time[row[1], col[1]] == pytest.approx(240 / 60, abs=2 * GRID.cell_km * 1.5 / 60)
    field = prepare_field(friction, GRID.cell_km, network)
    ends_of = [
        int(np.flatnonzero(np.bincount(np.concatenate([network.first, network.second])) == 1)[i]) for i in (0, 1)
    ]
    exact = solve(field, field.cost, np.array([field.n_cells + ends_of[0]]))[field.n_cells + ends_of[1]]
    assert exact == pytest.approx(240 / 60, rel=0.005)


@settings(max_examples=25, deadline=None)
@given(drawn=st.lists(lines, min_size=1, max_size=4), seed=grounds)
def test_times_there_and_back_are_the_same(drawn, seed):
    friction = ground_of(seed)
    network = network_of(drawn, friction)
    field = prepare_field(friction, GRID.cell_km, network)
    rng = np.random.default_rng(seed)
    a, b = (int(i) for i in rng.choice(field.padded(np.isfinite(friction)), 2))
    there, back = (solve(field, field.cost, np.array([x]))[y] for x, y in ((a, b), (b, a)))
    assert there == pytest.approx(back, rel=1e-9) or (np.isinf(there) and np.isinf(back))
