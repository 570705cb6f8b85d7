import pytest

from wayout.assess.backtesting.columns import day_of, event_columns, source_day
from wayout.errors import InputError

ROW = {
    "date_start": "2016-01-02",
    "date_end": "2016-01-03 00:00:00.000",
    "latitude": "34.8",
    "longitude": "36.7",
    "where_prec": "1",
    "date_prec": "1",
    "side_a": "IS",
    "side_b": "Civilians",
    "source_date": "1066-01-01;2016-01-09; 2016-13-40",
    "best": "4",
    "type_of_violence": "3",
}


def test_a_row_becomes_days_degrees_and_sides():
    events = event_columns([ROW])
    assert (events.start[0], events.end[0]) == (day_of("2016-01-02"), day_of("2016-01-03"))
    assert events.source_day[0] == day_of("2016-01-09")
    assert (events.lon[0], events.lat[0], events.deaths[0], events.side_a) == (36.7, 34.8, 4.0, ("IS",))


@pytest.mark.parametrize(
    ("text", "day"),
    [("", 10), ("1970-01-01", 10), ("1970-01-12", 11), ("1970-01-14;1970-01-12", 11), ("1975-01-01", 10), ("x", 10)],
)
def test_impossible_dates_of_sources_are_dropped(text, day):
    assert source_day(text, 9, 10) == day


@pytest.mark.parametrize(
    "change",
    [{"date_start": "soon"}, {"date_end": "2015-01-01"}, {"latitude": "95"}, {"longitude": ""}, {"best": "nan"}],
)
def test_a_row_that_cannot_be_used_is_told_and_the_others_kept(change):
    events = event_columns([ROW, ROW | change])
    assert len(events) == 1
    assert events.refused[0].startswith("row 2: ")


def test_no_rows_and_no_field_are_errors():
    with pytest.raises(InputError, match="none of the 0 rows"):
        event_columns([])
    with pytest.raises(InputError, match="where_prec"):
        event_columns([{k: v for k, v in ROW.items() if k != "where_prec"}])
