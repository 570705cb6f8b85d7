"""Ground that holds a place with a stated probability, and the membership of a point: laws of a mixture of distances."""

import itertools
import math

import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from wayout.errors import InputError
from wayout.geo.compass import area_km2, buffer_km, point_along
from wayout.geo.distance_law import law_of
from wayout.geo.membership import ground_within, membership, signed_distance_km
from wayout.model import Region, Step, WeightedGeometry

EDGE_KM = 0.5
"""Arcs are drawn as chords and planes are centred each on its own thing: grounds agree to this."""


def region_of(*parts, r50=2.0, r90=10.0):
    return Region(
        phrase="there",
        parts=tuple(WeightedGeometry(geometry=geometry, weight=weight) for geometry, weight in parts),
        where_prec=5,
        radius_km=r90,
        radius50_km=r50,
        method="near",
        why="A test.",
        made_by=Step(name="test", version="0"),
    )


def disc(lon, lat, km):
    return buffer_km(shapely.Point(lon, lat), km)


LON, LAT = st.floats(-180, 180), st.floats(-88, 88)
SHAPES = st.sampled_from(["point", "line", "disc", "bar"])


def shape_at(kind, lon, lat):
    point = shapely.Point(lon, lat)
    if kind == "point":
        return point
    if kind == "disc":
        return disc(lon, lat, 20)
    end = point_along(point, 45.0, 60)
    assume(abs(end.x - lon) < 90)  # a line over the 180th meridian is two lines
    line = shapely.LineString([point, end])
    return line if kind == "line" else buffer_km(line, 8)


@settings(max_examples=80, deadline=None)
@given(SHAPES, LON, LAT, st.floats(-30, 9), st.floats(10, 60))
def test_ground_of_lower_probability_lies_inside_that_of_higher(kind, lon, lat, r50, r90):
    assume(kind in ("disc", "bar") or r50 >= 0)
    region = region_of((shape_at(kind, lon, lat), 1.0), r50=r50, r90=r90)
    grounds = [ground_within(region, p) for p in (0.2, 0.5, 0.7, 0.9, 0.95)]
    assert not any(ground.is_empty for ground in grounds)
    for inner, outer in itertools.pairwise(grounds):
        assert area_km2(inner) <= area_km2(outer) * 1.0001
        assert area_km2(inner.difference(outer)) <= 0.02 * area_km2(outer) + 1


@settings(max_examples=30, deadline=None)
@given(st.floats(0.05, 0.95), st.floats(30, 900), st.floats(0, 360), st.floats(2, 80))
def test_grounds_of_a_mixture_nest_as_well(weight, apart_km, bearing, size_km):
    other = point_along(shapely.Point(43.1, 36.3), bearing, apart_km)
    first, second = sorted([weight, 1 - weight], reverse=True)
    region = region_of((disc(43.1, 36.3, 10), first), (disc(other.x, other.y, size_km), second))
    grounds = [ground_within(region, p) for p in (0.3, 0.5, 0.75, 0.9)]
    for inner, outer in itertools.pairwise(grounds):
        assert area_km2(inner.difference(outer)) <= 0.01 * area_km2(outer) + 1


def test_the_grounds_of_one_reading_are_its_radii():
    town = disc(-1.5, 14.2, 20)
    region = region_of((town, 1.0), r50=-6, r90=12)
    assert area_km2(ground_within(region, 0.5)) == pytest.approx(area_km2(disc(-1.5, 14.2, 14)), rel=0.01)
    assert area_km2(ground_within(region, 0.9)) == pytest.approx(area_km2(disc(-1.5, 14.2, 32)), rel=0.01)


def test_a_negative_radius_never_narrows_to_nothing():
    region = region_of((disc(30, 15, 4), 1.0), r50=-50, r90=5)
    inner = ground_within(region, 0.5)
    assert 0 < area_km2(inner) < area_km2(disc(30, 15, 4))
    assert membership(region, 30, 15) == 1.0


@settings(max_examples=60, deadline=None)
@given(SHAPES, LON, st.floats(-80, 80), st.floats(0, 360))
def test_membership_falls_outward_from_one_in_the_core(kind, lon, lat, bearing):
    shape = shape_at(kind, lon, lat)
    region = region_of((shape, 1.0), r50=0.5 if kind in ("point", "line") else -2, r90=8)
    start = shapely.Point(lon, lat)
    if kind in ("point", "line", "disc"):
        assert membership(region, lon, lat) == pytest.approx(1.0, abs=0.01)
    # On the far side of the shape's start every step away from it is a step away from the shape.
    away = bearing if kind in ("point", "disc") else 225.0
    track = [point_along(start, away, km) for km in (0, 3, 8, 15, 40, 90, 300)]
    values = [membership(region, p.x, p.y) for p in track]
    assert all(0 <= v <= 1 for v in values)
    assert all(a >= b - 1e-3 for a, b in itertools.pairwise(values))
    assert values[-1] < 0.01


@settings(max_examples=40, deadline=None)
@given(LON, st.floats(-60, 60), st.floats(0, 360), st.floats(0, 60))
def test_membership_agrees_with_the_grounds(lon, lat, bearing, km):
    region = region_of((disc(lon, lat, 20), 1.0), r50=-4, r90=9)
    point = point_along(shapely.Point(lon, lat), bearing, km)
    assume(abs(km - 16) > EDGE_KM and abs(km - 29) > EDGE_KM)
    belongs = membership(region, point.x, point.y)
    assert (belongs > 0.5) == ground_within(region, 0.5).intersects(point)
    assert (belongs > 0.1) == ground_within(region, 0.9).intersects(point)


@settings(max_examples=40, deadline=None)
@given(st.floats(-170, 170), st.floats(-170, 170), st.floats(0, 360), st.floats(0, 50))
def test_moving_all_changes_nothing(lon, east, bearing, km):
    values = []
    for start in (lon, east):
        region = region_of((disc(start, 12.0, 15), 1.0), r50=-3, r90=9)
        point = point_along(shapely.Point(start, 12.0), bearing, km)
        values.append(membership(region, point.x, point.y))
    assert values[0] == pytest.approx(values[1], abs=0.02)


def test_the_likelier_of_two_towns_has_the_higher_membership_and_alone_the_half():
    region = region_of((disc(15.0, 13.0, 5), 0.7), (disc(25.0, 13.0, 5), 0.3))
    assert membership(region, 15.0, 13.0) == pytest.approx(0.7, abs=0.01)
    assert membership(region, 25.0, 13.0) == pytest.approx(0.3, abs=0.01)
    half, most = ground_within(region, 0.5), ground_within(region, 0.9)
    assert half.intersects(shapely.Point(15, 13))
    assert most.intersects(shapely.Point(15, 13))
    assert most.intersects(shapely.Point(25, 13))


def test_somewhere_else_in_the_country_is_taken_only_as_far_as_it_is_needed():
    country = shapely.box(10, 10, 16, 16)
    sure = region_of((disc(12, 12, 5), 0.95), (country, 0.05), r50=-1, r90=4)
    doubtful = region_of((disc(12, 12, 5), 0.5), (country, 0.5), r50=-1, r90=4)
    assert area_km2(ground_within(sure, 0.9)) < 2000
    half, most = ground_within(doubtful, 0.5), ground_within(doubtful, 0.9)
    assert area_km2(half) < 0.2 * area_km2(country)
    assert 0.7 * area_km2(country) < area_km2(most) < area_km2(country)
    assert membership(doubtful, 15, 15) == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize(("lon", "lat"), [(179.98, -16.5), (-179.99, 66.0), (20.0, 89.9), (0.0, -89.95), (0.0, 0.0)])
def test_antimeridian_and_poles_do_not_crash(lon, lat):
    region = region_of((disc(lon, lat, 30), 1.0), r50=-5, r90=40)
    assert ground_within(region, 0.5).is_valid
    assert area_km2(ground_within(region, 0.9)) > area_km2(ground_within(region, 0.5)) > 0
    if abs(lat) < 89:  # an outline in degrees cannot go round a pole
        assert membership(region, lon, lat) > 0.9
    assert membership(region, lon % 360 - 180, -lat) == 0.0


def test_both_sides_of_the_antimeridian_belong_alike():
    region = region_of((disc(179.95, -17, 30), 1.0), r50=-5, r90=10)
    assert membership(region, -179.95, -17) == pytest.approx(membership(region, 179.85, -17), abs=0.02)


def test_a_region_of_before_without_a_half_radius_has_grounds():
    for shape in (shapely.Point(44, 33), disc(44, 33, 10)):
        region = region_of((shape, 1.0), r50=None, r90=6)
        assert area_km2(ground_within(region, 0.5)) < area_km2(ground_within(region, 0.9))


def test_distances_are_signed():
    assert signed_distance_km(disc(30, 10, 20), 30, 10) == pytest.approx(-20, rel=0.02)
    assert signed_distance_km(shapely.Point(30, 10), 30, 11) == pytest.approx(110.6, abs=0.3)
    assert signed_distance_km(disc(30, 10, 20), -150, -10) == math.inf


def test_the_law_goes_through_its_quantiles_and_falls_on():
    law = law_of(region_of((shapely.Point(30, 10), 1.0), r50=2, r90=10), 0)
    assert law.membership(2) == pytest.approx(0.5)
    assert law.membership(10) == pytest.approx(0.1)
    assert law.membership(18) == pytest.approx(0.02)
    assert [law.radius_km(p) for p in (0.5, 0.7, 0.9)] == pytest.approx([2, 6, 10])


def test_outside_a_country_membership_falls_by_its_edge_not_by_its_size():
    country = shapely.box(20, 10, 30, 20)
    region = region_of((country, 1.0), r50=-200, r90=5)
    assert membership(region, 25, 15) == 1.0
    assert membership(region, 29.9, 15) > 0.1
    assert membership(region, 30.5, 15) < 0.001


@pytest.mark.parametrize("probability", [0.0, -0.1, 0.96, 1.0])
def test_ground_of_all_or_none_cannot_be_drawn(probability):
    with pytest.raises(InputError, match="probability"):
        ground_within(region_of((shapely.Point(30, 10), 1.0)), probability)


def test_the_cut_along_the_180th_meridian_is_no_edge():
    halves = shapely.union_all([shapely.box(170, 60, 180, 66), shapely.box(-180, 60, -170, 66)])
    inside = signed_distance_km(halves, 180, 63)
    assert inside == pytest.approx(signed_distance_km(halves, -179.99, 63), rel=0.01)
    assert inside < -300
    assert signed_distance_km(halves, 180, 68) == pytest.approx(2 * 111.4, rel=0.01)
