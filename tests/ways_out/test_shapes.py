"""Shapes of users are taken as they are, or refused by name with the value and the remedy."""

import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from wayout.errors import InputError
from wayout.ways_out.shapes import count_positions, read_shape

SQUARE = [[35.0, -18.0], [36.0, -18.0], [36.0, -17.0], [35.0, -17.0], [35.0, -18.0]]
BOWTIE = [[35.0, -18.0], [36.0, -17.0], [36.0, -18.0], [35.0, -17.0], [35.0, -18.0]]
LABEL = "feature 7 (barrier 'the ford')"


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        (None, "empty geometry"),
        (shapely.Point(), "empty geometry"),
        ({"type": "Point", "coordinates": []}, "empty Point"),
        ({"type": "Circle", "coordinates": [1, 2]}, "'Circle'"),
        ("POINT (1 2)", "'str'"),
        ({"type": "Point", "coordinates": [35.0]}, "two numbers"),
        ({"type": "Point", "coordinates": ["35", "-18"]}, "two numbers"),
        ({"type": "Point", "coordinates": [True, False]}, "two numbers"),
        ({"type": "Point", "coordinates": [math.nan, -18.0]}, "finite"),
        ({"type": "Point", "coordinates": [10**400, -18.0]}, "finite"),
        ({"type": "Point", "coordinates": [36.0, 150.0]}, "swapped"),
        ({"type": "Point", "coordinates": [500000.0, 8030000.0]}, "EPSG:4326"),
        ({"type": "LineString", "coordinates": [[35.0, -18.0]]}, "a line needs two"),
        ({"type": "LineString", "coordinates": [[35.0, -18.0], [35.0, -18.0]]}, "without extent"),
        (polygon(SQUARE[:-1]), "open ring"),
        (polygon(SQUARE[:2] + SQUARE[:1]), "needs four"),
        (polygon(BOWTIE), "Self-intersection"),
        ({"type": "GeometryCollection", "geometries": []}, "without geometries"),
        ({"type": "MultiPolygon", "coordinates": [[]]}, "without positions"),
        (polygon([[-179.0, 0.0], [179.0, 0.0], [179.0, 1.0], [-179.0, 0.0]]), "180th meridian"),
    ],
)
def test_what_is_wrong_is_told_with_the_feature_and_the_remedy(shape, said):
    with pytest.raises(InputError, match=r"feature 7 \(barrier 'the ford'\)") as caught:
        read_shape(shape, LABEL)
    assert said in str(caught.value)
    assert ";" in str(caught.value) or ":" in str(caught.value)  # what, and then what to do


def test_a_nested_collection_cannot_exhaust_the_stack():
    node = {"type": "Point", "coordinates": [35.0, -18.0]}
    for _ in range(5000):
        node = {"type": "GeometryCollection", "geometries": [node]}
    with pytest.raises(InputError, match="nests"):
        read_shape(node, LABEL)
    assert count_positions(node) == 1


def test_an_open_ring_is_closed_only_where_that_was_asked_for():
    mended = read_shape(polygon(SQUARE[:-1]), LABEL, repair=True)
    assert mended.geometry.equals(shapely.box(35, -18, 36, -17))
    assert "was closed" in mended.mended


def test_a_ring_that_crosses_itself_is_mended_only_where_that_was_asked_for():
    mended = read_shape(polygon(BOWTIE), LABEL, repair=True)
    assert mended.geometry.is_valid
    assert "Self-intersection" in mended.mended


def test_a_sound_shape_is_not_touched():
    checked = read_shape(polygon(SQUARE), LABEL, repair=True)
    assert checked.mended is None
    assert checked.geometry.equals(shapely.box(35, -18, 36, -17))


def test_heights_are_left_out():
    assert read_shape({"type": "Point", "coordinates": [35.0, -18.0, 230.0]}, LABEL).geometry.wkt == "POINT (35 -18)"


def test_every_way_to_hand_a_shape_over_is_the_same():
    class Frame:
        __geo_interface__ = polygon(SQUARE)

    shapes = [polygon(SQUARE), shapely.box(35, -18, 36, -17), Frame(), {"type": "Feature", "geometry": polygon(SQUARE)}]
    assert len({read_shape(s, LABEL).geometry.normalize().wkt for s in shapes}) == 1


@given(st.recursive(st.none() | st.floats() | st.text(max_size=4), lambda c: st.lists(c, max_size=4), max_leaves=12))
def test_whatever_stands_for_coordinates_gives_a_shape_or_an_input_error(coordinates):
    for kind in ("Point", "LineString", "Polygon", "MultiPolygon"):
        try:
            checked = read_shape({"type": kind, "coordinates": coordinates}, LABEL, repair=True)
        except InputError:
            continue
        assert checked.geometry.is_valid
        assert not checked.geometry.is_empty
