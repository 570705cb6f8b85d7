"""Turn time expressions into days: first, last, and how precise (UCDP ``date_prec``)."""

import re
from datetime import date, timedelta
from typing import Any

from wayout.extract.calendar_arithmetic import last_of_month
from wayout.extract.timex import Timex, find_timexes
from wayout.model import Document, TimeValue
from wayout.vocab import read_vocab

DAYS_OF_LONG = 180
"""From this length on "early" and "late" mean a quarter, not a third: a convention."""
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_OPEN = {"since": "start", "until": "end", "till": "end"}
Interval = tuple[date, date]


def find_times(document: Document, parsed: Any, at: date | None) -> tuple[TimeValue, ...]:
    """
    Find the dates a document speaks of.

    Parameters
    ----------
    document
        The document; relative expressions count from the day it was published.
    parsed
        Its spaCy ``Doc``.
    at
        Used instead where the document carries no date.

    Returns
    -------
    times
        In text order. Pure durations ("for three weeks") and expressions that cannot be dated are left out;
        "since X" is open to the reference day, "until X" has no start.

    References
    ----------
    Sundberg, R., Melander, E. (2013). Introducing the UCDP Georeferenced Event Dataset. JPR 50, 523-532 (``date_prec``).
    """
    reference = document.published.date() if document.published is not None else at
    found = []
    for timex in find_timexes(parsed, reference):
        interval = interval_of(timex)
        if interval is not None:
            found.append(_time_value(document, parsed, timex, interval, reference))
    return tuple(found)


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


def _whole(value: str) -> Interval | None:
    value = value.split("T")[0]
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return day, day
    if match := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return monday + timedelta(days=5 if match[3] else 0), monday + timedelta(days=6)
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


def date_precision(first: date, last: date) -> int:
    """Return UCDP's class: 1 a day, 2 two to six days, 3 a week, 4 a month, 5 longer."""
    days = (last - first).days + 1
    return 1 if days <= 1 else 2 if days <= 6 else 3 if days == 7 else 4 if days <= 31 else 5


def _time_value(document: Document, parsed: Any, timex: Timex, interval: Interval, reference: date | None) -> TimeValue:
    first: date | None
    last: date | None
    first, last = interval
    precision = date_precision(first, last)
    start = timex.start
    span = parsed.char_span(timex.start, timex.end, alignment_mode="expand")
    before = parsed[span.start - 1] if span is not None and span.start else None
    side = _OPEN.get(before.lower_) if before is not None else None
    if side is not None and before is not None:
        start = before.idx
        first, last = (first, reference) if side == "start" else (None, last)
        precision = 5 if first is None or last is None else date_precision(first, max(first, last))
    whole = document.span(start, timex.end)
    return TimeValue(text=document.quote(whole), span=whole, start=first, end=last, date_prec=precision)
