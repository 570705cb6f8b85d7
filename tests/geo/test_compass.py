import math

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box

from wayout.errors import InputError
from wayout.geo.compass import (
    area_km2,
    bearing_deg,
    buffer_km,
    central_point,
    compass_part,
    distance_km,
    extent_km,
    mainland,
    middle_part,
    plane_around,
    point_along,
    wedge,
)

TOLERANCE = 2e-3


@st.composite
def areas(draw: st.DrawFn) -> Polygon:
    """A star-shaped polygon of 0.2-6 degrees anywhere people live."""
    lon, lat = draw(st.floats(-170, 170)), draw(st.floats(-50, 65))
    radii = draw(st.lists(st.floats(0.2, 3), min_size=4, max_size=9))
    angles = [2 * math.pi * i / len(radii) for i in range(len(radii))]
    return Polygon([(lon + r * math.cos(a), lat + r * math.sin(a)) for r, a in zip(radii, angles, strict=True)])


GRID_DEG = 1e-9
BEARINGS = st.floats(0, 359.9)


@settings(max_examples=40, deadline=None)
@given(areas(), BEARINGS)
def test_a_compass_part_lies_inside_and_holds_half(area: Polygon, bearing: float) -> None:
    part = compass_part(area, bearing)
    assert part.difference(area).area < TOLERANCE * area.area
    assert area_km2(part) == pytest.approx(area_km2(area) / 2, rel=0.03)


@settings(max_examples=40, deadline=None)
@given(areas(), BEARINGS, st.floats(0.1, 0.9))
def test_opposite_parts_are_disjoint_and_cover(area: Polygon, bearing: float, share: float) -> None:
    one, other = compass_part(area, bearing, share), compass_part(area, bearing + 180, 1 - share)
    # Without a grid GEOS now and then gives one of two polygons that only touch as their intersection.
    assert shapely.intersection(one, other, grid_size=GRID_DEG).area < TOLERANCE * area.area
    assert shapely.union(one, other, grid_size=GRID_DEG).area == pytest.approx(area.area, rel=TOLERANCE)


@settings(max_examples=40, deadline=None)
@given(areas(), BEARINGS, st.floats(5, 85), st.floats(10, 300))
def test_a_wedge_leaves_the_area_it_leaves_untouched(area: Polygon, bearing: float, half: float, reach: float) -> None:
    outside = wedge(area, bearing, half, reach)
    assert outside.area > 0
    assert outside.intersection(area).area < TOLERANCE * area.area


def test_parts_lie_where_they_are_named() -> None:
    chad = box(14, 8, 24, 23)
    assert compass_part(chad, 0).centroid.y > chad.centroid.y > compass_part(chad, 180).centroid.y
    assert compass_part(chad, 90).centroid.x > chad.centroid.x
    north_west = compass_part(chad, 315, 0.3)
    assert north_west.centroid.y > chad.centroid.y
    assert north_west.centroid.x < chad.centroid.x


def test_a_middle_part_holds_the_centroid_and_its_share() -> None:
    area = box(30, 10, 34, 13)
    middle = middle_part(area, 0.3)
    assert middle.contains(area.centroid)
    assert area_km2(middle) == pytest.approx(0.3 * area_km2(area), rel=0.03)


def test_a_wedge_from_a_town_points_the_right_way_and_far_enough() -> None:
    town = Point(13.16, 11.84)
    outside = wedge(town, 315, 45, 60)
    assert outside.contains(point_along(town, 315, 30))
    assert not outside.contains(point_along(town, 135, 30))
    assert not outside.contains(point_along(town, 315, 70))


def test_a_wedge_of_a_wide_area_covers_its_whole_flank() -> None:
    strip = box(0, 14, 10, 15)
    north = wedge(strip, 0, 30, 100)
    assert north.contains(Point(1, 15.5))
    assert north.contains(Point(9, 15.5))
    assert not north.intersects(Point(5, 13.5))


@settings(max_examples=40, deadline=None)
@given(st.floats(-170, 170), st.floats(-60, 70), BEARINGS, st.floats(1, 900))
def test_going_along_a_bearing_is_measured_back(lon: float, lat: float, bearing: float, km: float) -> None:
    start = Point(lon, lat)
    end = point_along(start, bearing, km)
    assert distance_km(start, end) == pytest.approx(km, rel=1e-6)
    assert abs((bearing_deg(start, end) - bearing + 180) % 360 - 180) < 1e-3


def test_the_plane_keeps_distances_from_its_centre() -> None:
    area = box(36, 48, 40, 50)
    plane = plane_around(area)
    away = point_along(area.centroid, 40, 200)
    assert plane.project(away).distance(plane.project(area.centroid)) == pytest.approx(200, rel=1e-3)
    assert plane.unproject(plane.project(away)).distance(away) < 1e-6


def test_buffers_are_in_km() -> None:
    assert area_km2(buffer_km(Point(47, 15), 10)) == pytest.approx(math.pi * 100, rel=0.02)
    assert area_km2(buffer_km(LineString([(47, 15), (47, 16)]), 5)) == pytest.approx(
        110.6 * 10 + math.pi * 25, rel=0.02
    )
    assert extent_km(Point(1, 1)) == 0


def test_what_passes_the_180th_meridian_is_split_there() -> None:
    disc = buffer_km(Point(179.9, 65), 50)
    west, east = disc.bounds[0], disc.bounds[2]
    assert (west, east) == pytest.approx((-180, 180))
    assert area_km2(disc) == pytest.approx(math.pi * 2500, rel=0.02)


def test_far_possessions_are_not_mainland() -> None:
    country = MultiPolygon([box(-4, 43, 7, 50), box(8.5, 41.3, 9.5, 43), box(-54, 2, -52, 5)])
    kept = mainland(country)
    assert kept.bounds == pytest.approx((-4, 41.3, 9.5, 50))


@pytest.mark.parametrize("half_width", [0, 91])
def test_fans_out_of_range_are_refused(half_width: float) -> None:
    with pytest.raises(InputError, match="half_width_deg"):
        wedge(Point(0, 0), 0, half_width, 10)


def test_a_part_of_a_point_is_refused() -> None:
    with pytest.raises(InputError, match="polygon"):
        compass_part(Point(0, 0), 0)
    with pytest.raises(InputError, match="share"):
        compass_part(box(0, 0, 1, 1), 0, 1.0)


def test_an_area_on_both_sides_of_the_180th_meridian_is_one_thing():
    halves = buffer_km(shapely.Point(179.9, -17.0), 60)
    centre = plane_around(halves)
    assert abs(abs(centre.lon) - 180) < 0.5
    flat = centre.project(halves)
    assert flat.geom_type == "Polygon"
    assert area_km2(buffer_km(halves, -20)) == pytest.approx(math.pi * 40**2, rel=0.02)
    assert area_km2(buffer_km(halves, 20)) == pytest.approx(math.pi * 80**2, rel=0.02)


@pytest.mark.parametrize("lat", [89.6, 90.0, -89.8, -90.0])
def test_a_disc_over_a_pole_is_whole(lat: float) -> None:
    disc = buffer_km(Point(25, lat), 200)
    assert disc.is_valid
    assert disc.bounds[0] >= -180
    assert disc.bounds[2] <= 180
    assert area_km2(disc) == pytest.approx(math.pi * 200**2, rel=0.02)
    for bearing in range(0, 360, 30):
        assert buffer_km(point_along(Point(25, lat), bearing, 150), 1).intersects(disc)
        assert not buffer_km(point_along(Point(25, lat), bearing, 250), 1).intersects(disc)


def test_the_central_point_of_a_bow_lies_on_it_near_its_middle():
    bow = LineString([(30, 10), (31, 11), (32, 10)]).buffer(0.1)
    point = central_point(bow)
    assert bow.buffer(1e-6).covers(point)
    assert point.x == pytest.approx(31, abs=0.5)
    assert point.y < 11
