import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point

from wayout.geo.compass import area_km2, buffer_km, distance_km, point_along
from wayout.geo.town_path import corridor_by_towns, plane_between, town_path

GAO, TIMBUKTU = Point(-0.04, 16.27), Point(-3.0, 16.77)
BOUREM = (-1.6, 16.85)
"""A town a little north of the straight line."""
LATITUDES, LONGITUDES = st.floats(-88, 88), st.floats(-180, 180)


def test_the_way_leads_by_the_town_on_the_bend() -> None:
    path = town_path(GAO, TIMBUKTU, [BOUREM])
    assert len(path.coords) == 3
    assert corridor_by_towns(GAO, TIMBUKTU, [BOUREM], 0.05, 5).contains(Point(BOUREM))


def test_a_town_far_off_is_not_by_the_way() -> None:
    assert len(town_path(GAO, TIMBUKTU, [(1.0, 12.0)]).coords) == 2


def test_without_towns_the_way_is_straight() -> None:
    corridor = corridor_by_towns(GAO, TIMBUKTU, [], 0.05, 5)
    half_way = plane_between(GAO, TIMBUKTU)
    assert corridor.contains(Point(half_way.lon, half_way.lat))
    assert not corridor.contains(Point(-1.6, 17.4))


def test_two_ends_in_one_place_are_a_disc() -> None:
    assert area_km2(corridor_by_towns(GAO, GAO, [BOUREM], 0.05, 5)) == pytest.approx(78.5, rel=0.05)


@settings(max_examples=40, deadline=None)
@given(LONGITUDES, LATITUDES, st.floats(0, 359), st.floats(30, 400), st.lists(st.floats(0.1, 0.9), max_size=4))
def test_a_corridor_holds_its_ends_and_straight_towns_anywhere_on_earth(
    lon: float, lat: float, bearing: float, km: float, shares: list[float]
) -> None:
    start = Point(lon, lat)
    end = point_along(start, bearing, km)
    towns = [point_along(start, bearing, share * km).coords[0] for share in shares]
    corridor = corridor_by_towns(start, end, towns, 0.05, 5)
    assert corridor.is_valid
    assert -180 <= corridor.bounds[0] <= corridor.bounds[2] <= 180
    for place in (start, end, *map(Point, towns)):
        assert buffer_km(place, 1).intersects(corridor)
    assert area_km2(corridor) < 4 * km * max(0.05 * km, 5) + 400
    assert distance_km(start, end) == pytest.approx(km)
