"""Origins and training windows: every Monday, and only windows that were over."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayout.assess.backtesting.known import Record, outcomes, quiet_cells
from wayout.errors import InputError

STEP_DAYS = 7
FIRST_MONDAY = 4
"""1970-01-05, counted from 1970-01-01."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """
    What is tested: origins from ``first`` to ``last``, learning from ``learn_from`` on, events known to the day ``data_until``.

    All are days since 1970-01-01; ``data_until`` is the last day of the table: a window that goes beyond is not scored.
    """

    name: str
    learn_from: int
    first: int
    last: int
    data_until: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrainingWindows:
    """Origins to learn from, and what happened: ``happened`` and ``quiet`` have shape (origins, cells)."""

    origins: NDArray[np.int64]
    happened: NDArray[np.bool_]
    quiet: NDArray[np.bool_]


def mondays(first: int, last: int) -> NDArray[np.int64]:
    """
    List the Mondays from one day to another, both included.

    Examples
    --------
    >>> mondays(0, 18).tolist()
    [4, 11, 18]
    """
    return np.arange(first + (FIRST_MONDAY - first) % STEP_DAYS, last + 1, STEP_DAYS, dtype=np.int64)


def origins_of(period: Period, horizon: int) -> NDArray[np.int64]:
    """
    List the origins of a test whose windows end within the data.

    Raises
    ------
    InputError
        If there is none.
    """
    days = mondays(period.first, min(period.last, period.data_until + 1 - horizon))
    if not days.size:
        raise InputError(f"{period.name}: no Monday with {horizon} days of data after it; give an earlier first day")
    return days


def windows_over(record: Record, horizon: int, learn_from: int, day: int) -> TrainingWindows:
    """
    Return the windows that were over on a day, with their outcomes as they were known then.

    Parameters
    ----------
    record
        The events; those known on the day are looked at and no others.
    horizon
        Days.
    learn_from
        First day of learning.
    day
        The day.

    Returns
    -------
    windows
        Mondays whose window ended by the day.

    Raises
    ------
    InputError
        If there is none.
    """
    origins = mondays(learn_from, day - horizon)
    if not origins.size:
        raise InputError(f"nothing to learn from: no window of {horizon} days was over; begin learning earlier")
    own = record.known(day).of_party()
    return TrainingWindows(origins=origins, happened=outcomes(own, origins, horizon), quiet=quiet_cells(own, origins))
