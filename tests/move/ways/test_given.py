import numpy as np
import pytest
from shapely.geometry import GeometryCollection, LineString, MultiPoint, Point, Polygon, box

from wayout.errors import InputError
from wayout.move.exits import explore
from wayout.move.options import GivenExit, MoveOptions
from wayout.move.ways.given import given_targets
from wayout.move.ways.theatre import open_theatre

TOWN = Point(25.35, 13.63)  # on a dry plain, no sea for a thousand km
PORT = Point(14.43, 35.9)  # on an island


def given(name, geometry):
    return GivenExit(id=name, name=name.title(), geometry=geometry)


NEAR = given("near", Point(25.9, 13.63))
FAR = given("far", Point(25.35, 8.0))
LINE = given("line", LineString([(24.0, 12.8), (24.0, 14.4)]))
AREA = given("area", box(25.2, 14.2, 25.6, 14.5))


@pytest.fixture(scope="module")
def reach(make_question, make_situation):
    question = make_question(TOWN, "civilians", within_h=2000.0, radius_km=5.0)
    return explore(question, make_situation(), MoveOptions(cell_km=5.0, exits=(NEAR, FAR, LINE, AREA)))


def test_given_exits_replace_those_found(reach):
    assert {e.id for e in reach.exits} == {"near", "far", "line", "area"}
    assert {e.kind for e in reach.exits} == {"place"}
    assert all(e.p_reach > 0.99 and not e.reported and e.route is not None for e in reach.exits)


def test_the_grid_reaches_the_farthest_exit(reach):
    times = {e.id: e.travel_time_h_p50 for e in reach.exits}
    assert reach.surface_bounds[1] < 8.0
    assert times["far"] > 5 * times["near"] > 0


@pytest.mark.parametrize("exit_", [NEAR, LINE, AREA], ids=lambda e: e.id)
def test_targets_lie_on_what_was_given(exit_, make_question, make_situation):
    options = MoveOptions(cell_km=3.0, exits=(exit_,))
    theatre = open_theatre(make_question(TOWN, "civilians", radius_km=5.0), make_situation(), options)
    (target,) = given_targets(theatre, options.exits)
    flat = theatre.grid.plane.project(exit_.geometry)
    x, y = theatre.grid.centres_km()
    away = [flat.distance(Point(a, b)) for a, b in zip(x[target.goal], y[target.goal], strict=True)]
    assert max(away) < 2 * theatre.grid.cell_km
    assert not (target.goal & theatre.source).any()


def test_barriers_alone_make_a_situation(make_question, make_situation, make_barrier):
    question = make_question(TOWN, "civilians", within_h=2000.0, radius_km=5.0)
    wall = make_barrier("wall", box(25.55, 8, 25.7, 19), 0.7, is_prior=True)
    reach = explore(question, make_situation(wall), MoveOptions(cell_km=5.0, exits=(NEAR, AREA)))
    p = {e.id: e.p_reach for e in reach.exits}
    assert p["area"] == 1
    assert p["near"] == pytest.approx(0.3)  # the wall runs across the whole grid


def test_the_order_of_exits_changes_nothing(make_question, make_situation, make_barrier):
    question = make_question(TOWN, "civilians", within_h=60.0, radius_km=5.0)
    wall = make_barrier("wall", box(25.55, 13, 25.7, 14), 0.7)
    one, two = (
        explore(question, make_situation(wall), MoveOptions(cell_km=5.0, exits=exits)).exits
        for exits in ((NEAR, LINE, AREA), (AREA, LINE, NEAR))
    )
    assert [(e.id, e.p_reach, e.travel_time_h_p50, e.deciding) for e in one] == [
        (e.id, e.p_reach, e.travel_time_h_p50, e.deciding) for e in two
    ]


def test_a_party_may_start_from_several_places(make_question, make_situation):
    apart = MultiPoint([TOWN, Point(27.0, 13.63)])
    exits = (NEAR, given("east", Point(27.6, 13.63)))
    theatre = open_theatre(
        make_question(apart, "civilians", radius_km=5.0), make_situation(), MoveOptions(cell_km=4.0, exits=exits)
    )
    lon, _ = theatre.grid.centres_lonlat()
    assert lon[theatre.start].min() < 25.5 < 26.9 < lon[theatre.start].max()
    reach = explore(
        make_question(apart, "civilians", within_h=500.0, radius_km=5.0),
        make_situation(),
        MoveOptions(cell_km=4.0, exits=exits),
    )
    times = {e.id: e.travel_time_h_p50 for e in reach.exits}
    assert times["east"] == pytest.approx(times["near"], rel=0.5)


@pytest.mark.parametrize(
    ("exit_", "says"),
    [
        (given("sea", Point(14.43, 35.0)), "'sea'.*water"),
        (given("home", PORT), "'home'.*within the source"),
        (given("moon", Point(-150.0, 35.9)), "'moon'.*longitude, latitude"),
    ],
    ids=lambda v: v if isinstance(v, str) else v.id,
)
def test_an_exit_that_cannot_be_worked_out_is_named(exit_, says, make_question, make_situation):
    question = make_question(PORT, "civilians", radius_km=8.0)
    with pytest.raises(InputError, match=says):
        explore(question, make_situation(), MoveOptions(cell_km=5.0, exits=(exit_,)))


def test_a_source_on_water_is_named(make_question, make_situation):
    question = make_question(Point(18.0, 35.0), "civilians", radius_km=8.0)
    with pytest.raises(InputError, match=r"source.*water"):
        explore(question, make_situation(), MoveOptions(cell_km=5.0, exits=(given("port", PORT),)))


@pytest.mark.parametrize("geometry", [Point(), Polygon(), Point(13.6, 250.0), Point(np.inf, 3.0), Point(181.0, 3.0)])
def test_geometry_that_has_no_place_is_refused(geometry):
    with pytest.raises(InputError, match="'x'"):
        given("x", geometry)


def test_exits_need_ids_of_their_own():
    with pytest.raises(InputError, match=r"more than once.*'near'"):
        MoveOptions(exits=(NEAR, NEAR))
    with pytest.raises(InputError, match="no id"):
        given("", Point(0, 0))


@pytest.mark.parametrize(
    "geometry",
    [
        Polygon([(25.8, 13.4), (26.2, 13.8), (26.2, 13.4), (25.8, 13.8)]),  # crosses itself
        MultiPoint([(25.8, 13.6), (26.2, 13.6)]),
        GeometryCollection([Point(25.8, 13.6), box(26.0, 13.4, 26.2, 13.8)]),
        box(25.9, 13.6, 25.9001, 13.6001),  # far smaller than a cell
    ],
    ids=["bow tie", "points", "collection", "speck"],
)
def test_odd_geometry_is_reached_where_it_lies(geometry, make_question, make_situation):
    question = make_question(TOWN, "civilians", within_h=500.0, radius_km=5.0)
    (exit_,) = explore(question, make_situation(), MoveOptions(cell_km=5.0, exits=(given("odd", geometry),))).exits
    assert exit_.reach_curve[-1][1] == pytest.approx(1.0, abs=0.001)
    assert 5 < exit_.travel_time_h_p50 < 80
    assert exit_.geometry.distance(geometry) < 0.1


@pytest.mark.parametrize(("east_of_fence_deg", "p"), [(0.012, 0.1), (0.0, 0.1), (-0.012, 1.0)])
def test_who_stands_before_a_fence_has_not_reached_what_is_behind_it(
    east_of_fence_deg, p, make_question, make_situation, make_barrier
):
    fence = make_barrier("fence", LineString([(25.55, 5), (25.55, 22)]), 0.9)
    exit_ = given("behind", Point(25.55 + east_of_fence_deg, 13.63))
    question = make_question(TOWN, "civilians", within_h=2000.0, radius_km=3.0)
    reach = explore(question, make_situation(fence), MoveOptions(cell_km=1.0, exits=(exit_,)))
    assert reach.exits[0].p_reach == pytest.approx(p, abs=0.01)
