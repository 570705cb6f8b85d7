"""Names built of a name and a word for its kind."""

import pytest

from wayout.locate.finding.sites import find_sites, on_streets, parts_of
from wayout.locate.finding.text_view import look_at


def _sites(text: str) -> set[tuple[str, str]]:
    return {(text[s.start : s.end], s.kind) for s in find_sites(look_at(text, None, ()))}


@pytest.mark.parametrize(
    ("text", "whole", "kind"),
    [
        ("A bus burnt on Old Mill Road at night.", "Old Mill Road", "road"),
        ("She lives at 12 N. Elm St., near the bank.", "N. Elm St.", "road"),
        ("Traffic stopped on Highway 19 again.", "Highway 19", "road"),
        ("They fished in Baker's Lake.", "Baker's Lake", "feature"),
        ("He sailed on Lake Albert to Uganda.", "Lake Albert", "feature"),
        ("Guards left the Kabwe Dam at dawn.", "Kabwe Dam", "building"),
    ],
)
def test_the_whole_name_is_found(text: str, whole: str, kind: str) -> None:
    assert (whole, kind) in _sites(text)


def test_a_possessor_two_words_before_is_another_name() -> None:
    assert ("Sunset Avenue", "road") in _sites("A shop on Augusta's Sunset Avenue closed.")


@pytest.mark.parametrize(
    "text", ["The High Court sat.", "They met St. Paul Rivers.", "The Ohio Highway Patrol came.", "Go down the street."]
)
def test_other_names_are_no_sites(text: str) -> None:
    assert not any(kind in ("road", "building") for _, kind in _sites(text))


def test_parts_of_a_place_end_with_its_name() -> None:
    text = "Rain fell in Far North Cameroon."
    start = text.index("Cameroon")
    (part,) = parts_of(look_at(text, None, ()), [(start, start + len("Cameroon"))])
    assert text[part.start : part.end] == "Far North Cameroon"


def test_only_a_street_hides_the_town_it_is_named_after() -> None:
    text = "Shots on Haifa Street; an ambush on the Juba Road."
    names = [(text.index(n), text.index(n) + len(n)) for n in ("Haifa", "Juba")]
    assert on_streets(look_at(text, None, ()), names) == {names[0]}
