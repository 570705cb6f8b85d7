"""Names in running text: what is a place, what only looks like one."""

import pytest

from wayout.locate.finding.name_matches import Name, read_names
from wayout.locate.finding.text_view import look_at
from wayout.locate.gazetteer import open_gazetteer
from wayout.text.english import parse_text


def _places(text: str, *, parsed: bool = True) -> list[Name]:
    view = look_at(text, parse_text(text) if parsed else None, ())
    return read_names(view, open_gazetteer()).literal


def _names(text: str, *, parsed: bool = True) -> list[str]:
    return [text[name.start : name.end] for name in _places(text, parsed=parsed)]


def test_initials_later_in_the_text_hide_no_name_before_them() -> None:
    text = "Fighters left Gao for Kidal on Monday. Families fled to Mauritania. The U.S. government said it was aware."
    assert {"Gao", "Kidal", "Mauritania", "U.S."} <= set(_names(text))


@pytest.mark.parametrize("town", ["CAIRO", "NAIROBI"])
@pytest.mark.parametrize("rest", [" (Reuters) - Talks resumed on Monday.", " - Talks resumed on Monday."])
def test_a_town_in_capitals_opens_a_dateline(town: str, rest: str) -> None:
    assert _names(town + rest)[:1] == [town]


def test_a_small_town_of_the_country_spoken_of_opens_a_dateline() -> None:
    assert "BENTIU" in _names("Aid cut off, officials in South Sudan say.\n\nBENTIU - Trucks have stopped.")


def test_a_state_in_initials_after_its_town() -> None:
    assert "D.C." in _names("He met officials in Washington, D.C. on Friday.")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He was flown to a base near Salinas, Calif., on Friday.", "Calif."),
        ("The family moved to Elkins, W.Va., that year.", "W.Va."),
        ("She was born in Dayton, OH, and left early.", "OH"),
        ("Trucks were checked in Wagga Wagga, NSW, all day.", "NSW"),
        ("Roads in B.C. were closed by snow.", "B.C."),
    ],
)
def test_an_abbreviated_division_after_its_town(text: str, name: str) -> None:
    assert name in _names(text)


@pytest.mark.parametrize("text", ["Wash your hands first.", "He asked, In what year?", "Miss Roe said no, Ok?"])
def test_words_that_look_like_divisions_are_none(text: str) -> None:
    assert _names(text) == []


def test_an_abbreviation_means_its_division() -> None:
    text = "The convoy left Tulsa, Okla., at noon."
    found = {text[n.start : n.end]: n.meant for n in _places(text)}
    assert found["Okla."] == "Oklahoma"


def test_the_stop_of_a_sentence_does_not_belong_to_the_name() -> None:
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


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("In Ohio the schools of Lima, Marion and Medina counties closed.", "Marion"),
        ("Sen. Ann Roe, D-Portland, voted against the bill.", "Portland"),
        ("In Texas a Gainesville-based firm repaired pumps.", "Gainesville"),
        ("In Texas, Gainesville residents gathered in Dallas.", "Gainesville"),
    ],
)
def test_words_around_a_name_speak_for_a_town(text: str, town: str) -> None:
    assert town in _names(text)


def test_a_surname_of_the_text_is_no_town() -> None:
    text = "Ann Hamilton lives in Bermuda. Neighbours praised Hamilton. Mr. Warwick agreed, and Warwick left."
    assert not {"Hamilton", "Warwick"} & set(_names(text))


def test_one_sure_mention_speaks_for_the_others() -> None:
    text = "In Somalia fighters took Baidoa. Baidoa has been quiet since, and Baidoa hopes for rain."
    assert _names(text).count("Baidoa") == 3


def test_a_word_that_the_text_writes_small_is_no_town() -> None:
    assert "Mopti" in _names("In Mali, Mopti flooded.")
    assert "Bell" not in _names("A bell rang in California. Bell by bell the churches joined.")


@pytest.mark.parametrize("text", ["West Nile virus spread again.", "Aid worth US$40 million was pledged."])
def test_illnesses_and_coins_are_no_places(text: str) -> None:
    assert _names(text) == []


def test_without_a_parse_the_words_around_decide() -> None:
    text = "In Sudan, families left El Fasher for Tawila and Zalingei. The University of Nyala closed. Mr. Kosti spoke."
    found = _names(text, parsed=False)
    assert {"Sudan", "El Fasher", "Tawila", "Zalingei"} <= set(found)
    assert not {"Nyala", "Kosti"} & set(found)


@pytest.mark.parametrize("parsed", [True, False])
def test_an_empty_text_has_no_names(parsed: bool) -> None:
    assert _names("", parsed=parsed) == []
