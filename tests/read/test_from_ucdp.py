from datetime import UTC, date, datetime

import pytest

from wayout.read.from_ucdp import known_on, possible_days


def test_a_row_becomes_a_report_known_when_its_day_is_over(events):
    (document,), misses = events.read(events.ucdp({"source_date": ""}))
    assert not misses
    assert document.source.name == "UCDP GED"
    assert document.source.reliability == "F"
    assert document.published == datetime(2019, 5, 2, 23, 59, 59, tzinfo=UTC)
    assert (
        document.title
        == "Government of Arva - Hill Front: state-based violence, Tall Brook town, 2019-05-01 to 2019-05-02"
    )
    assert document.text.startswith(document.title)
    assert "\n\nbest: 4\n\n" in document.text


def test_it_is_known_from_the_first_plausible_report_after_its_end(events):
    (document,), _ = events.read(events.ucdp({"source_date": "2019-05-01; 2019-05-09;2019-05-04"}))
    assert document.published.date() == date(2019, 5, 4)


@pytest.mark.parametrize(
    ("text", "days", "n"),
    [
        ("2019-05-03;2019-05-03", [date(2019, 5, 3)], 0),
        ("2019-05-03; 2109-05-03", [date(2019, 5, 3)], 1),
        ("n/a;1970-01-01;03/05/19", [], 3),
        ("", [], 0),
    ],
)
def test_dates_of_sources_that_cannot_be_are_left_out_and_counted(text, days, n):
    assert possible_days(text, date(1989, 1, 1), date(2020, 1, 1)) == (days, n)


def test_a_report_years_later_is_more_often_a_slip():
    assert known_on(date(2016, 1, 1), [date(2015, 1, 1), date(2019, 1, 1)]) == date(2016, 1, 1)


def test_what_was_set_right_is_said_once_for_the_table(events):
    bad = {"source_date": "2109-01-01"}
    documents, misses = events.read(events.ucdp(bad, {}, bad), retrieved=datetime(2020, 1, 1, tzinfo=UTC))
    assert len(documents) == 3
    assert [m.what for m in misses] == ["file rows 2, 4"]
    assert "left out" in misses[0].why


def test_deaths_that_contradict_each_other_keep_the_row_and_are_told(events):
    documents, (miss,) = events.read(events.ucdp({"low": "5", "best": "4"}))
    assert len(documents) == 1
    assert "contradict" in miss.why


def test_a_number_of_sources_that_is_not_known_leaves_no_line(events):
    (document,), _ = events.read(events.ucdp({"number_of_sources": "-1"}))
    assert "number_of_sources" not in document.text
