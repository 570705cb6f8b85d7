"""Days, weeks and months as TimeML values."""

from datetime import date, timedelta


def add_months(day: date, n: int) -> date:
    """Return the first day of the month ``n`` months away."""
    index = day.year * 12 + day.month - 1 + n
    return date(index // 12, index % 12 + 1, 1)


def month_value(year: int | None, month: int) -> str:
    """Write a month as ``YYYY-MM``; an unknown year as ``XXXX``."""
    return f"{'XXXX' if year is None else year}-{month:02d}"


def quarter_of(day: date) -> int:
    """Return the quarter (1-4) of a day."""
    return (day.month - 1) // 3 + 1


def week_value(day: date) -> str:
    """Write the ISO week of a day as ``YYYY-Www``."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def weekday_near(reference: date, weekday: int, *, future: bool, other: bool) -> date:
    """
    Return the nearest such weekday before (or after) the reference day.

    Parameters
    ----------
    reference
        The day of writing.
    weekday
        0 is Monday.
    future
        Look ahead instead of back.
    other
        The reference day itself is not meant ("last Sunday").

    Returns
    -------
    day
        At most a week away.
    """
    back = (reference.weekday() - weekday) % 7
    if back == 0:
        return reference if not other else reference + timedelta(days=7 if future else -7)
    return reference + timedelta(days=7 - back) if future else reference - timedelta(days=back)


def year_near(reference: date, month: int, *, future: bool) -> int:
    """Return the year of a month named without one: the last such month, or with a future verb the next."""
    if future:
        return reference.year + (month < reference.month)
    return reference.year - (month > reference.month)


def last_of_month(year: int, month: int) -> date:
    """Return the last day of a month."""
    return add_months(date(year, month, 1), 1) - timedelta(days=1)
