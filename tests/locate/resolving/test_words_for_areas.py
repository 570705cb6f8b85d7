import pytest

from wayout.locate.gazetteer import open_gazetteer
from wayout.locate.resolving.words_for_areas import area_meant, area_words, country_place, division_shortened
from wayout.vocab import read_vocab


@pytest.mark.parametrize(
    ("word", "code"), [("Malian", "ML"), ("Yemenis", "YE"), ("Sudan's", None), ("Kyiv", None), ("south sudanese", "SS")]
)
def test_adjectives_and_peoples_mean_their_country(word, code):
    place = area_meant(word, open_gazetteer())
    assert (place and place.country) == code


def test_adjectives_of_continents():
    assert area_meant("African", open_gazetteer()).kind == "continent"


def test_every_area_listed_is_known():
    for area, words in read_vocab("area_words.yaml")["areas"].items():
        assert area_meant(words[0], open_gazetteer()) is not None, area


@pytest.mark.parametrize(
    ("form", "code"), [("Fla.", "US-FL"), ("Alaska", None), ("TX", "US-TX"), ("tx", None), ("Alta.", "CA-AB")]
)
def test_short_forms_of_divisions_count_as_written(form, code):
    place = division_shortened(form, open_gazetteer())
    assert (place and place.admin1) == code


def test_every_division_with_a_short_form_is_known():
    for code, divisions in read_vocab("area_words.yaml")["divisions"].items():
        for name, forms in divisions.items():
            place = division_shortened(forms[0], open_gazetteer())
            assert place is not None, name
            assert (place.kind, place.country) == ("admin1", code)


def test_the_areas_a_text_speaks_of():
    text = "Burkina Faso and the Malian army met in Bamako; South Africans and Côte d'Ivoire's envoy came from the Republic of the Congo."
    found = [(text[w.start : w.end], w.place.country) for w in area_words(text, open_gazetteer())]
    assert found == [
        ("Burkina Faso", "BF"),
        ("Malian", "ML"),
        ("South Africans", "ZA"),
        ("Côte d'Ivoire", "CI"),
        ("Republic of the Congo", "CG"),
    ]


def test_a_country_by_its_code():
    assert country_place("YE", open_gazetteer()).name == "Yemen"
    assert country_place("ZZ", open_gazetteer()) is None
