"""A name found inexactly may mean a place that no list holds: that has a weight of its own, and never moves the best reading."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.geo.compass import area_km2
from wayout.geo.membership import ground_within
from wayout.locate.context import PhraseContext
from wayout.locate.elsewhere import add_elsewhere, match_of, somewhere_in, with_elsewhere
from wayout.locate.gazetteer import open_gazetteer
from wayout.locate.phrases import locate_phrase


def located(phrase, *countries):
    context = PhraseContext(countries={code: 1.0 / (i + 1) for i, code in enumerate(countries)})
    plain = locate_phrase(phrase, open_gazetteer(), context)
    return plain, add_elsewhere(plain, phrase, open_gazetteer(), context)


@pytest.mark.parametrize(
    ("phrase", "country"),
    [
        ("Mopti", "ML"),
        ("the town of El Fasher", "SD"),
        ("Goma", "CD"),
        ("between Mopti and Douentza", "ML"),
        ("north of Mekele", "ET"),
        ("Kharkiv region", "UA"),
        ("the Syrian border", "SY"),
        ("the Malian side of the border with Niger", "ML"),
        ("la frontière malo-nigérienne", "ML"),
    ],
)
def test_a_name_as_recorded_is_not_doubted(phrase, country):
    plain, doubted = located(phrase, country)
    assert doubted == plain


def test_a_respelt_name_leaves_a_place_elsewhere_in_its_country():
    plain, doubted = located("Buenaventora", "CO")
    assert doubted.parts[0].geometry == plain.parts[0].geometry
    (outline,) = [part for part in doubted.parts if part.geometry == somewhere_in("CO")]
    assert outline.place is None
    assert outline.weight > 0.3
    assert "elsewhere in Colombia" in doubted.why


@given(st.floats(0.01, 0.95))
def test_weights_still_sum_to_one_and_the_best_reading_stays_first(p_elsewhere):
    plain, _ = located("Mopti", "ML")
    doubted = with_elsewhere(plain, p_elsewhere, "ML")
    assert sum(part.weight for part in doubted.parts) == pytest.approx(1)
    assert doubted.geometry == plain.geometry
    weights = [part.weight for part in doubted.parts]
    assert weights == sorted(weights, reverse=True)
    (outline,) = [part for part in doubted.parts if part.geometry == somewhere_in("ML")]
    assert outline.weight == pytest.approx(min(p_elsewhere, weights[0]))


def test_more_doubt_needs_more_ground():
    plain, _ = located("Timbuktu town", "ML")
    areas = [area_km2(ground_within(with_elsewhere(plain, p, "ML"), 0.9)) for p in (0.0, 0.2, 0.5, 0.8)]
    assert areas == sorted(areas)
    assert areas[-1] > 50 * areas[0]


def test_a_town_outside_the_countries_spoken_of_is_doubted():
    context = PhraseContext(countries={"YE": 1.0})
    place = located("Timbuktu", "ML")[0].places[0]
    assert match_of(place, "Timbuktu", open_gazetteer(), context) == "abroad"
    assert match_of(place, "Timbuktu", open_gazetteer(), PhraseContext(countries={"ML": 0.5, "YE": 0.5})) == "exact"


def test_part_of_a_plain_name_is_not_the_name_but_a_name_in_a_phrase_is():
    gazetteer, context = open_gazetteer(), PhraseContext(countries={"ML": 1.0})
    place = located("Mopti", "ML")[0].places[0]
    assert match_of(place, "Upper Mopti", gazetteer, context, whole=True) == "respelt"
    assert match_of(place, "the road to Mopti", gazetteer, context) == "exact"


def test_without_a_country_nowhere_else_can_be_drawn():
    plain, doubted = located("Mopti")
    assert doubted == plain
    assert with_elsewhere(plain, 0.5, "XX") == plain


def test_a_town_that_stands_for_its_district_has_the_doubt_of_a_district():
    town = locate_phrase("Timbuktu town", open_gazetteer(), PhraseContext(countries={"ML": 1.0}))
    context = PhraseContext(countries={"ML": 1.0})
    assert town.parts[0].place.kind == "populated_place"
    district = add_elsewhere(town, "Timbuktu district", open_gazetteer(), context)
    assert district.radius_km >= 40
    assert district.radius50_km > 5
    assert district.where_prec == 3
    assert add_elsewhere(town, "Timbuktu town", open_gazetteer(), context).radius_km == town.radius_km


def test_doubt_is_added_once():
    _, doubted = located("Buenaventora", "CO")
    context = PhraseContext(countries={"CO": 1.0})
    assert add_elsewhere(doubted, "Buenaventora", open_gazetteer(), context) == doubted


@given(st.floats(0.4, 0.95), st.floats(0.01, 0.99))
def test_the_named_reading_is_never_below_the_unnamed_one_by_rounding(p_elsewhere, share):
    plain, _ = located("Mopti", "ML")
    best = plain.parts[0]
    other = replace(best, weight=1 - share)
    two = replace(plain, parts=tuple(sorted((replace(best, weight=share), other), key=lambda part: -part.weight)))
    weights = [part.weight for part in with_elsewhere(two, p_elsewhere, "ML").parts]
    assert weights == sorted(weights, reverse=True)
