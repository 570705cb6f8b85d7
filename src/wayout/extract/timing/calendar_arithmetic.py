"""Days, weeks and months as TimeML values; the moving feasts."""

from datetime import date, timedelta

ISLAMIC_EPOCH = 1948440
"""Julian day number of 1 Muharram 1 AH (civil), as in Reingold and Dershowitz."""
DAY_ZERO = 1721425
"""Julian day number of the day before 0001-01-01 in Python's (proleptic Gregorian) calendar, so ordinal 0."""

CLOSE_AHEAD = 75
"""Days ahead within which a writer would give the year of a day a year back: "extended to 16 November"; a convention."""


def add_months(day: date, n: int) -> date:
    """Return the first day of the month ``n`` months away, within the years 1 to 9999."""
    index = min(max(day.year * 12 + day.month - 1 + n, 12), 9999 * 12 + 11)
    return date(index // 12, index % 12 + 1, 1)


def add_days(day: date, n: float) -> date:
    """Return the day ``n`` days away, kept within the calendar's years 1 to 9999."""
    ordinal = day.toordinal() + round(n)
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


def month_value(year: int | None, month: int) -> str:
    """Write a month as ``YYYY-MM``; an unknown year as ``XXXX``."""
    return f"XXXX-{month:02d}" if year is None else f"{year:04d}-{month:02d}"


def quarter_of(day: date) -> int:
    """Return the quarter (1-4) of a day."""
    return (day.month - 1) // 3 + 1


def week_value(day: date) -> str:
    """Write the ISO week of a day as ``YYYY-Www``."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


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
        return reference if not other else add_days(reference, 7 if future else -7)
    return add_days(reference, 7 - back if future else -back)


def year_near(reference: date, month: int, *, direction: int) -> int:
    """
    Return the year of a month named without one.

    Parameters
    ----------
    reference
        The day of writing.
    month
        1 to 12.
    direction
        -1 the last such month, 1 the next, 0 the next if it begins within three months, else the last.
    """
    ahead = (month - reference.month) % 12
    if direction > 0 or (direction == 0 and ahead <= 3):
        return reference.year + (month < reference.month)
    return reference.year - (month > reference.month)


def year_nearest(reference: date, month: int, day: int, *, direction: int) -> int:
    """
    Return the year of a day and month named without one.

    Parameters
    ----------
    reference
        The day of writing.
    month, day
        The day named.
    direction
        1 the next such day, 0 the nearest, -1 (a past tense) the last unless the next is close, -2 the last.
    """

    def distance(year: int) -> int:
        return (date(year, month, min(day, 28)) - reference).days

    years = [y for y in (reference.year - 1, reference.year, reference.year + 1) if 1 <= y <= 9999]
    if direction > 0:
        years = [y for y in years if distance(y) >= 0] or years
    elif direction < 0:
        close = 0 if direction < -1 else CLOSE_AHEAD
        years = [y for y in years if distance(y) <= close] or years
    return min(years, key=lambda y: (abs(distance(y)), y))


def last_of_month(year: int, month: int) -> date:
    """Return the last day of a month."""
    following = add_months(date(year, month, 1), 1)
    return date.max if following == date(year, month, 1) else following - timedelta(days=1)


def same_day(month: date, day: int) -> date:
    """Return that day of a month (given by its first day), or its last day where it is shorter."""
    return date(month.year, month.month, min(day, last_of_month(month.year, month.month).day))


def easter(year: int) -> date:
    """
    Return Western Easter Sunday (anonymous Gregorian algorithm).

    References
    ----------
    Meeus, J. (1991). Astronomical Algorithms, ch. 8.
    """
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def islamic_day(year: int, month: int, day: int) -> date:
    """
    Return a day of the tabular Islamic calendar; the moon sighted may differ by a day or two.

    References
    ----------
    Reingold, E., Dershowitz, N. (2018). Calendrical Calculations, ch. 7.
    """
    julian = day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30 + ISLAMIC_EPOCH - 1
    return date.fromordinal(julian - DAY_ZERO)


def islamic_near(reference: date, month: int, day: int, *, direction: int) -> date:
    """Return the nearest such Islamic day; with a direction the last or the next."""
    about = round((reference.year - 622) * 33 / 32)
    days = [islamic_day(y, month, day) for y in range(max(1, about - 2), about + 4)]
    if direction:
        side = [d for d in days if (d - reference).days * direction >= 0]
        days = side or days
    return min(days, key=lambda d: (abs((d - reference).days), d))
