"""Place phrases in text of other languages, without a parser: gazetteer names at word edges, then the phrases round them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wayout.locate.cover import Cover
from wayout.locate.finding.foreign_words import ForeignWords, foreign_words
from wayout.locate.finding.phrase_spans import RULES, widen
from wayout.locate.gazetteer import Gazetteer
from wayout.locate.looking_up.nation_words import countries_in, country_called, country_of_adjective
from wayout.model import Document, Mention, MentionRoute, Place, PlaceKind, Span
from wayout.text.names import fold_name

MAX_WORDS = 4
"""Words of the longest name looked for."""
KNOWN_WIDELY = 50_000
"""Inhabitants from which a lone name is taken for the town anywhere."""
KNOWN_HERE = 2_000
"""Inhabitants from which it is in a country the text speaks of; a word that leads to a place ("city of", "north of") takes any."""
MIN_LETTERS = 3
MAX_BEFORE = 24
"""Characters before a word that are looked at for one that leads to it."""
MIN_RESPELT = 4
"""Letters of the shortest name that is looked for in another spelling."""
AREAS = frozenset({"country", "admin1", "region", "sea", "river", "lake"})
_COUNTRY: tuple[PlaceKind, ...] = ("country",)
_WORD = re.compile(r"[^\W\d_]+(?:['’\-\u2010\u2011][^\W\d_]+)*")
_PART = re.compile(r"[^-\u2010\u2011]+")
_GAP = re.compile(r"[ \t\u00a0]{1,2}")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_AND, _ARTICLE = "\u0648", "\u0627\u0644"
_LISTED = re.compile(r"(?:, | ?[-\u2013/] ?| et (?:de |d['\u2019])?| à | [\u0648]|\u060c )")
"""Between two names of one list or phrase: what leads to the first leads to the second."""


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    places: tuple[Place, ...]
    is_led_to: bool


@dataclass(frozen=True, slots=True)
class _Search:
    """A text and what is known for searching it."""

    language: str
    text: str
    tokens: tuple[tuple[int, int], ...]
    words: ForeignWords
    gazetteer: Gazetteer
    countries: frozenset[str]


def find_foreign_places(document: Document, gazetteer: Gazetteer, taken: Sequence[Span]) -> tuple[Mention, ...]:
    """
    Find place phrases in a document that is not English.

    Parameters
    ----------
    document
        Its ``language`` (ISO 639-1) chooses case endings, prefixes, kind words and phrases; names are looked up in any script.
    gazetteer
        The gazetteer.
    taken
        Spans of actors, which are not places.

    Returns
    -------
    mentions
        Kind ``"place"``, in text order, never overlapping. Route ``"name"``, or ``"phrase"`` for what is said round a name
        ("au nord de Djibo"), which is read in French and Arabic; ``"statistical"`` for a name that no source lists where the
        words before it say that it is a place. Small places count where the text speaks of their country or such words lead to them.
    """
    language = document.language or ""
    spoken = frozenset(code for _, _, code in countries_in(document.text, language))
    words = foreign_words(language)
    tokens = tuple(_tokens(document.text, words, gazetteer))
    search = _Search(language, document.text, tokens, words, gazetteer, spoken)
    shut = [(s.start, s.end) for s in taken]
    found = list(_scan(search, Cover(len(document.text), shut)))
    countries = spoken | {p.country for f in found for p in f.places if p.country and p.kind in ("country", "admin1")}
    names = {(f.start, f.end): f for f in found if _stands(f, countries)}
    spans = widen(document.text, sorted(names), shut, language) if language in RULES else sorted(names)
    return tuple(_mention(document, span, names.get(span)) for span in spans)


def _tokens(text: str, words: ForeignWords, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """Split a text into words; "Sévaré-Douentza", a road between two towns, is two of them, Port-au-Prince one."""
    for match in _WORD.finditer(text):
        start, end = match.span()
        first = _begin(text, (start, end), words)
        parts = [(first + m.start(), first + m.end()) for m in _PART.finditer(text[first:end])]
        known = [text[a:b][:1].isupper() and bool(gazetteer.exact(fold_name(text[a:b]))) for a, b in parts]
        roads = any(known) and words.is_road(text[max(0, start - MAX_BEFORE) : first])
        if len(parts) > 1 and (all(known) or roads) and not gazetteer.exact(fold_name(text[first:end])):
            yield from ((start if i == 0 else a, b) for i, (a, b) in enumerate(parts))
        else:
            yield start, end


def _mention(document: Document, stretch: tuple[int, int], name: _Found | None) -> Mention:
    route: MentionRoute = "phrase"
    if name is not None:
        route = "name" if name.places else "statistical"
    span = document.span(*stretch)
    return Mention(span=span, text=document.quote(span), kind="place", ref=None, route=route)


def _stands(found: _Found, countries: frozenset[str]) -> bool:
    return found.is_led_to or any(
        place.kind in AREAS or (place.population or 0) >= (KNOWN_HERE if place.country in countries else KNOWN_WIDELY)
        for place in found.places
    )


def _scan(search: _Search, cover: Cover) -> Iterator[_Found]:
    """Step through the words; the longest name that begins at a word wins, and the next begins after it."""
    at, before = 0, None
    while at < len(search.tokens):
        found = _longest_at(search, at, before)
        if found is None or cover.meets(found[0].start, found[0].end):
            at += 1
            continue
        before = found[0]
        yield found[0]
        at += found[1]


def _longest_at(search: _Search, at: int, last: _Found | None) -> tuple[_Found, int] | None:
    text, tokens, words = search.text, search.tokens, search.words
    start = _begin(text, tokens[at], words)
    arabic = _ARABIC.match(text[start]) is not None
    n = 1
    while n < MAX_WORDS and at + n < len(tokens) and _GAP.fullmatch(text[tokens[at + n - 1][1] : tokens[at + n][0]]):
        n += 1
    if not (text[start].isupper() or arabic or (n > 1 and fold_name(text[start : tokens[at][1]]) in words.openings)):
        return None
    led = words.leads_to(text[max(tokens[max(0, at - 3)][0], start - 2 * MAX_BEFORE) : start])
    if last is not None and last.is_led_to and not led:
        led = _LISTED.fullmatch(text[last.end : start]) is not None or (
            arabic and _LISTED.fullmatch(text[last.end : start + 1]) is not None
        )
    for length in range(n, 0, -1):
        end = tokens[at + length - 1][1]
        if text[start].islower() and not text[tokens[at + length - 1][0] : end][:1].isupper():
            continue
        found = _named(search, start, end, length, led)
        if found is not None:
            return found, length
    return _unlisted(search, (start, tokens[at][1]), last) if led else None


def _named(search: _Search, start: int, end: int, length: int, led: bool) -> _Found | None:
    """Take a stretch for a name if a place bears it, as it stands or without what is joined to it."""
    words, name = search.words, search.text[start:end]
    arabic = _ARABIC.match(name) is not None
    if words.is_common(name):
        return None
    for offset, form in _forms(name, words, arabic):
        key = fold_name(form)
        if len(form) < MIN_LETTERS or words.is_common(form):
            continue
        places = tuple(place for place, _ in search.gazetteer.exact(key))
        if arabic and length == 1 and len(key) == MIN_LETTERS and not led:
            places = tuple(p for p in places if p.kind in AREAS)  # three letters are a word more often than a town
        country = country_called(form)
        if country is not None and not any(place.country == country[0] for place in places):
            places = search.gazetteer.find(country[1], kinds=_COUNTRY)[:1]
        if not places and country_of_adjective(form, search.language):
            return None
        if not places and led and len(key) >= MIN_RESPELT and (arabic or name.split()[-1][:1].isupper()):
            places = _respelt(form, search)
        if places:
            return _Found(start + offset, end, places, led or words.opens_with_kind(form))
    return None


def _respelt(name: str, search: _Search) -> tuple[Place, ...]:
    """Look a name up in another spelling, in the countries spoken of alone: it may be listed in Latin letters only."""
    if not search.countries:
        return ()
    ranked = search.gazetteer.rank(name, dict.fromkeys(sorted(search.countries), 1.0))
    return tuple(place for place, _ in ranked[:1] if place.country in search.countries)


def _unlisted(search: _Search, word: tuple[int, int], last: _Found | None) -> tuple[_Found, int] | None:
    """
    Take a word for a place that no source lists, where the words before it lead to one.

    Arabic has no capitals: there it takes the article after a kind word, or a place joined to it by "and".
    """
    start, end = word
    name = search.text[start:end]
    if _ARABIC.match(name):
        joined = last is not None and last.end + 1 == start and name.startswith(_AND)
        before = search.text[max(0, start - MAX_BEFORE) : start].split()
        article = bool(before) and search.words.is_kind(before[-1])
        if not joined and not (article and name.startswith(_ARTICLE)):
            return None
        start += len(_AND) if joined else 0
    elif not name[:1].isupper():
        return None
    name = search.text[start:end]
    if len(name) < MIN_RESPELT or search.words.is_common(name) or search.words.is_common(search.text[word[0] : end]):
        return None
    return _Found(start, end, (), True), 1


def _begin(text: str, token: tuple[int, int], words: ForeignWords) -> int:
    """Step over an elided article ("l'Irak")."""
    for elision in words.elisions:
        if text[token[0] : token[1]].casefold().startswith(elision) and token[0] + len(elision) < token[1]:
            return token[0] + len(elision)
    return token[0]


def _forms(name: str, words: ForeignWords, arabic: bool) -> Iterator[tuple[int, str]]:
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
