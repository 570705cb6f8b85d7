"""Stated distances: ranges, at most, at least, travel times, inside a country."""

from collections.abc import Callable

import pytest
from shapely.geometry import Point

from wayout.errors import NotFoundError
from wayout.geo.borders import country_outline
from wayout.geo.compass import bearing_deg, distance_km
from wayout.model import Region

Locate = Callable[..., Region]

GOMA, FASHER, BAMBARI = Point(29.23, -1.68), Point(25.35, 13.63), Point(20.67, 5.77)


@pytest.mark.parametrize(
    ("phrase", "least", "most"),
    [
        ("10 to 15 km from El Fasher", 9.5, 15.5),
        ("between 20 and 30 miles from El Fasher", 31, 49),
        ("a few kilometres from El Fasher", 0.9, 8.1),
        ("less than 20 km east of El Fasher", 0, 20.2),
        ("more than 50 km south of El Fasher", 49, 76),
        ("a day's walk from El Fasher", 12, 25.5),
        ("two hours' drive north of El Fasher", 44, 91),
        ("within an hour's drive of El Fasher", 0, 45.5),
        ("a three-day march from El Fasher", 37, 76),
        ("half a day's walk from El Fasher", 6, 12.6),
        ("30 km (19 mi) west of El Fasher", 22, 38),
    ],
)
def test_how_far_is_kept(locate: Locate, phrase: str, least: float, most: float) -> None:
    region = locate(phrase, "SD")
    corners = [distance_km(FASHER, Point(xy)) for part in region.parts[:1] for xy in _corners(part.geometry)]
    assert least - 0.5 <= min(corners)
    assert max(corners) <= most + 0.5


def test_a_range_with_a_side_lies_on_that_side(locate: Locate) -> None:
    region = locate("40 to 60 km south-east of Bambari", "CF")
    assert abs(bearing_deg(BAMBARI, region.geometry.centroid) - 135) < 10
    assert region.where_prec == 5


def test_a_range_the_wrong_way_round_is_an_error(locate: Locate) -> None:
    with pytest.raises(NotFoundError, match="smaller one first"):
        locate("60 to 40 km from Bambari", "CF")


def test_travel_says_the_speed_it_takes(locate: Locate) -> None:
    assert "25 km" in locate("a day's walk from Bambari", "CF").why


def test_inside_a_country_from_a_town_next_door(locate: Locate) -> None:
    region, rwanda = locate("10 km inside Rwanda from Goma", "CD", "RW"), country_outline("RW")
    assert rwanda is not None
    assert region.geometry.difference(rwanda).area < 1e-6
    assert 7 < distance_km(GOMA, region.geometry.representative_point()) < 13


def test_inside_a_country_from_its_border_with_the_one_spoken_of(locate: Locate) -> None:
    region, lebanon, syria = locate("15 km inside Lebanon", "LB", "SY"), country_outline("LB"), country_outline("SY")
    assert lebanon is not None
    assert syria is not None
    assert region.geometry.difference(lebanon).area < 1e-6
    assert 0.08 < region.geometry.distance(syria) < 0.2


def test_a_distance_from_a_border_is_measured_from_the_line(locate: Locate) -> None:
    region, line = locate("30 km from the border with Chad", "SD"), locate("the border with Chad", "SD")
    assert 0.15 < region.geometry.distance(line.geometry) < 0.35


def test_a_distance_beyond_all_use_is_refused(locate: Locate) -> None:
    with pytest.raises(NotFoundError, match="nearer place"):
        locate("9000 km from Bambari", "CF")


def _corners(geometry):  # type: ignore[no-untyped-def]
    import shapely

    return shapely.get_coordinates(geometry)
