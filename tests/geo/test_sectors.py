import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, box

from wayout.errors import InputError
from wayout.geo.sectors import bearing_from, flat_sector, sector_outside

WIDE = box(-200, -50, 200, 50)


def test_ground_above_the_long_side_of_a_wide_area_is_north_only():
    over_the_right_end = Point(180, 90)
    assert flat_sector(WIDE, 0, 45, 300).covers(over_the_right_end)
    assert not flat_sector(WIDE, 90, 45, 300).covers(over_the_right_end)


@pytest.mark.parametrize("area", [WIDE, Point(3, 4), LineString([(0, 0), (90, 120)]), Point(0, 0).buffer(70)])
def test_four_quarters_tile_the_ground_outside_the_hull(area):
    quarters = [flat_sector(area, bearing, 45, 100) for bearing in (0, 90, 180, 270)]
    total = sum(q.area for q in quarters)
    hull = area.convex_hull
    ring = hull.buffer(100, quad_segs=64).area - hull.area
    assert total == pytest.approx(ring, rel=0.01)
    for i, first in enumerate(quarters):
        for second in quarters[:i]:
            assert first.intersection(second).area < 0.003 * ring


@given(x=st.floats(-500, 500), y=st.floats(-500, 500))
def test_a_point_lies_in_the_sector_of_its_bearing_from_the_nearest_edge(x, y):
    point = Point(x, y)
    if not 1 < WIDE.distance(point) < 290:
        return
    bearing = bearing_from(WIDE, point)
    if abs(bearing % 90 - 45) < 1:
        return
    quarter = round(bearing / 90) % 4 * 90
    assert flat_sector(WIDE, quarter, 45, 300).buffer(0.5).covers(point)


def test_sector_comes_back_in_degrees_and_outside_the_area():
    area = box(38, 34, 40, 35)
    south = sector_outside(area, 180, 45, 150)
    assert south.covers(Point(39, 33.5))
    assert not south.intersects(Point(39, 35.5))
    assert south.intersection(area).area < 0.002 * area.area  # a straight edge in degrees bends a little on the plane
    assert south.bounds[1] == pytest.approx(34 - 150 / 111, abs=0.05)


@pytest.mark.parametrize(("half", "reach"), [(0, 10), (91, 10), (45, 0), (45, math.nan)])
def test_senseless_openings_are_refused(half, reach):
    with pytest.raises(InputError, match=r"half_width_deg|reach_km"):
        flat_sector(WIDE, 0, half, reach)
