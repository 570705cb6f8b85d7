"""Laws of located phrases, on made-up towns anywhere on earth: poles and the 180th meridian are no exceptions."""

from collections.abc import Collection, Mapping, Sequence

import pytest
import shapely
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from wayout.errors import NotFoundError
from wayout.geo.compass import area_km2, bearing_deg, buffer_km, distance_km, point_along
from wayout.locate.gazetteer import open_gazetteer
from wayout.locate.phrases import PhraseContext, locate_phrase
from wayout.model import Place, Region
from wayout.model.identity import PlaceId
from wayout.text.names import fold_name

FIJI, CHUKOTKA, SVALBARD, ANTARCTICA = (179.98, -16.5), (-179.9, 66.0), (15.6, 78.2), (0.0, -89.0)
LONS, LATS = st.floats(-180, 180), st.floats(-89, 89)
AWAY_FROM_POLES = st.floats(-75, 75)


class TownsOnly:
    """A gazetteer of towns at stated points."""

    def __init__(self, **towns: tuple[float, float]) -> None:
        self._towns = {
            fold_name(name): Place(
                id=PlaceId(f"test:{name}"),
                name=name,
                kind="populated_place",
                country=None,
                admin1=None,
                lon=lon,
                lat=lat,
                population=20_000,
            )
            for name, (lon, lat) in towns.items()
        }

    def find(
        self, name: str, *, countries: Sequence[str] = (), kinds: Collection[str] = (), fuzzy: bool = False
    ) -> tuple[Place, ...]:
        place = self._towns.get(fold_name(name))
        return (place,) if place is not None and (not kinds or place.kind in kinds) else ()

    def rank(self, name: str, shares: Mapping[str, float]) -> tuple[tuple[Place, float], ...]:
        return tuple((place, 4.0) for place in self.find(name))

    def exact(self, key: str) -> tuple[tuple[Place, int], ...]:
        return tuple((place, 0) for place in self.find(key))

    def largest_town(self, admin1: str) -> Place | None:
        return None

    def geometry(self, place: Place) -> BaseGeometry:
        return Point(place.lon, place.lat)


def locate(phrase: str, **towns: tuple[float, float]) -> Region:
    return locate_phrase(phrase, TownsOnly(**towns), PhraseContext())


def test_three_places_round_the_meridian_enclose_it() -> None:
    region = locate("between Anchor, Bravo and Charlie", anchor=(179, -16), bravo=(-179, -16), charlie=(180, -18))
    assert is_sound(region)
    assert holds(region, Point(179.9, -16.5))
    assert area_km2(region.geometry) < 50_000


def is_sound(region: Region) -> bool:
    """Tell whether every reading is valid, not empty, inside the map, no wider than half the earth, not at 0,0 by accident."""
    for part in region.parts:
        west, south, east, north = part.geometry.bounds
        if not part.geometry.is_valid or part.geometry.is_empty or not (-180 <= west <= east <= 180):
            return False
        if part.geometry.geom_type == "GeometryCollection":
            return False
        if not (-90 <= south <= north <= 90) or any(
            piece.bounds[2] - piece.bounds[0] > 180 and abs(piece.bounds[1]) < 80 and abs(piece.bounds[3]) < 80
            for piece in shapely.get_parts(part.geometry)
        ):
            return False
    return sum(part.weight for part in region.parts) == pytest.approx(1)


def holds(region: Region, point: Point, km: float = 0.5) -> bool:
    return bool(buffer_km(point, km).intersects(region.geometry))


def away(lon: float, lat: float, bearing: float, km: float) -> tuple[float, float]:
    end = point_along(Point(lon, lat), bearing, km)
    return end.x, end.y


@settings(max_examples=80, deadline=None)
@given(LONS, LATS, st.floats(0, 360), st.floats(1, 900))
@example(*FIJI, 90.0, 100.0)
@example(*CHUKOTKA, 270.0, 200.0)
@example(*SVALBARD, 0.0, 900.0)
@example(*ANTARCTICA, 45.0, 300.0)
def test_half_way_lies_in_between(lon: float, lat: float, bearing: float, km: float) -> None:
    end = away(lon, lat, bearing, km)
    middle = Point(away(lon, lat, bearing, km / 2))
    for phrase in ("between Anchor and Bravo", "halfway between Anchor and Bravo"):
        region = locate(phrase, anchor=(lon, lat), bravo=end)
        assert is_sound(region), phrase
        assert holds(region, middle), phrase


@settings(max_examples=60, deadline=None)
@given(LONS, st.floats(-84, 84), st.sampled_from([("north", 0), ("east", 90), ("south", 180), ("west", 270)]))
@example(*FIJI, ("east", 90))
@example(*CHUKOTKA, ("west", 270))
@example(*SVALBARD, ("north", 0))
@example(179.99999999999997, 3.0, ("east", 90))
@example(76.0, 0.0, ("west", 270))
def test_a_side_lies_on_that_side(lon: float, lat: float, side: tuple[str, float]) -> None:
    region = locate(f"{side[0]} of Anchor", anchor=(lon, lat))
    town = Point(lon, lat)
    assert is_sound(region)
    assert holds(region, Point(away(lon, lat, side[1], 20)))
    assert not holds(region, Point(away(lon, lat, side[1] + 180, 20)))
    for x, y in shapely.get_coordinates(region.geometry):
        if distance_km(town, Point(x, y)) > 10:
            assert abs((bearing_deg(town, Point(x, y)) - side[1] + 180) % 360 - 180) < 70


@settings(max_examples=60, deadline=None)
@given(LONS, LATS, st.integers(1, 900), st.sampled_from(["", "north-west of", "south of"]))
@example(*FIJI, 60, "south of")
@example(*ANTARCTICA, 300, "")
@example(131.90625, 46.0, 86, "north-west of")
@example(-180.0, 0.0, 25, "south of")
def test_a_stated_distance_is_kept_within_a_quarter(lon: float, lat: float, km: int, side: str) -> None:
    region = locate(f"{km} km {side or 'from'} Anchor", anchor=(lon, lat))
    town = Point(lon, lat)
    assert is_sound(region)
    distances = [distance_km(town, Point(x, y)) for x, y in shapely.get_coordinates(region.geometry)]
    # A drawn circle is a polygon: its corners lie on it, its edges a little inside.
    assert min(distances) >= 0.73 * km
    assert max(distances) <= 1.27 * km


@settings(max_examples=40, deadline=None)
@given(
    LONS,
    AWAY_FROM_POLES,
    st.floats(-170, 170),
    st.sampled_from(["west of Anchor", "near Anchor", "25 km east of Anchor"]),
)
@example(*FIJI, 1.0, "near Anchor")
@example(10.0, 0.0, 170.0, "25 km east of Anchor")
def test_moving_the_anchor_round_the_earth_moves_the_region(lon: float, lat: float, by: float, phrase: str) -> None:
    here = locate(phrase, anchor=(lon, lat))
    moved_lon = (lon + by + 180) % 360 - 180
    there = locate(phrase, anchor=(moved_lon, lat))
    assert area_km2(there.geometry) == pytest.approx(area_km2(here.geometry), rel=0.01)
    assert there.radius_km == pytest.approx(here.radius_km, rel=0.01)
    for bearing in range(0, 360, 30):
        for km in (5, 25, 45):
            probes = [Point(away(x, lat, bearing, km)) for x in (lon, moved_lon)]
            inside = [holds(region, probe, 0.01) for region, probe in zip((here, there), probes, strict=True)]
            near_edge = [
                holds(region, probe, 1.0) and not buffer_km(probe, 1.0).within(region.geometry)
                for region, probe in zip((here, there), probes, strict=True)
            ]
            assert inside[0] == inside[1] or any(near_edge)


@settings(max_examples=40, deadline=None)
@given(LONS, LATS, st.floats(0, 360), st.floats(1, 400))
@example(*FIJI, 90.0, 30.0)
def test_a_union_holds_both_and_a_difference_leaves_the_other_out(
    lon: float, lat: float, bearing: float, km: float
) -> None:
    towns = {"anchor": (lon, lat), "bravo": away(lon, lat, bearing, km)}
    both = locate("Anchor and Bravo", **towns)
    assert is_sound(both)
    assert all(holds(both, Point(town)) for town in towns.values())
    less = locate("within 60 km of Anchor except Bravo", **towns)
    assert is_sound(less)
    assert not less.geometry.contains(Point(towns["bravo"]))


@settings(max_examples=30, deadline=None)
@given(LONS, LATS, st.floats(0, 360), st.floats(20, 300))
@example(*CHUKOTKA, 270.0, 120.0)
def test_both_sides_at_once_lie_on_each(lon: float, lat: float, bearing: float, km: float) -> None:
    other = away(lon, lat, 315, km)
    assume(abs(lat) < 80)
    region = locate("east of Bravo and north of Anchor", anchor=(lon, lat), bravo=other)
    assert is_sound(region)
    centre = region.geometry.representative_point()
    assert abs((bearing_deg(Point(other), centre) - 90 + 180) % 360 - 180) < 80
    assert abs((bearing_deg(Point(lon, lat), centre) + 180) % 360 - 180) < 80


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
@example("between " * 40)
@example("km km km from north of and and and")
@example("١٢٣ كم من")
@example("{x} (?P<a> \\d+ [a-z]{2,} %s \x00")
@example("1" * 290 + " km from Anchor")
@example("1.1.1,1 km from Anchor")
def test_no_string_crashes(phrase: str) -> None:
    try:
        region = locate_phrase(phrase, open_gazetteer(), PhraseContext(countries={"ML": 1.0}))
    except NotFoundError:
        return
    assert is_sound(region)


WORDS = [
    "between",
    "and",
    "or",
    "of",
    "from",
    "to",
    "the",
    "north",
    "east",
    "km",
    "30",
    "border",
    "road",
    "near",
    "except",
    "but",
    "not",
    "Gao",
    "Kidal",
    "Mopti",
    "Niger",
    "Mali",
    "river",
    "in",
    "inside",
    "across",
    "along",
    "halfway",
    "coast",
    "off",
    "bank",
    "left",
    "within",
    "less",
    "than",
    "a",
    "day's",
    "walk",
    "entre",
    "et",
    "de",
    "au",
    "nord",
    "شمال",
    "بين",
    "و",
    ",",
    "-",
    "/",
    "(",
    ")",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30))
def test_no_heap_of_relation_words_crashes(words: list[str]) -> None:
    try:
        region = locate_phrase(" ".join(words), open_gazetteer(), PhraseContext(countries={"ML": 1.0}))
    except NotFoundError:
        return
    assert is_sound(region)


def test_a_paragraph_is_refused_and_named_as_such() -> None:
    with pytest.raises(NotFoundError, match="characters"):
        locate_phrase("between A and B " * 700, open_gazetteer(), PhraseContext())
