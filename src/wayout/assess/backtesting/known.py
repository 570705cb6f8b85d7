"""The record of one party's events on cells, and what of it was known on a day: a prefix, so the future cannot leak in."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayout.assess.backtesting.cells import Cells
from wayout.assess.backtesting.columns import EventColumns
from wayout.errors import InputError

WHERE_PREC, DATE_PREC = 3, 2
"""Events placed no worse than their district, dated to the week or better."""
QUIET_DAYS = 180
"""A cell without an event for this long is quiet; its next event is an onset."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Record:
    """
    Events in the order in which they became known.

    ``known_from``: the first day on which an event is known. ``cell`` is -1 outside the cells. ``is_party`` marks the party's own
    events; ``deaths``, ``violence`` as in :class:`EventColumns`; ``with_state`` that a government is the other side.
    Columns have one element an event.
    """

    cells: Cells
    known_from: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    cell: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    deaths: NDArray[np.float64]
    violence: NDArray[np.int64]
    is_party: NDArray[np.bool_]
    with_state: NDArray[np.bool_]

    def n_known(self, day: int) -> int:
        """Return how many of the events are known on a day: the first so many."""
        return int(np.searchsorted(self.known_from, day, side="right"))

    def known(self, day: int) -> "Record":
        """Return the record as it stood on a day."""
        return self.take(np.arange(self.n_known(day)))

    def take(self, which: NDArray[np.integer] | NDArray[np.bool_]) -> "Record":
        """Return the chosen events, in their order."""
        columns = {
            name: np.ascontiguousarray(getattr(self, name)[which])
            for name in self.__dataclass_fields__
            if name != "cells"
        }
        return Record(cells=self.cells, **columns)

    def of_party(self) -> "Record":
        """Return the party's own events."""
        return self.take(self.is_party)


def lay_on_cells(events: EventColumns, cells: Cells, party: str | None, *, by_source: bool = False) -> Record:
    """
    Lay events on cells and order them by when they became known.

    Parameters
    ----------
    events
        The table.
    cells
        The country's cells.
    party
        UCDP's name of the party (side A or B); ``None`` takes every event as its own.
    by_source
        Ask that a source was dated before the origin too, not only that the event was over.

    Returns
    -------
    record
        Events of :data:`WHERE_PREC` and :data:`DATE_PREC` or better; ties are ordered by content, not by their place in the file.

    Raises
    ------
    InputError
        If the party has no such event.
    """
    a, b = np.array(events.side_a, dtype=str), np.array(events.side_b, dtype=str)
    mine = np.ones(len(events), bool) if party is None else (a == party) | (b == party)
    fine = (events.where_prec <= WHERE_PREC) & (events.date_prec <= DATE_PREC)
    if not (mine & fine).any():
        raise InputError(
            f"the table has no event of {party!r} placed and dated well enough; give a side's name as it is in the table"
        )
    state = np.char.startswith(a, "Government of") | np.char.startswith(b, "Government of")
    known_from = np.maximum(events.end, events.source_day) + 1 if by_source else events.end + 1
    cell = cells.of_points(events.lon, events.lat)
    order = np.lexsort(
        (state, mine, events.violence, events.deaths, events.lat, events.lon, events.end, events.start, known_from)
    )
    order = order[fine[order]]
    return Record(
        cells=cells,
        known_from=known_from[order],
        start=events.start[order],
        end=events.end[order],
        cell=cell[order],
        lon=events.lon[order],
        lat=events.lat[order],
        deaths=events.deaths[order],
        violence=events.violence[order],
        is_party=mine[order],
        with_state=state[order],
    )


def outcomes(record: Record, origins: NDArray[np.int64], horizon: int) -> NDArray[np.bool_]:
    """Tell for each origin and cell whether an event of the record starts within the horizon (days), shape (origins, cells)."""
    return np.asarray(counts_between(record, origins, origins + horizon) > 0)


def quiet_cells(record: Record, origins: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell for each origin and cell whether no event started in the :data:`QUIET_DAYS` before, shape (origins, cells)."""
    return np.asarray(counts_between(record, origins - QUIET_DAYS, origins) == 0)


def counts_between(record: Record, first: NDArray[np.int64], beyond: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count the events that start from ``first`` to the day before ``beyond``, shape (windows, cells)."""
    n = len(record.cells)
    inside = record.cell >= 0
    start, cell = record.start[inside], record.cell[inside]
    found = np.empty((len(first), n), dtype=np.int64)
    for i, (a, b) in enumerate(zip(first, beyond, strict=True)):
        found[i] = np.bincount(cell[(start >= a) & (start < b)], minlength=n)
    return found
