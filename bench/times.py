"""Bench of EXTRACT's times: TimeBank's values, and Recognizers-Text's English cases."""

import gzip
import json
import re
from collections import Counter
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench.score import CorpusMissingError, Score
from wayout.extract.timing.time_intervals import Interval, interval_of
from wayout.extract.timing.time_phrases import TimePhrase, find_time_phrases
from wayout.extract.timing.timex import Timex, find_timexes
from wayout.text.english import open_english

Row = dict[str, Any]


def measure(corpora: Path) -> list[Score]:
    """Measure both; the corpora are local only, see their READMEs for the metrics."""
    text = corpora / "text"
    if not (text / "timebank").exists():
        raise CorpusMissingError(f"no corpora under {text}")
    return [
        *_timebank(_rows(text / "timebank" / "documents.jsonl.gz")),
        *_recognizers(_rows(text / "recognizers_en" / "cases.jsonl.gz")),
    ]


def _rows(path: Path) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def looked_at(row: Row) -> bool:
    """Tell whether a text or case is in the half whose errors were read while the rules were written (by hash of its id)."""
    return int(sha256(row["id"].encode()).hexdigest(), 16) % 2 == 0


# -- TimeBank --------------------------------------------------------------------------------------------------------


def _timebank(rows: list[Row]) -> list[Score]:
    every: Counter[str] = Counter()
    unseen: Counter[str] = Counter()
    for row, parsed in zip(rows, open_english().pipe(r["text"] for r in rows), strict=True):
        counts = _compared(find_timexes(parsed, date.fromisoformat(row["dct"][:10])), row["timex"])
        every += counts
        if not looked_at(row):
            unseen += counts
    beside = {
        "strict": "floor .798, HeidelTime .849",
        "relaxed": "floor .889, HeidelTime .916",
        "value": "floor .216, HeidelTime .792",
        "type": "floor .715",
    }
    return [
        Score(name=f"timebank: {key} F1{part}", value=2 * counts[key] / counts["total"], beside=beside[key], note=note)
        for part, counts, note in (("", every, ""), (", texts not looked at", unseen, "half of the texts, by id"))
        for key in beside
    ]


def _compared(found: tuple[Timex, ...], gold: list[Row]) -> Counter[str]:
    counts = Counter(total=len(found) + len(gold))
    counts["strict"] = len({(t.start, t.end) for t in found} & {(g["start"], g["end"]) for g in gold})
    pairs = sorted(
        (abs(t.start - g["start"]) + abs(t.end - g["end"]), i, j)
        for i, t in enumerate(found)
        for j, g in enumerate(gold)
        if t.start < g["end"] and g["start"] < t.end
    )
    ours: set[int] = set()
    theirs: set[int] = set()
    for _, i, j in pairs:
        if i not in ours and j not in theirs:
            ours.add(i)
            theirs.add(j)
            counts["relaxed"] += 1
            counts["value"] += found[i].value == gold[j]["value"]
            counts["type"] += found[i].kind == gold[j]["type"]
    return counts


# -- Recognizers-Text ------------------------------------------------------------------------------------------------

_CLOCK_KINDS = frozenset({"time", "timerange", "datetime", "datetimerange", "timezone"})
_DAYPART = re.compile(r"(?:\d{4}-\d\d-\d\d|XXXX-WXX-\d|XXXX-\d\d-\d\d)T[A-Z]{2}")
_LEADING_THE = re.compile(
    r"the (?:(?:\w+ )?(?:next|last|past|previous|following|coming|upcoming|latest)\b(?!.*\b(?:of|decades?)\b|\s+day\b)"
    r"|(?:end|beginning|start) of)",
    re.IGNORECASE,
)
"""Relative times that the suite gives without their article."""
_BEYOND_NEWS = (
    ("signs of comparison", re.compile(r"[<>=]|greater|less than|more than")),
    (
        "chat and ledger short forms",
        re.compile(r"\b(?:otd|eo[dwmy]|[cfs]y|w/c|ytd|tmrw?|tonite|to date|\d+y|mar\d)\b|\b[cfs]y\d\d"),
    ),
    (
        "day and month as two numbers, no year",
        re.compile(r"(?<![\d/.-])\d{1,2}[/.-]\d{1,2}(?![\d]|[/.-]\d)|^\d+ \d+ \d+$|^\d{8}$"),
    ),
    (
        "numbers that test the reader",
        re.compile(r"\b\d\d-\d{4}-[a-z]+|[a-z]+-\d{4}-\d\b|^\d{4}-\d$|^\d\d?-\d{4}$|\b\d0 s\b"),
    ),
    (
        "weekday joined to a counted day",
        re.compile(
            r"day,? (?:\w+ ){1,2}(?:week|month|year|day)s? (?:from|after|ago|before)|(?:now|today|\w{4,}) on \w+day"
        ),
    ),
    ("business days and hours", re.compile(r"business|working|weekday")),
    (
        "holidays of the United States",
        re.compile(
            r"halloween|labou?r day|independence|black friday|thanksgiving|patrick|juneteenth|memorial|freedom day|mlk|presidents|new year"
        ),
    ),
    ("fractions of units", re.compile(r"\u00bd|quarter (?:year|hour|gap)|and (?:a )?quarter|and half")),
)
"""Classes of phrases a news reader does not need, by the expected words: calendar, chat, ledger and query language."""


def looked_at_case(case: Row) -> bool:
    """Tell whether a case is in the three quarters whose errors were read (by hash of its id)."""
    return int(sha256(case["id"].encode()).hexdigest(), 16) % 4 != 1


def scope_of(case: Row) -> str:
    """
    Return "in scope", or the class by which a case is out of it; by the case's own answer, never by ours.

    In scope: days, ranges of days, durations and parts of a day, as news needs them. Out: clock times and appointments;
    repeated times (a calendar's rules); values the suite itself does not resolve (fiscal years, seasons); cases
    its own reference platform does not support; cases without a reference day.
    """
    options = case.get("options") or {}
    if not case["reference"]:
        return "no reference day"
    if "dotnet" in str(options.get("NotSupported", "")) or any("TypeName" not in r for r in case["results"]):
        return "not supported by the suite's own platform"
    for result in case["results"]:
        kind = result["TypeName"].split(".")[-1]
        values = (result.get("Resolution") or {}).get("values", [])
        if kind == "set":
            return "repeated times"
        if kind in _CLOCK_KINDS and not all(_DAYPART.fullmatch(v.get("timex", "")) for v in values):
            return "clock times and appointments"
        if any(v.get("value") == "not resolved" for v in values):
            return "no value in the suite"
        for name, pattern in _BEYOND_NEWS:
            if pattern.search(result["Text"].casefold()):
                return name
    if not case["results"] and "valid date" in case["input"]:
        return "numbers that test the reader"
    if "www." in case["input"]:
        return "numbers that test the reader"
    return "in scope"


def _recognizers(rows: list[Row]) -> list[Score]:
    cases = [row for row in rows if row["spec"] == "DateTimeModel"]
    counts: Counter[tuple[str, str]] = Counter()
    classes: Counter[str] = Counter()
    for case, parsed in zip(cases, open_english().pipe(c["input"] for c in cases), strict=True):
        scope = scope_of(case)
        classes[scope] += 1
        spans, values = passes(case, parsed)
        parts = ["all"]
        if scope == "in scope":
            parts.append(scope)
            if not looked_at_case(case):
                parts.append("in scope, cases not looked at")
        for part in parts:
            counts[part, "n"] += 1
            counts[part, "spans"] += spans
            counts[part, "values"] += values
    out = "; ".join(f"{name} {n}" for name, n in classes.most_common() if name != "in scope")
    return [
        Score(
            name=f"recognizers DateTimeModel: {what} ({part})",
            value=counts[part, key] / counts[part, "n"],
            beside=f"dateparser {floor}",
            note=f"{counts[part, 'n']} cases" + (f"; out of scope: {out}" if part == "in scope" else ""),
        )
        for part in ("in scope", "in scope, cases not looked at", "all")
        for key, what, floor in (
            ("spans", "pass rate", ".176 of all"),
            ("values", "pass rate with values", ".101 of all"),
        )
    ]


def passes(case: Row, parsed: Any) -> tuple[bool, bool]:
    """Tell whether the texts found are those expected, and whether one value of each is right too."""
    reference = datetime.fromisoformat(case["reference"]).date() if case["reference"] else None
    found = {}
    for phrase in find_time_phrases(parsed, reference):
        if phrase.kind != "vague" or phrase.value == "PRESENT_REF":
            start = _without_lead(case["input"], phrase)
            found[case["input"][start : phrase.end].casefold()] = phrase
    expected = {r["Text"].casefold(): r for r in case["results"]}
    spans = set(found) == set(expected)
    return spans, spans and all(_right(found[text], result) for text, result in expected.items())


def _without_lead(text: str, phrase: TimePhrase) -> int:
    """Leave out what this suite leaves out: "the" of a relative time, "about" and "the" of a duration."""
    words = text[phrase.start : phrase.end]
    if _LEADING_THE.match(words):
        return phrase.start + len("the ")
    counted = phrase.kind == "duration"
    lead = (
        re.match(r"(?:(?:in\s)?the(?:\sfirst)?|nearly|almost|about|some|over|an additional)\s", words, re.IGNORECASE)
        if counted
        else None
    )
    return phrase.start + (lead.end() if lead else 0)


def _right(phrase: TimePhrase, result: Row) -> bool:
    values = (result.get("Resolution") or {}).get("values", [])
    return any(_same(phrase, value) for value in values)


def _same(phrase: TimePhrase, value: Row) -> bool:
    if "start" in value or "end" in value:
        first, last = (_day(value.get(side)) for side in ("start", "end"))
        if len(value.get("start") or value.get("end") or "") > 10:
            return phrase.value == value["timex"] or (
                phrase.first == first and phrase.value[10:] == value["timex"][-3:]
            )
        ends: set[date | None] = {phrase.last, phrase.last + timedelta(days=1)} if phrase.last else {None}
        ends |= {unit[0] for unit in _last_units(phrase)}
        return phrase.first == first and last in ends
    if value["type"] == "duration":
        return bool(_seconds(phrase.value) == float(value["value"]))
    return bool(phrase.first is not None and phrase.first == phrase.last == _day(value.get("value")))


def _last_units(phrase: TimePhrase) -> list[Interval]:
    """Return the days of the last unit of a range: the suite ends "from March to May" where May begins."""
    last = phrase.of[-1]
    if len(phrase.of) == 1 and last.last is None:
        return []
    unit = (
        interval_of(Timex(start=0, end=1, kind="DATE", value=last.last or last.value)) if last.kind == "DATE" else None
    )
    return [unit] if unit else []


def _seconds(value: str) -> float:
    """Return the length of a TIMEX3 duration as the suite counts it: a month 30 days, a year 365."""
    days, _, clock = value[1:].partition("T")
    long = {"Y": 365, "M": 30, "W": 7, "D": 1, "WE": 2, "Q": 90, "DE": 3650}
    total = sum(float(n) * long.get(unit, 0) * 86400 for n, unit in re.findall(r"([\d.]+)([A-Z]+)", days))
    short = {"H": 3600, "M": 60, "S": 1}
    return total + sum(float(n) * short[unit] for n, unit in re.findall(r"([\d.]+)([HMS])", clock))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text and re.match(r"\d{4}-\d\d-\d\d", text) else None
