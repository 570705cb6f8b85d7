"""The date at the top of a plain text, if there is an unmistakable one."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from wayout.vocab import read_vocab

HEAD_LINES = 6
"""Title, standfirst, byline, place and date stand within the first lines; later dates belong to the story."""

MAX_DATE_LINE_CHARACTERS = 120
"""A line that only says when (with place, agency, author) is short."""

EARLIEST_YEAR, LATEST_YEAR = 1900, 2099
"""Years outside are numbers of something else."""


def find_dateline(paragraphs: Sequence[str]) -> date | None:
    """
    Find the day a text says it was published, in its first lines only.

    Three forms count: a line that holds nothing but a full date (with weekday, time, a label such as "Published" or a
    byline); a labelled date; and an agency dateline with a year ("NAIROBI, 3 May 2020 (Agency) -"). All must agree. A date
    in a sentence, a date without year, and numeric dates whose order is open (3/5/2020) do not count. A label that
    speaks of an update does not count either.

    Parameters
    ----------
    paragraphs
        Tidied paragraphs from the top of the text.

    Returns
    -------
    day
        The date, or ``None`` when there is none or two differ.

    Examples
    --------
    >>> find_dateline(["Convoy leaves", "Published: Tuesday, 3 March 2020, 14:05 GMT"])
    datetime.date(2020, 3, 3)
    >>> find_dateline(["On 3 March 2020 the convoy left for the north."]) is None
    True
    """
    forms = _forms()
    days: set[date] = set()
    for line in paragraphs[:HEAD_LINES]:
        matches = [forms.agency.match(line[:MAX_DATE_LINE_CHARACTERS]), *_date_line(line, forms)]
        days |= {day for m in matches if m and (day := _day(m)) is not None}
    return days.pop() if len(days) == 1 else None


class _Forms:
    """The compiled patterns; made once."""

    def __init__(self) -> None:
        words = read_vocab("datelines.yaml")
        months = _any(name for names in words["months"].values() for name in names)
        weekdays = _any(name for names in words["weekdays"] for name in names)
        full = (
            rf"(?:(?P<y1>\d{{4}})-(?P<m1>\d\d)-(?P<d1>\d\d)(?!\d)"
            rf"|(?P<y5>\d{{4}})/(?P<m5>\d\d)/(?P<d5>\d\d)(?!\d)"
            rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?\s(?:de\s|of\s)?(?P<m2>{months})\.?,?\s(?:de\s|del\s)?(?P<y2>\d{{4}})(?!\d)"
            rf"|(?P<m3>{months})\.?\s(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y3>\d{{4}})(?!\d)"
            rf"|(?P<d4>\d{{1,2}})\.(?P<m4>\d{{1,2}})\.(?P<y4>\d{{4}})(?!\d))"
        )
        clock = r"(?:[\sT,|@•·–-]{0,5}(?:at\s|à\s|um\s)?\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\.\d+)?\s?(?:[ap]\.?m\.?)?\s?(?:Z|[A-Z]{2,4}|[+-]\d{2}:?\d{2}|Uhr)?)?"
        published, updated = _any(words["published_labels"]), _any(words["updated_labels"])
        byline = rf"(?:(?:{_any(words['byline_labels'])})\s[^\d|]{{2,60}}?[\s,|–—•·-]{{1,3}})?"
        self.updated = re.compile(rf"[\s|,;(•·–-]*(?:{updated})\b.*$", re.IGNORECASE)
        self.line = re.compile(
            rf"\W*{byline}(?:(?:{published})\W{{1,3}})?(?:(?:{weekdays})\.?,?\s)?{full}{clock}\W*", re.IGNORECASE
        )
        # PLACE in capitals or capitalised words, then the date, then the agency or a dash: the wire services' form.
        self.agency = re.compile(
            rf"(?:[^\W\d_][\w’'./-]*,?\s){{1,6}}\(?(?i:{full})\)?\s?(?:\([^)]{{2,40}}\)\s?)?(?:[–—-]{{1,2}}|:)\s"
        )
        self.month_numbers = {name: n for n, names in words["months"].items() for name in names}


@cache
def _forms() -> _Forms:
    return _Forms()


def _date_line(line: str, forms: _Forms) -> list[re.Match[str] | None]:
    if len(line) > MAX_DATE_LINE_CHARACTERS:
        return []
    return [forms.line.fullmatch(forms.updated.sub("", line))]


def _day(match: re.Match[str]) -> date | None:
    groups = {k[0]: v for k, v in match.groupdict().items() if v is not None}
    month = groups["m"].casefold()
    number = int(month) if month.isdigit() else _forms().month_numbers.get(month)
    year = int(groups["y"])
    if number is None or not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        return date(year, number, int(groups["d"]))
    except ValueError:
        return None


def _any(words: object) -> str:
    return "|".join(re.escape(str(w)) for w in sorted(words, key=lambda w: (-len(str(w)), str(w))))  # type: ignore[call-overload]
