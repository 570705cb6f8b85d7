"""The trigger words of every predicate, read from ``vocab/predicates.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from wayout.errors import VocabularyError
from wayout.model import Predicate
from wayout.vocab import read_vocab


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """
    One lexical entry: which predicate a word triggers and what must be found beside it.

    ``needs`` names a rule of :mod:`wayout.extract.claiming.needs`; ``place`` is the role of a place in object position;
    ``roles`` overrides what a preposition means; ``of`` says what a noun's "of" names.
    """

    predicate: Predicate
    lemma: str
    part: str
    needs: str = "any"
    place: str = "at"
    of: str = "object"
    roles: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All entries by (part of speech, lemma), and the closed word lists of the file."""

    entries: Mapping[tuple[str, str], tuple[Entry, ...]]
    particles: frozenset[tuple[str, str]]
    place_roles: Mapping[str, str]
    words: Mapping[str, frozenset[str]]
    things: Mapping[str, str]


_PARTS = {"verbs": "verb", "nouns": "noun", "adjectives": "adjective"}
_OVERRIDES = {"to_role": "to", "from_role": "from", "in_role": "in", "for_role": "for", "on_role": "on"}


@cache
def open_lexicon() -> Lexicon:
    """
    Read the trigger lexicon once.

    Returns
    -------
    lexicon
        Entries and word lists.

    Raises
    ------
    VocabularyError
        If a predicate is not one of :data:`wayout.model.Predicate`.
    """
    raw = read_vocab("predicates.yaml")
    entries: dict[tuple[str, str], list[Entry]] = {}
    particles: set[tuple[str, str]] = set()
    for name, spec in raw["predicates"].items():
        if name not in get_args(Predicate):
            raise VocabularyError(f"predicates.yaml names the predicate {name!r}; use one of {get_args(Predicate)}")
        for part, short in _PARTS.items():
            for item in spec.get(part, ()):
                for entry in _entries(name, short, item):
                    entries.setdefault((short, entry.lemma), []).append(entry)
                    if short == "verb" and " " in entry.lemma:
                        particles.add(tuple(entry.lemma.split(" ", 1)))  # type: ignore[arg-type]
    lists = {key: frozenset(value) for key, value in raw.items() if isinstance(value, list)}
    return Lexicon(
        entries={key: tuple(value) for key, value in entries.items()},
        particles=frozenset(particles),
        place_roles={word: role for role, words in raw["place_roles"].items() for word in words},
        words=lists,
        things={word: role for role, words in raw["things"].items() for word in words},
    )


def _entries(predicate: Predicate, part: str, item: Mapping[str, Any]) -> list[Entry]:
    roles = tuple((word, item[key]) for key, word in _OVERRIDES.items() if key in item)
    return [
        Entry(
            predicate=predicate,
            lemma=lemma,
            part=part,
            needs=item.get("needs", "any"),
            place=item.get("place", "at"),
            of=item.get("of", "object"),
            roles=roles,
        )
        for lemma in item["lemmas"]
    ]
