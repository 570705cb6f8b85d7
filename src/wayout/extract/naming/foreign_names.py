"""
Find the book's actors in texts that are not English, and names in other scripts inside English: no parser, no model.

Names are looked up word by word (``foreign_words``): those of the records in other scripts, those of
``vocab/actors/_other_languages.yaml`` in the text's language, and every nation's forces and government
(``foreign_nations``). Without a parser a capital or a country is never taken for its government.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from wayout.extract.naming.actor_book import ActorBook
from wayout.extract.naming.foreign_nations import nation_names, refs_of
from wayout.extract.naming.foreign_words import ForeignWord, cut_foreign, readings
from wayout.extract.naming.name_index import Entry
from wayout.extract.naming.shared_names import decide, named_for_certain
from wayout.model.actor import Actor
from wayout.model.document import Document
from wayout.model.mention import Mention, MentionKind, MentionRoute
from wayout.vocab import read_vocab

LANGUAGES = ("ar", "fa", "fr", "ru", "tr", "uk")
"""Languages whose own names are listed; in others only names written as in the records are found."""
_OTHER_LETTERS = "\u0370"
"""First code point past the Latin letters."""
_MIN_ACRONYM = 3
"""Letters of an English acronym that is looked for in other languages; shorter ones are words there."""
_MAX_ACRONYM = 9
_QUOTES = {"\u00ab": "\u00bb", "\u201e": "\u201c", "\u201c": "\u201d", '"': '"'}


class _Name(NamedTuple):
    """One way to name something: an actor's entry or a country, with how it must be written."""

    entry: Entry
    iso2: str | None
    exact: bool


class _Found(NamedTuple):
    start: int
    end: int
    names: tuple[_Name, ...]


@dataclass(slots=True)
class _Node:
    next: dict[str, "_Node"] = field(default_factory=dict)
    names: list[_Name] = field(default_factory=list)


def find_names(document: Document, book: ActorBook) -> tuple[Mention, ...]:
    """
    Find the actors that a text names in its own language, or that an English text names in another script.

    Parameters
    ----------
    document
        The document; ``language`` is its ISO 639-1 code ("ar", "fr", "ru", "uk", "fa", "tr"). In an English document, or one of
        unknown language, only words in other scripts are looked at.
    book
        Known actors.

    Returns
    -------
    mentions
        Without overlap, in the order of the text; shared names keep their ``candidates``.
    """
    language = document.language
    if language in (None, "en") and not has_other_script(document.text):
        return ()
    found = tuple(_scan(document.text, _index(book, language), language))
    countries = _count(found, book)
    year = document.published.year if document.published else None
    entries = [[n.entry for n in f.names if n.iso2 is None] for f in found]
    named = named_for_certain([e for e in entries if e], book, year, lambda _: countries)
    mentions = []
    for one, own in zip(found, entries, strict=True):
        if not own:
            continue
        words = document.text[one.start : one.end]
        sense = decide(words, own, book, year, countries, named)
        if sense is None:
            continue
        kind: MentionKind = "person" if book.actor(sense.ref).kind == "person" else "actor"
        span = document.span(one.start, one.end)
        mentions.append(
            Mention(span=span, text=words, kind=kind, ref=sense.ref, route=sense.route, candidates=sense.others)
        )
    return tuple(mentions)


def has_other_script(text: str) -> bool:
    """Tell whether a text holds letters of a script that is not Latin."""
    return not text.isascii() and any(c >= _OTHER_LETTERS and c.isalpha() for c in set(text))


def _scan(text: str, root: _Node, language: str | None) -> Iterator[_Found]:
    words = cut_foreign(text)
    position = 0
    while position < len(words):
        found = _longest(text, words, position, root, language)
        if found is None:
            position += 1
            continue
        last, one = found
        yield one
        position = last


def _longest(
    text: str, words: Sequence[ForeignWord], first: int, root: _Node, language: str | None
) -> tuple[int, _Found] | None:
    best: tuple[int, _Found] | None = None
    for skipped, key in readings(words[first], language):
        node = root.next.get(key)
        last = first + 1
        while node is not None:
            fitting = tuple(n for n in node.names if _fits(n, words[first:last], skipped))
            if fitting and (best is None or last > best[0]):
                best = last, _Found(words[first].start + skipped, _closed(words, first, last, text), fitting)
            if last == len(words) or not words[last].joined:
                break
            node = _step(node, words[last], language)
            last += 1
    return best


def _closed(words: Sequence[ForeignWord], first: int, last: int, text: str) -> int:
    """Return the end of a name; a quotation mark opened inside it is closed inside it."""
    end = words[last - 1].end
    opened = [text[w.start - 1] for w in words[first + 1 : last] if text[w.start - 1] in _QUOTES]
    return end + 1 if opened and text[end : end + 1] == _QUOTES[opened[-1]] else end


def _step(node: _Node, word: ForeignWord, language: str | None) -> _Node | None:
    following = node.next.get(word.key)
    if following is None and language == "tr":
        return next((node.next[k] for _, k in readings(word, language) if k in node.next), None)
    return following


def _fits(name: _Name, words: Sequence[ForeignWord], skipped: int) -> bool:
    """Tell whether words are written as the name asks: acronyms exactly, capitals where the name begins with one."""
    first = words[0].text
    if name.exact:
        return skipped == 0 and [w.text for w in words] == list(name.entry.listed)
    if name.entry.listed[0][0].isupper():
        return first[0].isupper()
    return True


def _count(found: Sequence[_Found], book: ActorBook) -> Mapping[str, float]:
    """Count the countries that a text speaks of, by their names, their forces and governments, and their own actors."""
    counts: Counter[str] = Counter()
    for one in found:
        isos = {n.iso2 for n in one.names if n.iso2}
        if not isos:
            actors = [book.by_id(r) for r in {n.entry.names for n in one.names}]
            isos = {a.country for a in actors if a.country and len(actors) == 1 and "world" not in a.theatres}
        counts.update(isos)
    return dict(sorted(counts.items()))


@lru_cache(maxsize=16)
def _index(book: ActorBook, language: str | None) -> _Node:
    """Make the trie of a language: names in other scripts always, Latin ones only in a language that is not English."""
    root = _Node()
    latin = language not in (None, "en")
    for actor in book.actors:
        for name, route in _record_names(actor):
            if _is_other(name) or (latin and _travels(name, route, language)):
                _add(root, name, actor.id, route)
    others: Mapping[str, Mapping[str, Sequence[str]]] = read_vocab("actors/_other_languages.yaml")
    for listed_in, names in others.items():
        for ref, listed in names.items():
            for name in listed:
                if language == listed_in or (not latin and _is_other(name)):
                    _add(root, name, book.by_id(ref).id, "acronym" if _is_acronym(name) else "alias")
    for nation in nation_names():
        if language != nation.language and (latin or not _is_other(nation.words)):
            continue
        if nation.cls == "country":
            _add(root, nation.words, nation.iso2, "demonym", country=nation.iso2)
        else:
            _add(root, nation.words, refs_of(nation.iso2, nation.cls), "demonym")
    return root


def _record_names(actor: Actor) -> Iterator[tuple[str, MentionRoute]]:
    yield actor.name, "name"
    for alias in actor.aliases:
        yield alias, "acronym" if _is_acronym(alias) and not alias.isascii() else "alias"
    for acronym in actor.acronyms:
        yield acronym, "acronym"


def _travels(name: str, route: MentionRoute, language: str | None) -> bool:
    """Tell whether an English name is used as it is in other languages: proper names, and acronyms that are no words there."""
    if route != "acronym":
        return name[0].isupper()
    refused = read_vocab("foreign_nations.yaml")["not_acronyms"].get(language, ())
    return len(name) >= _MIN_ACRONYM and name not in refused and name.upper() == name


def _is_other(name: str) -> bool:
    return any(c >= _OTHER_LETTERS and c.isalpha() for c in name)


def _is_acronym(name: str) -> bool:
    return name.isupper() and len(name) <= _MAX_ACRONYM and " " not in name


def _add(root: _Node, name: str, ref: str, route: MentionRoute, country: str | None = None) -> None:
    words = cut_foreign(name)
    node = root
    for word in words:
        node = node.next.setdefault(word.key, _Node())
    entry = Entry(ref, "country" if country else "actor", route, tuple(w.text for w in words))
    made = _Name(entry, country, route == "acronym")
    if words and made not in node.names:
        node.names.append(made)
