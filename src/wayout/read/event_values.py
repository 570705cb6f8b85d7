"""Check the values of an event table's row: days, places, counts; what cannot be so is refused by name, with the value."""

import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from wayout.errors import SourceError

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_WORDS = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})\.?[ -](\d{4})")
_TWO_DIGITS = re.compile(r"\d{1,2}[ ./-](?:\d{1,2}|[A-Za-z]{3,9})[ ./-]\d{2}")
_SLASHES = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{4}(?:\s.*)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_END_OF_DAY = time(23, 59, 59, tzinfo=UTC)


class EventRow(NamedTuple):
    """What a row tells: a title, the values by column, when it could be known, and what was set right (kinds, for a summary)."""

    title: str
    fields: dict[str, str]
    published: datetime
    notes: tuple[str, ...] = ()


def read_day(text: str, column: str) -> date:
    """
    Read a day as an event table writes it.

    An ISO day (with a clock time and zone or without: the day as written counts, for it is the day at the event) or "10 May
    2024". Other forms are refused: "03/04/19" has no century, "03/04/2019" no order.

    Parameters
    ----------
    text
        The cell.
    column
        Its column, for the error.

    Returns
    -------
    day
        The calendar day.

    Raises
    ------
    SourceError
        If it is no day, or could be several.
    """
    found = _ISO.fullmatch(text)
    if found:
        parts = int(found[1]), int(found[2]), int(found[3])
    elif (found := _WORDS.fullmatch(text)) and found[2][:3].casefold() in _MONTHS:
        parts = int(found[3]), _MONTHS.index(found[2][:3].casefold()) + 1, int(found[1])
    elif _TWO_DIGITS.fullmatch(text):
        raise SourceError(f"{column} {text!r} has a year of two digits; write four")
    elif _SLASHES.fullmatch(text):
        raise SourceError(f"{column} {text!r} may be day or month first; write 2019-05-08")
    else:
        raise SourceError(f"{column} {text!r} is no day; write 2019-05-08")
    try:
        return date(*parts)
    except ValueError:
        raise SourceError(f"{column} {text!r} is no day of the calendar; mend it") from None


def check_days(start: date, end: date, begins: date, latest: date | None) -> None:
    """
    Raise a SourceError if days cannot be those of an event.

    Parameters
    ----------
    start, end
        First and last day.
    begins
        First day the data set covers: an earlier one is a clock that was not set (1970-01-01) or an empty value (0001-01-01).
    latest
        Last day that has begun anywhere on earth when the table was read; ``None`` if not known.
    """
    if end < start:
        raise SourceError(f"it ends on {end}, before it starts on {start}; mend the days")
    if start < begins:
        raise SourceError(f"its day {start} lies before {begins}, where the data set begins; mend it")
    if latest is not None and end > latest:
        raise SourceError(f"its day {end} lies in the future; mend it")


def read_coordinates(cells: Mapping[str, str]) -> None:
    """
    Check latitude and longitude.

    Parameters
    ----------
    cells
        Values by column.

    Raises
    ------
    SourceError
        If either is missing, no number, or off the globe. The point 0, 0 is refused too: it stands for "not known".
    """
    point = {}
    for column, limit in (("latitude", 90.0), ("longitude", 180.0)):
        text = cells.get(column, "")
        try:
            value = float(text)
        except ValueError:
            raise SourceError(f"{column} {text!r} is no number of degrees; mend it") from None
        if not math.isfinite(value) or abs(value) > limit:
            raise SourceError(f"{column} {text} is off the globe (at most {limit:.0f} degrees); mend it")
        point[column] = value
    if point["latitude"] == point["longitude"] == 0.0:
        raise SourceError("it lies at 0, 0, which stands for a place that is not known; give its coordinates")


def check_numbers(cells: Mapping[str, str], told: Mapping[str, Any]) -> None:
    """
    Check codes and counts.

    Parameters
    ----------
    cells
        Values by column; a missing one is unknown and passes.
    told
        The format's entry of ``vocab/event_tables.yaml``.

    Raises
    ------
    SourceError
        If a code is outside its list, or a count is below zero or no whole number.
    """
    for column, (low, high) in told["whole_numbers"].items():
        value = _whole(cells, column)
        if value is not None and not low <= value <= high:
            raise SourceError(f"{column} {value} is no code of the codebook ({low} to {high}); mend it")
    for column in told["counts"]:
        value = _whole(cells, column)
        if value is not None and value < 0:
            raise SourceError(f"{column} {value} is below zero; mend it")


def _whole(cells: Mapping[str, str], column: str) -> int | None:
    text = cells.get(column, "")
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        raise SourceError(f"{column} {text!r} is no number; mend it") from None
    if not math.isfinite(value) or value != int(value):
        raise SourceError(f"{column} {text} is no whole number; mend it")
    return int(value)


def end_of(day: date) -> datetime:
    """Return the last second of a day, UTC: what happened on a day is known when the day is over, never before."""
    return datetime.combine(day, _END_OF_DAY)
