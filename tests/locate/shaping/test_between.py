"""Between, halfway, by a third place, with namesakes."""

from collections.abc import Callable

import pytest
from shapely.geometry import Point

from wayout.errors import NotFoundError
from wayout.geo.compass import distance_km
from wayout.model import Region

Locate = Callable[..., Region]

KABUL, KANDAHAR = Point(69.17, 34.53), Point(65.71, 31.61)


def test_halfway_is_the_middle_third(locate: Locate) -> None:
    region, whole = locate("halfway between Kaya and Dori", "BF"), locate("between Kaya and Dori", "BF")
    assert region.geometry.area < 0.6 * whole.geometry.area
    assert region.geometry.centroid.distance(whole.geometry.centroid) < 0.02


def test_halfway_needs_both_ends(locate: Locate) -> None:
    with pytest.raises(NotFoundError, match="both ends"):
        locate("halfway between Kaya and Qwertyville", "BF")


def test_a_road_by_a_third_place_passes_it(locate: Locate) -> None:
    region = locate("the road from Gao to Kidal via Bourem", "ML")
    assert region.geometry.contains(Point(-0.35, 16.96))


def test_a_road_follows_the_towns(locate: Locate) -> None:
    assert "towns" in locate("the Kano-Maiduguri highway", "NG").why


def test_the_number_of_a_road_is_left_out_and_this_is_said(locate: Locate) -> None:
    region = locate("the M5 between Homs and Hama", "SY")
    assert "'M5' was left out" in region.why


def test_between_four_is_the_ground_they_enclose(locate: Locate) -> None:
    assert locate("between Kidal, Gao, Menaka and Timbuktu", "ML").geometry.contains(Point(0.5, 17.3))


@pytest.mark.parametrize(
    ("phrase", "country", "near"),
    [
        ("between Tripoli and Misrata", "LY", Point(14.1, 32.6)),
        ("between Tripoli and Beirut", "LB", Point(35.7, 34.15)),
        ("between San Pedro and Abidjan", "CI", Point(-5.3, 5.05)),
        ("between Valencia and Maracay", "VE", Point(-67.8, 10.2)),
        ("between Kayin and Hpakant", "MM", Point(96.8, 21.5)),
        ("between Cartago and Cali", "CO", Point(-76.2, 4.1)),
    ],
)
def test_namesakes_of_two_ends_are_told_apart(locate: Locate, phrase: str, country: str, near: Point) -> None:
    for context in ((country,), ()):
        region = locate(phrase, *context)
        assert distance_km(region.geometry.centroid, near) < 160, context


def test_an_end_that_is_only_like_a_name_a_world_away_is_not_known(locate: Locate) -> None:
    region = locate("the road between Sévaré and Douentza")
    assert region.geometry.distance(Point(-2.95, 15.0)) < 0.5
