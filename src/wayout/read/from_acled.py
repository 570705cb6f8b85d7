"""A row of an ACLED table (the user's own file): its title, its text and the day it could be known."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wayout.errors import SourceError
from wayout.read.event_values import EventRow, check_days, check_numbers, end_of, read_coordinates, read_day


def read_acled_row(cells: dict[str, str], told: Mapping[str, Any], latest: date | None) -> EventRow:
    """
    Read a row of ACLED.

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
        ``published`` is the end of the event's day: the table does not tell when its sources reported, and the data set's own
        ``timestamp`` is the day of the last correction.

    Raises
    ------
    SourceError
        If the row cannot be: its day, coordinates, codes or counts, or a sub-event type that the codebook does not have.
    """
    day = read_day(cells.get("event_date", ""), "event_date")
    check_days(day, day, told["begins"], latest)
    read_coordinates(cells)
    check_numbers(cells, told)
    kind = told["also_called"].get(cells.get("sub_event_type", ""), cells.get("sub_event_type", ""))
    if kind not in told["claims"]:
        raise SourceError(f"sub_event_type {kind!r} is none of ACLED's 25; mend it or give a newer export")
    if not cells.get("actor1"):
        raise SourceError("it names no actor1; give one")
    fields = {**cells, "event_date": day.isoformat(), "sub_event_type": kind}
    sides = " - ".join(side for side in (cells["actor1"], cells.get("actor2")) if side)
    where = next((cells[c] for c in ("location", "admin3", "admin2", "admin1", "country") if cells.get(c)), "")
    title = ", ".join(part for part in (f"{sides}: {kind}", where, day.isoformat()) if part)
    return EventRow(title, fields, end_of(day))
