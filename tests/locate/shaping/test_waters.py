"""The sea before coasts, coasts between towns, airspace."""

from collections.abc import Callable

import pytest
from shapely.geometry import Point

from wayout.errors import NotFoundError
from wayout.geo.borders import country_outline
from wayout.model import Region

Locate = Callable[..., Region]


def test_off_the_coast_is_water(locate: Locate) -> None:
    region, libya = locate("off the coast of Benghazi", "LY"), country_outline("LY")
    assert libya is not None
    assert region.geometry.intersection(libya).area < 1e-6
    assert region.geometry.distance(Point(20.07, 32.12)) < 0.3


@pytest.mark.parametrize(
    "phrase", ["Yemeni territorial waters", "the territorial waters of Yemen", "off the Yemeni coast"]
)
def test_territorial_waters_reach_twelve_miles(locate: Locate, phrase: str) -> None:
    region, yemen = locate(phrase, "YE"), country_outline("YE")
    assert yemen is not None
    assert region.geometry.intersection(yemen).area < 1e-6
    assert region.geometry.buffer(-0.25).is_empty


def test_international_waters_are_precision_seven_and_farther_out(locate: Locate) -> None:
    region = locate("international waters off Somalia", "SO")
    assert region.where_prec == 7
    assert not region.geometry.contains(Point(45.4, 2.0))


def test_an_inland_town_has_no_sea(locate: Locate) -> None:
    with pytest.raises(NotFoundError, match="place on the coast"):
        locate("off the coast of Timbuktu", "ML")


def test_the_coast_between_two_towns_runs_from_one_to_the_other(locate: Locate) -> None:
    region = locate("the coast between Mocha and Aden", "YE")
    assert region.geometry.distance(Point(43.45, 12.68)) < 0.1
    assert region.geometry.bounds[0] < 43.5
    assert region.geometry.bounds[2] > 44.7


def test_the_coast_toward_a_side(locate: Locate) -> None:
    assert (
        locate("Yemen's western coast", "YE").geometry.centroid.x
        < locate("the coast of Yemen", "YE").geometry.centroid.x
    )


def test_the_air_above_a_place_is_the_place(locate: Locate) -> None:
    region = locate("the skies above Lviv", "UA")
    assert region.geometry.contains(Point(24.02, 49.84))
    assert region.where_prec == 2
