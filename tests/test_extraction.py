"""A passage in the language it is written in: English whole, others for names, places and times, and a plain word about the rest."""

from datetime import UTC, datetime

import pytest

from wayout.extract.actors import open_actors
from wayout.locate.gazetteer import open_gazetteer
from wayout.model import Document, Source, Step, document_id
from wayout.reading import extract

ARABIC = "قالت قوات الدعم السريع يوم الأحد إنها دخلت مدينة الفاشر، وفر السكان نحو تشاد."
FRENCH = "Le JNIM a attaqué Djibo hier, a dit un habitant joint depuis Ouagadougou."
RUSSIAN = "Талибан закрыл границу вчера, сообщают из Кабула."
GERMAN = "Die Rebellen der M23 stehen vor Goma, sagte ein Sprecher der Vereinten Nationen."


def _reading(text, language):
    document = Document(
        id=document_id(text),
        text=text,
        title=None,
        source=Source(name="test"),
        url=None,
        byline=None,
        published=datetime(2025, 3, 5, tzinfo=UTC),
        retrieved=None,
        language=language,
        made_by=Step(name="test", version="1"),
    )
    (reading,) = extract([document], open_actors(), open_gazetteer(), None)
    assert all(document.quote(m.span) == m.text for m in reading.mentions)
    return reading


@pytest.mark.parametrize(
    ("text", "language", "actor", "place"),
    [
        (ARABIC, "ar", "rapid-support-forces", "الفاشر"),
        (FRENCH, "fr", "jnim", "Djibo"),
        (RUSSIAN, "ru", "taliban", "Кабула"),
    ],
)
def test_other_languages_give_actors_places_and_times(text, language, actor, place):
    reading = _reading(text, language)
    assert actor in {m.ref for m in reading.mentions}
    assert any(place in m.text for m in reading.mentions if m.kind == "place")
    assert reading.times


@pytest.mark.parametrize(("text", "language"), [(ARABIC, "ar"), (FRENCH, "fr"), (RUSSIAN, "ru"), (GERMAN, "de")])
def test_no_claim_is_made_of_what_cannot_be_read_and_that_is_said(text, language):
    reading = _reading(text, language)
    assert reading.claims == ()
    assert any("claims" in miss.what and language in miss.what for miss in reading.misses)


def test_an_unsupported_language_is_searched_for_names_as_they_stand():
    reading = _reading(GERMAN, "de")
    assert "m23" in {m.ref for m in reading.mentions}
    assert "not supported" in reading.misses[0].why


def test_arabic_names_inside_english_text_are_read():
    reading = _reading("The group (قوات الدعم السريع) denied that it had entered El Fasher, residents said.", "en")
    assert any(m.text == "قوات الدعم السريع" and m.ref == "rapid-support-forces" for m in reading.mentions)
    assert reading.claims


def test_an_english_document_has_relations():
    reading = _reading("Sudanese army troops clashed with the Rapid Support Forces in El Obeid on Monday.", "en")
    assert any(r.kind == "fights" for r in reading.relations)
