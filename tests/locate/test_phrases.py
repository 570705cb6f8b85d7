"""Phrases of our own, from several theatres, against the shipped gazetteer and layers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point

from wayout.errors import NotFoundError
from wayout.geo.borders import country_outline
from wayout.geo.compass import area_km2, bearing_deg, buffer_km, distance_km
from wayout.locate.gazetteer import open_gazetteer
from wayout.locate.phrases import PhraseContext, locate_phrase
from wayout.model import Region

GOMA, MOSUL, HOMS, DEIR, PALMYRA = (
    Point(29.23, -1.68),
    Point(43.13, 36.34),
    Point(36.72, 34.73),
    Point(40.14, 35.34),
    Point(38.28, 34.56),
)


def locate(phrase: str, *countries: str, area: Region | None = None, role: str = "at") -> Region:
    context = PhraseContext(countries={c: 1 / (i + 1) for i, c in enumerate(countries)}, area=area, role=role)  # type: ignore[arg-type]
    return locate_phrase(phrase, open_gazetteer(), context)


def test_a_town_is_found_where_it_is_with_full_precision() -> None:
    region = locate("Goma", "CD")
    assert region.where_prec == 1
    assert buffer_km(region.geometry, region.radius_km).contains(GOMA)
    assert region.places[0].country == "CD"


def test_between_two_towns_holds_the_middle_and_neither_end_is_far() -> None:
    region = locate("between Homs and Deir Ezzor", "SY")
    assert region.geometry.contains(PALMYRA)
    assert distance_km(region.geometry.centroid, Point((HOMS.x + DEIR.x) / 2, (HOMS.y + DEIR.y) / 2)) < 15
    assert region.where_prec == 5


def test_a_road_is_narrower_than_the_ground_between() -> None:
    road, ground = locate("the road from Mopti to Douentza", "ML"), locate("between Mopti and Douentza", "ML")
    assert area_km2(road.geometry) < area_km2(ground.geometry)


def test_a_compass_part_lies_in_its_country_on_its_side() -> None:
    whole = country_outline("ML")
    assert whole is not None
    north = locate("northern Mali", "ML").geometry
    assert north.difference(whole).area < 1e-3 * north.area
    assert north.centroid.y > whole.centroid.y


def test_western_area_of_a_province_stays_in_the_province() -> None:
    whole, part = locate("Anbar", "IQ"), locate("the western area of the province of Anbar", "IQ")
    assert part.geometry.difference(whole.geometry).area < 1e-3 * part.geometry.area
    assert part.geometry.centroid.x < whole.geometry.centroid.x


def test_the_northern_city_of_is_the_city() -> None:
    region = locate("the northern city of Mosul", "IQ")
    assert region.places[0].kind == "populated_place"
    assert region.geometry.contains(MOSUL)


def test_north_of_a_town_is_outside_it_and_north() -> None:
    region = locate("north of Goma", "CD")
    town = locate("Goma", "CD")
    assert region.geometry.intersection(town.geometry).area < 1e-3 * region.geometry.area
    assert abs((bearing_deg(GOMA, region.geometry.centroid) + 180) % 360 - 180) < 20


def test_the_north_of_a_country_is_inside_it() -> None:
    region = locate("the north of Mozambique", "MZ")
    whole = country_outline("MZ")
    assert whole is not None
    assert region.geometry.difference(whole).area < 1e-3 * region.geometry.area


@pytest.mark.parametrize(
    ("phrase", "low", "high"), [("30 km north-west of Goma", 20, 42), ("12 miles south of Goma", 12, 28)]
)
def test_stated_distances_are_kept(phrase: str, low: float, high: float) -> None:
    assert low < distance_km(GOMA, locate(phrase, "CD").geometry.centroid) < high


def test_the_sides_of_a_river_split_the_country() -> None:
    east, west = locate("east of the Euphrates", "SY"), locate("west of the Euphrates", "SY")
    whole = country_outline("SY")
    assert whole is not None
    assert east.geometry.intersection(west.geometry).area < 1e-3 * whole.area
    assert east.geometry.union(west.geometry).area == pytest.approx(whole.area, rel=5e-3)
    assert east.geometry.contains(Point(40.75, 36.5))
    assert west.geometry.contains(PALMYRA)


def test_a_river_side_is_a_reading_in_each_country_spoken_of() -> None:
    region = locate("east of the Euphrates", "SY", "IQ")
    assert len(region.parts) == 2
    assert region.parts[0].weight > region.parts[1].weight


def test_banks_are_strips_on_their_side() -> None:
    left, right = locate("the left bank of the Dnipro", "UA"), locate("the right bank of the Dnipro", "UA")
    assert left.geometry.intersection(right.geometry).area < 1e-2 * left.geometry.area
    assert left.geometry.centroid.x > right.geometry.centroid.x


@pytest.mark.parametrize(
    "phrase",
    [
        "the border between Chad and Sudan",
        "the Chad-Sudan border",
        "Chad's border with Sudan",
        "the Chadian and Sudanese borders",
    ],
)
def test_a_border_of_two_is_their_common_line(phrase: str) -> None:
    line = locate(phrase, "TD").geometry
    assert line.area == 0
    assert line.distance(Point(22.4, 13.5)) < 0.5
    for code in ("TD", "SD"):
        outline = country_outline(code)
        assert outline is not None
        assert outline.boundary.distance(line.interpolate(0.5, normalized=True)) < 0.1


def test_the_other_side_of_a_border_comes_from_the_context() -> None:
    from_mali = locate("the border with Niger", "ML").geometry
    from_nigeria = locate("the border with Niger", "NG").geometry
    assert from_mali.distance(Point(3.6, 15.6)) < 0.7
    assert from_nigeria.distance(Point(8, 13)) < 0.7
    assert from_mali.distance(from_nigeria) > 1


def test_countries_that_do_not_touch_have_no_border() -> None:
    with pytest.raises(NotFoundError, match="share no border"):
        locate("the border between Mali and Ukraine", "ML")


@pytest.mark.parametrize(
    ("phrase", "country", "kind"),
    [
        ("South Sudan", "SS", "country"),
        ("North Kivu", "CD", "admin1"),
        ("Western Sahara", "EH", "country"),
        ("Northern Ireland", "GB", "region"),
    ],
)
def test_names_that_look_like_parts_stay_names(phrase: str, country: str, kind: str) -> None:
    region = locate(phrase, country)
    assert (region.method, region.places[0].kind) == ("name", kind)


def test_a_region_of_several_countries_means_the_part_in_the_country_spoken_of() -> None:
    in_syria, in_iraq = locate("Badia al-Sham", "SY"), locate("Badia al-Sham", "IQ")
    assert in_syria.geometry.intersection(in_iraq.geometry).area < 0.01 * in_syria.geometry.area
    assert in_syria.parts[1].geometry.area > in_syria.geometry.area
    assert in_syria.geometry.contains(PALMYRA)


def test_a_bare_direction_needs_something_under_discussion() -> None:
    with pytest.raises(NotFoundError, match="--country"):
        locate("the north")
    region = locate("the north", "TD")
    assert region.bearing_deg == 0
    assert region.method == "direction"


def test_movement_toward_a_direction_leaves_the_area() -> None:
    area = locate("Sambisa forest", "NG")
    at, to = locate("the south", "NG", area=area), locate("the south", "NG", area=area, role="to")
    assert at.geometry.difference(area.geometry).area < 1e-3 * at.geometry.area
    assert to.geometry.intersection(area.geometry).area < 1e-3 * to.geometry.area
    assert at.bearing_deg == to.bearing_deg == 180


def test_one_in_another_is_where_they_meet() -> None:
    region = locate("the Badia between Homs and Deir Ezzor", "SY")
    for whole in ("Badia al-Sham", "between Homs and Deir Ezzor"):
        assert area_km2(region.geometry) < area_km2(locate(whole, "SY").geometry)


def test_no_place_of_its_own_means_the_container() -> None:
    region = locate("villages in Kidal", "ML")
    assert region.where_prec >= 4
    assert "no place of its own" in region.why


def test_lists_and_alternatives() -> None:
    both, either = locate("Kassala and Gedaref", "SD"), locate("Kenya or Uganda", "KE")
    assert len(both.parts) == 1
    assert [round(part.weight, 2) for part in either.parts] == [0.5, 0.5]


def test_a_plural_belongs_to_each_name() -> None:
    region = locate("Kassala and Gedaref states", "SD")
    assert [place.kind for place in region.places] == ["admin1", "admin1"]


def test_one_known_end_is_said_and_wide() -> None:
    region = locate("the road from Goma to Qwertyville", "CD")
    assert region.method == "one_end"
    assert "Qwertyville" in region.why
    assert region.radius_km >= 25


@pytest.mark.parametrize(
    ("phrase", "unknown"),
    [
        ("between Qwertyville and Zxcvburg", "Qwertyville"),
        ("north of Zxcvburg", "Zxcvburg"),
        ("the Qwerty desert", "Qwerty"),
        ("   ", "plain name"),
    ],
)
def test_what_is_unknown_is_named(phrase: str, unknown: str) -> None:
    with pytest.raises(NotFoundError, match=unknown):
        locate(phrase, "SY")


def test_a_village_of_a_country_nobody_speaks_of_is_not_meant() -> None:
    with pytest.raises(NotFoundError, match="--country"):
        locate("Yeovil", "NE")


def test_hostile_text_ends_in_an_error_or_a_region() -> None:
    for phrase in (
        "(" * 500,
        "between and and",
        "north of " * 60 + "Goma",
        "\x00\u202e",
        "the border between the border",
    ):
        try:
            region = locate(phrase, "CD")
        except NotFoundError:
            continue
        assert not region.geometry.is_empty


PHRASES = [
    "Mosul", "northern Iraq", "between Mosul and Erbil", "west of Mosul", "the Iraqi border", "the outskirts of Mosul",
    "30 km south of Mosul", "central Iraq", "near Mosul", "the coast of Yemen", "Nineveh province", "the road to Mosul",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(PHRASES),
    st.dictionaries(st.sampled_from(["IQ", "SY", "TR", "YE", "CD"]), st.floats(0.01, 5), max_size=4),
)
def test_weights_sum_to_one_and_no_reading_is_empty(phrase: str, countries: dict[str, float]) -> None:
    try:
        region = locate_phrase(phrase, open_gazetteer(), PhraseContext(countries=countries))
    except NotFoundError:
        return
    assert sum(part.weight for part in region.parts) == pytest.approx(1)
    assert [p.weight for p in region.parts] == sorted((p.weight for p in region.parts), reverse=True)
    assert all(not part.geometry.is_empty for part in region.parts)
    assert region.radius_km > 0
    assert region.why.endswith(".")


def test_an_unknown_quarter_of_a_town_is_the_town_with_doubt() -> None:
    region = locate("Quartier Zogbé, Bukavu", "CD")
    assert region.where_prec >= 2
    assert "not in the gazetteer" in region.why
    assert region.places[0].name in ("Bukavu", "South Kivu")


def test_an_unknown_place_of_a_country_is_not_the_country() -> None:
    with pytest.raises(NotFoundError, match="Zogbé"):
        locate("Quartier Zogbé, Mali", "ML")
