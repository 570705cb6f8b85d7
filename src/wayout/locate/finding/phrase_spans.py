"""Widen place names to the whole place phrase: "east of the Euphrates", "the border with Iraq", "towards the south"."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from wayout.errors import VocabularyError
from wayout.locate.cover import Cover
from wayout.locate.needs import first_words, needed_slots, words_of
from wayout.vocab import read_vocab

HEAD, REST, SHUT = "\ue000", "\ue001", "\ue002"
"""Private-use characters that mask a name (first character, the rest) and what must not be part of a phrase."""
MAX_ROUNDS = 3
"""Phrases nest at most so deep: "the western part of | the countryside of | the province of X"."""
MAX_PHRASE = 160
_NAME = f"{HEAD}{REST}*"
_PIECE = re.compile(r"(?:[^\n.!?;]|\n(?!\n)|[.!?;](?!\s))+")
"""What a phrase lies in: it crosses no blank line and, names being masked, no full stop."""


def widen(text: str, names: Sequence[tuple[int, int]], shut: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """
    Widen names to phrases.

    Parameters
    ----------
    text
        The document's text.
    names
        Place names in it, not overlapping.
    shut
        Stretches that no phrase may contain (actors, persons).

    Returns
    -------
    phrases
        Stretches of the phrases in text order; a name that no pattern widens stays as it is. Phrases that hold no name
        ("the border") are among them.
    """
    masked = list(text)
    for start, end in shut:
        masked[start:end] = SHUT * (end - start)
    for start, end in names:
        masked[start:end] = HEAD + REST * (end - start - 1)
    spans = sorted(names)
    changed = [match.span() for match in _PIECE.finditer("".join(masked))]
    for _ in range(MAX_ROUNDS):
        wider = _one_round("".join(masked), changed) - set(spans)
        if not wider:
            break
        spans = _longest([*spans, *wider])
        for start, end in spans:
            masked[start:end] = HEAD + REST * (end - start - 1)
        starts = sorted(start for start, _ in wider)
        changed = [(a, b) for a, b in changed if bisect_left(starts, a) < bisect_left(starts, b)]
    return spans


def _one_round(masked: str, pieces: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """Match every pattern once on every piece of the text that has what it needs."""
    found = set()
    for first, last in pieces:
        piece = masked[first:last]
        opened = {slot for word in words_of(piece) & _opening().keys() for slot in _opening()[word]}
        for rule in _fitting(frozenset(opened), HEAD in piece):
            for match in rule.pattern.finditer(piece):
                start, end = match.span()
                if end - start <= MAX_PHRASE:
                    found.add((first + start, first + end))
    return found


def _longest(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Keep the longest of overlapping stretches; of equal ones the first."""
    cover = Cover(max((end for _, end in spans), default=0))
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(spans), key=lambda s: (s[0] - s[1], s[0])):
        if not cover.meets(start, end):
            cover.add(start, end)
            kept.append((start, end))
    return sorted(kept)


@dataclass(frozen=True)
class _Rule:
    """A pattern of ``place_phrases.yaml``, compiled when first needed, and what it cannot do without."""

    written: str
    needs_name: bool
    needed: frozenset[str]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern; blanks also stand for line ends."""
        try:
            source = self.written.format(**_slots()).replace(" ", r"(?:[ \u00a0]|\n(?!\n))")
            return re.compile(rf"(?<![\w{HEAD}{REST}])(?:{source})(?![\w{REST}])", re.IGNORECASE)
        except (KeyError, re.error) as error:
            raise VocabularyError(
                f"place_phrases.yaml: pattern {self.written!r} cannot be used: {error}; mend it"
            ) from error


@cache
def _patterns() -> tuple[_Rule, ...]:
    rules = []
    for written in read_vocab("place_phrases.yaml")["patterns"]:
        needed = needed_slots(written, [*_openers(), "N"])
        rules.append(_Rule(written, "N" in needed, needed - {"N"}))
    return tuple(rules)


@lru_cache(4096)
def _fitting(opened: frozenset[str], has_name: bool) -> tuple[_Rule, ...]:
    """List the rules that a piece can match whose words open these slots."""
    absent = _openers().keys() - opened
    return tuple(r for r in _patterns() if (has_name or not r.needs_name) and r.needed.isdisjoint(absent))


@cache
def _opening() -> dict[str, frozenset[str]]:
    """Map each word that opens an entry of some slot to those slots."""
    found: dict[str, set[str]] = {}
    for slot, words in _openers().items():
        for word in words:
            found.setdefault(word, set()).add(slot)
    return {word: frozenset(slots) for word, slots in found.items()}


@cache
def _openers() -> dict[str, frozenset[str]]:
    openers = first_words({**_lists(), "D": direction_words(), "A": _nationalities()})
    # "30km" is one word: numbers and units show no word of their own. "people" is what must not follow.
    return {slot: words for slot, words in openers.items() if slot not in ("number", "unit", "people")}


def _lists() -> dict[str, Sequence[Any]]:
    rules, grammar = read_vocab("place_phrases.yaml"), read_vocab("phrase_grammar.yaml")
    return {**grammar["words"], **rules["words"], "middle": grammar["middle"]}


@cache
def _slots() -> dict[str, str]:
    """Map the slots to the regular expressions that fill them."""
    lists = _lists()
    slots = {name: _either(words) for name, words in lists.items() if name != "number"}
    slots["number"] = f"(?:{'|'.join(str(n) for n in lists['number'])})"
    slots["people"] = rf"(?! {slots['people']}\b)"
    slots["N"] = _NAME
    slots["D"] = rf"\b{_either(direction_words())}(?![\w-])"
    slots["A"] = rf"\b{_either(_nationalities())}\b"
    return slots


@cache
def direction_words() -> tuple[str, ...]:
    """List every direction word of the grammar, longest first."""
    words = {word for row in read_vocab("phrase_grammar.yaml")["directions"] for word in row["words"]}
    return tuple(sorted((w for w in words if w not in ("est", "sud", "nord", "ouest")), key=lambda w: (-len(w), w)))


@cache
def _nationalities() -> tuple[str, ...]:
    rows = read_vocab("countries.yaml")["countries"]
    return tuple(sorted({a for row in rows for a in row["adjectives"]}, key=lambda w: (-len(w), w)))


def _either(words: Sequence[Any]) -> str:
    return (
        "(?:"
        + "|".join(sorted((re.escape(str(w)).replace(r"\ ", " ") for w in words), key=lambda w: (-len(w), w)))
        + ")"
    )
