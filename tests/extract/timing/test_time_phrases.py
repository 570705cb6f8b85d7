"""Times joined by their prepositions."""

from datetime import date

import pytest

from wayout.extract.timing.time_phrases import find_time_phrases
from wayout.text.english import parse_text

WRITTEN = date(2024, 5, 15)  # a Wednesday


def phrases(text):
    return [(text[p.start : p.end], p.first, p.last) for p in find_time_phrases(parse_text(text), WRITTEN)]


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("The M23 held it from March to April.", "from March to April", date(2024, 3, 1), date(2024, 4, 30)),
        ("It was shut from Nov to Feb 2023.", "from Nov to Feb 2023", date(2022, 11, 1), date(2023, 2, 28)),
        ("Jets flew between 3 and 5 May.", "between 3 and 5 May", date(2024, 5, 3), date(2024, 5, 5)),
        ("It burned between Monday and now.", "between Monday and now", date(2024, 5, 13), WRITTEN),
        ("Aid has flowed since 2023.", "since 2023", date(2023, 1, 1), None),
        ("The airstrip stays shut until 3 June.", "until 3 June", None, date(2024, 6, 3)),
        ("They must go before the end of June.", "before the end of June", None, date(2024, 6, 30)),
        ("Roads flooded after 2019.", "after 2019", date(2020, 1, 1), None),
        ("They will leave in three days.", "in three days", date(2024, 5, 18), date(2024, 5, 18)),
        ("They will leave within two weeks.", "within two weeks", WRITTEN, date(2024, 5, 29)),
        ("They fled two days before Easter 2024.", "two days before Easter 2024", date(2024, 3, 29), date(2024, 3, 29)),
        ("It fell on Tuesday of last week.", "Tuesday of last week", date(2024, 5, 7), date(2024, 5, 7)),
        ("Strikes doubled in the first three months of 2024.", "the first three months of 2024", date(2024, 1, 1), date(2024, 3, 31)),
        ("It reopened earlier this year.", "earlier this year", date(2024, 1, 1), WRITTEN),
        ("Taiz was cut off from 2015 onwards.", "2015 onwards", date(2015, 1, 1), None),
    ],
)  # fmt: skip
def test_a_phrase(text, words, first, last):
    assert (words, first, last) in phrases(text)


def test_two_times_that_are_only_near_each_other_stay_two():
    text = "Hodeidah was hit on Sunday and Sanaa on Monday."
    assert [words for words, _, _ in phrases(text)] == ["Sunday", "Monday"]
