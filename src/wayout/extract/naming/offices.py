"""Persons named by office alone: "the Turkish president", "the new Caliph video", "the President of Chad"."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from wayout.extract.naming.actor_book import UNKNOWN, ActorBook, is_active
from wayout.extract.naming.name_scan import Found, Scan
from wayout.extract.tokens import Word, cut_words
from wayout.model.document import Document
from wayout.model.mention import Mention
from wayout.vocab import read_vocab

_MAX_OFFICE = 3
_INDEFINITE = frozenset(("a", "an"))
_AFTER_RANK = frozenset(("said", "says", "told", "added", "warned", "who", "has", "had", "was", "is", "and"))
"""Words after "the general" that show a person; "the general staff", "the general public" are none."""


@dataclass(frozen=True, slots=True)
class _Office:
    """An office at words ``first`` to ``last`` (exclusive), and the nation or actor it belongs to by its own words."""

    title: str
    first: int
    last: int
    owner: Found | None


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
        Kind "person". With an owner ("Turkish", "of Chad"): the one listed holder active in the year. Without: the one
        person the document calls so, else the one listed holder whose side the document names. Else
        ``unknown:<words>``, for capitalised offices only.
    """
    year = document.published.year if document.published else None
    called = _called(book, mentions)
    sides = {m.ref for m in mentions if m.ref}
    taken = [(m.span.start, m.span.end) for m in mentions]
    for office in _offices_in(scan):
        start, end = scan.words[office.first].start, scan.words[office.last - 1].end
        if any(s < end and start < e for s, e in taken):
            continue
        if office.owner:
            known = _holders(office.title, book, _owners(office.owner, book), year)
        else:
            known = called.get(office.title) or (_holders(office.title, book, sides, year) if year else set())
        span = document.span(start, end)
        text = document.quote(span)
        ref = next(iter(known)) if len(known) == 1 else UNKNOWN + " ".join(w.key for w in cut_words(text))
        if ref.startswith(UNKNOWN) and not any(w.text[0].isupper() for w in _title_words(scan.words, office)):
            continue
        yield Mention(span=span, text=text, kind="person", ref=ref, route="description")


def _called(book: ActorBook, mentions: Sequence[Mention]) -> Mapping[str, set[str]]:
    """Who of the persons named is called by which office, by the book or by a title before the name."""
    called: dict[str, set[str]] = {}
    for mention in mentions:
        if mention.kind != "person" or not mention.ref:
            continue
        keys = [w.key for w in cut_words(mention.text)]
        titles = {" ".join(keys[i : i + n]) for i in range(2) for n in range(1, _MAX_OFFICE + 1)}
        for office in (titles | set(book.actor(mention.ref).descriptions)) & _offices():
            called.setdefault(office, set()).add(mention.ref)
    return called


def _holders(office: str, book: ActorBook, sides: set[str], year: int | None) -> set[str]:
    if office in read_vocab("actor_words.yaml")["ranks"]:
        return set()
    return {a.id for a in book.persons_called(office) if a.parent in sides and is_active(a, year)}


def _owners(owner: Found, book: ActorBook) -> set[str]:
    """Actors that an owner's words stand for: a nation's government and forces, or the actor named."""
    refs: set[str] = set()
    for entry in owner.hit.entries if owner.hit else ():
        if entry.cls in ("actor", "seat"):
            refs.add(entry.names)
        else:
            refs.update(book.states_of(entry.names))
    return refs


def _offices_in(scan: Scan) -> Iterator[_Office]:
    words = scan.words
    ends = {f.hit.last: f for f in scan.found if f.hit}
    begins = {f.hit.first: f for f in scan.found if f.hit}
    starting = _first_words()
    position = 0
    while position < len(words):
        if words[position].key not in starting:
            position += 1
            continue
        for length in range(_MAX_OFFICE, 0, -1):
            inside = words[position : position + length]
            key = " ".join(w.key for w in inside)
            if len(inside) == length and key in _offices() and all(w.joined for w in inside[1:]):
                office = _with_owner(words, key, (position, position + length), ends, begins)
                if _stands_alone(words, office):
                    yield office
                position += length
                break
        else:
            position += 1


def _with_owner(
    words: Sequence[Word], title: str, at: tuple[int, int], ends: Mapping[int, Found], begins: Mapping[int, Found]
) -> _Office:
    """Widen an office by the nation before it ("US Secretary of State") or by "of" and its owner ("President of Chad")."""
    first, last = at
    before = ends.get(first) if words[first].joined else None
    if before and before.hit and any(e.cls != "country" or e.route == "acronym" for e in before.hit.entries):
        return _Office(title, before.hit.first, last, before)
    if last + 1 < len(words) and words[last].key == "of" and words[last].joined:
        after = begins.get(last + 1) or begins.get(last + 2) if words[last + 1].key == "the" else begins.get(last + 1)
        if after and after.hit:
            return _Office(title, first, after.hit.last, after)
        return _Office(title, first, last, Found(0, 0, None, None))
    return _Office(title, first, last, None)


def _stands_alone(words: Sequence[Word], office: _Office) -> bool:
    before = words[office.first - 1].key if office.first else ""
    inside = _title_words(words, office)
    capital = inside[0].text[0].isupper() and inside[0].text != "General"
    if before in _INDEFINITE or not (capital or before == "the" or (office.owner and office.owner.hit)):
        return False
    follows = words[office.last] if office.last < len(words) else None
    if inside[-1].key == "general" and follows is not None and follows.joined and follows.key not in _AFTER_RANK:
        return False
    return follows is None or not follows.joined or follows.text[0].islower()


def _title_words(words: Sequence[Word], office: _Office) -> list[Word]:
    parts = set(office.title.split())
    return [w for w in words[office.first : office.last] if w.key in parts]


@cache
def _offices() -> frozenset[str]:
    return frozenset(" ".join(w.key for w in cut_words(o)) for o in read_vocab("actor_words.yaml")["offices"])


@cache
def _first_words() -> frozenset[str]:
    return frozenset(o.split()[0] for o in _offices())
