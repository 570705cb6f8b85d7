from datetime import date

import pytest

from wayout.errors import SourceError
from wayout.read.event_values import check_days, read_coordinates, read_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019-05-08", date(2019, 5, 8)),
        ("2019-5-8", date(2019, 5, 8)),
        ("2019-05-08 00:00:00.000", date(2019, 5, 8)),
        ("2019-05-08T23:30:00+14:00", date(2019, 5, 8)),
        ("2019-05-08T00:30:00-12:00", date(2019, 5, 8)),
        ("08 May 2019", date(2019, 5, 8)),
        ("8-May-2019", date(2019, 5, 8)),
    ],
)
def test_the_day_as_written_counts_whatever_clock_or_zone_stands_beside_it(text, day):
    assert read_day(text, "event_date") == day


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("08/05/19", "two digits"),
        ("8-May-19", "two digits"),
        ("08/05/2019", "day or month first"),
        ("2019-02-30", "calendar"),
        ("0000-01-01", "calendar"),
        ("yesterday", "no day"),
        ("", "no day"),
    ],
)
def test_what_is_no_day_or_several_is_refused_with_the_reason(text, why):
    with pytest.raises(SourceError, match=why):
        read_day(text, "event_date")


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        (date(2019, 5, 8), date(2019, 5, 7), "before it starts"),
        (date(1970, 1, 1), date(1970, 1, 1), "before 1989"),
        (date(1, 1, 1), date(2019, 1, 1), "before 1989"),
        (date(2019, 5, 8), date(2019, 5, 12), "future"),
    ],
)
def test_days_that_cannot_be_are_refused(start, end, why):
    with pytest.raises(SourceError, match=why):
        check_days(start, end, date(1989, 1, 1), date(2019, 5, 11))


def test_without_a_clock_no_day_is_in_the_future():
    check_days(date(2090, 1, 1), date(2090, 1, 1), date(1989, 1, 1), None)


@pytest.mark.parametrize(
    ("latitude", "longitude", "why"),
    [
        ("95", "40", "off the globe"),
        ("34", "-181", "off the globe"),
        ("", "40", "no number"),
        ("nan", "40", "off"),
        ("0", "0.0", "not known"),
    ],
)
def test_a_place_that_cannot_be_is_refused(latitude, longitude, why):
    with pytest.raises(SourceError, match=why):
        read_coordinates({"latitude": latitude, "longitude": longitude})
