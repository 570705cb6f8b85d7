"""Arabic, French and Russian times, without a parser."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.extract.time import find_times
from wayout.extract.timing.languages import LANGUAGES, fold
from wayout.extract.timing.time_phrases import find_time_phrases
from wayout.extract.timing.timex import find_timexes

WRITTEN = date(2024, 5, 15)  # a Wednesday


@pytest.mark.parametrize(
    ("language", "text", "words", "value"),
    [
        ("ar", "دخلت القوات البلدة يوم الأحد الماضي.", "يوم الأحد الماضي", "2024-05-12"),
        ("ar", "وصلت القافلة أمس إلى نيالا.", "أمس", "2024-05-14"),
        ("ar", "بدأت المعارك في ١٥ نيسان/أبريل ٢٠٢٣ في الخرطوم.", "١٥ نيسان/أبريل ٢٠٢٣", "2023-04-15"),
        ("ar", "توقفت المعارك في فيفري 2021.", "فيفري 2021", "2021-02"),
        ("ar", "قصفت البلدة قبل ثلاثة أيام.", "قبل ثلاثة أيام", "2024-05-12"),
        ("ar", "انسحبوا الأسبوع الماضي من تعز.", "الأسبوع الماضي", "2024-W19"),
        ("ar", "التاريخ هو 03/05/2024.", "03/05/2024", "2024-05-03"),
        ("ar", "الطريق مغلق منذ عام 2023.", "2023", "2023"),
        ("ar", "استمر الحصار ثلاثة أسابيع.", "ثلاثة أسابيع", "P3W"),
        ("ar", "يعود الأهالي الشهر المقبل.", "الشهر المقبل", "2024-06"),
        ("ar", "تقدموا مؤخراً نحو الحديدة.", "مؤخراً", "PAST_REF"),
        ("fr", "Ils ont quitté Tombouctou dimanche dernier.", "dimanche dernier", "2024-05-12"),
        ("fr", "Le convoi est parti il y a trois jours.", "il y a trois jours", "2024-05-12"),
        ("fr", "Le pont est coupé depuis le 1er mai 2023.", "1er mai 2023", "2023-05-01"),
        ("ru", "Они отошли три дня назад.", "три дня назад", "2024-05-12"),
        ("ru", "Мост взорван 3 мая 2024 года.", "3 мая 2024", "2024-05-03"),
        ("ru", "На прошлой неделе бои утихли.", "прошлой неделе", "2024-W19"),
    ],
)
def test_an_expression_is_found_and_valued(language, text, words, value):
    [timex] = find_timexes(text, WRITTEN, language)
    assert (text[timex.start : timex.end], timex.value) == (words, value)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "قتل عشرون شخصا في المدينة."),
        ("ar", "مارس السكان حياتهم."),
        ("fr", "Mars est loin d'ici."),
        ("de", "Am Sonntag fiel die Stadt."),
    ],
)
def test_no_time(language, text):
    assert find_timexes(text, WRITTEN, language) == ()


@pytest.mark.parametrize(
    ("language", "text", "first", "last"),
    [
        ("ar", "استمرت المعارك من 3 إلى 5 أيار.", date(2024, 5, 3), date(2024, 5, 5)),
        ("ar", "استمرت المعارك من مارس إلى يونيو 2022.", date(2022, 3, 1), date(2022, 6, 30)),
        ("ar", "الطريق مغلق منذ عام 2023.", date(2023, 1, 1), None),
        ("fr", "La trêve tient jusqu'au 3 mai.", None, date(2024, 5, 3)),
        ("ru", "Дорога закрыта с марта по апрель.", date(2024, 3, 1), date(2024, 4, 30)),
    ],
)
def test_ranges_and_open_sides(language, text, first, last):
    [phrase] = find_time_phrases(text, WRITTEN, language)
    assert (phrase.first, phrase.last) == (first, last)


def test_a_document_says_its_language(make_document):
    from dataclasses import replace

    text = "وصلت القافلة أمس إلى نيالا."
    document = replace(make_document(text, WRITTEN), language="ar")
    [time] = find_times(document, text, None)
    assert (time.text, time.start, time.end, time.date_prec) == ("أمس", date(2024, 5, 14), date(2024, 5, 14), 1)


@given(
    st.sampled_from(LANGUAGES),
    st.text(alphabet="اأإيةىمنذ قبلحتعاويوم٣5/-.\u064b\u0640три дняназдdepuis1ermai", max_size=60),
)
def test_offsets_slice_back_whatever_the_text(language, text):
    folded, offsets = fold(text)
    assert len(offsets) == len(folded) + 1
    for timex in find_timexes(text, WRITTEN, language):
        assert 0 <= timex.start < timex.end <= len(text)
        assert text[timex.start : timex.end].strip()


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2049, 12, 31)))
def test_a_numeric_date_is_read_back_in_arabic_digits(day):
    text = f"في {day:%d/%m/%Y}".translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    [timex] = find_timexes(text, WRITTEN, "ar")
    assert timex.value == day.isoformat()
