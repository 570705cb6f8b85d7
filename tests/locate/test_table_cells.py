"""The point that stands for a region, and how far the region reaches from it."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from wayout.geo.compass import distance_km
from wayout.geo.floor import snap_to_floor
from wayout.locate.table_cells import COLUMNS, coarse_point, farthest_km, located_cells, point_of, unlocated_cells

LON, LAT = st.floats(-179, 179), st.floats(-84, 84)


@given(LON, LAT)
def test_a_point_is_snapped_as_everything_is(lon, lat):
    point = shapely.Point(lon, lat)
    assert coarse_point(point).equals(snap_to_floor(point))


def test_the_point_lies_in_the_area_even_where_its_middle_does_not():
    ring = shapely.Point(30, 10).buffer(2).difference(shapely.Point(30, 10).buffer(1.5))
    assert ring.distance(point_of(ring, None)) < 1e-9


def test_the_point_of_a_line_is_on_it():
    line = shapely.MultiLineString([[(10, 10), (12, 10)], [(20, 20), (20.1, 20)]])
    assert line.distance(point_of(line, None)) < 1e-9
    assert point_of(line, None).x == pytest.approx(11)


@given(LON, LAT)
def test_nothing_of_a_region_is_farther_than_the_farthest(lon, lat):
    box = shapely.box(lon - 0.5, lat - 0.5, lon + 0.5, lat + 0.5)
    far = farthest_km(shapely.Point(lon, lat), box)
    assert all(distance_km(shapely.Point(lon, lat), shapely.Point(x, y)) <= far + 1e-6 for x, y in box.exterior.coords)


def test_the_radii_count_from_the_written_point(build):
    region = build.region("a place", shapely.Point(33.031, 15.021).buffer(0.05))
    cells = dict(zip(COLUMNS, located_cells(region), strict=True))
    written = shapely.Point(float(cells["lon"]), float(cells["lat"]))
    far = farthest_km(written, region.geometry)
    assert float(cells["radius90_km"]) == pytest.approx(far + region.radius_km, abs=0.06)
    assert cells["radius50_km"] == ""
    assert cells["likelihood"] == "1.00"


def test_the_reason_is_one_line():
    assert unlocated_cells("a\nb\tc")[-1] == "a b c"
    assert set(unlocated_cells("x")[:-1]) == {""}
