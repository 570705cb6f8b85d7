"""Phrases of two conditions: X but not Y, two sides at once, bounded by."""

from collections.abc import Callable

import pytest
from shapely.geometry import Point

from wayout.errors import NotFoundError
from wayout.geo.borders import country_outline
from wayout.geo.compass import area_km2
from wayout.model import Region

Locate = Callable[..., Region]

DONETSK, KRAMATORSK = Point(37.8, 48.0), Point(37.56, 48.73)


@pytest.mark.parametrize(
    "phrase",
    [
        "Mali except Kidal region",
        "all of Mali but not Kidal region",
        "Mali, excluding Kidal region",
        "le Mali sauf la région de Kidal",
    ],
)
def test_what_is_excepted_is_taken_away(locate: Locate, phrase: str) -> None:
    left, kidal, whole = locate(phrase, "ML"), locate("Kidal region", "ML"), country_outline("ML")
    assert whole is not None
    assert left.geometry.intersection(kidal.geometry).area < 1e-3 * kidal.geometry.area
    assert area_km2(left.geometry) == pytest.approx(area_km2(whole) - area_km2(kidal.geometry), rel=0.02)


def test_an_exception_inside_a_part_of_a_country(locate: Locate) -> None:
    region = locate("the north of Mozambique except Pemba", "MZ")
    assert not region.geometry.contains(Point(40.52, -12.97))
    assert "without Pemba" in region.why


def test_what_lies_outside_takes_nothing_and_this_is_said(locate: Locate) -> None:
    region = locate("Darfur except Khartoum", "SD")
    assert "lies outside" in region.why


def test_nothing_left_is_an_error(locate: Locate) -> None:
    with pytest.raises(NotFoundError, match="nothing is left"):
        locate("Goma except Goma", "CD")


def test_two_sides_at_once(locate: Locate) -> None:
    region = locate("east of Kramatorsk and north of Donetsk", "UA")
    centre = region.geometry.representative_point()
    assert centre.x > KRAMATORSK.x
    assert centre.y > DONETSK.y


def test_sides_that_exclude_each_other_are_an_error(locate: Locate) -> None:
    with pytest.raises(NotFoundError, match="at once"):
        locate("north of Kidal and south of Sikasso", "ML")


def test_what_a_place_bounds_to_the_west_lies_east_of_it(locate: Locate) -> None:
    region = locate("an area bounded by Segou to the west and Mopti to the east", "ML")
    assert region.geometry.contains(Point(-5.2, 13.95))
    south = locate("bordered by Lake Chad to the north", "TD", "NG")
    assert south.geometry.centroid.y < 12.9
