"""A page's date, only where a whole date was read: libraries fill a missing day with the first of the month."""

import re
from datetime import date


def whole_date(found: str | None, markup: str) -> date | None:
    """
    Take a date found by a library, unless its day was made up.

    A result that falls on the first of a month is only believed if the page's markup holds that very date in some
    written form: otherwise a bare year ("(c) 2004") or a month has been filled up, and "unknown" is the honest answer.

    Parameters
    ----------
    found
        ISO date, or ``None``.
    markup
        The page.

    Returns
    -------
    day
        The date, or ``None``.

    Examples
    --------
    >>> whole_date("2004-01-01", "<footer>(c) 2004 Example</footer>") is None
    True
    >>> whole_date("2004-01-01", "<time>January 1, 2004</time>")
    datetime.date(2004, 1, 1)
    """
    try:
        day = date.fromisoformat(found) if found else None
    except ValueError:
        return None
    if day is None or day.day != 1:
        return day
    year, month = f"{day.year}", f"0?{day.month}"
    short_year = f"(?:{year}|{day.year % 100:02d})"
    written = (
        rf"{year}[-/._]?{month}[-/._]?0?1(?!\d)"
        rf"|(?<!\d)0?1[-/. ]{{1,2}}{month}[-/. ]{{1,2}}{short_year}(?!\d)"
        rf"|(?<!\d){month}[-/]0?1[-/]{short_year}(?!\d)"
        rf"|(?<!\d)0?1(?:st|er|º|\.)?[\s,-](?:de\s)?[^\W\d]{{3,12}}\.?,?[\s-](?:de\s|del\s)?{short_year}(?!\d)"
        rf"|[^\W\d]{{3,12}}\.?\s0?1(?:st)?,?\s{year}(?!\d)"
        rf"|{year}年{month}月0?1日"
    )
    return day if re.search(written, markup) else None
