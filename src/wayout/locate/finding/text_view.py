"""What the rules for place names look at: a text, its words, tags and entities, and the word lists they hold it against."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import Any

from wayout.locate.cover import Cover
from wayout.text.names import fold_name
from wayout.vocab import read_vocab

_POSSESSIVE = re.compile(r"['\u2019]s?$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['\u2018\u2019\u02bb\u02bc`\u00b4][^\W\d_]+)*\.?")
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
OTHER_LABELS = frozenset({"PERSON", "ORG", "NORP", "EVENT", "WORK_OF_ART", "PRODUCT", "LAW", "LANGUAGE"})


@dataclass(frozen=True, slots=True)
class Word:
    """
    A word of the text: code points ``start`` to ``end``, possessive endings left out.

    ``is_capital`` tells whether it opens with a capital, or its script has none.
    """

    start: int
    end: int
    text: str
    is_capital: bool


@dataclass(frozen=True, slots=True)
class TextView:
    """What the rules look at: the text, its words, tags and entities."""

    text: str
    words: list[Word]
    parsed: Any
    token_starts: list[int]
    entities: tuple[Any, ...]
    entity_ends: list[int]
    taken: Cover

    def token(self, position: int) -> Any:
        """Return the parser's token that covers a code point."""
        return self.parsed[max(0, bisect_right(self.token_starts, position) - 1)]

    def entity(self, start: int, end: int) -> Any:
        """Return the entity that shares words with a stretch, or ``None``."""
        i = bisect_right(self.entity_ends, start)
        first = self.entities[i] if i < len(self.entity_ends) else None
        return first if first is not None and first.start_char < end else None


def words_in(text: str) -> list[Word]:
    """List the words of a text in order."""
    words = []
    for found in _WORD.finditer(text):
        start, end = found.span()
        word = _POSSESSIVE.sub("", found.group())
        if word.endswith(".") and not (len(word) <= 3 and word[:1].isupper()):
            word = word[:-1]
        end = start + len(word)
        if word:
            words.append(Word(start, end, word, word[0].isupper() or not word[0].islower()))
    return words


@cache
def friends() -> dict[str, frozenset[str]]:
    """Read the word lists that tell places from what only looks like one, by the name of the list."""
    lists = read_vocab("place_friends.yaml")
    rows = read_vocab("countries.yaml")["countries"]
    people = {fold_name(word) for row in rows for word in (*row["adjectives"], *row["people"])}
    people -= {fold_name(word) for row in rows for word in (row["name"], *row["also"])} | {"us", "u s", "uk", "u k"}
    short = [name for row in rows for name in row["also"]]
    short += [name for names in read_vocab("place_aliases.yaml")["countries"].values() for name in names]
    return {
        "words": frozenset(str(w) for w in lists["words"]) | frozenset(lists["months_days"]),
        "months": frozenset(lists["months_days"]),
        "prefixes": frozenset(lists["prefixes"]),
        "joiners": frozenset(lists["joiners"]),
        "surname_countries": frozenset(lists["surname_countries"]),
        "speech": frozenset(lists["speech"]),
        "titles": frozenset(lists["titles"]),
        "persons": frozenset(lists["persons"]),
        "locative": frozenset(lists["locative"]),
        "institutions": frozenset(lists["institutions"]),
        "settlement_after": frozenset(lists["settlement_after"]),
        "demonyms": frozenset(people),
        "acronyms": frozenset(fold_name(name) for name in short if name.isupper()),
    }


@cache
def directions() -> frozenset[str]:
    """List every direction word."""
    rows = read_vocab("phrase_grammar.yaml")["directions"]
    return frozenset(word for row in rows for word in row["words"])


@cache
def ordinary_words(*, alone: bool) -> frozenset[str]:
    """Words that open no respelt name; "Deir", "Bab" and the like do open one, but are none alone."""
    words = friends()["words"] | friends()["demonyms"] | directions()
    return words if alone else words - friends()["prefixes"]
