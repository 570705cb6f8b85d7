"""Persons named by office alone: "the Foreign Secretary", "the new Caliph video"."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from wayout.extract.actor_book import UNKNOWN, ActorBook, is_active
from wayout.extract.name_scan import Scan
from wayout.extract.tokens import Word, cut_words
from wayout.model.document import Document
from wayout.model.mention import Mention
from wayout.vocab import read_vocab

_MAX_OFFICE = 3
_INDEFINITE = frozenset(("a", "an"))


def find_offices(document: Document, book: ActorBook, mentions: Sequence[Mention], scan: Scan) -> Iterator[Mention]:
    """
    Yield persons named by their office, where no name follows it.

    Parameters
    ----------
    document
        The document.
    book
        Known actors.
    mentions
        Its actors and persons named so far.
    scan
        Its words.

    Yields
    ------
    mention
        Kind "person". ``ref`` is the one person the document calls so, else the one known holder whose side the document
        names, else ``unknown:<office>``.
    """
    year = document.published.year if document.published else None
    called = _called(book, mentions)
    sides = {m.ref for m in mentions if m.ref}
    taken = [(m.span.start, m.span.end) for m in mentions]
    for office, words in _offices_in(scan.words):
        start, end = words[0].start, words[-1].end
        if any(s < end and start < e for s, e in taken):
            continue
        known = called.get(office) or _holders(office, book, sides, year)
        ref = next(iter(known)) if len(known) == 1 else UNKNOWN + office
        if ref.startswith(UNKNOWN) and not words[0].text[0].isupper():
            continue
        span = document.span(start, end)
        yield Mention(span=span, text=document.quote(span), kind="person", ref=ref, route="description")


def _called(book: ActorBook, mentions: Sequence[Mention]) -> Mapping[str, set[str]]:
    """Who of the persons named is called by which office, by the book or by a title before the name."""
    called: dict[str, set[str]] = {}
    for mention in mentions:
        if mention.kind != "person" or not mention.ref:
            continue
        titles = {" ".join(w.key for w in cut_words(mention.text)[:n]) for n in range(1, _MAX_OFFICE + 1)}
        for office in (titles | set(book.actor(mention.ref).descriptions)) & _offices():
            called.setdefault(office, set()).add(mention.ref)
    return called


def _holders(office: str, book: ActorBook, sides: set[str], year: int | None) -> set[str]:
    if year is None:
        return set()
    return {
        a.id
        for a in book.actors
        if a.kind == "person" and office in a.descriptions and a.parent in sides and is_active(a, year)
    }


def _offices_in(words: Sequence[Word]) -> Iterator[tuple[str, Sequence[Word]]]:
    position = 0
    while position < len(words):
        for length in range(_MAX_OFFICE, 0, -1):
            inside = words[position : position + length]
            key = " ".join(w.key for w in inside)
            if len(inside) == length and key in _offices() and all(w.joined for w in inside[1:]):
                if _stands_alone(words, position, position + length):
                    yield key, inside
                position += length
                break
        else:
            position += 1


def _stands_alone(words: Sequence[Word], first: int, last: int) -> bool:
    before = words[first - 1].key if first else ""
    capital = words[first].text[0].isupper() and words[first].text.casefold() != "general"
    if before in _INDEFINITE or not (capital or before == "the"):
        return False
    follows = words[last] if last < len(words) else None
    return follows is None or not follows.joined or follows.text[0].islower()


@cache
def _offices() -> frozenset[str]:
    return frozenset(" ".join(w.key for w in cut_words(o)) for o in read_vocab("actor_words.yaml")["offices"])
