import pytest
from shapely.geometry import Point, box

from wayout.move.exits import explore
from wayout.move.options import GivenExit, MoveOptions

TOWN = Point(25.35, 13.63)
EAST = GivenExit(id="east", name="East", geometry=Point(26.6, 13.63))
WEST = GivenExit(id="west", name="West", geometry=Point(24.4, 13.63))


@pytest.fixture(scope="module")
def seals(make_question, make_situation):
    def seals(*barriers):
        question = make_question(TOWN, "civilians", within_h=500.0, radius_km=5.0)
        options = MoveOptions(cell_km=5.0, exits=(EAST, WEST))
        return {e.id: e for e in explore(question, make_situation(*barriers), options).exits}

    return seals


def test_what_leaves_a_way_round_seals_nothing(seals, make_barrier):
    found = seals(make_barrier("wall", box(25.8, 13.3, 25.9, 14.0), 0.9))
    assert (found["east"].sealed_by, found["west"].sealed_by) == (None, None)


def test_two_halves_of_a_wall_seal_together_and_a_ring_alone(seals, make_barrier):
    halves = [make_barrier("n", box(25.8, 13.5, 25.9, 30), 0.5), make_barrier("s", box(25.8, 0, 25.9, 13.6), 0.5)]
    found = seals(*halves)
    assert found["east"].sealed_by == ("n", "s")
    assert found["west"].sealed_by is None
    ring = make_barrier("ring", TOWN.buffer(0.4).difference(TOWN.buffer(0.2)), 0.2)
    found = seals(*halves, ring)
    assert found["east"].sealed_by == found["west"].sealed_by == ("ring",)


def test_an_exit_is_shut_when_all_that_seals_it_is(seals, make_barrier):
    halves = [make_barrier("n", box(25.8, 13.5, 25.9, 30), 1.0), make_barrier("s", box(25.8, 0, 25.9, 13.6), 0.3)]
    found = seals(*halves)
    assert found["east"].reach_curve[-1][1] == pytest.approx(0.7, abs=0.001)
    assert found["east"].sealed_by == ("n", "s")


def test_the_sea_seals_without_any_barrier(make_question, make_situation):
    question = make_question(Point(14.43, 35.9), "civilians", radius_km=8.0)
    reach = explore(question, make_situation(), MoveOptions(cell_km=3.0))
    beyond = [e for e in reach.exits if not e.id.startswith("province:MT")]  # the island's own parts
    assert beyond
    assert all(e.sealed_by == () for e in beyond)
