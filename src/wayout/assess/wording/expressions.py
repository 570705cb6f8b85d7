"""Find how a sentence speaks of likelihood: terms of the table, terms outside it, words without bounds, numbers, confidence."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from wayout.vocab import read_vocab

Kind = Literal["first", "second", "off_table", "unbounded", "confidence"]
_HYPHEN = re.compile(r"[\u2010\u2011]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """An expression in a sentence: its kind, its bounds in the sentence and its words in small letters."""

    kind: Kind
    start: int
    end: int
    words: str


@cache
def wording_rules() -> Mapping[str, Any]:
    """Read ``vocab/wording_rules.yaml``."""
    rules: Mapping[str, Any] = read_vocab("wording_rules.yaml")
    return rules


@cache
def _patterns() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    rules = wording_rules()
    return (
        ("off_table", _any_of(rules["off_table"])),
        ("second", _spaced("|".join(rules["second_row"]))),
        ("first", _spaced("|".join(rules["first_row"]))),
        ("unbounded", _any_of(rules["unbounded"])),
        ("confidence", _spaced("|".join(rules["confidence"]))),
    )


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=lambda w: (-len(w), w))
    return _spaced(rf"(?<![\w-])(?:{'|'.join(longest_first)})(?![\w-])")


def _spaced(pattern: str) -> re.Pattern[str]:
    """Let any white space stand between words: lines are wrapped, and markup is blanked."""
    return re.compile(pattern.replace(" ", r"\s+"))


def find_expressions(sentence: str) -> tuple[Expression, ...]:
    """
    Find every expression of likelihood or confidence in a sentence, each stretch counted once.

    Parameters
    ----------
    sentence
        As written; capitals tell the month of May and people of that name.

    Returns
    -------
    found
        In order. Uses that estimate nothing are left out (``innocent`` and ``comparing`` in the rules).
    """
    small = lower(sentence)
    taken: list[tuple[int, int]] = []
    found: list[Expression] = []
    blocked = [m.span() for m in re.finditer(wording_rules()["comparing"], small)]
    for kind, pattern in _patterns():
        for match in pattern.finditer(small):
            start, end = match.span()
            if any(a < end and start < b for a, b in taken):
                continue
            if kind in ("first", "second") and any(a < end and start < b for a, b in blocked):
                continue
            words = " ".join(match[0].split())
            if kind == "off_table" and _part_of_longer(words, small[:start]):
                continue
            if kind in ("unbounded", "off_table") and _estimates_nothing(words, small, sentence, (start, end)):
                continue
            taken.append((start, end))
            found.append(Expression(kind=kind, start=start, end=end, words=words))
    return tuple(sorted(found, key=lambda e: e.start))


def lower(sentence: str) -> str:
    """Write in small letters, blanks for line ends, one apostrophe; every character keeps its place."""
    small = "".join(c if len(c.lower()) != 1 else c.lower() for c in sentence)
    return _HYPHEN.sub("-", re.sub(r"\s", " ", small)).replace("’", "'")


def _part_of_longer(words: str, before: str) -> bool:
    """Tell whether the words before make it another expression: "roughly even chance", "almost no chance"."""
    return any(before.rstrip().endswith(w) for w in wording_rules()["not_after"].get(words, ()))


def _estimates_nothing(words: str, small: str, sentence: str, bounds: tuple[int, int]) -> bool:
    start, end = bounds
    if words == "may" and _is_name_or_month(sentence, start):
        return True
    if sentence.rstrip(" \"”’'»)").endswith("?") and words in wording_rules()["unbounded"]:
        return True
    return any(_covers(pattern, small, start, end) for pattern in wording_rules()["innocent"].get(words, ()))


def _covers(pattern: str, small: str, start: int, end: int) -> bool:
    return any(m.start() <= start and end <= m.end() for m in _compiled(pattern).finditer(small))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _is_name_or_month(sentence: str, start: int) -> bool:
    """The month and the name have a capital; so has a sentence all in capitals, where a verb must follow."""
    word = sentence[start : start + 3]
    if word == "may":
        # The month in careless hands: "on 8 may 2019".
        return bool(
            re.search(r"\d\s*(?:st|nd|rd|th)?\s*$", sentence[:start]) and re.match(r"\W*\d", sentence[start + 3 :])
        )
    if word == "MAY":
        return not re.match(
            r"\s+(?:BE|HAVE|NOT|WELL|SOON|BECOME|GET|GO|COME|LEAVE|FALL|HIT|FACE)\b", sentence[start + 3 :]
        )
    return True
