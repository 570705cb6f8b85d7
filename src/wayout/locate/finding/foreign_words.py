"""What a language adds to the search for place names: prefixes, endings, common words, and words that lead to a place."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from wayout.locate.finding.phrase_spans import ENGLISH, RULES
from wayout.text.names import fold_name
from wayout.vocab import read_vocab

_APOSTROPHES = re.compile("['\u2019]")
_LEADING_LISTS = ("near", "rural", "outskirts", "coast", "road", "border")
_JOINED = re.compile("^[\u0648\u0641]?[\u0628\u0644\u0643]?")
_HARAKAT = re.compile("[\u064b-\u0652\u0670]")


@dataclass(frozen=True, slots=True)
class ForeignWords:
    """
    What a language adds to the search, from ``vocab/foreign_places.yaml`` and the grammar of its phrases.

    ``prefixes``: what Arabic joins to a word, and what the word begins with then. ``elisions``: French articles before a vowel.
    ``endings``: case endings and what the name ends in instead. ``leading``: folded words after which a place comes. ``openings``:
    small words that open a name ("lac"). ``kinds``, ``roads``: words for kinds of places, and for roads and borders. ``common``: folded words that are no names.
    """

    prefixes: tuple[tuple[str, str], ...]
    elisions: tuple[str, ...]
    endings: tuple[tuple[str, tuple[str, ...]], ...]
    leading: frozenset[str]
    openings: frozenset[str]
    kinds: frozenset[str]
    roads: frozenset[str]
    common: frozenset[str]

    def leads_to(self, before: str) -> bool:
        """Tell whether the words before a name say that it is a place: "province de", "au nord de", "entre"."""
        words = _fold(before).split()
        for n in range(1, min(len(words), 3) + 1):
            opening, *rest = words[-n:]
            bare = _JOINED.sub("", opening, count=1)
            if any(" ".join((form, *rest)) in self.leading for form in {opening, bare} if form):
                return True
        return False

    def is_kind(self, word: str) -> bool:
        """Tell whether a word, with or without what is joined to it, is one for a kind of place."""
        folded = _fold(word)
        return folded in self.kinds or _JOINED.sub("", folded, count=1) in self.kinds

    def is_road(self, before: str) -> bool:
        """Tell whether the words before a name end in one for a road or a border: "l'axe A-B" is between two towns."""
        words = _fold(before).split()
        return bool(words) and words[-1] in self.roads

    def opens_with_kind(self, words: str) -> bool:
        """Tell whether the first of several words says that they name a place: a district recorded with its kind."""
        opening, _, rest = fold_name(words).partition(" ")
        return bool(rest) and opening in self.kinds

    def is_common(self, words: str) -> bool:
        """Tell whether each of the words is a common one: "north east" is no name."""
        folded = fold_name(words)
        return folded in self.common or all(word in self.common for word in folded.split())


@cache
def foreign_words(language: str) -> ForeignWords:
    """Read what a language adds to the search; nothing for a language that is not known."""
    vocab: Any = read_vocab("foreign_places.yaml")
    endings = vocab["endings"].get(language, {})
    kinds = vocab["kind_words"].get(language, ())
    leading = frozenset(_fold(word) for word in (*kinds, *_led_by_grammar(language)))
    singles = (word for word in leading if " " not in word)
    return ForeignWords(
        prefixes=tuple(sorted(vocab["prefixes"].get(language, {}).items(), key=lambda p: -len(p[0]))),
        elisions=tuple(vocab["elisions"].get(language, ())),
        endings=tuple((e, tuple(endings[e])) for e in sorted(endings, key=lambda e: (-len(e), e))),
        leading=leading,
        openings=frozenset(fold_name(word) for word in vocab["openings"].get(language, ())),
        kinds=frozenset(fold_name(word) for word in _kinds(language)),
        roads=frozenset(fold_name(word) for name in ("road", "border") for word in _list(language, name)),
        common=frozenset(fold_name(w) for w in (*vocab["common_words"].get(language, ()), *singles)),
    )


def _kinds(language: str) -> tuple[str, ...]:
    return tuple(read_vocab(RULES[language][1])["kinds"]) if language in RULES and language != ENGLISH else ()


def _list(language: str, name: str) -> list[str]:
    """Read a list of the language's grammar; none for a language without."""
    return list(read_vocab(RULES[language][1])["words"][name]) if language in RULES and language != ENGLISH else []


def _led_by_grammar(language: str) -> Iterator[str]:
    """Make the words that lead to a place from the lists of the language's grammar."""
    if language == ENGLISH or language not in RULES:
        return
    grammar = read_vocab(RULES[language][1])
    words = [word for name in _LEADING_LISTS for word in grammar["words"].get(name, ())]
    words += [word for row in grammar["directions"] for word in row["words"]] + list(grammar["kinds"])
    joints = grammar["words"].get("de", [""])
    yield from (f"{word} {joint}" for word, joint in itertools.product(words, joints))
    yield from grammar["words"]["near"]
    yield from read_vocab("foreign_places.yaml")["leading_words"].get(language, ())


def _fold(words: str) -> str:
    return fold_name(_APOSTROPHES.sub(" ", _HARAKAT.sub("", words)))
