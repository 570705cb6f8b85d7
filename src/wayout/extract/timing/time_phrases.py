"""Join time expressions into what a sentence says: ranges, open sides, and days counted from another day."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from wayout.extract.timing.calendar_arithmetic import add_days, add_months, last_of_month, same_day
from wayout.extract.timing.time_intervals import Interval, interval_of, side_of
from wayout.extract.timing.timex import Timex, find_timexes
from wayout.vocab import read_vocab

_BEFORE = 24
"""Characters before an expression that a preposition is looked for in."""
_RELATIVE = re.compile(r"\b(?:this|last|next|current|today|yesterday|tomorrow)\b", re.IGNORECASE)
_WITHIN = re.compile(r"\s(?:on\s|of\s|-\s)?")
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:\s\w+)?", re.IGNORECASE)
_ONE_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:T[A-Z]{2})?")
_SHARE = re.compile(r"(?:the\s)?(first|last|final|past)\s", re.IGNORECASE)
_CLOCK = re.compile(r"\dT")
_COUNTED = re.compile(r"P(?:T)?(\d+(?:\.5)?)(DE|CE|WE|[HDWMYQS])")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePhrase:
    """
    A time as a sentence gives it: characters, kind, first and last day; ``None`` on a side that is open or unknown.

    ``kind`` is ``date`` (a day), ``range``, ``duration``, ``set``, ``time`` or ``vague``. ``open`` is ``start`` or ``end``
    where the words leave that side open ("until Friday", "since 2023"). ``value`` is the TIMEX3 value of its only or
    first expression; ``of`` are the expressions.
    """

    start: int
    end: int
    kind: str
    value: str
    of: tuple[Timex, ...]
    first: date | None = None
    last: date | None = None
    open: str | None = None


def find_time_phrases(parsed: Any, reference: date | None, language: str = "en") -> tuple[TimePhrase, ...]:
    """
    Find time phrases: expressions joined by their prepositions.

    Parameters
    ----------
    parsed
        A spaCy ``Doc``, or a text in another language than English.
    reference
        The day the text was written.
    language
        As for ``find_timexes``.

    Returns
    -------
    phrases
        In text order, not overlapping.
    """
    text: str = parsed if isinstance(parsed, str) else parsed.text
    timexes = find_timexes(parsed, reference, language)
    phrases: list[TimePhrase] = []
    i = 0
    while i < len(timexes):
        joined = _pair(text, timexes[i], timexes[i + 1], reference, language) if i + 1 < len(timexes) else None
        if joined is None:
            joined = _alone(text, timexes[i], reference, language)
            i += 1
        else:
            i += 2
        phrases.append(joined)
    return tuple(phrases)


@dataclass(frozen=True, slots=True)
class _Joints:
    """The prepositions that join expressions, compiled once."""

    to: re.Pattern[str]
    both: re.Pattern[str]
    lead: re.Pattern[str]
    count: re.Pattern[str]
    open_after: re.Pattern[str]
    sides: tuple[tuple[str, re.Pattern[str]], ...]


def _words(language: str) -> dict[str, list[str]]:
    if language == "en":
        joints: dict[str, list[str]] = read_vocab("time_words.yaml")["joints"]
        return joints
    words = read_vocab("time_words_other.yaml")[language]
    empty: dict[str, list[str]] = {"count": [], "open_after": [], "after": [], "before": []}
    return empty | {name: words[name] for name in ("to", "lead", "since", "until")}


def _spelt(word: str) -> str:
    """Return the pattern of a word, Arabic letters in all their forms."""
    return re.escape(word).replace(r"\ ", r"\s").replace("ا", "[اأإآ]").replace("ي", "[يى]").replace("ه", "[هة]")


@cache
def _joints(language: str) -> _Joints:
    words = _words(language)

    def any_of(name: str) -> str:
        longest_first = sorted(words[name], key=lambda w: (-len(w), w))
        return "(?:" + "|".join(_spelt(w) for w in longest_first) + ")" if longest_first else r"(?!)"

    return _Joints(
        to=re.compile(rf"(?:\s?[-\u2013\u2014]\s?|\s{any_of('to')}\s)(?:the\s)?", re.IGNORECASE),
        both=re.compile(r"\sand\s(?:the\s)?", re.IGNORECASE),
        lead=re.compile(rf"(?<!\w){any_of('lead')}\s(?:the\s)?$", re.IGNORECASE),
        count=re.compile(rf"\s{any_of('count')}\s(?:the\s)?", re.IGNORECASE),
        open_after=re.compile(rf"\s{any_of('open_after')}(?!\w)", re.IGNORECASE),
        sides=tuple(
            (side, re.compile(rf"(?<!\w){any_of(side)}\s(?:the\s)?$", re.IGNORECASE))
            for side in ("since", "until", "before", "after")
        ),
    )


def _lead(text: str, at: int, pattern: re.Pattern[str]) -> int | None:
    """Return where a preposition that ends at ``at`` begins."""
    begin = max(0, at - _BEFORE)
    found = pattern.search(text[begin:at])
    return begin + found.start() if found else None


def days_of(timex: Timex, reference: date | None) -> Interval | None:
    """Return the days of an expression; "now" is the day of writing."""
    if timex.value == "PRESENT_REF" and reference is not None:
        return reference, reference
    days = interval_of(timex)
    return side_of(days, timex.part, reference) if days is not None else None


def _pair(text: str, one: Timex, two: Timex, reference: date | None, language: str) -> TimePhrase | None:
    joints = _joints(language)
    between = text[one.end : two.start]
    if len(between) > _BEFORE:
        return None
    if one.kind == "DURATION":
        return _share_of(text, one, two, between) or _counted_from(text, one, two, between, reference, language)
    within = _day_of_week(text, one, two, between)
    if within is not None:
        return within
    first, second = days_of(one, reference), days_of(two, reference)
    if first is None or second is None or _CLOCK.search(one.value + two.value):
        return None
    start = _lead(text, one.start, joints.lead)
    paired = start is not None and text[start : start + 7].casefold() == "between" and joints.both.fullmatch(between)
    if not (joints.to.fullmatch(between) or paired):
        return None
    first, second = _same_years(text, one, two, first, second)
    if first[0] > second[1]:
        return None
    begin = one.start if start is None else start
    return TimePhrase(
        start=begin, end=two.end, kind="range", value=one.value, of=(one, two), first=first[0], last=second[1]
    )


def _day_of_week(text: str, one: Timex, two: Timex, between: str) -> TimePhrase | None:
    """Tuesday of last week; next week on Tuesday."""
    if not _WITHIN.fullmatch(between):
        return None
    for week, day in ((one, two), (two, one)):
        monday = interval_of(week) if re.fullmatch(r"\d{4}-W\d\d", week.value) else None
        if monday is not None and _ONE_DAY.fullmatch(day.value) and _WEEKDAY.fullmatch(text, day.start, day.end):
            there = add_days(monday[0], date.fromisoformat(day.value[:10]).weekday())
            return TimePhrase(
                start=one.start,
                end=two.end,
                kind="date",
                value=there.isoformat(),
                of=(one, two),
                first=there,
                last=there,
            )
    return None


def _share_of(text: str, one: Timex, two: Timex, between: str) -> TimePhrase | None:
    """The first three months of 2024."""
    lead = _SHARE.match(text, one.start)
    counted, whole = _COUNTED.fullmatch(one.value), interval_of(two)
    if lead is None or counted is None or whole is None or between != " of " or "T" in one.value:
        return None
    n = float(counted[1])
    if lead.group(1).casefold() == "first":
        days = whole[0], add_days(shifted(whole[0], n, counted[2]), -1)
    else:
        days = shifted(add_days(whole[1], 1), -n, counted[2]), whole[1]
    if not whole[0] <= days[0] <= days[1] <= whole[1]:
        return None
    return TimePhrase(
        start=one.start, end=two.end, kind="range", value=two.value, of=(one, two), first=days[0], last=days[1]
    )


def _same_years(text: str, one: Timex, two: Timex, first: Interval, second: Interval) -> tuple[Interval, Interval]:
    """Read "from May to October 2020" within the year that is written; without one, the second after the first."""
    has = [bool(re.search(r"\d{4}", text[t.start : t.end])) or not re.match(r"\d{4}-\d\d", t.value) for t in (one, two)]
    relative = [t.value == "PRESENT_REF" or bool(_RELATIVE.search(text, t.start, t.end)) for t in (one, two)]
    if not (has[0] or has[1] or relative[0] or relative[1]):
        later = (second[0].month, second[0].day) < (first[0].month, first[0].day)
        second = _move_years(second, first[0].year + later - second[0].year)
    elif has[1] and not has[0] and not relative[0] and (one.value[:4] != two.value[:4] or first > second):
        years = second[0].year - first[0].year - ((first[0].month, first[0].day) > (second[0].month, second[0].day))
        first = _move_years(first, years)
    elif not has[0] and relative[1] and not relative[0] and first[0] > second[1]:
        first = _move_years(first, -1)
    elif not has[1] and not relative[1] and first[0] > second[1]:
        second = _move_years(
            second,
            1 + first[0].year - second[0].year - ((first[0].month, first[0].day) <= (second[0].month, second[0].day)),
        )
    return first, second


def _move_years(days: Interval, years: int) -> Interval:
    first, last = days
    whole_month = first.day == 1 and last == last_of_month(last.year, last.month)
    moved = add_months(first, 12 * years), add_months(last, 12 * years)
    if whole_month:
        return moved[0], last_of_month(moved[1].year, moved[1].month)
    return same_day(moved[0], first.day), same_day(moved[1], last.day)


def shifted(day: date, n: float, code: str) -> date:
    """Return the day ``n`` units away: months and years keep the day of the month where there is one."""
    if code in ("M", "Y", "Q", "DE", "CE"):
        months = n * {"M": 1, "Y": 12, "Q": 3, "DE": 120, "CE": 1200}[code]
        return same_day(add_months(day, round(months)), day.day)
    return add_days(day, n * {"D": 1, "W": 7, "WE": 7}.get(code, 0))


def _counted_from(
    text: str, one: Timex, two: Timex, between: str, reference: date | None, language: str
) -> TimePhrase | None:
    """Two days before Sunday; for three days from Monday; three days starting on Monday."""
    joints, days = _joints(language), days_of(two, reference)
    counted = _COUNTED.fullmatch(one.value)
    found = joints.count.fullmatch(between)
    if days is None or counted is None or found is None or "T" in one.value:
        return None
    word = between.split()[0].casefold()
    n = float(counted[1]) * (-1 if word in ("before", "prior") else 1)
    there = shifted(days[0], n, counted[2])
    begin = _lead(text, one.start, re.compile(r"(?<!\w)for\s$", re.IGNORECASE))
    if word in ("starting", "beginning") or (begin is not None and word == "from"):
        return TimePhrase(
            start=one.start if begin is None or word != "from" else begin,
            end=two.end,
            kind="range",
            value=one.value,
            of=(one, two),
            first=days[0],
            last=add_days(there, -1),
        )
    return TimePhrase(
        start=one.start, end=two.end, kind="date", value=there.isoformat(), of=(one, two), first=there, last=there
    )


def _alone(text: str, timex: Timex, reference: date | None, language: str) -> TimePhrase:
    days = days_of(timex, reference)
    kind = _kind(timex, days)
    if timex.last is not None and kind == "range":
        begin = _lead(text, timex.start, _joints(language).lead)
        if begin is not None:
            return TimePhrase(
                start=begin,
                end=timex.end,
                kind=kind,
                value=timex.value,
                of=(timex,),
                first=days[0] if days else None,
                last=days[1] if days else None,
            )
    first, last = days or (None, None)
    start, end, side = timex.start, timex.end, None
    if timex.kind == "DURATION" and days is None and reference is not None:
        return _ahead(text, timex, reference)
    if kind in ("date", "range"):
        for name, pattern in _joints(language).sides:
            begin = _lead(text, timex.start, pattern)
            if begin is not None:
                start, side = begin, "end" if name in ("since", "after") else "start"
                kind = "range"
                if name == "after" and last is not None:
                    first = add_days(last, 1) if timex.last is None and len(timex.value) < 10 else first
                elif name == "before" and first is not None:
                    last = last if timex.part == "END" else first
                break
        else:
            found = _joints(language).open_after.match(text, timex.end)
            if found is not None:
                end, side, kind = found.end(), "end", "range"
    if side == "end":
        last = None
    elif side == "start":
        first = None
    return TimePhrase(
        start=start, end=end, kind=kind, value=timex.value, of=(timex,), first=first, last=last, open=side
    )


def _ahead(text: str, timex: Timex, reference: date) -> TimePhrase:
    """In three days: a day ahead; within three days: all days till then; else a duration."""
    counted = _COUNTED.fullmatch(timex.value)
    begin = _lead(text, timex.start, re.compile(r"(?<!\w)(?:in|within)\s$", re.IGNORECASE))
    plain = TimePhrase(start=timex.start, end=timex.end, kind="duration", value=timex.value, of=(timex,))
    if counted is None or begin is None or "T" in timex.value:
        return plain
    there = shifted(reference, float(counted[1]), counted[2])
    if text[begin : begin + 6].casefold() == "within":
        return TimePhrase(
            start=begin, end=timex.end, kind="range", value=timex.value, of=(timex,), first=reference, last=there
        )
    return TimePhrase(
        start=begin, end=timex.end, kind="date", value=there.isoformat(), of=(timex,), first=there, last=there
    )


def _kind(timex: Timex, days: Interval | None) -> str:
    if timex.kind == "SET":
        return "set"
    if timex.kind == "TIME":
        return "time"
    if days is None:
        return "duration" if timex.kind == "DURATION" else "vague"
    return "date" if days[0] == days[1] else "range"
