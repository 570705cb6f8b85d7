"""One place in another, corridors, waters, roads that only have a name."""

from collections.abc import Callable

import pytest
from shapely.geometry import Point

from wayout.errors import NotFoundError
from wayout.model import Region

Locate = Callable[..., Region]


def test_a_namesake_far_from_what_it_is_said_to_be_in_is_not_meant(locate: Locate) -> None:
    region = locate("Kayes in Kidal region", "ML")
    assert "not known there" in region.why
    assert region.geometry.contains(Point(1.4, 18.45))


def test_a_corridor_of_two_towns_is_the_ground_between(locate: Locate) -> None:
    region = locate("the Gao-Kidal corridor", "ML")
    assert region.method == "between"
    assert region.geometry.contains(Point(0.7, 17.4))


def test_a_gulf_is_not_its_town(locate: Locate) -> None:
    assert locate("the Gulf of Aden", "YE").places[0].kind == "sea"
    with pytest.raises(NotFoundError):
        locate("the Gulf of Qwertyville", "YE")


def test_a_road_that_is_only_a_name_says_what_to_do(locate: Locate) -> None:
    with pytest.raises(NotFoundError, match="two towns that it joins"):
        locate("the M4 highway", "SY")


@pytest.mark.parametrize(
    "phrase", ["the M4 except Saraqib", "30 km west of Qwertyville", "halfway between Gao and Zxcv"]
)
def test_where_a_sure_rule_fails_no_weaker_one_is_tried(locate: Locate, phrase: str) -> None:
    with pytest.raises(NotFoundError):
        locate(phrase, "SY", "ML")
