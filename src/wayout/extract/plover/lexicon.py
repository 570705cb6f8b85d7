"""The words of the PLOVER event types, read from ``vocab/event_types.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from wayout.errors import VocabularyError
from wayout.model import EventType
from wayout.vocab import read_vocab

UNDECIDED = frozenset({"ATTACK", "EXERCISE", "OBSTRUCT", "none"})
"""Cells of the table that :mod:`wayout.extract.plover.event_types` settles by who does it to whom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLexicon:
    """
    The lists of the file, turned round: from a word (or "word particle") to what it says.

    ``table`` is (operator, noun class) -> type; ``bare`` the type of a class of nouns that no verb carries.
    """

    direct: Mapping[str, str]
    embedding: Mapping[str, tuple[str, ...]]
    noun_embedding: Mapping[str, str]
    adjectives: Mapping[str, str]
    operators: Mapping[str, tuple[str, ...]]
    nominal_operators: Mapping[str, str]
    classes: Mapping[str, str]
    bare: Mapping[str, str]
    table: Mapping[tuple[str, str], str]
    particles: Mapping[str, frozenset[str]]
    when_negated: Mapping[str, str]
    irregular: Mapping[str, str]
    words: Mapping[str, frozenset[str]]
    edges: Mapping[str, float]
    prepositions: Mapping[str, float]
    weights: Mapping[str, float]
    verbs: frozenset[str]
    nouns: frozenset[str]


@cache
def open_event_lexicon() -> EventLexicon:
    """
    Read the lists once.

    Returns
    -------
    lexicon
        The words of the event types.

    Raises
    ------
    VocabularyError
        If a type is not one of :data:`wayout.model.EventType`.
    """
    raw = read_vocab("event_types.yaml")
    direct = _inverted(raw["direct"])
    operators = _all_of(raw["operators"])
    embedding = _all_of(raw["embedding"])
    table = {(op, cls): kind for op, row in raw["table"].items() for cls, kind in row.items()}
    bare = {cls: spec["bare"] for cls, spec in raw["classes"].items() if spec["bare"]}
    known = {*get_args(EventType), *UNDECIDED}
    wrong = sorted({*raw["direct"], *table.values(), *bare.values()} - known)
    if wrong:
        raise VocabularyError(f"event_types.yaml names the types {wrong}; use one of {sorted(known)}")
    classes = {noun: cls for cls, spec in raw["classes"].items() for noun in spec["nouns"]}
    nominal = _inverted(raw["nominal_operators"])
    phrases = [word.split(" ", 1) for word in (*direct, *operators, *embedding) if " " in word]
    return EventLexicon(
        direct=direct,
        embedding=embedding,
        noun_embedding=_inverted(raw["noun_embedding"]),
        adjectives=_inverted(raw["adjectives"]),
        operators=operators,
        nominal_operators=nominal,
        classes=classes,
        bare=bare,
        table=table,
        particles={verb: frozenset(p for v, p in phrases if v == verb) for verb, _ in phrases},
        when_negated=raw["when_negated"],
        irregular=raw["irregular"],
        words={key: frozenset(value) for key, value in raw.items() if isinstance(value, list)},
        edges=raw["recipient"]["edges"],
        prepositions=raw["recipient"]["prepositions"],
        weights={key: value for key, value in raw["recipient"].items() if not isinstance(value, dict)},
        verbs=frozenset(
            word.split(" ", 1)[0]
            for word in (*direct, *operators, *embedding, *raw["when_negated"], *raw["irregular"], *raw["ceasing"])
        ),
        nouns=frozenset(noun for noun, cls in classes.items() if cls in bare) | frozenset(nominal),
    )


def _inverted(lists: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, words in lists.items():
        for word in words:
            found.setdefault(word, key)
    return found


def _all_of(lists: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for key, words in lists.items():
        for word in words:
            found.setdefault(word, []).append(key)
    return {word: tuple(dict.fromkeys(keys)) for word, keys in found.items()}
