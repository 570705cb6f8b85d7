"""Place names in other languages: with case endings, prefixes and elisions off, and exact offsets."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.locate.foreign_places import find_foreign_places
from wayout.locate.gazetteer import open_gazetteer
from wayout.model import Document, Source, Step, document_id


def _document(text, language):
    return Document(
        id=document_id(text),
        text=text,
        title=None,
        source=Source(name="test"),
        url=None,
        byline=None,
        published=None,
        retrieved=None,
        language=language,
        made_by=Step(name="test", version="1"),
    )


def _found(text, language, taken=()):
    return [m.text for m in find_foreign_places(_document(text, language), open_gazetteer(), taken)]


@pytest.mark.parametrize(
    ("language", "text", "places"),
    [
        ("ar", "دخلت القوات مدينة الفاشر وفر السكان نحو تشاد.", ["مدينة الفاشر", "تشاد"]),
        ("ar", "انسحبوا من دير الزور باتجاه العراق، كما قال مصدر.", ["دير الزور", "العراق"]),
        ("ar", "وصل النازحون إلى صنعاء ولم يصلوا بالقاهرة أو للخرطوم.", ["صنعاء", "القاهرة", "للخرطوم"]),
        (
            "fr",
            "Les combattants tiennent Djibo, au Burkina Faso, et l'Algérie ferme sa frontière.",
            ["Djibo", "Burkina Faso", "Algérie"],
        ),
        ("ru", "Из Сирии сообщают, что под Идлибом и в Дамаске спокойно.", ["Сирии", "Идлибом", "Дамаске"]),
        ("uk", "Бої тривають поблизу Покровська; з Харкова виїхали автобуси.", ["Покровська", "Харкова"]),
        ("tr", "Halep'te ve İdlib'de yollar kapalı.", ["Halep'te", "İdlib'de"]),
        ("fa", "آنان کابل و قندهار را گرفتند.", ["کابل", "قندهار"]),
    ],
)
def test_names_are_found_as_they_stand(language, text, places):
    assert _found(text, language) == places


def test_common_words_are_not_towns():
    assert _found("La Paix est loin, dit le Président. Plusieurs familles attendent Lundi.", "fr") == []
    assert _found("قال مصدر إن الجيش في المدينة منذ أمس", "ar") == []


def test_a_small_place_needs_its_country_or_a_kind_word():
    assert _found("Tera est calme.", "fr") == []
    assert _found("Au Niger, Tera est calme.", "fr") == ["Niger", "Tera"]
    assert _found("La ville de Tera est calme.", "fr") == ["La ville de Tera"]


def test_actors_are_not_places():
    text = "Goma tient bon."
    document = _document(text, "fr")
    assert find_foreign_places(document, open_gazetteer(), [document.span(0, 4)]) == ()


@given(
    st.text(alphabet="دمشق حلبوفي \u200f\u200c\u0651GomaÎé'’-\n.1Киев", max_size=80),
    st.sampled_from(["ar", "fr", "ru", "xx"]),
)
def test_offsets_are_exact_and_do_not_overlap(text, language):
    document = _document(text, language)
    mentions = find_foreign_places(document, open_gazetteer(), ())
    assert all(text[m.span.start : m.span.end] == m.text for m in mentions)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(mentions))
