"""The book's actors in other languages and scripts: own sentences, exact offsets whatever is written."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wayout.extract.naming.actor_book import open_actors
from wayout.extract.naming.foreign_names import find_names, has_other_script
from wayout.extract.naming.foreign_words import cut_foreign, fold_foreign
from wayout.model.document import Document, Source, Step, document_id
from wayout.model.mention import Mention

BOOK = open_actors()


def find(text: str, language: str | None, year: int | None = None) -> tuple[Mention, ...]:
    document = Document(
        id=document_id(text),
        text=text,
        title=None,
        source=Source(name="test"),
        url=None,
        byline=None,
        published=datetime(year, 6, 1, tzinfo=UTC) if year else None,
        retrieved=None,
        language=language,
        made_by=Step(name="test", version="0"),
    )
    return find_names(document, BOOK)


def refs(text: str, language: str | None, year: int | None = None) -> list[tuple[str, str | None]]:
    return [(m.text, m.ref) for m in find(text, language, year)]


ARABIC = [
    ("انسحبت قوات الدعم السريع من القرية.", [("قوات الدعم السريع", "rapid-support-forces")]),
    ("وصل الجيش السوداني إلى الجسر", [("الجيش السوداني", "armed-forces-of-sudan")]),
    (
        "تصدّت القوات العراقية لتنظيم داعش",
        [("القوات العراقية", "armed-forces-of-iraq"), ("تنظيم داعش", "islamic-state")],
    ),
    ("أعلنت هيئة تحرير الشام الهدنة", [("هيئة تحرير الشام", "hayat-tahrir-al-sham")]),
    ("التقى وفد من قسد بمسؤولين", [("قسد", "syrian-democratic-forces")]),
    ("أغلق الحوثيون الطريق", [("الحوثيون", "ansar-allah")]),
    ("تقدمت قوات حكومة الوحدة الوطنية نحو غريان في ليبيا", [("حكومة الوحدة الوطنية", "government-of-national-unity")]),
    ("دعا مجلس الأمن إلى وقف القتال", [("مجلس الأمن", "un-security-council")]),
    ("قصفت الطائرات الروسية الوادي", [("الطائرات الروسية", "armed-forces-of-russia")]),
    ("نفت حركة الشباب الخبر", [("حركة الشباب", "al-shabaab")]),
]
FRENCH = [
    ("L'armée malienne a quitté Ber.", [("armée malienne", "armed-forces-of-mali")]),
    ("Les forces armées burkinabè sont revenues.", [("forces armées burkinabè", "armed-forces-of-burkina-faso")]),
    ("Des hommes du M23 tiennent la colline.", [("M23", "m23")]),
    ("Selon l'ONU, la route est coupée.", [("ONU", "united-nations")]),
    ("Les soldats de l'Alliance fleuve Congo avancent.", [("Alliance fleuve Congo", "congo-river-alliance")]),
    ("D'après les FARDC, le pont tient.", [("FARDC", "armed-forces-of-democratic-republic-of-the-congo")]),
    ("La junte nigérienne a fermé la frontière.", [("junte nigérienne", "government-of-niger")]),
    ("Le Front de libération de l'Azawad dément.", [("Front de libération de l'Azawad", "azawad-liberation-front")]),
    ("Un convoi du PAM attend à Bria.", [("PAM", "wfp")]),
    ("La Police nationale d'Haïti a repris le port.", [("Police nationale d'Haïti", "haitian-national-police")]),
]
SLAVIC = [
    ("ru", "Российские войска вышли к реке.", [("Российские войска", "armed-forces-of-russia")]),
    ("ru", "Отряд ЧВК «Вагнер» ушёл на юг.", [("ЧВК «Вагнер»", "wagner-group")]),
    ("ru", "Удар по позициям ВСУ подтвердили.", [("ВСУ", "armed-forces-of-ukraine")]),
    ("ru", "Хуситам передали письмо.", [("Хуситам", "ansar-allah")]),
    ("ru", "В Кремле не ответили.", [("Кремле", "government-of-russia")]),
    ("ru", "Сирийской армией взят холм.", [("Сирийской армией", "armed-forces-of-syria")]),
    (
        "ru",
        "Бойцы Сирийских демократических сил отошли.",
        [("Сирийских демократических сил", "syrian-democratic-forces")],
    ),
    ("uk", "Збройним силам України передали човни.", [("Збройним силам України", "armed-forces-of-ukraine")]),
    ("uk", "Російські війська обстріляли міст.", [("Російські війська", "armed-forces-of-russia")]),
    ("uk", "Бійці бригади «Азов» повернулися.", [("бригади «Азов»", "azov-brigade")]),
]
OTHERS = [
    ("fa", "نیروهای طالبان به دره رسیدند.", [("طالبان", "taliban")]),
    ("fa", "سپاه پاسداران انقلاب اسلامی خبر را رد کرد.", [("سپاه پاسداران انقلاب اسلامی", "irgc")]),
    ("fa", "ارتش سوریه عقب نشست.", [("ارتش سوریه", "armed-forces-of-syria")]),
    ("fa", "حوثی‌ها راه را بستند.", [("حوثی‌ها", "ansar-allah")]),
    ("tr", "YPG'nin mevzileri boşaltıldı.", [("YPG", "ypg")]),
    ("tr", "Suriye Milli Ordusu köye girdi.", [("Suriye Milli Ordusu", "syrian-national-army")]),
    ("tr", "Köprü Rus ordusunun elinde.", [("Rus ordusunun", "armed-forces-of-russia")]),
    ("tr", "Türk Silahlı Kuvvetleri sınırı kapattı.", [("Türk Silahlı Kuvvetleri", "armed-forces-of-turkey")]),
]


@pytest.mark.parametrize(("text", "expected"), ARABIC)
def test_arabic(text: str, expected: list[tuple[str, str]]) -> None:
    assert refs(text, "ar") == expected


@pytest.mark.parametrize(("text", "expected"), FRENCH)
def test_french(text: str, expected: list[tuple[str, str]]) -> None:
    assert refs(text, "fr", 2025) == expected


@pytest.mark.parametrize(("language", "text", "expected"), [*SLAVIC, *OTHERS])
def test_russian_ukrainian_persian_turkish(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert refs(text, language) == expected


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("وقوات الدعم السريع", "قوات الدعم السريع"),
        ("لقوات الدعم السريع", "قوات الدعم السريع"),
        ("وبقوات الدعم السريع", "قوات الدعم السريع"),
        ("وللجيش السوداني", "لجيش السوداني"),
        ("فالجيش السوداني", "الجيش السوداني"),
        ("كالحوثيين", "الحوثيين"),
    ],
)
def test_particles_written_together_are_left_out(written: str, name: str) -> None:
    assert [m.text for m in find(f"ثم {written} هناك", "ar")] == [name]


def test_forms_of_letters_and_marks_make_no_difference() -> None:
    for written in ("هيئه تحرير الشام", "هَيْئَة تَحرير الشَّام", "هيئة تحريــر الشام", "هیئة تحریر الشام"):
        assert [m.ref for m in find(f"قالت {written} امس", "ar")] == ["hayat-tahrir-al-sham"], written


def test_indefinite_words_are_no_name() -> None:
    assert refs("جيش سوداني صغير وقوات كثيرة", "ar") == []
    assert refs("Une armée étrangère est passée.", "fr") == []


def test_country_and_capital_are_places_without_a_parser() -> None:
    assert refs("وصل إلى روسيا ثم تركيا", "ar") == []
    assert refs("Il est parti de Bamako vers le Niger.", "fr") == []
    assert refs("Он уехал из Москвы в Россию.", "ru") == []


def test_small_words_are_no_acronyms() -> None:
    assert refs("UN PONT AU SUD DE LA VILLE", "fr") == []
    assert refs("BIR KÖY SANA YAKIN", "tr") == []


def test_other_script_inside_english() -> None:
    text = "The note, signed قوات الدعم السريع, was shown to families near ВСУ posts."
    assert refs(text, "en") == [("قوات الدعم السريع", "rapid-support-forces"), ("ВСУ", "armed-forces-of-ukraine")]
    assert find("The Rapid Support Forces signed it; so did Élysée aides.", "en") == ()


def test_same_acronym_goes_by_the_text() -> None:
    sudan = "Les FSR ont quitté Nyala, au Soudan. L'armée soudanaise le dit. La RSF avance au Soudan."
    assert dict(refs(sudan, "fr", 2025))["RSF"] == "rapid-support-forces"
    press = "RSF dénonce l'arrestation d'un journaliste en France. La France n'a pas réagi."
    assert dict(refs(press, "fr", 2025))["RSF"] == "reporters-without-borders"


def test_out_of_years_is_open() -> None:
    (mention,) = find("Les hommes du M23 ont fui.", "fr", 1998)
    assert mention.ref == "unknown:m23"
    assert "m23" in mention.candidates


def test_invisible_marks_inside_a_name_keep_its_offsets() -> None:
    text = "\u200fقالت قوات\u200f الدعم\u200c السر\u200bيع\u200f أمس"
    (mention,) = find(text, "ar")
    assert mention.ref == "rapid-support-forces"
    assert text[mention.span.start : mention.span.end] == mention.text
    assert mention.text.startswith("قوات")
    assert mention.text.endswith("ع")


NAMES = [
    "قوات الدعم السريع",
    "وللجيش السوداني",
    "ЧВК «Вагнер»",
    "ВСУ",
    "FARDC",
    "L'armée malienne",
    "YPG'nin",
    "حزب‌الله",
]
PIECES = st.one_of(
    st.sampled_from([*NAMES, "\u200f", "\u200b", "\u064e", " ", "\n", ".", "و", "ال"]), st.text(max_size=8)
)


@settings(deadline=None)  # the first call of a language makes its index
@given(
    st.lists(PIECES, max_size=12).map("".join), st.sampled_from(["ar", "fa", "fr", "ru", "uk", "tr", "en", "es", None])
)
@example("قوات\u200f الدعم السريع\u200f", "ar")
@example("\u0640\u064e\u200f", "ar")
def test_words_are_where_they_are_said_to_be(text: str, language: str | None) -> None:
    found = find(text, language)
    for mention in found:
        assert text[mention.span.start : mention.span.end] == mention.text
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@given(st.text(max_size=40))
def test_folding_is_idempotent_on_keys_of_words(text: str) -> None:
    for word in cut_foreign(text):
        assert text[word.start : word.end] == word.text
        assert fold_foreign(word.text) == word.key


def test_long_line_is_bounded() -> None:
    text = "قوات الدعم " * 60_000
    assert find(text, "ar") == ()
    assert not has_other_script("Plain words, naïve ones too")
