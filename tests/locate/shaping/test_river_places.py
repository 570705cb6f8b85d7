"""Places on rivers."""

from collections.abc import Callable

import pytest
from shapely.geometry import Point

from wayout.errors import NotFoundError
from wayout.geo.compass import distance_km
from wayout.model import Region

Locate = Callable[..., Region]

MOPTI, SHENDI, KHERSON = Point(-4.18, 14.49), Point(33.43, 16.69), Point(32.62, 46.64)


def test_down_and_up_the_river_part_at_the_town(locate: Locate) -> None:
    down, up = locate("downstream of Mosul on the Tigris", "IQ"), locate("upstream of Mosul on the Tigris", "IQ")
    assert down.geometry.centroid.y < 36.34 < up.geometry.centroid.y
    assert down.geometry.distance(up.geometry) < 0.01


def test_the_river_of_a_town_need_not_be_named(locate: Locate) -> None:
    region = locate("upstream of Kherson", "UA")
    assert "Dnipro" in region.why
    assert region.where_prec == 5


def test_a_river_that_does_not_pass_is_an_error(locate: Locate) -> None:
    with pytest.raises(NotFoundError, match="check the town and the river"):
        locate("downstream of Kharkiv on the Dnipro", "UA")


def test_a_bridge_stands_where_the_river_passes_the_town(locate: Locate) -> None:
    region = locate("the bridge over the Nile at Shendi", "SD")
    assert distance_km(SHENDI, region.geometry.centroid) < 12
    assert region.where_prec == 2


def test_across_the_river_is_the_other_bank(locate: Locate) -> None:
    region = locate("opposite Zaporizhzhia on the Dnipro", "UA")
    assert not region.geometry.contains(Point(35.14, 47.84))
    assert region.geometry.centroid.x < 35.1


def test_a_town_drawn_on_the_line_may_stand_on_either_bank(locate: Locate) -> None:
    region = locate("across the river from Kherson", "UA")
    assert [part.weight for part in region.parts] == [0.5, 0.5]
    assert "too coarse" in region.why


def test_a_stretch_of_river_between_two_towns(locate: Locate) -> None:
    region = locate("the Euphrates between Raqqa and Deir ez-Zor", "SY")
    assert region.method == "river"
    west, _, east, _ = region.geometry.bounds
    assert 38.8 < west < 39.2
    assert 39.9 < east < 40.3


def test_the_mouth_of_a_river_is_at_the_sea(locate: Locate) -> None:
    assert locate("the mouth of the Congo", "CD").geometry.distance(Point(12.4, -6.05)) < 1


def test_rivers_that_do_not_meet_have_no_confluence(locate: Locate) -> None:
    with pytest.raises(NotFoundError, match="do not meet"):
        locate("the confluence of the Niger and the Tigris", "ML")
