"""The first and last day of a TIMEX3 value."""

import re
from datetime import date, timedelta

from wayout.extract.timing.calendar_arithmetic import add_days, last_of_month
from wayout.extract.timing.timex import Timex
from wayout.vocab import read_vocab

DAYS_OF_LONG = 180
"""From this length on "early" and "late" mean a quarter, not a third: a convention."""
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
Interval = tuple[date, date]


def interval_of(timex: Timex) -> Interval | None:
    """
    Return the first and last day of a valued expression.

    Parameters
    ----------
    timex
        A time expression.

    Returns
    -------
    interval
        ``None`` for durations, repeated times and unknown values.
    """
    if timex.part and timex.last and _ISO_DAY.fullmatch(timex.part):
        return date.fromisoformat(timex.part), date.fromisoformat(timex.last)
    if timex.kind in ("DURATION", "SET") or "X" in timex.value:
        return None
    whole = _whole(timex.value)
    if whole is None:
        return None
    if timex.last is not None:
        last = _whole(timex.last)
        return (whole[0], last[1]) if last else whole
    return _part(whole, timex.part)


def side_of(days: Interval, part: str | None, reference: date | None) -> Interval:
    """Cut "earlier this year" and "later this week" at the day of writing."""
    if reference is None or not days[0] <= reference <= days[1]:
        return days
    if part == "SO_FAR":
        return days[0], reference
    return (reference, days[1]) if part == "TO_COME" else days


def _whole(value: str) -> Interval | None:
    value = value.split("T")[0]
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return day, day
    if match := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return add_days(monday, 5 if match[3] else 0), add_days(monday, 6)
    if match := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return date(int(match[1]), int(match[2]), 1), last_of_month(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"(\d{4})-([QH])(\d)", value):
        length = 3 if match[2] == "Q" else 6
        end = int(match[3]) * length
        return (date(int(match[1]), end - length + 1, 1), last_of_month(int(match[1]), end)) if end <= 12 else None
    if match := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        first, last = read_vocab("time_words.yaml")["season_months"][match[2]]
        return date(int(match[1]), first, 1), last_of_month(int(match[1]) + (last < first), last)
    if re.fullmatch(r"\d{4}", value):
        return date(int(value), 1, 1), date(int(value), 12, 31)
    if re.fullmatch(r"[12]\d", value):
        return date(int(value) * 100, 1, 1), date(int(value) * 100 + 99, 12, 31)
    if re.fullmatch(r"\d{3}", value):
        return date(int(value) * 10, 1, 1), date(int(value) * 10 + 9, 12, 31)
    return None


def _part(whole: Interval, part: str | None) -> Interval:
    """Return the first, middle or last third of an interval (quarter of a year or longer)."""
    days = (whole[1] - whole[0]).days + 1
    share = days // (3 if days < DAYS_OF_LONG else 4)
    if part == "START":
        return whole[0], whole[0] + timedelta(days=share - 1)
    if part == "END":
        return whole[1] - timedelta(days=share - 1), whole[1]
    if part == "MID":
        return whole[0] + timedelta(days=share), whole[1] - timedelta(days=share)
    return whole
