"""Events as columns: what a back-test needs of a UCDP table, parsed and checked once."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wayout.errors import InputError

LATEST_SOURCE_DAYS = 366
"""A source dated more than a year after the event is taken for a slip of the pen (years are off in the files)."""
NEEDED = ("date_start", "date_end", "latitude", "longitude", "where_prec", "date_prec", "side_a", "side_b")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EventColumns:
    """
    Events, one an element: days since 1970-01-01, degrees, precisions, sides.

    ``source_day`` is the first plausible day a source reported it (``end`` where none is given); ``deaths`` the best estimate;
    ``violence`` UCDP's type (1 state-based, 2 non-state, 3 one-sided). ``refused``: one line for each row that could not be used.
    """

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    source_day: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    where_prec: NDArray[np.int64]
    date_prec: NDArray[np.int64]
    deaths: NDArray[np.float64]
    violence: NDArray[np.int64]
    side_a: tuple[str, ...]
    side_b: tuple[str, ...]
    refused: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Return the number of events."""
        return int(self.start.size)


def event_columns(rows: Iterable[Mapping[str, str]]) -> EventColumns:
    """
    Parse rows of a UCDP GED table.

    Parameters
    ----------
    rows
        Field name to text, as a CSV reader gives them.

    Returns
    -------
    events
        What could be used; the rest is told in ``refused``.

    Raises
    ------
    InputError
        If the table has no rows, lacks a field, or none of its rows can be used.

    References
    ----------
    Sundberg and Melander (2013), https://doi.org/10.1177/0022343313484347
    """
    numbers: list[tuple[float, ...]] = []
    sides: list[tuple[str, str]] = []
    refused: list[str] = []
    n_rows = 0
    for n_rows, row in enumerate(rows, 1):
        if n_rows == 1 and (missing := [name for name in NEEDED if name not in row]):
            raise InputError(f"the event table lacks the field {missing[0]}; give a UCDP GED table with its header")
        try:
            numbers.append(_numbers(row))
        except ValueError as reason:
            refused.append(f"row {n_rows}: {reason}")
            continue
        sides.append((row["side_a"], row["side_b"]))
    if not numbers:
        raise InputError(f"none of the {n_rows} rows of the event table can be used; give a UCDP GED table")
    table = np.array(numbers)
    whole = table[:, :6].astype(np.int64)
    return EventColumns(
        start=whole[:, 0],
        end=whole[:, 1],
        source_day=whole[:, 2],
        where_prec=whole[:, 3],
        date_prec=whole[:, 4],
        violence=whole[:, 5],
        lon=table[:, 6],
        lat=table[:, 7],
        deaths=table[:, 8],
        side_a=tuple(a for a, _ in sides),
        side_b=tuple(b for _, b in sides),
        refused=tuple(refused),
    )


def day_of(text: str) -> int:
    """
    Return the day of an ISO date (a time after it is passed over), counted from 1970-01-01.

    Raises
    ------
    ValueError
        If the text does not begin with a date of the calendar.

    Examples
    --------
    >>> day_of("1970-01-05 00:00:00.000")
    4
    """
    return date.fromisoformat(text.strip()[:10]).toordinal() - _EPOCH


def source_day(text: str, start: int, end: int) -> int:
    """
    Return the first plausible day among the dates of sources; ``end`` where there is none.

    Parameters
    ----------
    text
        Dates in any number, parted by anything (``"2016-02-30;2016-03-02"``); those not in the calendar are dropped, and those
        before ``start`` or more than :data:`LATEST_SOURCE_DAYS` after ``end``.
    start, end
        Days of the event.

    Examples
    --------
    >>> source_day("2015-01-03;1970-01-08", start=4, end=4)
    7
    """
    found = []
    for word in _ISO.findall(text):
        try:
            found.append(day_of(word))
        except ValueError:
            continue
    plausible = [day for day in found if start <= day <= end + LATEST_SOURCE_DAYS]
    return min(plausible, default=end)


def _numbers(row: Mapping[str, str]) -> tuple[float, ...]:
    start, end = day_of(row["date_start"]), day_of(row["date_end"])
    if end < start:
        raise ValueError(f"it ends ({row['date_end']}) before it starts ({row['date_start']})")
    lon, lat = float(row["longitude"]), float(row["latitude"])
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        raise ValueError(f"longitude {row['longitude']}, latitude {row['latitude']} are not on Earth")
    told = source_day(row.get("source_date") or "", start, end)
    where, when = int(float(row["where_prec"])), int(float(row["date_prec"]))
    deaths = float(row.get("best") or 0)
    if not math.isfinite(deaths):
        raise ValueError(f"the best estimate of deaths is {row['best']}")
    return start, end, told, where, when, int(row.get("type_of_violence") or 0), lon, lat, deaths
