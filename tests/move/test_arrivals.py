import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, box

from wayout.errors import InputError
from wayout.model import Refuge
from wayout.move.arrivals import (
    ArrivalOptions,
    Origins,
    arrivals_from_question,
    arrivals_from_reach,
    expected_arrivals,
)
from wayout.move.options import MoveOptions

TOWN = Refuge(id="t", name="Town")
CAMP = Refuge(id="c", name="Camp")
FAR = Refuge(id="f", name="Far town")
ONE = Origins(names=("City",))


def shares(answer):
    return {a.refuge: a.share for a in answer.arrivals}


def test_shares_sum_to_one_largest_first_and_say_what_they_rest_on():
    answer = expected_arrivals(ONE, (FAR, TOWN, CAMP), np.array([[400.0, 50.0, 120.0]]))
    assert [a.refuge for a in answer.arrivals] == ["t", "c", "f"]
    assert sum(shares(answer).values()) == pytest.approx(1)
    first = answer.arrivals[0]
    assert first.share_low < first.share < first.share_high
    assert (first.distance_km, first.origin, first.travel_time_h_p50) == (50.0, "City", None)
    assert first.why == "50 km from City"


def test_what_no_way_leads_to_is_listed_apart():
    answer = expected_arrivals(ONE, (TOWN, FAR), np.array([[50.0, np.inf]]))
    assert answer.unreached == ("f",)
    assert shares(answer) == {"t": 1.0}


def test_a_refuge_behind_a_doubtful_barrier_keeps_the_share_of_the_draws_that_leave_it_open():
    times = np.array([[10.0, 40.0], [np.inf, 40.0]])
    open_only = shares(expected_arrivals(ONE, (TOWN, FAR), times[:1] * 4.0))
    drawn = arrivals_from_reach(ONE, (TOWN, FAR), times, np.array([0.3, 0.7]))
    assert shares(drawn)["t"] == pytest.approx(0.3 * open_only["t"])
    near = next(a for a in drawn.arrivals if a.refuge == "t")
    assert near.p_reach == pytest.approx(0.3)
    assert near.travel_time_h_p50 == 10.0
    assert near.why == "10 h from City, reached with probability 0.30"


def test_draws_in_which_nothing_is_reached_count_as_nobody_arriving():
    answer = arrivals_from_reach(ONE, (TOWN,), np.array([[5.0], [np.inf]]), np.array([3.0, 1.0]))
    assert answer.p_none == pytest.approx(0.25)
    assert shares(answer) == {"t": 1.0}


@settings(deadline=None)
@given(st.permutations(range(4)))
def test_the_order_of_draws_changes_nothing(order):
    times = np.array([[5.0, 9.0], [np.inf, 9.0], [5.0, np.inf], [7.0, 8.0]])
    weights = np.array([0.1, 0.2, 0.3, 0.4])
    first = shares(arrivals_from_reach(ONE, (TOWN, CAMP), times, weights))
    again = shares(arrivals_from_reach(ONE, (TOWN, CAMP), times[list(order)], weights[list(order)]))
    assert again == pytest.approx(first)


@settings(deadline=None)
@given(st.floats(0, 1))
def test_closing_in_more_draws_never_raises_a_share(p_closed):
    times = np.array([[np.inf, 20.0], [10.0, 20.0]])
    share = shares(arrivals_from_reach(ONE, (TOWN, CAMP), times, np.array([p_closed, 1.0])))["t"]
    always_open = shares(arrivals_from_reach(ONE, (TOWN, CAMP), times, np.array([0.0, 1.0])))["t"]
    assert share <= always_open + 1e-12


def test_safety_and_fighting_move_people():
    near = np.array([[50.0, 50.0]])
    unsafe = expected_arrivals(ONE, (TOWN, CAMP), near, ArrivalOptions(safety=np.array([0.1, 1.0])))
    assert shares(unsafe)["c"] > 0.9
    two = Origins(names=("Calm", "Fought over"), conflict=np.array([0.0, 1.0]))
    answer = expected_arrivals(two, (TOWN, CAMP), np.array([[20.0, 200.0], [200.0, 20.0]]))
    assert shares(answer)["c"] > 0.8
    assert answer.arrivals[0].origin == "Fought over"


def test_many_people_fill_a_small_country():
    small = Refuge(id="s", name="Small", country="S", country_population=1e5)
    large = Refuge(id="l", name="Large", country="L", country_population=1e8)
    km = np.array([[50.0, 80.0]])
    few, many = (shares(expected_arrivals(ONE, (small, large), km, ArrivalOptions(people=n))) for n in (10, 1e6))
    assert few["s"] > 0.6
    assert many["s"] < 0.2


def test_the_answer_names_its_constants_and_the_same_input_gives_the_same_answer():
    first, again = (expected_arrivals(ONE, (TOWN, CAMP), np.array([[50.0, 90.0]])) for _ in range(2))
    assert first == again
    assert "distance_power" in dict(first.made_by.parameters)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: expected_arrivals(ONE, (TOWN,), np.array([[np.inf]])), "none of 1 refuges is reached"),
        (lambda: expected_arrivals(ONE, (), np.zeros((1, 0))), "no refuge to flee to"),
        (lambda: expected_arrivals(ONE, (TOWN, TOWN), np.ones((1, 2))), "same id"),
        (lambda: expected_arrivals(ONE, (TOWN,), np.ones((2, 1))), "for 1 origins and 1 refuges"),
        (
            lambda: expected_arrivals(ONE, (TOWN,), np.ones((1, 1)), ArrivalOptions(safety=np.ones(2))),
            "safety has shape",
        ),
        (lambda: arrivals_from_reach(ONE, (TOWN,), np.ones((2, 1)), np.ones(3)), "one weight a draw"),
        (lambda: arrivals_from_reach(ONE, (TOWN,), np.ones((2, 1)), np.zeros(2)), "all zero"),
        (lambda: Origins(names=()), "no origin"),
        (lambda: Origins(names=("A", "A")), "same name"),
        (lambda: Origins(names=("A",), population=np.ones(2)), "population has shape"),
        (lambda: Origins(names=("A",), conflict=np.array([-1.0])), "intensity"),
        (lambda: ArrivalOptions(km_per_hour=0.0), "km_per_hour"),
        (lambda: ArrivalOptions(people=-3.0), "number of people"),
        (lambda: ArrivalOptions(safety=np.array([2.0])), "safety"),
    ],
)
def test_what_cannot_be_answered_is_refused_by_name(call, said):
    with pytest.raises(InputError, match=said):
        call()


SAHEL_TOWN = Point(25.35, 13.63)
WEST, NORTH = (TOWN, Point(24.87, 13.5)), (CAMP, Point(25.56, 14.13))
COARSE = MoveOptions(cell_km=6.0)


@pytest.fixture(scope="module")
def besieged(make_question):
    return make_question(SAHEL_TOWN, "civilians", within_h=14 * 24.0, radius_km=5.0)


def test_on_the_ground_those_who_flee_a_siege_go_where_it_is_open(besieged, make_barrier, make_situation):
    free = arrivals_from_question(besieged, make_situation(), (WEST, NORTH), COARSE)
    shut = make_barrier("west", box(24.5, 13.0, 25.1, 14.0), 0.9)
    held = arrivals_from_question(besieged, make_situation(shut), (WEST, NORTH), COARSE)
    assert shares(free)["t"] > 0.3
    assert shares(held)["t"] == pytest.approx(0.1 * shares(free)["t"], rel=1e-6)
    behind = next(a for a in held.arrivals if a.refuge == "t")
    assert behind.p_reach == pytest.approx(0.1)
    assert 5 < behind.travel_time_h_p50 < 200


def test_a_refuge_that_is_too_far_for_the_time_is_unreached(make_question, make_situation):
    soon = make_question(SAHEL_TOWN, "civilians", within_h=144.0, radius_km=5.0)
    far = (FAR, Point(29.0, 13.2))
    assert arrivals_from_question(soon, make_situation(), (NORTH, far), COARSE).unreached == ("f",)
    with pytest.raises(InputError, match="none of 1 refuges is reached"):
        arrivals_from_question(soon, make_situation(), (far,), COARSE)


def test_a_refuge_in_the_area_fled_from_is_refused(make_question, make_situation):
    wide = make_question(SAHEL_TOWN, "civilians", radius_km=30.0)
    with pytest.raises(InputError, match="within the source"):
        arrivals_from_question(wide, make_situation(), ((TOWN, SAHEL_TOWN),), COARSE)
