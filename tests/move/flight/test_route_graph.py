import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.errors import InputError
from wayout.move.flight.closures import Closure, Redirection
from wayout.move.flight.route_graph import FlightPlace, ways_by_day

PLACES = [
    FlightPlace(name="Zone", country="Home"),
    FlightPlace(name="Pass", country="Home"),
    FlightPlace(name="Camp", country="Next"),
    FlightPlace(name="Town", country="Next"),
]
ROUTES = [("Zone", "Pass", 40.0), ("Pass", "Camp", 60.0), ("Zone", "Town", 300.0), ("Camp", "Town", 50.0)]
ENDS = (["Zone"], ["Camp", "Town"])


def km(closures=(), routes=ROUTES, places=PLACES, led=()):
    return [
        (w.from_day, w.distance_km[0].tolist()) for w in ways_by_day(places, routes, ENDS, closures, redirections=led)
    ]


def test_the_shortest_way_counts_and_is_open_both_ways():
    assert km() == [(0, [100.0, 150.0])]


def test_a_closed_place_is_neither_entered_nor_passed_while_it_is_closed():
    shut = Closure(kind="location", name="camp", from_day=5, to_day=9)
    assert km([shut]) == [(0, [100.0, 150.0]), (5, [np.inf, 300.0]), (9, [100.0, 150.0])]


def test_a_refuge_that_takes_nobody_in_is_still_passed():
    shut = Closure(kind="camp", name="Camp", from_day=0, to_day=9)
    assert km([shut]) == [(0, [np.inf, 150.0]), (9, [100.0, 150.0])]


def test_a_closed_route_is_gone_round_both_ways_and_is_no_straight_way_either():
    shut = Closure(kind="link", name="camp", other="pass", from_day=2, to_day=9)
    assert km([shut])[1] == (2, [350.0, 300.0])
    places = [FlightPlace(name=p.name, country=p.country, lon=10.0 + i, lat=0.0) for i, p in enumerate(PLACES)]
    gone = Closure(kind="link", name="Zone", other="Camp", from_day=0, to_day=9)
    assert km([gone], routes=[], places=places)[0][1][0] == np.inf


def test_who_is_brought_on_is_counted_where_the_way_ends():
    led = Redirection(name="Camp", other="Town", from_day=0, to_day=4)
    assert km(led=[led]) == [(0, [np.inf, 150.0]), (4, [100.0, 150.0])]
    back = Redirection(name="Town", other="Camp", from_day=0, to_day=4)
    assert km(led=[back])[0] == (0, [100.0, np.inf])


def test_a_hub_that_brings_people_on_lets_nobody_go_elsewhere():
    led = Redirection(name="Pass", other="Zone", from_day=0, to_day=4)
    assert km(led=[led])[0] == (0, [350.0, 300.0])


def test_a_redirection_that_no_route_serves_changes_nothing():
    led = Redirection(name="Zone", other="Camp", from_day=0, to_day=4)
    assert km(led=[led]) == km()


def test_straight_ways_to_a_place_that_brings_people_on_count_where_they_end():
    places = [FlightPlace(name=p.name, country=p.country, lon=10.0 + i, lat=0.0) for i, p in enumerate(PLACES)]
    led = Redirection(name="Camp", other="Town", from_day=0, to_day=4)
    found = km(routes=[("Camp", "Town", 50.0)], places=places, led=[led])[0][1]
    assert found == [np.inf, pytest.approx(1.3 * 2 * 111.19 + 50.0, rel=1e-3)]


def test_a_closed_border_stops_all_ways_across_it():
    shut = Closure(kind="country", name="Home", other="Next", from_day=0, to_day=7)
    assert km([shut]) == [(0, [np.inf, np.inf]), (7, [100.0, 150.0])]


def test_a_straight_way_counts_where_the_graph_has_none_but_not_across_a_closed_border():
    places = [FlightPlace(name=p.name, country=p.country, lon=10.0 + i, lat=0.0) for i, p in enumerate(PLACES)]
    shut = Closure(kind="country", name="Home", other="Next", from_day=1, to_day=2)
    days = km([shut], routes=[], places=places)
    assert days[0][1] == pytest.approx([1.3 * 2 * 111.19, 1.3 * 3 * 111.19], rel=1e-3)
    assert days[1][1] == [np.inf, np.inf]


@settings(deadline=None)
@given(st.floats(1, 500))
def test_adding_a_route_never_lengthens_a_way(length):
    before, after = km()[0][1], km(routes=[*ROUTES, ("Zone", "Town", length)])[0][1]
    assert all(b <= a for a, b in zip(before, after, strict=True))


@settings(deadline=None)
@given(st.permutations(ROUTES))
def test_the_order_of_routes_changes_nothing(routes):
    assert km(routes=routes) == km()


def test_routes_to_unknown_places_are_left_out():
    assert km(routes=[*ROUTES, ("Zone", "Nowhere", 1.0), ("Nowhere", "Camp", 1.0)]) == km()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: ways_by_day([*PLACES, PLACES[0]], ROUTES, ENDS), "same name"),
        (lambda: ways_by_day(PLACES, ROUTES, (["Zone"], ["Atlantis"])), "Atlantis"),
        (lambda: ways_by_day(PLACES, [("Zone", "Camp", -4.0)], ENDS), "positive length"),
        (lambda: Closure(kind="location", name="Camp", from_day=8, to_day=3), "not after its start"),
        (lambda: Closure(kind="country", name="Home", from_day=0, to_day=3), "towards which country"),
        (lambda: Closure(kind="link", name="Camp", from_day=0, to_day=3), "to which place"),
        (lambda: Redirection(name="A", other="A", from_day=0, to_day=3), "leads nowhere"),
        (lambda: FlightPlace(name="Far", lon=500.0, lat=0.0), "longitude first"),
    ],
)
def test_what_is_wrong_is_refused_by_name(wrong, said):
    with pytest.raises(InputError, match=said):
        wrong()
