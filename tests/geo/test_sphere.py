"""Distances on the sphere stay close to those on the ellipsoid."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

from wayout.geo.compass import distance_km
from wayout.geo.sphere import sphere_km

LON, LAT = st.floats(-180, 180), st.floats(-90, 90)


@given(LON, LAT, LON, LAT)
def test_it_is_the_geodesic_distance_to_half_a_percent(lon, lat, other_lon, other_lat):
    true = distance_km(Point(lon, lat), Point(other_lon, other_lat))
    assert sphere_km(lon, lat, other_lon, other_lat) == pytest.approx(true, rel=0.006, abs=0.001)


@given(LON, LAT, LON, LAT)
def test_both_ways_are_equally_long(lon, lat, other_lon, other_lat):
    assert sphere_km(lon, lat, other_lon, other_lat) == sphere_km(other_lon, other_lat, lon, lat)


def test_the_other_side_of_the_earth_is_half_way_round():
    assert sphere_km(10, 45, -170, -45) == pytest.approx(20015, abs=1)
