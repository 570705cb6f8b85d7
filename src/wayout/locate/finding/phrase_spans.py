"""Widen place names to the whole place phrase: "east of the Euphrates", "the border with Iraq", "towards the south"."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from wayout.errors import VocabularyError
from wayout.locate.cover import Cover
from wayout.locate.looking_up.nation_words import joined_forms, written_adjectives
from wayout.locate.needs import first_words, needed_slots, words_of
from wayout.vocab import read_vocab

HEAD, REST, SHUT = "\ue000", "\ue001", "\ue002"
"""Private-use characters that mask a name (first character, the rest) and what must not be part of a phrase."""
AND, JOINED = "\ue003", "\ue004"
"""Private-use characters that mask an Arabic "and", and other prepositions, joined to the next word."""
ENGLISH = "en"
RULES = {
    ENGLISH: ("place_phrases.yaml", "phrase_grammar.yaml"),
    "fr": ("place_phrases_fr.yaml", "phrase_grammar_fr.yaml"),
    "ar": ("place_phrases_ar.yaml", "phrase_grammar_ar.yaml"),
}
"""For each language whose phrases are cut: where they begin and end, and what they mean."""
MAX_ROUNDS = 3
"""Phrases nest at most so deep: "the western part of | the countryside of | the province of X"."""
MAX_PHRASE = 160
WAW = "\u0648"
MAX_JOINED = 2
_JOINED = re.compile("[\u0648\u0641]?[\u0628\u0644\u0643]?")
_WORD = re.compile(r"\w+")
_NAME = f"{HEAD}{REST}*"
_BETWEEN = re.compile(r"[Bb]etween (?:the )?(.+)", re.DOTALL)
_SEPARATOR = re.compile(r",? and (?:the )?|, (?:the )?")
_PIECE = re.compile(r"(?:[^\n.!?;]|\n(?!\n)|[.!?;](?!\s))+")
"""What a phrase lies in: it crosses no blank line and, names being masked, no full stop."""


def widen(
    text: str, names: Sequence[tuple[int, int]], shut: Sequence[tuple[int, int]], language: str = ENGLISH
) -> list[tuple[int, int]]:
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
    language
        One of ``RULES``.

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
    if language == "ar":
        masked = list(_part_joined("".join(masked), language))
    spans = sorted(names)
    changed = [match.span() for match in _PIECE.finditer("".join(masked))]
    for _ in range(MAX_ROUNDS):
        wider = _one_round("".join(masked), changed, language) - set(spans)
        wider = {(start, end) for start, end in wider if not is_between_states(text[start:end])}
        if not wider:
            break
        spans = _longest([*spans, *wider])
        for start, end in spans:
            masked[start:end] = HEAD + REST * (end - start - 1)
        starts = sorted(start for start, _ in wider)
        changed = [(a, b) for a, b in changed if bisect_left(starts, a) < bisect_left(starts, b)]
    return spans


def _part_joined(masked: str, language: str) -> str:
    """Part Arabic's joined words ("and", "in", "to") from a name or a word that opens a phrase: neither then begins inside a word."""
    known = _opening(language)

    def part(match: re.Match[str]) -> str:
        word = match.group()
        joined = match.end() < len(masked) and masked[match.end()] == HEAD
        for length in range(1, min(len(word), MAX_JOINED) + 1):
            rest = word[length:]
            if _JOINED.fullmatch(word[:length]) and (joined if not rest else rest in known and word not in known):
                return (AND if word[:length] == WAW else JOINED) * length + rest
        return word

    return _WORD.sub(part, masked)


def is_between_states(phrase: str) -> bool:
    """
    Tell whether a phrase is of dealings between countries, not of ground: "(agreed) between Russia, the US and Jordan".

    Parameters
    ----------
    phrase
        As written. "The border between Ethiopia and Sudan" opens with what lies between and is ground.
    """
    found = _BETWEEN.fullmatch(phrase)
    return found is not None and all(name in _states() for name in _SEPARATOR.split(found.group(1)))


@cache
def _states() -> frozenset[str]:
    return frozenset(name for row in read_vocab("countries.yaml")["countries"] for name in (row["name"], *row["also"]))


def _one_round(masked: str, pieces: list[tuple[int, int]], language: str) -> set[tuple[int, int]]:
    """Match every pattern once on every piece of the text that has what it needs."""
    found = set()
    for first, last in pieces:
        piece = masked[first:last]
        opened = {slot for word in words_of(piece) & _opening(language).keys() for slot in _opening(language)[word]}
        for rule in _fitting(language, frozenset(opened), HEAD in piece):
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
    """A pattern of a language's rules, compiled when first needed, and what it cannot do without."""

    language: str
    written: str
    needs_name: bool
    needed: frozenset[str]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern; blanks also stand for line ends."""
        try:
            source = self.written.format(**_slots(self.language)).replace(" ", r"(?:[ \u00a0]|\n(?!\n))")
            source = source.replace("'", "['\u2019]") if self.language == "fr" else source
            return re.compile(rf"(?<![\w{HEAD}{REST}])(?:{source})(?![\w{REST}])", re.IGNORECASE)
        except (KeyError, re.error) as error:
            raise VocabularyError(
                f"{RULES[self.language][0]}: pattern {self.written!r} cannot be used: {error}; mend it"
            ) from error


@cache
def _patterns(language: str) -> tuple[_Rule, ...]:
    rules = []
    for written in read_vocab(RULES[language][0])["patterns"]:
        needed = needed_slots(written, [*_openers(language), "N"])
        rules.append(_Rule(language, written, "N" in needed, needed - {"N"}))
    return tuple(rules)


@lru_cache(4096)
def _fitting(language: str, opened: frozenset[str], has_name: bool) -> tuple[_Rule, ...]:
    """List the rules that a piece can match whose words open these slots."""
    absent = _openers(language).keys() - opened
    return tuple(r for r in _patterns(language) if (has_name or not r.needs_name) and r.needed.isdisjoint(absent))


@cache
def _opening(language: str) -> dict[str, frozenset[str]]:
    """Map each word that opens an entry of some slot to those slots."""
    found: dict[str, set[str]] = {}
    for slot, words in _openers(language).items():
        for word in words:
            found.setdefault(word, set()).add(slot)
    return {word: frozenset(slots) for word, slots in found.items()}


@cache
def _openers(language: str) -> dict[str, frozenset[str]]:
    openers = first_words(
        {
            **_lists(language),
            "D": direction_words(language),
            "A": _nationalities(language),
            "J": _joined_nations(language),
        }
    )
    # "30km" is one word: numbers and units show no word of their own. "people" is what must not follow.
    return {slot: words for slot, words in openers.items() if slot not in ("number", "unit", "people")}


@cache
def _lists(language: str) -> dict[str, Sequence[Any]]:
    rules, grammar = (read_vocab(file) for file in RULES[language])
    lists = {**grammar["words"], **rules["words"]}
    if language == ENGLISH:
        return {**lists, "middle": grammar["middle"]}
    numbers = sorted((re.escape(word) for word in grammar["numbers"]), key=lambda w: (-len(w), w))
    own = {"kind": list(grammar["kinds"]), "bank": list(grammar["banks"]), "unit": list(grammar["units"])}
    return {**lists, **own, "number": [r"\d[\d.,]*", *(word.replace(r"\ ", " ") for word in numbers)]}


@cache
def _slots(language: str) -> dict[str, str]:
    """Map the slots to the regular expressions that fill them."""
    lists = _lists(language)
    slots = {name: _either(words) for name, words in lists.items() if name != "number"}
    slots["number"] = f"(?:{'|'.join(str(n) for n in lists['number'])})"
    if "people" in lists:
        slots["people"] = rf"(?! {slots['people']}\b)"
    slots["N"] = _NAME
    slots["D"] = rf"\b{_either(direction_words(language))}(?![\w-])"
    slots["A"] = rf"\b{_either(_nationalities(language))}\b"
    slots["J"] = rf"\b{_either(_joined_nations(language))}\b"
    slots["and"] = f"[{WAW}{AND}]"
    return slots


@cache
def direction_words(language: str = ENGLISH) -> tuple[str, ...]:
    """List every direction word of a language's grammar, longest first; English leaves the French ones out."""
    words = {word for row in read_vocab(RULES[language][1])["directions"] for word in row["words"]}
    words -= {"est", "sud", "nord", "ouest"} if language == ENGLISH else set()
    return tuple(sorted(words, key=lambda w: (-len(w), w)))


@cache
def _nationalities(language: str) -> tuple[str, ...]:
    if language != ENGLISH:
        return written_adjectives(language)
    rows = read_vocab("countries.yaml")["countries"]
    return tuple(sorted({a for row in rows for a in row["adjectives"]}, key=lambda w: (-len(w), w)))


def _joined_nations(language: str) -> tuple[str, ...]:
    return tuple(joined_forms(language))


def _either(words: Sequence[Any]) -> str:
    return (
        "(?:"
        + "|".join(sorted((re.escape(str(w)).replace(r"\ ", " ") for w in words), key=lambda w: (-len(w), w)))
        + ")"
    )
