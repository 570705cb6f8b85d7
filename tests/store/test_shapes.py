"""Geometries as the search by place sees them."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from wayout.store.shapes import boxes_of, searchable, touches


@pytest.mark.parametrize("wkt", ["POINT EMPTY", "POLYGON EMPTY", "GEOMETRYCOLLECTION EMPTY"])
def test_what_is_empty_is_nowhere(wkt):
    assert searchable(shapely.to_wkb(shapely.from_wkt(wkt))) is None


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_what_has_no_finite_place_is_nowhere(bad):
    with np.errstate(invalid="ignore"):
        line = shapely.from_wkt(f"LINESTRING (0 0, 1 1, {bad} 1)")
    assert searchable(shapely.to_wkb(line)) is None
    assert not touches(shapely.to_wkb(shapely.Point(bad, bad)), -180, -90, 180, 90)


def test_heights_and_reference_systems_do_not_matter():
    given_one = shapely.set_srid(shapely.Point(1, 2, 300), 4326)
    found = searchable(shapely.to_wkb(given_one, include_srid=True))
    assert found == shapely.Point(1, 2)
    assert shapely.get_srid(found) == 0


def test_a_box_across_the_180th_meridian_is_two():
    assert boxes_of((170, -10, -170, 10)) == ((170, -10, 180, 10), (-180, -10, -170, 10))
    assert boxes_of((-10, -10, 10, 10)) == ((-10, -10, 10, 10),)


def test_a_box_thinner_than_anything_is_a_line():
    assert boxes_of((-5.0, -1e-177, 5.0, 1e-63)) == ((-5.0, 0.0, 5.0, 0.0),)


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=3, max_size=6))
def test_any_ring_touches_the_world_and_is_valid(points):
    found = searchable(shapely.to_wkb(shapely.Polygon(points)))
    assert found is None or (found.is_valid and touches(shapely.to_wkb(shapely.Polygon(points)), -180, -90, 180, 90))
