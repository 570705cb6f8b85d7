"""A row of a UCDP GED table: its title, its text and the day it could be known."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from wayout.errors import SourceError
from wayout.read.event_values import EventRow, check_days, check_numbers, end_of, read_coordinates, read_day
from wayout.vocab import read_vocab

IMPOSSIBLE_DAYS = "days of source_date that cannot be were left out; the row is dated by what is left"
DEATHS_CONTRADICT = (
    "low, best and high of the deaths contradict each other; they are read as a range from the least to the most"
)
_SEMICOLONS = re.compile(r"\s*;\s*")


def read_ucdp_row(cells: dict[str, str], told: Mapping[str, Any], latest: date | None) -> EventRow:
    """
    Read a row of UCDP GED.

    Parameters
    ----------
    cells
        Tidied values by our column names.
    told
        The format's entry of ``vocab/event_tables.yaml``.
    latest
        Last possible day; ``None`` if not known.

    Returns
    -------
    row
        ``published`` is the end of the last day of the event, or of the first plausible report's day after it: a day is over before
        what happened on it is known. Of ``source_date`` only days that are days are kept.

    Raises
    ------
    SourceError
        If the row cannot be: its days, coordinates, codes or counts.
    """
    start = read_day(cells.get("date_start", ""), "date_start")
    end = read_day(cells["date_end"], "date_end") if cells.get("date_end") else start
    check_days(start, end, told["begins"], latest)
    read_coordinates(cells)
    check_numbers(cells, told)
    if not cells.get("side_a") and not cells.get("side_b"):
        raise SourceError("it names neither side; give side_a and side_b")
    listed = cells.get("source_date", "")
    reported, n_impossible = possible_days(listed, told["begins"], latest)
    fields = dict(cells)
    fields["date_start"], fields["date_end"] = start.isoformat(), end.isoformat()
    fields["source_date"] = "; ".join(day.isoformat() for day in reported)
    for column, codes in told["unknown"].items():
        if fields.get(column) in codes:
            fields[column] = ""
    days = start.isoformat() if start == end else f"{start} to {end}"
    kind = told["kinds"][str(int(float(cells["type_of_violence"])))]
    fields["type_of_violence"] = str(int(float(cells["type_of_violence"])))
    sides = " - ".join(side for side in (cells.get("side_a"), cells.get("side_b")) if side)
    where = next((cells[c] for c in ("where_coordinates", "adm_2", "adm_1", "country") if cells.get(c)), "")
    title = ", ".join(part for part in (f"{sides}: {kind}", where, days) if part)
    notes: tuple[str, ...] = (IMPOSSIBLE_DAYS,) if n_impossible else ()
    if _deaths_contradict(cells):
        notes += (DEATHS_CONTRADICT,)
    return EventRow(title, fields, end_of(known_on(end, reported)), notes)


def possible_days(text: str, begins: date, latest: date | None) -> tuple[list[date], int]:
    """
    Read the days of a list of sources; ``source_date`` is dirty, and what is no possible day is left out.

    Parameters
    ----------
    text
        ISO days, separated by semicolons.
    begins, latest
        First and last possible day.

    Returns
    -------
    days, n_left_out
        In the list's order, each once; how many were left out.
    """
    found: dict[date, None] = {}
    n_left_out = 0
    for part in _SEMICOLONS.split(text):
        if not part:
            continue
        try:
            day = read_day(part, "source_date")
        except SourceError:
            n_left_out += 1
            continue
        if day >= begins and (latest is None or day <= latest):
            found[day] = None
        else:
            n_left_out += 1
    return list(found), n_left_out


def known_on(end: date, reported: list[date]) -> date:
    """
    Choose the day an event could be known.

    Parameters
    ----------
    end
        Its last day.
    reported
        Days of the sources that tell of it.

    Returns
    -------
    day
        The first of ``reported`` that is not before ``end`` nor implausibly late, else ``end``. A source dated before the end told
        of a part, or its date is wrong.
    """
    late = timedelta(days=int(read_vocab("event_tables.yaml")["latest_report_days"]))
    return min((day for day in reported if end <= day <= end + late), default=end)


def _deaths_contradict(cells: Mapping[str, str]) -> bool:
    """Tell whether the lowest number of deaths is above the best, or the best above the highest."""
    told = [int(float(cells[c])) for c in ("low", "best", "high") if cells.get(c)]
    return told != sorted(told)
