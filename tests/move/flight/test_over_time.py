from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.errors import InputError
from wayout.model import Refuge
from wayout.move.flight.case import FlightCase, Ways
from wayout.move.flight.constants import shipped_constants
from wayout.move.flight.over_time import arrival_shares, people_over_time, settled_shares

CONSTANTS = shipped_constants()
A = Refuge(id="a", name="A", country="Amber", country_population=1e7)
B = Refuge(id="b", name="B", country="Beige", country_population=1e7)


def case(total, distances=((100.0, 100.0),), *later, refuges=(A, B), active=1.0):
    ways = (Ways(from_day=0, distance_km=np.array(distances)), *later)
    zones = tuple(f"z{i}" for i in range(len(distances)))
    return FlightCase(
        zones=zones,
        population=np.full(len(zones), 1e4),
        active=np.full((len(total), len(zones)), active),
        refuges=refuges,
        ways=ways,
        total=np.array(total, dtype=float),
    )


@settings(deadline=None)
@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=20), st.floats(1, 900))
def test_every_days_people_sum_to_the_total(total, far):
    people = people_over_time(case(total, [[100.0, far]]), CONSTANTS)
    assert np.allclose(people.sum(axis=1), total, rtol=1e-9, atol=1e-3)
    assert (people >= 0).all()


def test_when_a_refuge_closes_its_people_stay_and_newcomers_go_elsewhere():
    shut = Ways(from_day=2, distance_km=np.array([[np.inf, 100.0]]))
    people = people_over_time(case([0, 100, 200, 300], [[50.0, 100.0]], shut), CONSTANTS)
    assert people[3, 0] == pytest.approx(people[1, 0])
    assert people[3, 1] == pytest.approx(people[1, 1] + 200)


def test_departures_are_in_proportion():
    people = people_over_time(case([0, 100, 50], [[50.0, 100.0]]), CONSTANTS)
    assert people[2] == pytest.approx(people[1] / 2)


def test_a_small_country_fills_up_and_a_large_one_takes_the_rest():
    small = replace(B, country_population=1e5)
    total = np.linspace(0, 1e6, 50)
    even = people_over_time(case(total), CONSTANTS)[-1]
    filled = people_over_time(case(total, refuges=(A, small)), CONSTANTS)[-1]
    assert even[0] == pytest.approx(even[1])
    assert filled[0] > 3 * filled[1]


def test_an_unknown_country_sets_no_bound():
    unknown = tuple(replace(r, country=None, country_population=None) for r in (A, B))
    shares = arrival_shares(case([0, 1e7], [[50.0, 100.0]], refuges=unknown), CONSTANTS)
    people = people_over_time(case([0, 1e7], [[50.0, 100.0]], refuges=unknown), CONSTANTS)
    assert people[1] == pytest.approx(1e7 * shares[1])


def test_those_settled_before_are_where_it_is_open_and_drawn_to_towns():
    town = replace(B, town_population=1e6)
    arriving = np.array([0.9, 0.1])
    assert settled_shares(arriving, (A, B), CONSTANTS) == pytest.approx([0.5, 0.5])
    assert settled_shares(arriving, (A, town), CONSTANTS)[1] > 0.8
    assert settled_shares(np.array([0.0, 1.0]), (A, B), CONSTANTS)[0] == 0


def test_no_town_draws_without_bound():
    at_most = replace(B, town_population=CONSTANTS.town_most)
    huge = replace(B, town_population=100 * CONSTANTS.town_most)
    shares = [settled_shares(np.array([0.5, 0.5]), (A, b), CONSTANTS) for b in (at_most, huge)]
    assert (shares[0] == shares[1]).all()


def test_a_longer_list_of_refuges_does_not_settle_as_many_more_in_a_country():
    more = tuple(replace(B, id=f"b{i}") for i in range(4))
    shares = settled_shares(np.full(5, 0.2), (A, *more), CONSTANTS)
    assert shares[1:].sum() / shares[0] == pytest.approx(4**CONSTANTS.settled_country_power)


def test_a_day_without_any_way_takes_the_nearest_days_shares():
    shut = Ways(from_day=1, distance_km=np.full((1, 2), np.inf))
    shares = arrival_shares(case([0, 10, 20], [[50.0, 100.0]], shut), CONSTANTS)
    assert (shares == shares[0]).all()


def test_counts_seen_are_kept_and_later_days_go_on_from_them():
    seen = np.array([[10.0, 0.0], [30.0, 10.0]])
    people = people_over_time(case([10, 40, 50, 60]), CONSTANTS, seen)
    assert (people[:2] == seen).all()
    assert (people[2] > people[1]).all()
    assert people[3].sum() == pytest.approx(60)


@pytest.mark.parametrize("seen", [np.zeros((1, 3)), np.zeros((9, 2)), np.array([[-1.0, 0.0]])])
def test_counts_that_do_not_fit_are_refused(seen):
    with pytest.raises(InputError, match="observed count"):
        people_over_time(case([0, 10]), CONSTANTS, seen)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ways": (Ways(from_day=0, distance_km=np.full((1, 2), np.inf)),)}, "no refuge is reached"),
        ({"ways": (Ways(from_day=3, distance_km=np.ones((1, 2))),)}, "start with day 0"),
        ({"ways": (Ways(from_day=0, distance_km=np.ones((2, 2))),)}, "one row a zone"),
        ({"total": np.array([1.0, -1.0])}, "total"),
        ({"active": np.full((2, 1), np.nan)}, "intensity"),
        ({"population": np.ones(3)}, "population has shape"),
        ({"zones": ()}, "at least one"),
    ],
)
def test_a_case_that_cannot_be_computed_is_refused_by_name(change, said):
    with pytest.raises(InputError, match=said):
        replace(case([0, 10]), **change)
