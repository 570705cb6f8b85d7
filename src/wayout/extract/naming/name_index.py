"""A trie of names: which of them begin at this word, the longest first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from wayout.extract.naming.countries import Country, read_countries
from wayout.extract.tokens import Word, cut_words
from wayout.model.actor import Actor
from wayout.model.mention import MentionRoute

NameClass = Literal["actor", "seat", "country", "adjective", "people"]
"""actor: a name of it; seat: a metonym; country, adjective, people: what a nation is called."""

_MAX_ACRONYM = 4
"""A country name of at most this many capitals ("US", "UAE", "DRC") is matched like an acronym."""
_PARTICLES = frozenset(["al", "the", "of", "and", "in", "for", "de", "la", "le", "du", "ibn", "bin"])


class Entry(NamedTuple):
    """One way to name something: what it names (actor id or ISO country), how, and the words as listed."""

    names: str
    cls: NameClass
    route: MentionRoute
    listed: tuple[str, ...]


class Hit(NamedTuple):
    """Words ``first`` to ``last`` (exclusive) of a text carry a name; entries of equal length, in order of precedence."""

    first: int
    last: int
    entries: tuple[Entry, ...]


@dataclass(slots=True)
class _Node:
    next: dict[str, "_Node"]
    entries: list[Entry]


class NameIndex:
    """
    Names of actors and countries, matched word by word on folded keys, with rules of case.

    Acronyms must be written exactly as listed ("IS", never "is"); a name listed with a capital needs that capital
    on its first word that carries one.
    """

    def __init__(self, actors: Sequence[Actor]) -> None:
        self._root = _Node({}, [])
        self.keys: dict[str, list[Entry]] = {}
        for actor in actors:
            for route, names in _routes(actor).items():
                for name in names:
                    self._add(name, Entry(actor.id, "seat" if route == "metonym" else "actor", route, ()))
        for country in read_countries():
            self._add_country(country)

    def _add_country(self, country: Country) -> None:
        nouns: tuple[tuple[NameClass, tuple[str, ...]], ...] = (
            ("country", (country.name, *country.also)),
            ("adjective", country.adjectives),
            ("people", country.people),
        )
        for cls, names in nouns:
            for name in names:
                short = name.replace(".", "").isupper() and len(name.replace(".", "")) <= _MAX_ACRONYM
                self._add(name, Entry(country.iso2, cls, "acronym" if short else "demonym", ()))

    def _add(self, name: str, entry: Entry) -> None:
        listed, keys = _cut_name(name)
        node = self._root
        for key in keys:
            following = node.next.get(key)
            if following is None:
                following = node.next[key] = _Node({}, [])
            node = following
        full = Entry(entry.names, entry.cls, entry.route, listed)
        node.entries.append(full)
        self.keys.setdefault(" ".join(keys), []).append(full)

    def starting_at(self, words: Sequence[Word], first: int) -> Iterator[Hit]:
        """
        Yield the names that begin at a word, the longest first.

        Parameters
        ----------
        words
            Words of one text.
        first
            Index of the first word.

        Yields
        ------
        hit
            Names whose rules of case hold.
        """
        found: list[Hit] = []
        node = self._root
        for last in range(first, len(words)):
            if last > first and (not words[last].joined or (words[last - 1].owns and " " in node.next)):
                break
            following = node.next.get(words[last].key)
            if following is None:
                break
            node = following
            fitting = tuple(e for e in node.entries if fits_case(e, words[first : last + 1]))
            if fitting:
                found.append(Hit(first, last + 1, fitting))
        yield from reversed(found)


def is_weak(entry: Entry) -> bool:
    """Tell whether a name says too little to be trusted by itself: an acronym, a single word, or common words only."""
    return entry.route == "acronym" or len(entry.listed) == 1 or is_plain(entry)


def is_plain(entry: Entry) -> bool:
    """Tell whether a name is of common words only: no capital, no other script."""
    return all(w.islower() and w.isascii() for w in entry.listed)


def _cut_name(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Cut a listed name as ``cut_words`` does; most names are plain words and blanks, which is quicker to tell."""
    if name.isascii() and name.replace(" ", "").isalnum():
        listed = tuple(name.split())
        return listed, tuple(name.lower().split())
    words = cut_words(name)
    return tuple(w.text for w in words), tuple(w.key for w in words)


def fits_case(entry: Entry, words: Sequence[Word]) -> bool:
    """Tell whether words are written with the capitals that the listed name asks for."""
    if entry.route == "acronym":
        return all(w.text == listed for w, listed in zip(words, entry.listed, strict=True))
    for word, listed in zip(words, entry.listed, strict=True):
        if listed[:1].isupper() and listed.casefold() not in _PARTICLES:
            return word.is_upper_first
    return True


def _routes(actor: Actor) -> Mapping[MentionRoute, tuple[str, ...]]:
    return {
        "name": (actor.name,),
        "alias": actor.aliases,
        "acronym": actor.acronyms,
        "metonym": actor.metonyms,
    }
