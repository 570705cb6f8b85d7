"""
Find who a report speaks of: states, forces, groups, organisations, persons, by any of the names they go by.

Known names come first (longest match, ``name_scan``); cities and countries count only where they act (``roles``); then
names a statistical model proposes (``unknown_names``, ``persons``); then plain nouns and pronouns that stand for an actor
named just before (``coreference``). See ``docs/methods/actors.md``.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from wayout.extract.naming.actor_book import UNKNOWN, ActorBook, open_actors
from wayout.extract.naming.coreference import resolve_descriptions
from wayout.extract.naming.foreign_names import find_names
from wayout.extract.naming.name_index import Entry
from wayout.extract.naming.name_scan import Found, Scan, scan_names
from wayout.extract.naming.nationality import Nation
from wayout.extract.naming.offices import find_offices
from wayout.extract.naming.persons import propose_persons, surname, title_start
from wayout.extract.naming.roles import Grammar
from wayout.extract.naming.shared_names import decide, named_for_certain
from wayout.extract.naming.unknown_names import propose_organisations
from wayout.extract.tokens import Word
from wayout.model.document import Document
from wayout.model.mention import Mention, MentionKind, MentionRoute
from wayout.text.names import fold_name
from wayout.vocab import read_vocab

__all__ = ["ActorBook", "find_actors", "open_actors"]

_MAX_INITIALS = 2
_NO_SURNAMES = ("GPE", "LOC", "NORP")
"""Labels of places and peoples: a word that bears one in the text is not taken for a surname."""
_BRACKET = re.compile(r"\s?[(\[]\s?[\"\u201c']?$")
_BESIDE = re.compile(
    r"\b(?:[Nn]ear|[Aa]round|[Oo]utside|(?:stronghold|bastion|town|city|village|district|suburb)s? of)\s$"
)
"""What stands after "near" is a place, whatever the tagger says."""


@cache
def _things_named_after() -> frozenset[str]:
    return frozenset(read_vocab("actor_words.yaml")["things_named_after"])


def find_actors(document: Document, parsed: Any, book: ActorBook) -> tuple[Mention, ...]:
    """
    Find the actors and persons a document names.

    Parameters
    ----------
    document
        The document; its year of publication decides between actors of one name.
    parsed
        The spaCy ``Doc`` of ``document.text``.
    book
        Known actors.

    Returns
    -------
    mentions
        Without overlap, in the order of the text. ``ref`` is an actor id or ``unknown:<folded name>``; ``candidates``
        are the other actors that the words may mean.
    """
    finder = _Finder(document, Grammar(parsed), book)
    finder.add_known()
    finder.add_proposed()
    named = finder.mentions()
    offices = tuple(find_offices(document, book, named, finder.scan))
    others = _apart(find_names(document, book), (*named, *offices))
    mentions = sorted((*named, *offices, *others), key=_place)
    described = resolve_descriptions(document, finder.grammar, book, mentions, finder.scan)
    return tuple(sorted((*mentions, *described), key=_place))


def _apart(others: Sequence[Mention], mentions: Sequence[Mention]) -> list[Mention]:
    """Return the names in other scripts that do not overlap a mention."""
    taken = {i for m in mentions for i in range(m.span.start, m.span.end)} if others else ()
    return [m for m in others if not any(i in taken for i in range(m.span.start, m.span.end))]


def _place(mention: Mention) -> tuple[int, int]:
    return mention.span.start, mention.span.end


class _Finder:
    """The work of one call: names decided so far, and acronyms the text itself explains."""

    def __init__(self, document: Document, grammar: Grammar, book: ActorBook) -> None:
        self.document = document
        self.grammar = grammar
        self.book = book
        self.scan: Scan = scan_names(document.text, book)
        self.year = document.published.year if document.published else None
        self._starts = {w.start: i for i, w in enumerate(self.scan.words)}
        hits = [f.hit.entries for f in self.scan.found if f.hit]
        self._certain = named_for_certain(hits, book, self.year, self.scan.countries_without)
        self._made: dict[tuple[int, int], Mention] = {}
        self._taken: list[tuple[int, int]] = []
        self._persons = [(e.start_char, e.end_char) for e in grammar.parsed.ents if e.label_ == "PERSON"]

    def mentions(self) -> tuple[Mention, ...]:
        return tuple(self._made[k] for k in sorted(self._made))

    def add_known(self) -> None:
        """Decide every name of the scan; names the text explains ("... (CPC)") are decided first."""
        explained = self._explained()
        for found in self.scan.found:
            if found.nation:
                self._add_nation(found, found.nation)
            elif found.hit:
                self._add_hit(found, found.hit.entries, explained)

    def add_proposed(self) -> None:
        """Add names that no file knows; a later surname or acronym goes with the full name it repeats."""
        known: dict[str, str] = {}
        for name in propose_persons(self.grammar, self.scan.words, self._starts):
            if not self._is_free(name.start, name.end):
                continue
            near = self.book.near(fold_name(self.document.text[name.start : name.end]))
            ref = near or UNKNOWN + fold_name(self.document.text[name.start : name.end])
            kind_ok = near is None or self.book.by_id(near).kind == "person"
            self._add(name.start, name.end, ref, "statistical" if near is None else "alias", person=kind_ok)
            if kind_ok:
                known.setdefault(surname(self.document.text[name.start : name.end]), ref)
        self._add_repeated(known)
        for start, end in propose_organisations(self.grammar, self.scan.words, self._starts):
            if self._is_free(start, end):
                key = fold_name(self.document.text[start:end])
                near = self.book.near(key)
                person = near is not None and self.book.by_id(near).kind == "person"
                self._add(start, end, near or UNKNOWN + key, "alias" if near else "statistical", person=person)

    def _add_repeated(self, known: Mapping[str, str]) -> None:
        others = {t.lower_ for e in self.grammar.parsed.ents if e.label_ in _NO_SURNAMES for t in e}
        for word in self.scan.words:
            ref = known.get(word.key) if word.key not in others else None
            if ref is None or not word.text[0].isupper() or len(word.text) <= _MAX_INITIALS:
                continue
            if self._is_free(word.start, word.end) and not self.grammar.is_placed(word.start, word.end):
                self._add(word.start, word.end, ref, "statistical", person=True)

    def _explained(self) -> dict[str, tuple[str, ...]]:
        """Bind acronyms to the name they follow in brackets: "Coalition of Patriots for Change (CPC)"."""
        bound: dict[str, tuple[str, ...]] = {}
        text = self.document.text
        for one, after in zip(self.scan.found, self.scan.found[1:], strict=False):
            if one.hit is None or after.hit is None or not _BRACKET.fullmatch(text[one.end : after.start]):
                continue
            first = [e.names for e in one.hit.entries if e.cls == "actor"]
            shared = [e.names for e in after.hit.entries if e.cls == "actor" and e.names in first]
            if shared:
                bound[text[after.start : after.end]] = tuple(dict.fromkeys(shared))
                bound[text[one.start : one.end]] = tuple(dict.fromkeys(shared))
        return bound

    def _names_a_thing(self, found: Found) -> bool:
        """Tell whether the name only opens another: "UNESCO World Heritage Site"."""
        if found.hit is None:
            return False
        words, after = self.scan.words, found.hit.last
        last = after
        while last < len(words) and words[last].joined and words[last].text[0].isupper():
            last += 1
        return last - after > 1 and words[last - 1].key in _things_named_after()

    def _add_nation(self, found: Found, nation: Nation) -> None:
        if nation.refs:
            self._add(found.start, found.end, nation.refs[0], nation.route, nation.refs[1:])
        else:
            ref = UNKNOWN + fold_name(self.document.text[found.start : found.end])
            self._add(found.start, found.end, ref, "demonym")

    def _add_hit(self, found: Found, entries: Sequence[Entry], explained: Mapping[str, tuple[str, ...]]) -> None:
        names = [e for e in entries if e.cls == "actor"]
        if self._is_part_of_person(found, names) or self._names_a_thing(found):
            return
        if names:
            words = self.document.text[found.start : found.end]
            self._add_named(found, names, explained.get(words, ()))
            return
        if any(e.cls == "people" for e in entries) and not any(e.cls == "adjective" for e in entries):
            self._add(found.start, found.end, "civilians", "demonym")
        elif self.grammar.acts(found.start, found.end):
            seats = [e.names for e in entries if e.cls == "seat"]
            states = [f"government-of-{c}" for c in _slugs(entries)]
            ranked = self.book.rank(dict.fromkeys((*seats, *states)), year=self.year, countries=self.scan.countries)
            refs = [r for r, fit in ranked if fit[0]] or [r for r, _ in ranked]
            if refs:
                self._add(found.start, found.end, refs[0], "metonym", tuple(refs[1:]))

    def _add_named(self, found: Found, names: Sequence[Entry], bound: tuple[str, ...]) -> None:
        if bound:
            self._add(found.start, found.end, bound[0], names[0].route, bound[1:])
            return
        words = self.document.text[found.start : found.end]
        countries = self.scan.countries_without(names)
        sense = decide(words, names, self.book, self.year, countries, self._certain)
        if sense is not None:
            self._add(found.start, found.end, sense.ref, sense.route, sense.others)

    def _is_part_of_person(self, found: Found, names: Iterable[Entry]) -> bool:
        """Tell whether a one-word name is only a part of somebody's longer name ("Jordan Peters", "Rifaat al-Assad")."""
        if any(e.route == "acronym" for e in names) or found.hit is None:
            return False
        words = [w for w in self.scan.words[found.hit.first : found.hit.last] if w.key not in ("al", "the")]
        if len(words) != 1:
            return False
        for start, end in self._persons:
            if start <= found.start and found.end <= end and (start, end) != (found.start, found.end):
                others = [w for w in self._words(start, end) if w not in words and w.key not in ("al", "the")]
                if [w for w in others if w.text[0].isupper() and not self._is_title(w)]:
                    return True
        return False

    def _is_title(self, word: Word) -> bool:
        at = self._starts[word.start]
        return title_start(self.scan.words, at + 1) <= at

    def _words(self, start: int, end: int) -> list[Word]:
        return [w for w in self.scan.words if start <= w.start < end]

    def _is_free(self, start: int, end: int) -> bool:
        if _BESIDE.search(self.document.text, max(0, start - 16), start):
            return False
        return not any(s < end and start < e for s, e in self._taken) and not any(
            f.start < end and start < f.end for f in self.scan.found if not f.nation
        )

    def _add(
        self, start: int, end: int, ref: str, route: MentionRoute, more: tuple[str, ...] = (), *, person: bool = False
    ) -> None:
        if any(s < end and start < e for s, e in self._taken):
            return
        person = person or (not ref.startswith(UNKNOWN) and self.book.by_id(ref).kind == "person")
        if person:
            start = self._titled(start)
        span = self.document.span(start, end)
        kind: MentionKind = "person" if person else "actor"
        text = self.document.quote(span)
        self._made[start, end] = Mention(span=span, text=text, kind=kind, ref=ref, route=route, candidates=more)
        self._taken.append((start, end))

    def _titled(self, start: int) -> int:
        """Step left over titles and the nation or office before them: "Iraqi Prime Minister Haider al-Abadi"."""
        first = self._starts.get(start)
        if first is None:
            return start
        title = title_start(self.scan.words, first)
        if title == first:
            return start
        start = self.scan.words[title].start
        if self.scan.words[title].joined:
            for found in self.scan.found:
                if found.hit and found.hit.last == title and any(_may_own(e) for e in found.hit.entries):
                    start = found.start
                    self._made.pop((found.start, found.end), None)
                    self._taken = [t for t in self._taken if t != (found.start, found.end)]
        return start


def _may_own(entry: Entry) -> bool:
    """Tell whether a name can stand before an office: "Iraqi", "US", "UN", not the noun "Turkey"."""
    return entry.cls in ("adjective", "actor") or entry.route == "acronym"


def _slugs(entries: Iterable[Entry]) -> list[str]:
    from wayout.extract.naming.countries import read_countries

    isos = [e.names for e in entries if e.cls == "country"]
    return [c.slug for c in read_countries() if c.iso2 in isos]
