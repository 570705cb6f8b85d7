import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiLineString, Point, Polygon, box

from wayout.errors import InputError
from wayout.geo.compass import area_km2, distance_km, point_along
from wayout.geo.line_cut import lens_between, middle_of_line, outer_line, shared_line, side_toward, sides_of_line

SOUTHWARD = LineString([(33.0, 16.0), (32.7, 14.0), (33.2, 12.0)])
LAND = box(31, 11, 35, 17)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(-0.8, 0.8), min_size=3, max_size=8))
def test_the_sides_of_a_line_are_disjoint_and_cover(offsets: list[float]) -> None:
    river = LineString([(33 + x, 16.5 - 5 * i / len(offsets)) for i, x in enumerate(offsets)])
    left, right = sides_of_line(LAND, river)
    assert left.intersection(right).area < 1e-3 * LAND.area
    assert left.union(right).area == pytest.approx(LAND.area, rel=2e-3)


def test_left_is_left_of_the_way_the_line_is_drawn() -> None:
    left, right = sides_of_line(LAND, SOUTHWARD)
    assert left.contains(Point(34.5, 14))
    assert right.contains(Point(31.5, 14))


def test_the_side_toward_a_bearing_does_not_depend_on_the_drawing() -> None:
    for line in (SOUTHWARD, SOUTHWARD.reverse()):
        assert side_toward(LAND, line, 90).contains(Point(34.5, 14))
        assert side_toward(LAND, line, 270).contains(Point(31.5, 14))


def test_pieces_with_gaps_and_side_channels_make_one_cut() -> None:
    pieces = MultiLineString(
        [[(33.0, 13.6), (33.2, 12.0)], [(33.0, 16.0), (32.9, 14.0)], [(32.95, 15.0), (33.0, 14.7), (32.93, 14.5)]]
    )
    east = side_toward(LAND, pieces, 90)
    assert area_km2(east) == pytest.approx(area_km2(LAND) / 2, rel=0.1)


def test_an_area_wholly_on_one_side_is_that_side() -> None:
    far_east = box(36, 12, 38, 15)
    assert side_toward(far_east, SOUTHWARD, 90).area == pytest.approx(far_east.area, rel=1e-3)
    assert side_toward(far_east, SOUTHWARD, 270).is_empty


def test_a_cut_needs_a_surface_and_a_line() -> None:
    with pytest.raises(InputError):
        sides_of_line(Point(33, 14), SOUTHWARD)


def test_neighbours_share_their_line_even_if_drawn_a_little_apart() -> None:
    west, east = box(20, 10, 24, 14), box(24.02, 9, 28, 13)
    line = shared_line(west, east)
    assert 13 - 10.2 < line.length < 13 - 9.9
    assert middle_of_line(line).distance(Point(24, 11.5)) < 0.1
    assert shared_line(west, box(30, 10, 32, 14)).is_empty


def test_a_coast_is_the_outline_without_neighbours() -> None:
    country, neighbour = box(40, 10, 44, 14), Polygon([(36, 9), (40, 9), (40, 15), (36, 15)])
    coast = outer_line(country, neighbour)
    assert coast.distance(Point(44, 12)) < 1e-6
    assert coast.distance(Point(40, 12)) > 1


@settings(max_examples=40, deadline=None)
@given(st.floats(-60, 60), st.floats(0, 359), st.floats(5, 900), st.floats(0.05, 0.5))
def test_a_lens_holds_the_middle_and_is_as_wide_as_asked(lat: float, bearing: float, km: float, share: float) -> None:
    start = Point(20, lat)
    end = point_along(start, bearing, km)
    lens = lens_between(start, end, share, 1.0)
    middle = point_along(start, bearing, km / 2)
    assert lens.contains(middle)
    assert area_km2(lens) == pytest.approx(math.pi * (km / 2) * max(share * km, 1.0), rel=0.06)
    assert distance_km(lens.centroid, middle) < 0.02 * km + 0.1
