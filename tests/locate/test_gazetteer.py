import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.locate.gazetteer import open_gazetteer, split_kind_word


@pytest.fixture(scope="module")
def gazetteer():
    return open_gazetteer()


def kinds(places):
    return [place.kind for place in places]


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("Syria", "country", "SY"),
        ("Jordan", "country", "JO"),
        ("Niger", "country", "NE"),
        ("سوريا", "country", "SY"),
        ("Украина", "country", "UA"),
        ("Tchad", "country", "TD"),
        ("U.S.", "country", "US"),
        ("DRC", "country", "CD"),
        ("Anbar", "admin1", "IQ"),
        ("Kherson oblast", "admin1", "UA"),
        ("province of Anbar", "admin1", "IQ"),
        ("North Kivu", "admin1", "CD"),
        ("Baghdad", "populated_place", "IQ"),
        ("El Fasher", "populated_place", "SD"),
        ("Al-Fashir", "populated_place", "SD"),
        ("Mekelle", "populated_place", "ET"),
        ("Bakhmut", "populated_place", "UA"),
        ("Euphrates", "river", None),
        ("Fırat", "river", None),
        ("Lake Chad", "lake", None),
        ("Black Sea", "sea", None),
        ("Africa", "continent", None),
        ("Darfur", "region", "SD"),
    ],
)
def test_the_usual_sense_comes_first(gazetteer, name, kind, country):
    first = gazetteer.find(name)[0]
    assert (first.kind, first.country) == (kind, country)


@pytest.mark.parametrize("name", ["Deir Ezzor", "Deir ez-Zor", "Dayr az Zawr", "Deir al-Zour", "Der Zor", "دير الزور"])
def test_spellings_find_one_town(gazetteer, name):
    towns = [p for p in gazetteer.find(name, countries=("SY",)) if p.kind == "populated_place"]
    assert towns[0].id == "geonames:170794"


def test_a_country_spoken_of_goes_first(gazetteer):
    assert gazetteer.find("Tripoli")[0].country == "LY"
    assert gazetteer.find("Tripoli", countries=("LB",))[0].country == "LB"
    assert {p.country for p in gazetteer.find("Tripoli", countries=("LB",))} >= {"LB", "LY"}


def test_a_great_city_is_not_displaced_by_a_namesake_of_the_theatre(gazetteer):
    assert gazetteer.find("Moscow", countries=("ML",))[0].country == "RU"


def test_kinds_are_a_filter(gazetteer):
    assert set(kinds(gazetteer.find("Homs", kinds=("populated_place",)))) == {"populated_place"}
    assert gazetteer.find("Euphrates", kinds=("country",)) == ()


def test_kind_words_lead_to_their_kind(gazetteer):
    assert gazetteer.find("Mopti region", countries=("ML",))[0].kind == "admin1"
    assert gazetteer.find("Raqqa city", countries=("SY",))[0].kind == "populated_place"
    assert gazetteer.find("the town of Manbij", countries=("SY",))[0].kind == "populated_place"


def test_two_names_in_one_string(gazetteer):
    assert gazetteer.find("Tadmur/Palmyra town", countries=("SY",))[0].name == "Tadmur"


def test_misspellings_only_on_request_and_inside_the_country(gazetteer):
    assert gazetteer.find("Kramatorst", countries=("UA",)) == ()
    assert gazetteer.find("Kramatorst", countries=("UA",), fuzzy=True)[0].name == "Kramatorsk"


def test_unknown_is_empty(gazetteer):
    assert gazetteer.find("Xyzzyqwortblick") == ()
    assert gazetteer.find("") == ()


@pytest.mark.parametrize(
    ("name", "kind", "shape", "inside"),
    [
        ("Iraq", "country", "MultiPolygon", (44.4, 33.3)),
        ("Anbar", "admin1", "MultiPolygon", (41.0, 33.0)),
        ("Euphrates", "river", "MultiLineString", None),
        ("Lake Victoria", "lake", "MultiPolygon", (32.87, -1.27)),
        ("Africa", "continent", "MultiPolygon", (20.0, 5.0)),
        ("Red Sea", "sea", "Polygon", (38.5, 20.0)),
        ("Goma", "populated_place", "Point", None),
    ],
)
def test_geometry_is_of_the_kind(gazetteer, name, kind, shape, inside):
    place = gazetteer.find(name, kinds=(kind,))[0]
    geometry = gazetteer.geometry(place)
    assert geometry.geom_type == shape
    assert inside is None or geometry.covers(shapely.Point(inside))


def test_informal_regions_have_their_shape(gazetteer):
    place = gazetteer.find("Donbas")[0]
    assert place.kind == "region"
    assert gazetteer.geometry(place).covers(shapely.Point(37.8, 48.0))


@pytest.mark.parametrize(
    ("key", "bare"),
    [("anbar province", "anbar"), ("province of anbar", "anbar"), ("the town of hajin", "hajin"), ("goma", "goma")],
)
def test_kind_words_split_off(key, bare):
    assert split_kind_word(key)[0] == bare


@settings(deadline=None)
@given(st.text(max_size=25), st.sampled_from([(), ("SY",), ("UA", "RU")]))
def test_any_text_gives_the_same_places_twice(name, countries):
    gazetteer = open_gazetteer()
    places = gazetteer.find(name, countries=countries)
    assert places == gazetteer.find(name, countries=countries)
    assert len({p.id for p in places}) == len(places)
