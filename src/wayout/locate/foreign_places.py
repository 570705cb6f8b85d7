"""Place names in text of other languages, without a parser: gazetteer names at word edges, case endings and prefixes off."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from wayout.locate.cover import Cover
from wayout.locate.gazetteer import Gazetteer
from wayout.model import Document, Mention, Place, Span
from wayout.text.names import fold_name
from wayout.vocab import read_vocab

MAX_WORDS = 4
"""Words of the longest name looked for."""
KNOWN_WIDELY = 50_000
"""Inhabitants from which a lone name is taken for the town anywhere."""
KNOWN_HERE = 2_000
"""Inhabitants from which it is in a country the text speaks of; a kind word ("city of") takes any."""
MIN_LETTERS = 3
AREAS = frozenset({"country", "admin1", "region", "sea", "river", "lake"})
_WORD = re.compile(r"[^\W\d_]+(?:['’\-\u2010\u2011][^\W\d_]+)*")
_GAP = re.compile(r"[ \t\u00a0]{1,2}")
_ARABIC = re.compile(r"[\u0600-\u06ff]")


@dataclass(frozen=True, slots=True)
class _Words:
    """What a language adds to the search, from ``vocab/foreign_places.yaml``."""

    prefixes: tuple[tuple[str, str], ...]
    elisions: tuple[str, ...]
    kinds: frozenset[str]
    common: frozenset[str]
    endings: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    places: tuple[Place, ...]
    kind_word: bool


def find_foreign_places(document: Document, gazetteer: Gazetteer, taken: Sequence[Span]) -> tuple[Mention, ...]:
    """
    Find place names in a document that is not English.

    Parameters
    ----------
    document
        Its ``language`` (ISO 639-1) chooses case endings, prefixes and kind words; names are looked up in any script.
    gazetteer
        The gazetteer.
    taken
        Spans of actors, which are not places.

    Returns
    -------
    mentions
        Kind ``"place"``, route ``"name"``, in text order, never overlapping. Names only: relative phrases ("north of ...") are
        read in English alone. Small places count where the text names their country or a kind word stands beside them.
    """
    words = _words(document.language or "")
    cover = Cover(len(document.text), [(s.start, s.end) for s in taken])
    found = list(_scan(document.text, words, gazetteer, cover))
    countries = {p.country for f in found for p in f.places if p.kind in ("country", "admin1")}
    mentions = []
    for one in found:
        if any(_stands(place, one.kind_word, countries) for place in one.places):
            span = document.span(one.start, one.end)
            mentions.append(Mention(span=span, text=document.quote(span), kind="place", ref=None, route="name"))
    return tuple(mentions)


def _stands(place: Place, kind_word: bool, countries: set[str | None]) -> bool:
    if place.kind in AREAS or kind_word:
        return True
    return (place.population or 0) >= (KNOWN_HERE if place.country in countries else KNOWN_WIDELY)


def _scan(text: str, words: _Words, gazetteer: Gazetteer, cover: Cover) -> Iterator[_Found]:
    """Step through the words; the longest name that begins at a word wins, and the next begins after it."""
    tokens = [m.span() for m in _WORD.finditer(text)]
    at = 0
    while at < len(tokens):
        found = _longest_at(text, tokens, at, words, gazetteer)
        if found is None or cover.meets(found[0].start, found[0].end):
            at += 1
            continue
        yield found[0]
        at += found[1]


def _longest_at(
    text: str, tokens: Sequence[tuple[int, int]], at: int, words: _Words, gazetteer: Gazetteer
) -> tuple[_Found, int] | None:
    start = _begin(text, tokens[at], words)
    arabic = _ARABIC.match(text[start]) is not None
    if not (text[start].isupper() or arabic):
        return None
    n = 1
    while n < MAX_WORDS and at + n < len(tokens) and _GAP.fullmatch(text[tokens[at + n - 1][1] : tokens[at + n][0]]):
        n += 1
    before = fold_name(text[tokens[max(0, at - 2)][0] : start])
    kind_word = any(before == k or before.endswith(f" {k}") for k in words.kinds)
    for length in range(n, 0, -1):
        end = tokens[at + length - 1][1]
        name = text[start:end]
        for offset, form in _forms(name, words, arabic):
            key = fold_name(form)
            if len(form) < MIN_LETTERS or (length == 1 and (key in words.common or key in words.kinds)):
                continue
            places = tuple(place for place, _ in gazetteer.exact(key))
            if arabic and length == 1 and len(key) == MIN_LETTERS:
                places = tuple(p for p in places if p.kind in AREAS)  # three letters are a word more often than a town
            if places:
                return _Found(start + offset, end, places, kind_word), length
            if length == 1 and offset == 0 and fold_name(name) in words.common:
                break
    return None


def _begin(text: str, token: tuple[int, int], words: _Words) -> int:
    """Step over an elided article ("l'Irak")."""
    for elision in words.elisions:
        if text.startswith(elision, token[0]) and token[0] + len(elision) < token[1]:
            return token[0] + len(elision)
    return token[0]


def _forms(name: str, words: _Words, arabic: bool) -> Iterator[tuple[int, str]]:
    """Yield the name and what it may be without a prefix or a case ending, with how much was cut at its start."""
    yield 0, name
    if arabic:
        for prefix, begins in words.prefixes:
            if name.startswith(prefix) and len(name) - len(prefix) >= MIN_LETTERS:
                # "لل" hides the article: the name begins with it, but the text does not
                yield (0 if begins else len(prefix)), begins + name[len(prefix) :]
        return
    for ending, instead in words.endings:
        if name.endswith(ending) and len(name) - len(ending) >= MIN_LETTERS:
            yield from ((0, name[: -len(ending)] + nominative) for nominative in instead)


@cache
def _words(language: str) -> _Words:
    vocab: Any = read_vocab("foreign_places.yaml")
    endings = vocab["endings"].get(language, {})
    return _Words(
        prefixes=tuple(sorted(vocab["prefixes"].get(language, {}).items(), key=lambda p: -len(p[0]))),
        elisions=tuple(vocab["elisions"].get(language, ())),
        kinds=frozenset(fold_name(w) for w in vocab["kind_words"].get(language, ())),
        common=frozenset(fold_name(w) for w in vocab["common_words"].get(language, ())),
        endings=tuple((e, tuple(endings[e])) for e in sorted(endings, key=lambda e: (-len(e), e))),
    )
