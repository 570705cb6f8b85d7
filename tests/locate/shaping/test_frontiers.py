"""Stretches of borders, the other side of them, three at once."""

from collections.abc import Callable

import pytest
from shapely.geometry import Point

from wayout.errors import NotFoundError
from wayout.geo.borders import country_outline
from wayout.model import Region

Locate = Callable[..., Region]


def test_a_stretch_between_two_towns_near_it(locate: Locate) -> None:
    stretch, whole = (
        locate("the border stretch between Goma and Bukavu with Rwanda", "CD"),
        locate("the Congo-Rwanda border", "CD"),
    )
    assert stretch.geometry.length < 0.9 * whole.geometry.length
    assert stretch.geometry.distance(Point(29.0, -2.1)) < 0.3


def test_a_stretch_of_the_border_with_a_country(locate: Locate) -> None:
    stretch = locate("the border with Syria between Qaim and Rabia", "IQ")
    assert 34.0 < stretch.geometry.bounds[1] < 34.7
    assert stretch.geometry.bounds[3] < 37.2


def test_two_countries_are_no_places_on_a_border(locate: Locate) -> None:
    assert locate("the border between Chad and Sudan", "TD").why.startswith("The line that Chad and Sudan share")


def test_across_the_border_from_a_town_is_another_country(locate: Locate) -> None:
    region, congo = locate("across the border from Goma", "CD"), country_outline("CD")
    assert congo is not None
    assert region.geometry.intersection(congo).area < 1e-6
    assert region.geometry.distance(Point(29.25, -1.7)) < 0.1


def test_a_town_far_from_borders_has_no_other_side(locate: Locate) -> None:
    with pytest.raises(NotFoundError, match="at no border"):
        locate("across the border from Bambari", "CF")


def test_three_borders_meet(locate: Locate) -> None:
    region = locate("the Mali-Niger-Algeria border triangle", "ML")
    assert region.geometry.contains(Point(4.25, 19.15))
