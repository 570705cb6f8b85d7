"""A beginning of time expressions in Arabic, French and Russian, by patterns alone: the text needs no parser."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from wayout.extract.timing.amounts import DAYS_OF, duration_value
from wayout.extract.timing.calendar_arithmetic import add_days, month_value, weekday_near, year_near, year_nearest
from wayout.extract.timing.numbers import written
from wayout.extract.timing.relative import stretch, unit_value
from wayout.extract.timing.scene import Timex
from wayout.vocab import read_vocab

LANGUAGES = ("ar", "fr", "ru")
_FOLD = str.maketrans("أإآٱىةؤئ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "اااايهؤئ01234567890123456789")
Match = re.Match[str]


def fold(text: str) -> tuple[str, list[int]]:
    """
    Fold a text for comparison: small letters, no vowel marks, one form of alef, plain digits.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    folded, offsets
        The folded text, and for each of its characters (and its end) the offset in ``text``.
    """
    kept: list[str] = []
    offsets: list[int] = []
    for i, char in enumerate(text):
        if char == "\u0640" or (unicodedata.combining(char) and "\u0600" <= char <= "\u06ff"):
            continue
        low = char.lower()
        kept.append(low if len(low) == 1 else char)
        offsets.append(i)
    offsets.append(len(text))
    return "".join(kept).translate(_FOLD), offsets


def find_foreign_timexes(text: str, language: str, reference: date | None) -> tuple[Timex, ...]:
    """
    Find time expressions in a language of ``LANGUAGES`` and value them.

    Parameters
    ----------
    text
        The text.
    language
        ISO 639-1 code.
    reference
        The day the text was written; without it relative expressions are left out.

    Returns
    -------
    timexes
        In text order, not overlapping, offsets into ``text``. A weekday is the last one: there is no parser to tell
        the future.
    """
    grammar = _grammar(language)
    folded, offsets = fold(text)
    found: list[Timex] = []
    for match in grammar.pattern.finditer(folded):
        rule = str(match.lastgroup)[2:]
        valued = _READERS[rule](match, grammar.words, reference)
        if valued is not None and valued[0]:
            value, kind, part, last = valued
            begin = match.start(_SPAN_FROM.get(rule, f"r_{rule}"))
            if begin < 0:
                begin = match.start(f"r_{rule}")
            found.append(
                Timex(start=offsets[begin], end=offsets[match.end()], kind=kind, value=value, part=part, last=last)
            )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The words of one language and the pattern made of them."""

    words: dict[str, Any]
    pattern: re.Pattern[str]


def _either(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=lambda w: (-len(w), w))
    return (
        "(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s") for w in longest_first) + ")" if longest_first else r"(?!)"
    )


_SPAN_FROM = {"year": "yy", "month": "mo"}
"""Rules whose preposition is no part of the expression."""
_RULES: tuple[tuple[str, str], ...] = (
    ("iso", r"(?P<iy>{YEAR})-(?P<im>[01]\d)-(?P<id>[0-3]\d)(?!\d)"),
    ("numeric", r"(?P<nd>[0-3]?\d)[/.\-](?P<nm>[01]?\d)[/.\-](?P<ny>(?:19|20)\d\d)(?!\d)"),
    ("yearfirst", r"(?P<vy>{YEAR})/(?P<vm>[01]?\d)/(?P<vd>[0-3]?\d)(?!\d)"),
    (
        "range",
        r"(?P<ra>[0-3]?\d)(?:er)?(?:\s?[-\u2013]\s?|\s{TO}\s?)(?P<rb>[0-3]?\d)\s(?:{OF}\s)?(?P<rm>{MONTHS})(?:\s(?P<ry>{YEAR}))?",
    ),
    ("dmy", r"(?:{WEEKDAY},?\s)?(?P<dd>[0-3]?\d)(?:er)?\s(?:{OF}\s)?(?P<dm>{MONTHS})(?:,?\s(?P<dy>{YEAR}))?"),
    ("part", r"(?P<pp>{PARTS})[\s-](?P<pm>{MONTHS})(?:\s(?P<py>{YEAR}))?"),
    ("my", r"(?P<mm>{MONTHS})\s(?P<my>{YEAR})"),
    ("ago", r"(?P<af>{AGO_FIRST})\s(?:{COUNT})(?!\s{BEHIND})|(?:{COUNT2})\s{AGO_BEHIND}"),
    ("ahead", r"{AHEAD_FIRST}\s(?:{COUNT3})(?!\s{BEHIND})"),
    (
        "counted",
        r"(?:(?P<cr>{FIRST})\s)?(?:(?P<cn>\d{{1,3}}|{NUMBERS})\s(?:(?P<cm>{FIRST})\s)?)(?P<cu>{UNITS})(?:\s(?P<cb>{BEHIND}))?|(?P<cu2>{UNITS})\s(?P<cn2>{NUMBERS}|\d{{1,3}})\s(?P<cb2>{BEHIND})",
    ),
    ("dual", r"(?P<du>{DUALS})(?:\s(?P<db>{BEHIND}))?"),
    ("weekday", r"(?:{BEFORE_WEEKDAY}\s)?(?P<ww>{WEEKDAY})(?:\s(?P<wb>{BEHIND}))?"),
    ("firstweekday", r"(?P<fr>{FIRST})\s(?P<fw>{WEEKDAY})"),
    ("unit", r"(?P<ub>{UNITS})\s(?P<ur>{BEHIND})|(?P<uf>{FIRST})\s(?P<uu>{UNITS})(?!\w)"),
    ("day", r"(?P<day>{DAYS})"),
    ("vague", r"{VAGUE}\s(?P<vu>{UNITS})"),
    ("year", r"(?P<yf>{YEAR_FIRST})\s(?P<yy>{YEAR})(?!\d|[,.]\d)|(?P<yz>{YEAR})\s{YEAR_BEHIND}"),
    ("month", r"(?P<mf>{MONTH_FIRST})\s(?P<mo>{MONTHS})(?:\s(?P<mz>{YEAR}))?"),
    ("ref", r"(?P<now>{PRESENT})|(?P<past>{PAST})|(?P<future>{FUTURE})"),
)


@cache
def _grammar(language: str) -> _Grammar:
    words = read_vocab("time_words_other.yaml")[language]
    month = _either(words["months"])
    count = (
        r"(?P<{a}n>\d{{1,3}}|{numbers})\s(?P<{a}u>{units})|(?P<{a}s>{singles})(?!\s(?:\d|{months}))|(?P<{a}d>{duals})"
    )
    parts = {
        "YEAR": r"(?:1[89]|20)\d\d",
        "MONTHS": rf"{month}(?:\s?[/(]\s?{month}\)?)?" if words["dual_name"] else month,
        "WEEKDAY": _either(words["weekdays"]),
        "BEFORE_WEEKDAY": _either(words["before_weekday"]),
        "DAYS": _either(words["days"]),
        "UNITS": _either(words["units"]),
        "DUALS": _either(words["duals"]),
        "NUMBERS": _either(words["numbers"]),
        "VAGUE": _either(words["vague"]),
        "FIRST": _either(words["relations_first"]),
        "BEHIND": _either(words["relations_behind"]),
        "AGO_FIRST": _either(words["ago_first"]),
        "AGO_BEHIND": _either(words["ago_behind"]),
        "AHEAD_FIRST": _either(words["ahead_first"]),
        "YEAR_FIRST": _either(words["year_first"]),
        "YEAR_BEHIND": _either(words["year_behind"]),
        "MONTH_FIRST": _either(words["month_first"]),
        "OF": _either(words["of"]),
        "TO": _either(words["to"]),
        "PARTS": _either(words["parts"]),
        "PRESENT": _either(words["present"]),
        "PAST": _either(words["past"]),
        "FUTURE": _either(words["future"]),
    }
    for name, letter in (("COUNT", "x"), ("COUNT2", "y"), ("COUNT3", "z")):
        parts[name] = count.format(
            a=letter,
            numbers=parts["NUMBERS"],
            units=parts["UNITS"],
            singles=_either(words["singles"]),
            months=month,
            duals=parts["DUALS"],
        )
    body = "|".join(f"(?P<r_{name}>{rule.format(**parts)})" for name, rule in _RULES)
    prefix = _either(words["prefix"])
    return _Grammar(words=words, pattern=re.compile(rf"(?<!\w)(?<![\d][.,:/-])(?:{prefix})?(?:{body})(?!\w)"))


Valued = tuple[str, str, str | None, str | None]
"""Value, kind, part, last."""
Words = dict[str, Any]


def _date(value: str, part: str | None = None, last: str | None = None) -> Valued:
    return value, "DATE", part, last


def _day_value(year: str | None, month: int, day: int, reference: date | None) -> str:
    try:
        if year:
            return date(int(year), month, day).isoformat()
        if reference is None:
            return ""
        return date(year_nearest(reference, month, day, direction=-1), month, day).isoformat()
    except ValueError:
        return ""


def _month(words: Words, name: str) -> int:
    """Return the month of a name; of two ("شباط/فبراير") the first."""
    known: dict[str, int] = words["months"]
    return known.get(name) or known[re.split(r"\s?[/(]", name)[0]]


def _read_iso(m: Match, words: Words, reference: date | None) -> Valued | None:
    return _date(_day_value(m["iy"], int(m["im"]), int(m["id"]), reference))


def _read_numeric(m: Match, words: Words, reference: date | None) -> Valued | None:
    first, second = int(m["nd"]), int(m["nm"])
    day, month = (first, second) if second <= 12 else (second, first)
    return _date(_day_value(m["ny"], month, day, reference))


def _read_yearfirst(m: Match, words: Words, reference: date | None) -> Valued | None:
    return _date(_day_value(m["vy"], int(m["vm"]), int(m["vd"]), reference))


def _read_range(m: Match, words: Words, reference: date | None) -> Valued | None:
    month = _month(words, m["rm"])
    first, last = (_day_value(m["ry"], month, int(m[g]), reference) for g in ("ra", "rb"))
    return _date(first, last=last) if first and last and first <= last else None


def _read_dmy(m: Match, words: Words, reference: date | None) -> Valued | None:
    return _date(_day_value(m["dy"], _month(words, m["dm"]), int(m["dd"]), reference))


def _inferred(month: int, year: str | None, reference: date | None) -> str:
    if year:
        return month_value(int(year), month)
    return month_value(year_near(reference, month, direction=-1), month) if reference else ""


def _read_part(m: Match, words: Words, reference: date | None) -> Valued | None:
    return _date(_inferred(_month(words, m["pm"]), m["py"], reference), part=words["parts"][m["pp"]])


def _read_my(m: Match, words: Words, reference: date | None) -> Valued | None:
    return _date(_inferred(_month(words, m["mm"]), m["my"], reference))


def _read_month(m: Match, words: Words, reference: date | None) -> Valued | None:
    return _date(_inferred(_month(words, m["mo"]), m["mz"], reference))


def _count(m: Match, words: Words, letter: str) -> tuple[float, str]:
    """Return the number and unit code of a counted unit; a dual is two."""
    if dual := m[f"{letter}d"]:
        return 2.0, words["duals"][dual]
    return _number(words, m[f"{letter}n"]), words["units"][m[f"{letter}u"] or m[f"{letter}s"]]


def _number(words: Words, text: str | None) -> float:
    if text is None:
        return 1.0
    return float(text) if text.isdigit() else float(words["numbers"][text])


def _shifted(n: float, code: str, reference: date | None) -> Valued | None:
    if reference is None:
        return None
    if code in ("H", "N"):
        return add_days(reference, n / 24 if code == "H" else 0).isoformat(), "TIME", None, None
    return _date(unit_value(reference, n, code))


def _read_ago(m: Match, words: Words, reference: date | None) -> Valued | None:
    n, code = _count(m, words, "x" if m["af"] else "y")
    return _shifted(-n, code, reference)


def _read_ahead(m: Match, words: Words, reference: date | None) -> Valued | None:
    n, code = _count(m, words, "z")
    return _shifted(n, code, reference)


def _stretched(n: float, code: str, shift: int | None, reference: date | None) -> Valued:
    value = duration_value(written(n), code)
    if not shift or reference is None or code not in DAYS_OF:
        return value, "DURATION", None, None
    first, last = stretch(reference, n, code, ahead=shift > 0)
    return value, "DURATION", first.isoformat(), last.isoformat()


def _read_counted(m: Match, words: Words, reference: date | None) -> Valued | None:
    relation = m["cr"] or m["cm"]
    behind = m["cb"] or m["cb2"]
    shift = words["relations_first"].get(relation) if relation else words["relations_behind"].get(behind)
    return _stretched(_number(words, m["cn"] or m["cn2"]), words["units"][m["cu"] or m["cu2"]], shift, reference)


def _read_dual(m: Match, words: Words, reference: date | None) -> Valued | None:
    return _stretched(2.0, words["duals"][m["du"]], words["relations_behind"].get(m["db"]), reference)


def _near(weekday: int, shift: int | None, reference: date | None) -> Valued | None:
    if reference is None:
        return None
    return _date(weekday_near(reference, weekday, future=(shift or 0) > 0, other=bool(shift)).isoformat())


def _read_weekday(m: Match, words: Words, reference: date | None) -> Valued | None:
    return _near(words["weekdays"][m["ww"]], words["relations_behind"].get(m["wb"]), reference)


def _read_firstweekday(m: Match, words: Words, reference: date | None) -> Valued | None:
    return _near(words["weekdays"][m["fw"]], words["relations_first"][m["fr"]], reference)


def _read_unit(m: Match, words: Words, reference: date | None) -> Valued | None:
    unit, code_of = m["ub"] or m["uu"], words["units"]
    shift = words["relations_behind"][m["ur"]] if m["ur"] else words["relations_first"][m["uf"]]
    if code_of[unit] in ("H", "N"):
        return None
    return _date(unit_value(reference, shift, code_of[unit]))


def _read_day(m: Match, words: Words, reference: date | None) -> Valued | None:
    shift = words["days"][re.sub(r"\s", " ", m["day"])]
    return _date(add_days(reference, shift).isoformat()) if reference else None


def _read_vague(m: Match, words: Words, reference: date | None) -> Valued | None:
    return duration_value("X", words["units"][m["vu"]]), "DURATION", None, None


def _read_year(m: Match, words: Words, reference: date | None) -> Valued | None:
    return _date(m["yy"] or m["yz"])


def _read_ref(m: Match, words: Words, reference: date | None) -> Valued | None:
    return _date("PRESENT_REF" if m["now"] else "PAST_REF" if m["past"] else "FUTURE_REF")


_READERS: dict[str, Callable[[Match, Words, date | None], Valued | None]] = {
    name: globals()[f"_read_{name}"] for name, _ in _RULES
}
