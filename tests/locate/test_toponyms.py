from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.locate.gazetteer import open_gazetteer
from wayout.locate.toponyms import find_places
from wayout.model import Document, Source, Step, document_id
from wayout.text.english import parse_text


def document(text):
    return Document(
        id=document_id(text),
        text=text,
        title=None,
        source=Source(name="test"),
        url=None,
        byline=None,
        published=datetime(2020, 1, 1, tzinfo=UTC),
        retrieved=None,
        language="en",
        made_by=Step(name="test", version="0"),
    )


def places(text, taken=()):
    doc = document(text)
    spans = [doc.span(text.index(words), text.index(words) + len(words)) for words in taken]
    return [m.text for m in find_places(doc, parse_text(text), open_gazetteer(), spans)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels hold the hills between Goma and Sake.", "between Goma and Sake"),
        ("Troops crossed into the area between Kidal and Gao last week.", "the area between Kidal and Gao"),
        ("Villages east of the Dnipro were shelled.", "east of the Dnipro"),
        ("A camp 40 km west of El Fasher was burnt.", "40 km west of El Fasher"),
        ("Clashes were reported in north-western Tigray.", "north-western Tigray"),
        ("They fled to the southern part of the province of Idlib.", "the southern part of the province of Idlib"),
        ("Fighting continues in the western outskirts of Tripoli.", "the western outskirts of Tripoli"),
        ("Drones hit the Donetsk region again.", "the Donetsk region"),
        ("Guards closed the border with Chad.", "the border with Chad"),
        ("The border between Ethiopia and Sudan is closed.", "The border between Ethiopia and Sudan"),
        ("Smugglers use the Mali-Niger border.", "the Mali-Niger border"),
        ("They reached the Turkish border.", "the Turkish border"),
        ("The road from Juba to Nimule is mined.", "The road from Juba to Nimule"),
        ("An ambush on the Sana'a-Marib road killed two.", "the Sana'a-Marib road"),
        ("Aid comes through the Rafah crossing.", "the Rafah crossing"),
        ("Artillery fired from the west bank of the Tigris.", "the west bank of the Tigris"),
        ("Militants hide in the north of Mozambique.", "the north of Mozambique"),
        ("Residents left Kharkiv city on foot.", "Kharkiv city"),
    ],
)
def test_the_whole_phrase_is_taken(text, expected):
    assert expected in places(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The families want to go towards the south.", "the south"),
        ("The only way out is towards north.", "north"),
        ("The column is heading west.", "west"),
        ("In the east there are militias.", "the east"),
        ("Thousands walked southwards at night.", "southwards"),
        ("The only exit is west, says the commander.", "west"),
        ("The only way out for the garrison is east, across the river.", "east"),
        ("The brigades hold the west coast.", "the west coast"),
    ],
)
def test_directions_used_as_places(text, expected):
    assert expected in places(text)


@pytest.mark.parametrize(
    "text",
    [
        "Western governments in the West protested.",
        "He read the Main points on Monday in May.",
        "Most of the police were there and Many stayed.",
        "The Northern Alliance signed.",
    ],
)
def test_false_friends_are_no_places(text):
    assert places(text) == []


def test_names_with_a_direction_stay_names():
    assert places("Refugees from South Sudan entered North Darfur.") == ["South Sudan", "North Darfur"]


def test_taken_spans_are_left_alone():
    text = "Kyiv said its army left Bakhmut."
    assert places(text, taken=["Kyiv"]) == ["Bakhmut"]


def test_articles_and_other_spellings_are_found():
    found = places("In Syria, fighters went from al-Bab to Deir Ezzor.")
    assert found == ["Syria", "al-Bab", "Deir Ezzor"]


def test_towns_of_the_theatre_that_the_tagger_takes_for_people():
    found = places("In Somalia calm returned. Kismayo and Lower Juba were quiet. Gangs hold Port-au-Prince in Haiti.")
    assert {"Kismayo", "Lower Juba", "Port-au-Prince"} <= set(found)


def test_people_who_speak_are_no_towns():
    assert "Hamilton" not in places("In Bermuda a witness, Hamilton said, fled. Minister Hamilton told reporters so.")


def test_an_unknown_name_beside_a_known_one_is_a_place():
    doc = document("The convoy drove from Juba to Nowherabad on Sunday.")
    mentions = find_places(doc, parse_text(doc.text), open_gazetteer(), ())
    assert [m.text for m in mentions] == ["Juba", "Nowherabad"]
    assert mentions[1].route == "statistical"


def test_border_guards_are_no_border():
    assert "the border" not in places("Officers of the border guard arrived in Lviv.")


@settings(deadline=None, max_examples=25)
@given(
    st.lists(
        st.sampled_from(
            ["the border with", "Mali", "east of", "Gao", "the north", ",", "and", "between", "Kyiv", "\n\n", "fled to",
             "the road from", "30 km", "Deir", "al-", "''", "‘Ayn", "🙂", "Paris", "to"]
        ),
        max_size=14,
    )
)  # fmt: skip
def test_any_text_gives_ordered_spans_that_slice_back(words):
    text = " ".join(words) or "x"
    doc = document(text)
    first = find_places(doc, parse_text(text), open_gazetteer(), ())
    assert first == find_places(doc, parse_text(text), open_gazetteer(), ())
    for mention in first:
        assert doc.quote(mention.span) == mention.text
        assert mention.kind == "place"
        assert mention.ref is None
    for left, right in pairwise(first):
        assert left.span.end <= right.span.start
