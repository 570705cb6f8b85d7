"""Calendar arithmetic."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.extract.timing.calendar_arithmetic import (
    add_days,
    add_months,
    easter,
    islamic_day,
    islamic_near,
    last_of_month,
    weekday_near,
    year_nearest,
)


@pytest.mark.parametrize(
    ("year", "day"), [(2019, date(2019, 4, 21)), (2024, date(2024, 3, 31)), (2011, date(2011, 4, 24))]
)
def test_easter(year, day):
    assert easter(year) == day


@pytest.mark.parametrize(
    ("year", "month", "day"), [(1445, 9, date(2024, 3, 11)), (1444, 10, date(2023, 4, 21)), (1446, 1, date(2024, 7, 8))]
)
def test_islamic_months_begin_within_a_day_of_the_sighted_ones(year, month, day):
    assert abs((islamic_day(year, month, 1) - day).days) <= 1


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)), st.sampled_from([-1, 0, 1]))
def test_the_nearest_feast_is_at_most_a_lunar_year_away(reference, direction):
    days = (islamic_near(reference, 9, 1, direction=direction) - reference).days
    assert abs(days) <= (355 if direction else 178)
    assert days * direction >= 0


@given(st.dates(), st.integers(0, 6), st.booleans(), st.booleans())
def test_a_weekday_is_at_most_a_week_away(reference, weekday, future, other):
    if not date(2, 1, 1) < reference < date(9998, 1, 1):
        return
    day = weekday_near(reference, weekday, future=future, other=other)
    assert day.weekday() == weekday
    assert abs((day - reference).days) <= 7


@given(st.dates(), st.integers(-200000, 200000))
def test_shifts_stay_in_the_calendar(day, n):
    assert add_months(day, n).day == 1
    assert date.min <= add_days(day, n * 1000) <= date.max
    assert last_of_month(day.year, day.month) - day < timedelta(days=31)


def test_a_day_without_a_year_is_the_nearest_that_its_tense_allows():
    written = date(2024, 11, 1)
    assert year_nearest(written, 11, 16, direction=0) == 2024
    assert year_nearest(written, 11, 16, direction=-2) == 2023
    assert year_nearest(written, 3, 31, direction=-1) == 2024
    assert year_nearest(written, 3, 31, direction=1) == 2025
