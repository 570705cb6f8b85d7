from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.locate.gazetteer import open_gazetteer
from wayout.locate.toponyms import find_places, find_toponyms
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
        ("Attacks rose on the Pokrovsk direction.", "the Pokrovsk direction"),
        ("The Kupiansk axis was quiet.", "The Kupiansk axis"),
        ("A tanker burned 60 nautical miles south of Mukalla.", "60 nautical miles south of Mukalla"),
        ("Shells fell 10 to 15 km south of Hudaydah.", "10 to 15 km south of Hudaydah"),
        ("They hold villages downstream of Kherson.", "downstream of Kherson"),
        ("Boats landed across the river from Bamako.", "across the river from Bamako"),
        ("Trucks waited on the Egyptian side of Rafah.", "the Egyptian side of Rafah"),
        ("The N3 between Kaya and Dori was mined.", "The N3 between Kaya and Dori"),
        ("They left the eastern Congolese town of Goma.", "the eastern Congolese town of Goma"),
        ("Drones crossed into Moldovan airspace.", "Moldovan airspace"),
        ("They control all of Mali except Kidal.", "all of Mali except Kidal"),
        ("It began on the slopes of Mount Kenya.", "the slopes of Mount Kenya"),
        ("Raids hit Barmal district of Paktika in Afghanistan.", "Barmal district"),
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


def test_a_piece_of_a_longer_name_is_no_place():
    assert "Dasht" not in places("A bus burned in the Dasht-e-Barchi area of Kabul in Afghanistan.")
    assert not any("Sultan" in name for name in places("Tanks reached Tal as-Sultan, near Rafah in Gaza."))
    assert "al-Dhale" in places("In Yemen, clashes went on in al-Dhale and Taiz.")


def test_dealings_between_countries_are_no_ground():
    assert places("The truce between Russia, Turkey and Iran held.") == ["Russia", "Turkey", "Iran"]
    assert "The border between Sudan and Chad" in places("The border between Sudan and Chad is shut.")


def test_a_group_called_front_is_no_front():
    assert "Darfur Front" not in places("The Darfur Front spoke in Juba.")


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


def senses(text, *, parsed=True):
    found = find_toponyms(text, parse_text(text) if parsed else None, open_gazetteer())
    return {(text[t.start : t.end], t.sense) for t in found}


@pytest.mark.parametrize(
    ("text", "words", "sense"),
    [
        ("Malian troops reached Gao.", "Malian", "adjective"),
        ("Thousands of Malians fled to Niger.", "Malians", "people"),
        ("African mediators met in Addis Ababa.", "African", "adjective"),
        ("The Khartoum Chamber of Commerce closed.", "Khartoum", "embedded"),
        ("She studied at the University of Kiel.", "Kiel", "embedded"),
        ("He was seen on West Mandela Street at noon.", "West Mandela Street", "road"),
        ("A truck overturned on Interstate 40 near Tulsa.", "Interstate 40", "road"),
        ("Rain flooded the Kwanza Delta in Angola.", "Kwanza Delta", "feature"),
        ("They camped by Lake Manzala in Egypt.", "Lake Manzala", "feature"),
        ("Police searched the Juba Grand Hotel.", "Juba Grand Hotel", "building"),
        ("Snow fell in Northern Ontario.", "Northern Ontario", "part"),
        ("Ministers of the EU met in Brussels.", "EU", "union"),
        ("Ethiopia accused its neighbour of lying.", "Ethiopia", "metonym"),
        ("Talks with Colombia stalled.", "Colombia", "metonym"),
        ("A shell fell in Ukraine.", "Ukraine", "literal"),
    ],
)
def test_what_a_name_does_in_the_sentence(text, words, sense):
    assert (words, sense) in senses(text)


@pytest.mark.parametrize(
    "text", ["She speaks French well.", "An African-American singer performed.", "A course in the Arabic language."]
)
def test_languages_and_descent_refer_to_no_place(text):
    assert senses(text) == set()


def test_an_adjective_means_its_country():
    text = "Congolese soldiers withdrew."
    (found,) = find_toponyms(text, parse_text(text), open_gazetteer())
    assert found.meant.startswith("Democratic Republic of") or found.meant.startswith("Republic of")


def test_only_places_themselves_are_places_of_the_product():
    text = "Malian officers and the University of Kiel signed. Ontarians and the EU agreed in Bamako."
    assert places(text) == ["Bamako"]


def test_the_town_a_street_is_named_after_is_not_where_the_street_is():
    assert places("Shops closed on Haifa Street in Baghdad.") == ["Baghdad"]


def test_a_road_between_two_towns_keeps_them():
    assert "Juba" in " ".join(places("An ambush on the Juba-Nimule Highway killed two."))


def test_places_without_a_parse():
    text = "Fighters hold the area between Kidal and Gao in Mali."
    doc = document(text)
    assert [m.text for m in find_places(doc, None, open_gazetteer(), ())] == ["the area between Kidal and Gao", "Mali"]


@pytest.mark.parametrize("parsed", [True, False])
def test_toponyms_slice_back_and_stand_in_order(parsed):
    text = "LAGOS (Reuters) - Nigerian troops left Lagos State for N'Djamena, Chad, via Lake Chad and Main Street. U.S.$ 5."
    found = find_toponyms(text, parse_text(text) if parsed else None, open_gazetteer())
    assert [*found] == sorted(found)
    assert all(0 <= t.start < t.end <= len(text) and t.meant for t in found)


def test_a_long_line_stays_bounded():
    text = "Gao and Kidal Street, " * 3000
    assert len(find_toponyms(text, None, open_gazetteer())) >= 3000


@pytest.mark.parametrize(
    ("text", "words", "sense"),
    [
        ("The White House refused.", "White House", "building"),
        ("Dublin City Council voted in Ohio.", "Dublin", "embedded"),
        ("Sen. Roe, R-Elkhart, left.", "Elkhart", "literal"),
    ],
)
def test_seats_councils_and_parties(text, words, sense):
    assert (words, sense) in senses(text)


@pytest.mark.parametrize("text", ["The Far North froze.", "They moved to the Northwest of the hall."])
def test_points_of_the_compass_alone_are_no_divisions(text):
    assert not {m for m in places(text) if m in ("Far North", "Northwest")}
