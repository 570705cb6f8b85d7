import numpy as np
import pytest
from shapely.geometry import LineString, Point, box

from wayout.model import Ground, RoadLines
from wayout.move.exits import explore
from wayout.move.field.network import Network
from wayout.move.options import GivenExit, MoveOptions
from wayout.move.ways.windows import network_within

TOWN = Point(25.35, 13.63)
EAST = GivenExit(id="east", name="East", geometry=Point(27.2, 13.63))


def test_only_roads_on_the_ground_of_a_way_are_kept():
    """A road along row 2 of a 4 x 5 grid, its middle cell out of bounds."""
    cells = np.array([10, 11, 12, 13, 14])
    network = Network(
        cell=cells,
        join_h=np.arange(5.0),
        first=np.arange(4),
        second=np.arange(1, 5),
        hours=np.array([0.1, 0.2, 0.3, 0.4]),
    )
    inside = np.zeros((4, 5), dtype=bool)
    inside[1:4, 1:5] = True
    inside[2, 2] = False
    kept = network_within(network, inside, (slice(1, 4), slice(1, 5)))
    assert kept.cell.tolist() == [4, 6, 7]  # row 1, columns 0, 2, 3 of the window
    assert kept.join_h.tolist() == [1.0, 3.0, 4.0]
    assert (kept.first.tolist(), kept.second.tolist(), kept.hours.tolist()) == ([1], [2], [0.4])


@pytest.fixture(scope="module")
def roads():
    """A road from the town, first north, then east to the exit."""
    line = LineString([(25.35, 13.63), (25.35, 14.2), (27.2, 14.2), (27.2, 13.63)])
    lines = np.array([line], dtype=object)
    flags = np.zeros(1, dtype=bool)
    return Ground(
        roads=RoadLines(lines=lines, road_class=np.array(["primary"]), bridge=flags, ferry=flags, source="the test")
    )


def ask(make_question, situation, ground):
    question = make_question(TOWN, "aid_convoy", within_h=300.0, radius_km=5.0)
    return explore(question, situation, MoveOptions(cell_km=4.0, exits=(EAST,), ground=ground)).exits[0]


def test_a_way_runs_on_the_road_where_that_is_faster(roads, make_question, make_situation):
    with_road = ask(make_question, make_situation(), roads)
    without = ask(make_question, make_situation(), None)
    assert with_road.travel_time_h_p50 < without.travel_time_h_p50
    assert with_road.route.bounds[3] > 14.1 > without.route.bounds[3]
    assert with_road.corridor.covers(with_road.route)


def test_a_closed_road_closes_the_way_on_it_only(roads, make_question, make_situation, make_barrier):
    block = make_barrier("block", box(26.2, 14.1, 26.3, 14.3), 0.6)
    exit_ = ask(make_question, make_situation(block), roads)
    assert exit_.reach_curve[-1][1] == pytest.approx(1.0, abs=0.001)
    assert exit_.sealed_by is None
    assert exit_.travel_time_h_p90 > exit_.travel_time_h_p50


def test_directions_use_the_roads_of_their_own_side(roads, make_question, make_situation):
    question = make_question(TOWN, "aid_convoy", within_h=300.0, radius_km=5.0)
    by_road, across = (
        {e.name: e for e in explore(question, make_situation(), MoveOptions(cell_km=4.0, ground=g)).exits}
        for g in (roads, None)
    )
    assert by_road["north"].travel_time_h_p50 < 0.95 * across["north"].travel_time_h_p50
    assert by_road["south"].travel_time_h_p50 == pytest.approx(across["south"].travel_time_h_p50, rel=0.05)
