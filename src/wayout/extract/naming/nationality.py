"""Nations that act through a noun: "Malian troops", "Iraq's security forces", "Damascus regime", "army of Niger"."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple

from wayout.extract.naming.countries import Country, read_countries
from wayout.extract.naming.name_index import Hit, NameIndex
from wayout.extract.tokens import Word, cut_words
from wayout.model.mention import MentionRoute
from wayout.vocab import read_vocab

HeadClass = Literal["force", "government", "civilians", "rebels"]
_MAX_MODIFIERS = 3


class Nation(NamedTuple):
    """Words ``first`` to ``last`` (exclusive) name an actor by its nation; ``refs`` best first."""

    first: int
    last: int
    refs: tuple[str, ...]
    route: MentionRoute
    iso2: str


def read_nation(words: Sequence[Word], first: int, index: NameIndex) -> Nation | None:
    """
    Read "adjective | country's | capital + modifiers + head" or "head of country" at a word.

    Parameters
    ----------
    words
        Words of one text.
    first
        Index of the first word.
    index
        Names of countries and seats.

    Returns
    -------
    nation
        The longest reading, or ``None``. "Congolese and Rwandan troops" gives the words "Congolese" alone: the head is shared.
    """
    if first >= len(words):
        return None
    of = _read_of(words, first, index)
    if of:
        return of
    for hit in index.starting_at(words, first):
        isos = _nations(hit, words)
        if not isos:
            continue
        head = _read_head(words, hit.last)
        if head:
            last, cls = head
            return _nation(first, last, isos, cls)
        shared = _shared_head(words, hit.last, index)
        if shared and any(e.cls == "adjective" for e in hit.entries):
            return _nation(first, hit.last, isos, shared)
    return None


def _nation(first: int, last: int, isos: Mapping[str, MentionRoute], cls: HeadClass) -> Nation:
    countries = [_by_iso()[i] for i in isos]
    iso2, route = next(iter(isos.items()))
    if cls == "force":
        refs = tuple(c.forces for c in countries)
    elif cls == "government":
        refs = tuple(c.government for c in countries)
    elif cls == "civilians":
        return Nation(first, last, ("civilians",), route, iso2)
    else:
        return Nation(first, last, (), route, iso2)
    return Nation(first, last, refs, route, iso2)


def _nations(hit: Hit, words: Sequence[Word]) -> dict[str, MentionRoute]:
    """ISO countries a hit can stand for before a noun; a bare country name needs a possessive or is a loose compound."""
    found: dict[str, MentionRoute] = {}
    for entry in hit.entries:
        if entry.cls in ("adjective", "country"):
            found.setdefault(entry.names, "demonym")
        elif entry.cls == "seat" and (iso2 := _by_slug().get(entry.names.removeprefix("government-of-"))):
            found.setdefault(iso2, "metonym")
    if words[hit.last - 1].owns and not any(e.cls in ("country", "seat") for e in hit.entries):
        return {}
    return found


def _read_head(words: Sequence[Word], at: int) -> tuple[int, HeadClass] | None:
    """Read up to three modifiers and the longest run of head nouns; the last head decides."""
    heads, modifiers = _heads(), _modifiers()
    best: tuple[int, HeadClass] | None = None
    position, skipped = at, 0
    while position < len(words) and words[position].joined:
        for length in (3, 2, 1):
            key = " ".join(w.key for w in words[position : position + length])
            whole = position + length <= len(words)
            if whole and key in heads and all(w.joined for w in words[position : position + length]):
                best = (position + length, heads[key])
                break
        else:
            if best or words[position].key not in modifiers or skipped == _MAX_MODIFIERS:
                return best
            length = 1
        position += length
        skipped += 1
        if words[position - 1].owns:
            return best
    return best


def _shared_head(words: Sequence[Word], at: int, index: NameIndex) -> HeadClass | None:
    """Read the head that a nation shares with the next one: "Russian(, Iranian) and Syrian forces"."""
    if at + 1 >= len(words):
        return None
    start = at + 1 if words[at].key == "and" else at
    for hit in index.starting_at(words, start):
        if any(e.cls == "adjective" for e in hit.entries):
            head = _read_head(words, hit.last)
            if head and words[at].key == "and":
                return head[1]
            return _shared_head(words, hit.last, index)
    return None


def _read_of(words: Sequence[Word], first: int, index: NameIndex) -> Nation | None:
    """Read "army of Niger", "people of Iraq"."""
    if words[first].key not in _first_of_heads():
        return None
    for length in (3, 2, 1):
        last = first + length
        key = " ".join(w.key for w in words[first:last])
        cls = _heads().get(key)
        if (
            cls is None
            or last + 1 >= len(words)
            or first + length > len(words)
            or words[last].key != "of"
            or not words[last].joined
        ):
            continue
        for hit in index.starting_at(words, last + 1):
            isos: dict[str, MentionRoute] = {e.names: "demonym" for e in hit.entries if e.cls == "country"}
            if isos and words[last + 1].joined:
                return _nation(first, hit.last, isos, cls)
    return None


@cache
def _heads() -> Mapping[str, HeadClass]:
    listed = read_vocab("actor_words.yaml")["heads"]
    return {" ".join(w.key for w in cut_words(noun)): cls for cls, nouns in listed.items() for noun in nouns}


@cache
def _first_of_heads() -> frozenset[str]:
    return frozenset(h.split()[0] for h in _heads())


@cache
def _modifiers() -> frozenset[str]:
    return frozenset(w.key for m in read_vocab("actor_words.yaml")["modifiers"] for w in cut_words(m))


@cache
def _by_iso() -> Mapping[str, Country]:
    return {c.iso2: c for c in read_countries()}


@cache
def _by_slug() -> Mapping[str, str]:
    return {c.slug: c.iso2 for c in read_countries()}
