"""Adjectives, peoples and names of nations in French and Arabic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.locate.looking_up.nation_words import countries_in, country_called, country_of_adjective


@pytest.mark.parametrize(
    ("language", "text", "codes"),
    [
        ("fr", "Les soldats nigériens ont croisé une patrouille nigériane.", ["NE", "NG"]),
        ("fr", "Des Burkinabè et des réfugiés soudanais attendent au Soudan du Sud.", ["BF", "SD", "SS"]),
        ("fr", "L'armée tchadienne a quitté la République démocratique du Congo.", ["TD", "CD"]),
        ("fr", "La marine attend ; le chien dort.", []),
        ("ar", "التقى الجيش السوري بالقوات العراقية", ["SY", "IQ"]),
        ("ar", "وصل لاجئون إلى جنوب السودان من السودان", ["SS", "SD"]),
        ("ar", "عاد اليمنيون من تشاد ومصر", ["YE", "TD", "EG"]),
        ("ar", "وزارة المالية تدفع الرواتب", []),
        ("en", "The Malian army is in Mali.", []),
    ],
)
def test_countries_are_heard(language: str, text: str, codes: list[str]) -> None:
    assert [code for _, _, code in countries_in(text, language)] == codes


def test_joined_arabic_words_are_cut_off() -> None:
    text = "وللعراق حدود طويلة"
    ((start, end, code),) = countries_in(text, "ar")
    assert (code, text[start:end]) == ("IQ", "لعراق")


def test_an_adjective_names_its_country_in_its_language() -> None:
    assert country_of_adjective("ougandaises", "fr") == "Uganda"
    assert country_of_adjective("السودانية", "ar") == "Sudan"
    assert country_of_adjective("frontière", "fr") is None


def test_a_country_is_known_by_its_name_in_either_language() -> None:
    assert country_called("RDC") == ("CD", "Democratic Republic of the Congo")
    assert country_called("السعودية") == ("SA", "Saudi Arabia")
    assert country_called("Kidal") is None
    assert country_called("malienne") is None


@given(st.text(alphabet="السودانوبلعراقي سmalien'’-Nigér1 \u200f", max_size=60), st.sampled_from(["fr", "ar", "xx"]))
def test_what_is_found_lies_in_order_inside_the_text(text: str, language: str) -> None:
    reached = 0
    for start, end, _ in countries_in(text, language):
        assert reached <= start < end <= len(text)
        reached = end
