"""What somebody who knows no option types first: names and phrases of many theatres, no country given."""

import pytest
from shapely import Point

from wayout.errors import NotFoundError
from wayout.geo.borders import country_outline
from wayout.geo.compass import extent_km
from wayout.locate.gazetteer import open_gazetteer
from wayout.locate.phrases import PhraseContext, locate_phrase
from wayout.locate.shaping.grammar import names_something


def _locate(phrase: str, *countries: str):
    return locate_phrase(phrase, open_gazetteer(), PhraseContext(countries=dict.fromkeys(countries, 1.0)))


@pytest.mark.parametrize(
    ("phrase", "code"), [("West Darfur", "SD-DW"), ("Central Darfur", "SD-DC"), ("Isfahan", "IR-04")]
)
def test_a_division_is_not_its_sister(phrase: str, code: str) -> None:
    assert _locate(phrase).places[0].admin1 == code


@pytest.mark.parametrize("phrase", ["between Palmyra and Deir ez-Zor", "from Raqqa to Deir ez-Zor"])
def test_two_ends_are_looked_for_near_each_other(phrase: str) -> None:
    region = _locate(phrase)
    assert {place.country for place in region.places} == {"SY"}
    assert extent_km(region.geometry) < 300


def test_a_side_of_a_border_is_a_strip_of_that_country() -> None:
    side = _locate("the Ugandan side of the border with Rwanda").geometry
    assert country_outline("UG").buffer(0.01).covers(side)
    assert side.distance(country_outline("RW")) < 0.05
    assert extent_km(side) < 100


def test_where_three_countries_meet() -> None:
    assert _locate("the tri-border area of Guinea, Liberia and Sierra Leone").geometry.covers(Point(-10.3, 8.5))


def test_a_side_word_before_a_large_town_is_its_part() -> None:
    assert _locate("east Mosul").where_prec == 1
    assert _locate("eastern Chad").places[0].kind == "country"


def test_a_country_is_not_a_town_of_its_name() -> None:
    assert [part.place.kind for part in _locate("Mali").parts if part.place] == ["country"]


def test_a_larger_namesake_is_meant_where_nothing_else_is_known() -> None:
    region = _locate("Goma")
    assert region.places[0].country == "CD"
    assert region.parts[0].weight > 0.9


def test_owners_contain_what_they_own() -> None:
    assert _locate("Chad's Ouaddai").places[0].country == "TD"


def test_a_front_is_the_ground_round_the_town() -> None:
    front = _locate("the Bakhmut front")
    assert front.method == "near"
    assert front.geometry.covers(Point(38.0, 48.59))


def test_what_is_unknown_says_where_it_was_looked_for_and_what_to_do() -> None:
    with pytest.raises(NotFoundError, match=r"in Sudan.*name a larger place.*Yemen \(--country YE\)"):
        _locate("Lawdar", "SD")


@pytest.mark.parametrize(
    "phrase", ["the only road", "The only road", "all areas", "Villages", "around half of the territory"]
)
def test_common_nouns_name_nothing(phrase: str) -> None:
    assert not names_something(phrase)


@pytest.mark.parametrize("phrase", ["the road to Bor", "Raqqa", "the Sahel", "east of Goma", "الرقة"])
def test_names_name_something(phrase: str) -> None:
    assert names_something(phrase)
