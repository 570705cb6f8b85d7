"""Find time expressions by our own rules and give them TimeML values against a reference day."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from wayout.extract.timing import amounts, days, feasts, periods, relative
from wayout.extract.timing.languages import LANGUAGES, find_foreign_timexes
from wayout.extract.timing.rules import RULES, time_words
from wayout.extract.timing.scan import Scan
from wayout.extract.timing.scene import Scene, Timex
from wayout.extract.timing.sense import refuses

__all__ = ["Timex", "find_timexes"]

Reader = Callable[[Scene, re.Match[str]], Timex | None]
_READERS: dict[str, Reader] = {
    rule: getattr(module, f"read_{rule}")
    for module in (days, periods, feasts, relative, amounts)
    for rule, _ in RULES
    if hasattr(module, f"read_{rule}")
}
FIRST_YEAR, LAST_YEAR = 1000, 9000
"""A day of writing outside these years is taken as unknown, so that no arithmetic leaves the calendar."""
_CLOCKS = frozenset({"clock", "point"})
_GAP = re.compile(r"\s?,?\s?(?:on\s)?|\s(?:at|around|by)\s")
"""What may stand between a clock time and its day."""
_AND = re.compile(r",?\s(?:and\s)?")
_PIECES = re.compile(r"P(?:((?:\d+[YMWD])*?\d+([YMWD])))?(?:T((?:\d+[HMS])*?\d+([HMS])))?")
_ORDER = ("Y", "M", "W", "D", "TH", "TM", "TS")


def find_timexes(parsed: Any, reference: date | None, language: str = "en") -> tuple[Timex, ...]:
    """
    Find time expressions and value them.

    Parameters
    ----------
    parsed
        A spaCy ``Doc``; in another language than English a ``str`` will do, nothing is parsed.
    reference
        The day the text was written, for relative expressions; without it they get no value.
    language
        ISO 639-1 code. English is read in full; Arabic, French and Russian in a beginning; others find nothing.

    Returns
    -------
    timexes
        In text order, not overlapping; ``value`` is ``""`` where it cannot be known.

    References
    ----------
    Pustejovsky, J. et al. (2010). ISO-TimeML. LREC. Strötgen, J., Gertz, M. (2013). HeidelTime. LRE 47, 269-298.
    """
    if reference is not None and not FIRST_YEAR <= reference.year <= LAST_YEAR:
        reference = None
    if language != "en":
        text = parsed if isinstance(parsed, str) else parsed.text
        return find_foreign_timexes(text, language, reference) if language in LANGUAGES else ()
    scene = Scene(parsed, reference, time_words())
    found: list[Timex] = []
    rules: list[str] = []
    scan = Scan(scene.text, scene.words)
    for match in scan:
        rule = str(match.lastgroup)[2:]
        timex = None if refuses(scene, rule, match) else _READERS[rule](scene, match)
        if timex is None:
            continue
        scan.skip_to(match.end())
        joined = (
            (_with_day(scene.text, found[-1], rules[-1], timex, rule) or _added(scene.text, found[-1], timex))
            if found
            else None
        )
        if joined is not None:
            found[-1], rules[-1] = joined, "joined"
        else:
            found.append(timex)
            rules.append(rule)
        scene.remember(found[-1], rule)
    return tuple(found)


def _added(text: str, one: Timex, two: Timex) -> Timex | None:
    """Join the pieces of one duration: "an hour and thirty minutes", "two years and a month"."""
    if (
        one.kind != "DURATION"
        or two.kind != "DURATION"
        or one.part
        or two.part
        or not _AND.fullmatch(text, one.end, two.start)
    ):
        return None
    first, second = _PIECES.fullmatch(one.value), _PIECES.fullmatch(two.value)
    if first is None or second is None or _rank(first) >= _rank(second):
        return None
    days = (first[1] or "") + (second[1] or "")
    clock = (first[3] or "") + (second[3] or "")
    value = "P" + days + ("T" + clock if clock else "")
    return Timex(start=one.start, end=two.end, kind="DURATION", value=value)


def _rank(pieces: re.Match[str]) -> int:
    """Return how fine the last unit of a duration is; years are 0."""
    return _ORDER.index("T" + pieces[4] if pieces[4] else pieces[2])


def _with_day(text: str, before: Timex, rule_before: str, timex: Timex, rule: str) -> Timex | None:
    """Join a clock time and the day beside it: "5 p.m. on Sunday", "Saturday at noon"."""
    if not _GAP.fullmatch(text, before.end, timex.start):
        return None
    clock, day = (before, timex) if rule_before in _CLOCKS else (timex, before)
    if (rule in _CLOCKS) == (rule_before in _CLOCKS) or not re.fullmatch(r"\d{4}-\d\d-\d\d(?:T[A-Z]{2})?", day.value):
        return None
    value = day.value[:10] + clock.value[10:]
    return Timex(start=before.start, end=timex.end, kind="TIME", value=value)
