"""Radii of methods: the 50 % radius is signed and below the 90 % radius, whatever the shape."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from wayout.geo.compass import buffer_km, extent_km
from wayout.locate.composing import compose_region, reading
from wayout.locate.doubt import OTHER, elsewhere_weight, has_radii, radius50_of, radius_of
from wayout.model import Place
from wayout.vocab import read_vocab

METHODS = sorted(read_vocab("place_doubt.yaml")["methods"])
KM = st.floats(0.5, 800)


@given(st.sampled_from(METHODS), KM)
def test_the_half_radius_lies_below_the_ninety_for_every_method_and_size(method, km):
    area = buffer_km(shapely.Point(29.5, 14.5), km)
    radius = radius_of(method, area)
    assert radius >= 0
    assert radius50_of(method, area, radius) < max(radius, 0.01)


@given(st.sampled_from(METHODS), KM)
def test_a_larger_area_never_has_less_doubt(method, km):
    small, large = (buffer_km(shapely.Point(29.5, 14.5), size) for size in (km, km * 1.5))
    assert radius_of(method, small) <= radius_of(method, large)


@pytest.mark.parametrize("method", METHODS)
def test_points_and_lines_have_no_inside(method):
    line = shapely.LineString([(36.1, 49.9), (37.2, 50.1)])
    for shape in (line, shapely.Point(36.1, 49.9)):
        radius = radius_of(method, shape)
        assert 0 <= radius50_of(method, shape, radius) <= radius / 2


def test_a_rule_without_a_row_takes_the_row_of_others():
    area = buffer_km(shapely.Point(-1.5, 14.2), 60)
    assert not has_radii("a_rule_of_tomorrow")
    assert radius_of("a_rule_of_tomorrow", area) == radius_of(OTHER, area)


def test_a_composed_region_states_both_radii_by_its_method():
    area = buffer_km(shapely.Point(-1.5, 14.2), 60)
    region = compose_region([reading(area, 1)], method="part", why="A test.", where_prec=5)
    assert region.radius50_km == pytest.approx(-0.15 * extent_km(area))
    assert region.radius_km == radius_of("part", area)


def test_a_plain_name_takes_the_doubt_of_its_place():
    town = Place(id="t", name="Mopti", kind="populated_place", country="ML", admin1=None, lon=-4.2, lat=14.5)
    disc = buffer_km(shapely.Point(-4.2, 14.5), 6)
    region = compose_region([reading(disc, 1, town)], method="name", why="A test.", where_prec=1, radius_km=4.0)
    assert region.radius_km == 4.0
    assert region.radius50_km == radius50_of("populated_place", disc, 4.0)


def test_a_respelt_name_means_another_place_more_often_than_an_exact_one():
    assert elsewhere_weight("exact") < elsewhere_weight("respelt") <= 0.6
