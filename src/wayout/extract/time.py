"""Turn time expressions into days: first, last, and how precise (UCDP ``date_prec``)."""

import re
from datetime import date
from typing import Any

from wayout.extract.timing.time_intervals import Interval, interval_of
from wayout.extract.timing.time_phrases import TimePhrase, find_time_phrases, shifted
from wayout.model import Document, TimeValue

__all__ = ["Interval", "date_precision", "find_times", "interval_of"]

_STAYS_OPEN = re.compile(r"(?:since|until|till|starting|beginning|as of)\b", re.IGNORECASE)
"""Words that make a claim's time open; after "before", "after" and "by" the day itself is kept."""
_COUNTED = re.compile(r"P(\d+)([DWMY])")


def find_times(document: Document, parsed: Any, at: date | None) -> tuple[TimeValue, ...]:
    """
    Find the dates a document speaks of.

    Parameters
    ----------
    document
        The document; relative expressions count from the day it was published.
    parsed
        Its spaCy ``Doc``.
    at
        Used instead where the document carries no date.

    Returns
    -------
    times
        In text order. Pure durations ("for three weeks") and expressions that cannot be dated are left out, but
        "has been shut for three weeks" reaches from then to the reference day; "since X" is open to the reference
        day, "until X" has no start; "from X to Y" is one time.

    References
    ----------
    Sundberg, R., Melander, E. (2013). Introducing the UCDP Georeferenced Event Dataset. JPR 50, 523-532 (``date_prec``).
    """
    language = document.language or "en"
    reference = document.published.date() if document.published is not None else at
    values = (
        _time_value(document, parsed, phrase, reference, language)
        for phrase in find_time_phrases(parsed, reference, language)
    )
    return tuple(value for value in values if value is not None)


def date_precision(first: date, last: date) -> int:
    """Return UCDP's class: 1 a day, 2 two to six days, 3 a week, 4 a month, 5 longer."""
    days = (last - first).days + 1
    return 1 if days <= 1 else 2 if days <= 6 else 3 if days == 7 else 4 if days <= 31 else 5


def _time_value(
    document: Document, parsed: Any, phrase: TimePhrase, reference: date | None, language: str
) -> TimeValue | None:
    start, end, first, last = phrase.start, phrase.end, phrase.first, phrase.last
    if phrase.kind == "duration" and reference is not None and language == "en":
        first, last = _until_now(parsed, phrase, reference)
    elif phrase.open is not None and (language != "en" or _STAYS_OPEN.match(document.text, start)):
        last = reference if phrase.open == "end" else last
    elif phrase.open is not None or phrase.kind == "time":
        days = interval_of(phrase.of[0])
        start, end = phrase.of[0].start, phrase.of[0].end
        first, last = days if days is not None else (None, None)
    if (first is None and last is None) or phrase.kind == "set":
        return None
    if first is not None and last is not None and last < first:
        last = None
    whole = document.span(start, end)
    precision = 5 if first is None or last is None else date_precision(first, last)
    return TimeValue(text=document.quote(whole), span=whole, start=first, end=last, date_prec=precision)


def _until_now(parsed: Any, phrase: TimePhrase, reference: date) -> tuple[date | None, date | None]:
    """Read "has been shut for three weeks" as the last three weeks."""
    counted = _COUNTED.fullmatch(phrase.value)
    span = parsed.char_span(phrase.start, phrase.end, alignment_mode="expand")
    if counted is None or span is None or span.start == 0 or parsed[span.start - 1].lower_ != "for":
        return None, None
    verb = parsed[span.start - 1].head
    perfect = any(
        c.lower_ in ("has", "have", "'s", "'ve", "\u2019ve", "\u2019s")
        for c in verb.children
        if c.dep_ in ("aux", "auxpass")
    )
    if not perfect:
        return None, None
    return shifted(reference, -float(counted[1]), counted[2]), reference
