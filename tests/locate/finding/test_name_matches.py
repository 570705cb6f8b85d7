"""Names in running text: what is a place, what only looks like one."""

import pytest

from wayout.locate.finding.name_matches import match_names
from wayout.locate.gazetteer import open_gazetteer
from wayout.text.english import parse_text


def _names(text: str) -> list[str]:
    found = match_names(text, parse_text(text), open_gazetteer(), ())
    return [text[name.start : name.end] for name in found]


def test_initials_later_in_the_text_hide_no_name_before_them() -> None:
    text = "Fighters left Gao for Kidal on Monday. Families fled to Mauritania. The U.S. government said it was aware."
    assert {"Gao", "Kidal", "Mauritania", "U.S."} <= set(_names(text))


@pytest.mark.parametrize("town", ["CAIRO", "NAIROBI"])
@pytest.mark.parametrize("rest", [" (Reuters) - Talks resumed on Monday.", " - Talks resumed on Monday."])
def test_a_town_in_capitals_opens_a_dateline(town: str, rest: str) -> None:
    assert _names(town + rest)[:1] == [town]


def test_a_state_in_initials_after_its_town() -> None:
    assert "D.C." in _names("He met officials in Washington, D.C. on Friday.")


def test_the_stop_of_an_abbreviation_belongs_to_the_name() -> None:
    assert "Calif." in _names("He was flown to a base near Fresno, Calif., on Friday.")


def test_the_stop_of_a_sentence_does_not() -> None:
    assert "Raqqa" in _names("Fighters in Syria left Raqqa. They went east.")


def test_a_hospital_is_where_its_town_is() -> None:
    assert "Kunduz" in _names("A shell struck the Kunduz Hospital in Afghanistan.")


def test_a_country_stays_one_though_the_tagger_once_took_it_for_a_surname() -> None:
    text = "Rethinking Egypt: a talk by John Egypt. Officials in Cairo said Egypt would close the crossing."
    assert _names(text).count("Egypt") >= 1


@pytest.mark.parametrize(
    "text", ["The White House declined to comment.", "The Red Cross asked for access.", "City officials waited."]
)
def test_offices_and_bodies_are_no_places(text: str) -> None:
    assert _names(text) == []
