"""From when on a report counts, and what is odd about its date."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from wayout.errors import NotFoundError
from wayout.model import Document, Miss

if TYPE_CHECKING:
    from wayout.casebook.table import Table

CLOCK_ZERO_YEAR = 1970
"""A date of the first day of 1970 is what a clock that was never set shows."""
FIRST_YEAR = 1800
"""Older than any report of a war in a newspaper's web archive: a mistyped year."""


def known_from(document: Document) -> datetime | None:
    """Return from when on a document is known: published, else retrieved; ``None``: nobody knows, it is known at no time."""
    moment = document.published or document.retrieved
    return None if moment is None else moment.astimezone(UTC)


def last_moment(at: datetime) -> datetime:
    """
    Return until when what was published belongs to a picture: a day without an hour counts whole (UTC), an hour is kept to.

    Reports mostly carry a day and no hour, and a zone that is wrong moves them by hours; a day is what they can be told apart by.

    Examples
    --------
    >>> last_moment(datetime(2024, 5, 1, tzinfo=UTC)).isoformat()
    '2024-05-01T23:59:59.999999+00:00'
    """
    moment = at.astimezone(UTC)
    return datetime.combine(moment.date(), time.max, tzinfo=UTC) if moment.time() == time.min else moment


def doubts_of_date(document: Document, today: datetime) -> Iterator[Miss]:
    """
    Tell what is odd about a document's date.

    Parameters
    ----------
    document
        The document.
    today
        The day it was added, aware.

    Yields
    ------
    miss
        That it is undated, dated in the future, or at a clock's zero; and by which rule it is used.
    """
    what = f"'{document.title or document.id}'"
    published = document.published
    if published is None:
        had = document.retrieved
        rule = (
            "left out of every picture"
            if had is None
            else f"counted from {had.astimezone(UTC):%Y-%m-%d}, when it was had"
        )
        yield Miss(what=what, why=f"is undated: it is {rule}; give its day with --at, or a date in the record")
        return
    day = f"{published.astimezone(UTC):%Y-%m-%d}"
    if published > last_moment(today):
        yield Miss(
            what=what,
            why=f"is dated {day}, after {today:%Y-%m-%d}, the day it was added: it counts from {day} on; check the date",
        )
    elif published.year < FIRST_YEAR or (published.year, published.month, published.day) == (CLOCK_ZERO_YEAR, 1, 1):
        yield Miss(
            what=what, why=f"is dated {day}, which looks like a clock's mistake: it is used as dated; check the date"
        )


def newest_day(table: "Table", today: datetime) -> datetime:
    """
    Return when the newest report was published that is not of a future day.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    published = table.documents["published"]
    past = published[published <= last_moment(today).timestamp()]
    if not len(past):
        raise NotFoundError(
            "the store holds no dated report; add some with 'wayout add SOURCE...', or say as of when with --at"
        )
    return datetime.fromtimestamp(float(past.max()), UTC)
