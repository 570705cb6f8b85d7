from collections import Counter

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, box

from wayout.errors import InputError
from wayout.model import MobilityProfile, RoadLines
from wayout.move.ground.grid import make_grid
from wayout.move.ground.road_cells import cut_to_cells
from wayout.move.ground.road_lines import PlaneLines
from wayout.move.ground.roads import lay_roads, make_network, road_speeds, with_waits

GRID = make_grid(box(-0.1, -0.1, 0.1, 0.1), 150.0, cell_km=5.0)


def make_roads(*lines, classes=None, bridge=None, ferry=None, on=GRID, **more) -> RoadLines:
    """Make roads of lines in km on the grid's plane."""
    n = len(lines)
    lonlat = np.empty(n, dtype=object)
    for i, line in enumerate(lines):
        xy = np.asarray(line, dtype=float)
        lonlat[i] = LineString(np.column_stack(on.to_lonlat(xy[:, 0], xy[:, 1])))
    return RoadLines(
        lines=lonlat,
        road_class=np.array(classes or ["primary"] * n, dtype=str),
        bridge=np.array(bridge or [False] * n, dtype=bool),
        ferry=np.array(ferry or [False] * n, dtype=bool),
        source="drawn by the test",
        **more,
    )


def profile(**more) -> MobilityProfile:
    fields = {"speed_kmh": 5.0, "hours_per_day": 8.0, "slope_limit_deg": 30.0, "water_crossing_h": 8.0, **more}
    return MobilityProfile(name="mine", source="a test", **fields)


def parts(laid) -> int:
    """Count the networks that hang together."""
    group = np.arange(len(laid.cell))
    for _ in range(len(group)):
        before = group.copy()
        np.minimum.at(group, laid.first, group[laid.second])
        np.minimum.at(group, laid.second, group[laid.first])
        if (group == before).all():
            break
    return len(np.unique(group))


points = st.tuples(st.floats(-170, 170), st.floats(-170, 170))
lines = st.lists(points, min_size=2, max_size=6, unique_by=lambda p: (round(p[0], 2), round(p[1], 2)))


def flat_lines(drawn) -> PlaneLines:
    xy = [np.asarray(line, dtype=float) for line in drawn]
    along = [np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(p, axis=0).T))]) for p in xy]
    every = np.concatenate(xy)
    return PlaneLines(
        xy=every,
        line=np.repeat(np.arange(len(xy)), [len(p) for p in xy]),
        key=np.unique(every, axis=0, return_inverse=True)[1].ravel(),
        along_km=np.concatenate(along),
        origin=np.arange(len(xy)),
    )


@settings(deadline=None)
@given(st.lists(lines, min_size=1, max_size=4))
def test_cutting_keeps_every_metre_inside_the_frame(drawn):
    laid = cut_to_cells(GRID, flat_lines(drawn), np.zeros(len(drawn), dtype=bool))
    frame = GRID.frame_km()
    # Segment by segment: a line that turns back on itself counts twice.
    segments = [shapely.LineString(line[i : i + 2]) for line in drawn for i in range(len(line) - 1)]
    inside = sum(segment.intersection(frame).length for segment in segments)
    assert laid.km.sum() == pytest.approx(inside, rel=1e-9, abs=1e-6)


@settings(deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.integers(-15, 15), st.integers(-15, 15)), min_size=2, max_size=5), min_size=1, max_size=4
    )
)
def test_edges_run_side_to_side_even_where_roads_follow_the_grid(drawn):
    """Lines on whole multiples of half a cell pass corners and run along cell edges."""
    half = GRID.cell_km / 2
    moved = [[(GRID.west_km + 150 + x * half, GRID.north_km - 150 - y * half) for x, y in line] for line in drawn]
    moved = [[p for i, p in enumerate(line) if i == 0 or p != line[i - 1]] for line in moved]
    moved = [line for line in moved if len(line) > 1]
    if not moved:
        return
    laid = cut_to_cells(GRID, flat_lines(moved), np.zeros(len(moved), dtype=bool))
    (r1, c1), (r2, c2) = (
        np.divmod(laid.cell[laid.first], GRID.shape[1]),
        np.divmod(laid.cell[laid.second], GRID.shape[1]),
    )
    assert (np.abs(r1 - r2) + np.abs(c1 - c2) <= 1).all()
    assert laid.km.sum() == pytest.approx(sum(LineString(line).length for line in moved), abs=1e-6)
    assert (laid.km > 0).all()


@settings(deadline=None)
@given(st.lists(lines, min_size=1, max_size=3))
def test_an_edge_lies_inside_the_cells_of_its_nodes(drawn):
    laid = cut_to_cells(GRID, flat_lines(drawn), np.zeros(len(drawn), dtype=bool))
    on_roads = np.unique(laid.cell)
    row, col = GRID.cell_of(laid.xy[:, 0], laid.xy[:, 1])
    slack = np.abs((laid.xy - [GRID.west_km, GRID.north_km]) / GRID.cell_km)
    at_edge = (np.abs(slack - np.rint(slack)) < 1e-6).any(axis=1)
    assert ((row * GRID.shape[1] + col == laid.cell) | at_edge).all()
    for line in drawn:
        middle = shapely.segmentize(LineString(line), 1.0)
        xy = shapely.get_coordinates(middle)
        row, col = GRID.cell_of(xy[:, 0], xy[:, 1])
        ok = (row >= 0) & (row < GRID.shape[0]) & (col >= 0) & (col < GRID.shape[1])
        assert np.isin(row[ok] * GRID.shape[1] + col[ok], on_roads).mean() > 0.95 if ok.sum() > 40 else True


def test_lines_that_share_a_vertex_meet_and_lines_that_cross_do_not():
    crossing = make_roads([(-40, 0), (40, 0)], [(0, -40), (0, 40)])
    meeting = make_roads([(-40, 0), (0, 0), (40, 0)], [(0, -40), (0, 0), (0, 40)])
    assert parts(lay_roads(GRID, crossing)) == 2
    laid = lay_roads(GRID, meeting)
    assert parts(laid) == 1
    assert Counter(np.concatenate([laid.first, laid.second]).tolist()).most_common(1)[0][1] == 4


@pytest.mark.parametrize(("gap_km", "n_parts"), [(0.0, 1), (0.05, 1), (0.3, 2)])
def test_an_end_is_joined_to_a_line_within_a_hundred_metres(gap_km, n_parts):
    laid = lay_roads(GRID, make_roads([(-40, 1), (40, 1)], [(3, -40), (3, 1 - gap_km)]))
    assert parts(laid) == n_parts
    assert laid.km.sum() == pytest.approx(80 + 41 - (gap_km if n_parts == 2 else 0), rel=1e-4)


def test_ends_that_only_nearly_meet_stay_apart_where_the_source_says_so():
    assert parts(lay_roads(GRID, make_roads([(-40, 1), (40, 1)], [(3, -40), (3, 0.95)], snap_km=0.0))) == 2
    assert parts(lay_roads(GRID, make_roads([(-40, 1), (40, 1)], [(3, -40), (3, 0.5)], snap_km=1.0))) == 1


def test_a_loose_end_is_not_joined_to_a_bridge():
    laid = lay_roads(GRID, make_roads([(-40, 1), (40, 1)], [(3, -40), (3, 0.99)], bridge=[True, False]))
    assert parts(laid) == 2


def test_no_way_down_from_a_bridge_but_at_its_ends():
    roads = make_roads([(-40, 1), (-20, 1)], [(-20, 1), (20, 1)], [(20, 1), (40, 1)], bridge=[False, True, False])
    laid = lay_roads(GRID, roads)
    network = make_network(GRID, laid, roads, profile(), np.full(GRID.shape, 0.2))
    away = np.abs(laid.xy[:, 0])
    assert np.isinf(network.join_h[away < 19.9]).all()
    assert np.isfinite(network.join_h[away > 20.1]).all()
    assert np.isfinite(network.join_h[np.abs(away - 20) < 1e-6]).sum() >= 2


def test_a_road_over_water_stays_open_without_a_way_off():
    roads = make_roads([(-40, 1), (40, 1)])
    laid = lay_roads(GRID, roads)
    x, _ = GRID.centres_km()
    lake = np.abs(x) < 20
    network = make_network(GRID, laid, roads, profile(), np.where(lake, np.inf, 0.2))
    assert (np.isinf(network.join_h) == lake.ravel()[network.cell]).all()
    assert np.isfinite(network.hours).all()


def test_hours_follow_class_and_ferry():
    roads = make_roads(
        [(-40, 0), (-10, 0)],
        [(-10, 0), (10, 0)],
        [(10, 0), (40, 0)],
        classes=["motorway", "path", "motorway"],
        ferry=[False, False, True],
    )
    mine = profile(road_kmh=(("motorway", 60.0),), ferry_kmh=2.0)
    assert road_speeds(roads, mine).tolist() == [60.0, 5.0, 2.0]
    laid = lay_roads(GRID, roads)
    hours = make_network(GRID, laid, roads, mine, np.full(GRID.shape, 0.2)).hours
    assert hours.sum() == pytest.approx(30 / 60 + 20 / 5 + 30 / 2, rel=1e-3)


def test_those_who_go_by_road_wait_once_at_an_open_barrier():
    roads = make_roads([(-60, 1), (60, 1)])
    laid = lay_roads(GRID, roads)
    network = make_network(GRID, laid, roads, profile(), np.full(GRID.shape, 0.2))
    x, _ = GRID.centres_km()
    waiting = with_waits(network, (x > 0) & (x < 12), 4.0)
    assert waiting.hours.sum() - network.hours.sum() == pytest.approx(4.0)


def test_roads_far_away_and_no_roads_at_all_make_an_empty_network():
    for roads in (make_roads([(3000, 0), (3100, 0)]), make_roads()):
        laid = lay_roads(GRID, roads)
        network = make_network(GRID, laid, roads, profile(), np.full(GRID.shape, 0.2))
        assert network.n_nodes == 0
        assert network.hours.size == 0


def test_lines_without_length_are_left_out():
    spot = np.array([1.0, 0.0])
    roads = make_roads([spot, spot], [(-40, 0), (40, 0), (40, 0)], [(-300, -300), (-300, -300)])
    laid = lay_roads(GRID, roads)
    assert set(laid.origin.tolist()) == {1}
    assert laid.km.sum() == pytest.approx(80.0, rel=1e-4)


def test_a_road_over_the_180th_meridian_is_not_torn():
    grid = make_grid(box(179.9, -0.1, 180.1, 0.1), 150.0, cell_km=5.0)
    lines = np.array([LineString([(179.5, 0.0), (-179.5, 0.0)])], dtype=object)
    roads = RoadLines(
        lines=lines, road_class=np.array(["primary"]), bridge=np.zeros(1, bool), ferry=np.zeros(1, bool), source="t"
    )
    laid = lay_roads(grid, roads)
    assert parts(laid) == 1
    assert laid.km.sum() == pytest.approx(111.32, rel=1e-3)


def test_order_and_direction_of_roads_change_nothing():
    drawn = [[(-40, 3), (0, 0), (40, 7)], [(0, 0), (13, 44)], [(20, 30), (-33, -29)]]
    one = lay_roads(GRID, make_roads(*drawn))
    other = lay_roads(GRID, make_roads(*[line[::-1] for line in drawn[::-1]]))
    assert sorted(one.cell.tolist()) == sorted(other.cell.tolist())
    np.testing.assert_allclose(np.sort(one.km), np.sort(other.km), atol=1e-6)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"road_class": np.array(["boulevard"])}, "there is no road class 'boulevard'"),
        ({"bridge": np.zeros(2, dtype=bool)}, "give one of each a line"),
        ({"lines": np.array([shapely.Point(0, 0)], dtype=object)}, "give single lines"),
        ({"lines": np.array([LineString([(0, 0), (500000, 4e6)])], dtype=object)}, "EPSG:4326"),
    ],
)
def test_broken_roads_are_refused_by_name(change, message):
    fields = {
        "lines": np.array([LineString([(0, 0), (1, 1)])], dtype=object),
        "road_class": np.array(["primary"]),
        "bridge": np.zeros(1, dtype=bool),
        "ferry": np.zeros(1, dtype=bool),
    }
    with pytest.raises(InputError, match=message):
        RoadLines(**{**fields, **change}, source="t")


@settings(max_examples=20, deadline=None)
@given(st.floats(0, 90))
def test_a_road_is_as_long_whichever_way_it_runs(angle):
    way = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    laid = lay_roads(GRID, make_roads([tuple(-60 * way), tuple(60 * way)]))
    assert laid.km.sum() == pytest.approx(120.0, rel=1e-3)
