"""Time expressions as an analyst marks them: those that can be dated, and what the statistical model adds, without padding."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from wayout.model.claim import TimeValue
from wayout.vocab import read_vocab

_LABELS = ("DATE", "TIME")


def time_spans(text: str, parsed: Any, times: Sequence[TimeValue]) -> list[tuple[int, int]]:
    """
    Find the time expressions of a text.

    Parameters
    ----------
    text
        The document's text.
    parsed
        Its spaCy ``Doc``.
    times
        Its dated expressions; they win over the statistical model's.

    Returns
    -------
    spans
        Characters, in order, without overlap; without "nearly", "since", "the" before them. Words that date nothing
        ("now", "recent weeks", "one day") are left out.
    """
    spans = sorted({_bare(text, t.span.start, t.span.end) for t in times})
    found: list[tuple[int, int]] = []
    taken: set[int] = set()
    for start, end in [*_apart(spans), *_proposed(text, parsed)]:
        if start < end and taken.isdisjoint(range(start, end)) and not _vague().match(text[start:end]):
            found.append((start, end))
            taken.update(range(start, end))
    return sorted(found)


def _apart(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    last = -1
    for start, end in spans:
        if start >= last:
            yield start, end
            last = end


def _proposed(text: str, parsed: Any) -> Iterator[tuple[int, int]]:
    """Yield what the statistical model calls a date or time, where its words do."""
    for entity in parsed.ents:
        if entity.label_ not in _LABELS or "\n" in entity.text:
            continue
        start, end = _bare(text, entity.start_char, entity.end_char)
        if _telling().search(text, start, end):
            yield start, end


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    match = _padding().match(text, start, end)
    return (match.end(), end) if match and match.end() < end else (start, end)


@cache
def _padding() -> re.Pattern[str]:
    return re.compile(rf"(?:{_either('time_prefixes')}\s+)+", re.IGNORECASE)


@cache
def _vague() -> re.Pattern[str]:
    openers, alone = _either("time_openers"), _either("time_alone")
    return re.compile(rf"(?:(?:an?|these|those|this|in)\s)?{openers}\b|{alone}$", re.IGNORECASE)


@cache
def _telling() -> re.Pattern[str]:
    return re.compile(rf"\b(?:1[5-9]|20)\d\d\b|\d[:/.]\d|\b{_either('time')}", re.IGNORECASE)


def _either(name: str) -> str:
    words = sorted(read_vocab("entity_words.yaml")[name], key=lambda w: (-len(w), w))
    return "(?:" + "|".join(re.escape(w) for w in words) + ")"
