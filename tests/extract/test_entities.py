"""Entities of our own sentences of several theatres: types, spans, and what must hold for any text."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.extract.actors import find_actors, open_actors
from wayout.extract.entities import find_entities
from wayout.extract.time import find_times
from wayout.model import Entity
from wayout.model.document import Document, Source, Step, document_id
from wayout.model.mention import Mention, MentionKind
from wayout.text.english import parse_text


def document(text: str) -> Document:
    return Document(
        id=document_id(text),
        text=text,
        title=None,
        source=Source(name="test"),
        url=None,
        byline=None,
        published=datetime(2024, 5, 3, tzinfo=UTC),
        retrieved=None,
        language="en",
        made_by=Step(name="test", version="0"),
    )


def find(text: str, places: Sequence[str] = ()) -> tuple[Entity, ...]:
    doc = document(text)
    parsed = parse_text(text)
    named = [m for m in find_actors(doc, parsed, open_actors()) if m.text not in places]
    mentions = [*named, *(mention(doc, p, "place") for p in places)]
    return find_entities(doc, parsed, mentions, find_times(doc, parsed, None))


def mention(doc: Document, words: str, kind: MentionKind) -> Mention:
    start = doc.text.index(words)
    span = doc.span(start, start + len(words))
    return Mention(span=span, text=words, kind=kind, ref=None, route="name")


def types(text: str, places: Sequence[str] = ()) -> dict[str, str]:
    return {e.text: e.type for e in find(text, places)}


def test_known_actor_place_and_person_keep_their_types() -> None:
    found = types("The Rapid Support Forces entered El Fasher, said President Salva Kiir.", ["El Fasher"])
    assert found["Rapid Support Forces"] == "Organisation"
    assert found["El Fasher"] == "Location"
    assert found["President Salva Kiir"] == "Person"


def test_entity_carries_the_actor_it_means() -> None:
    (group,) = [e for e in find("The Rapid Support Forces shelled the market.") if "Rapid" in e.text]
    assert group.mention is not None
    assert group.mention.ref == "rapid-support-forces"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Fighting resumed in Bria on 4 March 2024.", "4 March 2024"),
        ("The convoy left nearly three weeks ago.", "three weeks ago"),
        ("The road has been shut since January 2023.", "January 2023"),
    ],
)
def test_times_lose_their_padding(text: str, time: str) -> None:
    assert [e.text for e in find(text) if e.type == "Temporal"] == [time]


@pytest.mark.parametrize("text", ["They now control the bridge.", "Clashes went on in recent weeks."])
def test_words_that_date_nothing_are_no_times(text: str) -> None:
    assert "Temporal" not in types(text).values()


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("We welcome the truce in Yemen.", "We", "Organisation"),
        ("He was shot in Goma, relatives said.", "He", "Person"),
        ("I have spoken to the parties.", "I", "Person"),
        ("The regime rejected the offer.", "regime", "Organisation"),
    ],
)
def test_pronouns_and_nouns_are_marked(text: str, words: str, kind: str) -> None:
    assert types(text).get(words) == kind


def test_lines_and_footnotes_are_not_part_of_a_name() -> None:
    for entity in find("Minister Amina Bello\nA Foreign Office spokesman spoke of the Dawn Brigades.[3]"):
        assert "\n" not in entity.text
        assert "[" not in entity.text


@given(st.text(alphabet=st.sampled_from("aA \n.,'(1\u200f\u0627Z\u00e9-$"), max_size=60))
@settings(max_examples=25, deadline=None)
def test_any_text_gives_exact_spans_without_overlap(text: str) -> None:
    found = find(text)
    for entity in found:
        assert text[entity.span.start : entity.span.end] == entity.text
        assert entity.text.strip() == entity.text
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


def test_a_long_line_without_full_stops_is_read() -> None:
    text = "Amadou Keita and the Dawn Brigade of Gao " * 60
    assert len(find(text)) > 50


@pytest.mark.parametrize(
    ("text", "places", "wanted"),
    [
        (
            "The Rapid Support Forces in Nyala stayed silent.",
            ["Nyala"],
            {"Rapid Support Forces": "Organisation", "Nyala": "Location"},
        ),
        (
            "Troops and the Wagner Group withdrew to Kidal.",
            ["Kidal"],
            {"Wagner Group": "Organisation", "Kidal": "Location"},
        ),
        ("Boko Haram and Hamas denied it.", [], {"Boko Haram": "Organisation", "Hamas": "Organisation"}),
    ],
)
def test_neighbours_are_kept_apart(text: str, places: list[str], wanted: dict[str, str]) -> None:
    assert wanted.items() <= types(text, places).items()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Martyrs of Derna Brigade claimed the blast.", "Martyrs of Derna Brigade"),
        ("Residents fled after the Sons of the Valley Battalion arrived.", "Valley Battalion"),
        ("A local force, the Brigade of the Free Hills, held the pass.", "Brigade of the Free Hills"),
    ],
)
def test_unknown_armed_groups_are_proposed_whole(text: str, name: str) -> None:
    doc = document(text)
    found = {m.text: m.ref for m in find_actors(doc, parse_text(text), open_actors())}
    assert found[name].startswith("unknown:")  # type: ignore[union-attr]
