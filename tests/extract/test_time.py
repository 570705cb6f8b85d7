"""When: dates against the day of writing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.extract.time import date_precision, find_times, interval_of
from wayout.extract.timing.timex import find_timexes
from wayout.text.english import parse_text

WRITTEN = date(2024, 5, 15)  # a Wednesday


def times(make_document, text, published=WRITTEN, at=None):
    document = make_document(text, published)
    return [(t.text, t.start, t.end, t.date_prec) for t in find_times(document, parse_text(text), at)]


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("Troops left on Sunday.", date(2024, 5, 12), date(2024, 5, 12), 1),
        ("It fell yesterday.", date(2024, 5, 14), date(2024, 5, 14), 1),
        ("It fell last week.", date(2024, 5, 6), date(2024, 5, 12), 3),
        ("They came three days ago.", date(2024, 5, 12), date(2024, 5, 12), 1),
        ("Shells fell on Tuesday night.", date(2024, 5, 14), date(2024, 5, 14), 1),
        ("It happened between 3 and 5 May.", date(2024, 5, 3), date(2024, 5, 5), 2),
        ("It held from May 3 to 5, 2019.", date(2019, 5, 3), date(2019, 5, 5), 2),
        ("In March 2022 it began.", date(2022, 3, 1), date(2022, 3, 31), 4),
        ("It happened in November.", date(2023, 11, 1), date(2023, 11, 30), 4),
        ("On 7 October 2023 they came.", date(2023, 10, 7), date(2023, 10, 7), 1),
        ("On Oct. 7, 2023 they came.", date(2023, 10, 7), date(2023, 10, 7), 1),
        ("The date was 2023-10-07.", date(2023, 10, 7), date(2023, 10, 7), 1),
        ("The date was 07/10/2023.", date(2023, 10, 7), date(2023, 10, 7), 1),
        ("They will leave on Friday.", date(2024, 5, 17), date(2024, 5, 17), 1),
        ("It began in 2019.", date(2019, 1, 1), date(2019, 12, 31), 5),
        ("They came in early May.", date(2024, 5, 1), date(2024, 5, 10), 4),
        ("They leave by the end of the year.", date(2024, 10, 2), date(2024, 12, 31), 5),
        ("It happened in the past two days.", date(2024, 5, 13), date(2024, 5, 15), 2),
    ],
)
def test_dates(make_document, text, start, end, precision):
    [(_, first, last, got)] = times(make_document, text)
    assert (first, last, got) == (start, end, precision)


def test_since_is_open_to_today_and_until_has_no_start(make_document):
    [(text, first, last, _)] = times(make_document, "It has been closed since 2023.")
    assert (text, first, last) == ("since 2023", date(2023, 1, 1), WRITTEN)
    [(_, first, last, _)] = times(make_document, "It stays closed until 3 June 2024.")
    assert (first, last) == (None, date(2024, 6, 3))


@pytest.mark.parametrize(
    "text",
    [
        "They may leave the town.",
        "May they leave?",
        "They march to the town.",
        "It lasted for three weeks.",
        "A second convoy left.",
        "Some 2000 fighters left.",
    ],
)
def test_no_date(make_document, text):
    assert times(make_document, text) == []


def test_without_a_day_of_writing_only_absolute_dates_count(make_document):
    text = "It fell yesterday, after the events of 3 May 2019."
    assert [t[0] for t in times(make_document, text, published=None)] == ["3 May 2019"]
    assert len(times(make_document, text, published=None, at=WRITTEN)) == 2


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2049, 12, 31)))
def test_a_written_date_is_read_back(day):
    text = f"It fell on {day.day} {day:%B %Y}."
    [timex] = find_timexes(parse_text(text), WRITTEN)
    assert interval_of(timex) == (day, day)


@given(st.dates(), st.integers(min_value=0, max_value=400))
def test_a_longer_interval_is_never_more_precise(first, days):
    from datetime import timedelta

    if first.year > 9997:
        return
    assert date_precision(first, first + timedelta(days=days)) <= date_precision(
        first, first + timedelta(days=days + 1)
    )
