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


@pytest.mark.parametrize(
    ("language", "text", "phrases"),
    [
        (
            "fr",
            "Ils sont au nord de Djibo et la frontière malienne est fermée.",
            ["au nord de Djibo", "la frontière malienne"],
        ),
        ("fr", "Le trafic reprend sur l’axe Gao-Kidal.", ["l’axe Gao-Kidal"]),
        ("fr", "À 30 km à l'ouest de Ménaka, rien ne bouge.", ["À 30 km à l'ouest de Ménaka"]),
        ("fr", "Un poste sur la frontière nigéro-malienne brûle.", ["la frontière nigéro-malienne"]),
        ("fr", "La région du lac Tchad attend la pluie.", ["La région du lac Tchad"]),
        ("fr", "Le village de Zorvokoum a brûlé.", ["Le village de Zorvokoum"]),
        ("fr", "Ils ont quitté la RDC.", ["RDC"]),
        ("ar", "عادوا من السعودية أمس", ["السعودية"]),
        ("ar", "تدور معارك بين حمص وتدمر وفي ريف دمشق.", ["بين حمص وتدمر", "ريف دمشق"]),
        ("ar", "أغلق المعبر وبقيت الحدود السورية العراقية هادئة.", ["الحدود السورية العراقية"]),
        ("ar", "سمع دوي انفجار بريف حلب الشمالي", ["ريف حلب الشمالي"]),
        ("ar", "نزحوا من شمال شرق سوريا وشرق الفرات", ["شمال شرق سوريا", "شرق الفرات"]),
    ],
)
def test_phrases_are_cut_whole(language, text, phrases):
    assert _found(text, language) == phrases


def test_a_cut_phrase_says_how_it_was_found():
    text = "Des hommes sont au nord de Djibo, à Ouagadougou et au village de Zorvokoum, au Burkina Faso."
    mentions = find_foreign_places(_document(text, "fr"), open_gazetteer(), ())
    assert {m.text: m.route for m in mentions} == {
        "au nord de Djibo": "phrase",
        "Ouagadougou": "name",
        "village de Zorvokoum": "phrase",
        "Burkina Faso": "name",
    }


def test_actors_are_not_places():
    text = "Goma tient bon."
    document = _document(text, "fr")
    assert find_foreign_places(document, open_gazetteer(), [document.span(0, 4)]) == ()


@given(
    st.lists(
        st.one_of(
            st.text(alphabet="دمشق حلبوفي \u200f\u200c\u202b\u202c\u0651GomaÎé'’-\n.1Киев", max_size=12),
            st.sampled_from(
                ["au nord de ", "entre ", " et ", "la frontière ", "malienne", "l'axe ", "Gao", "Kidal-Gao"]
            ),
            st.sampled_from(["شمال ", "بين ", " و", "الحدود ", "السورية ", "ريف ", "حلب", "على بعد 30 كم ", "محافظة "]),
        ),
        max_size=12,
    ).map("".join),
    st.sampled_from(["ar", "fr", "ru", "xx"]),
)
def test_offsets_are_exact_and_do_not_overlap(text, language):
    document = _document(text, language)
    mentions = find_foreign_places(document, open_gazetteer(), ())
    assert all(text[m.span.start : m.span.end] == m.text for m in mentions)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(mentions))
