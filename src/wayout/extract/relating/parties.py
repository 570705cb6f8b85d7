"""The parties of relations: which words name a person, a body or a place, around a head token."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from wayout.extract.grammar import conjuncts
from wayout.model import Mention
from wayout.vocab import read_vocab

PartyKind = Literal["person", "body", "place", "pronoun"]
_LABELS: dict[str, PartyKind] = {
    "PERSON": "person",
    "NORP": "body",
    "ORG": "body",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}
_KINDS: dict[str, PartyKind] = {"actor": "body", "person": "person", "place": "place"}
_BEFORE = frozenset({"det", "amod", "compound", "nmod", "poss", "case", "punct", "advmod"})
MAX_PARTIES = 6
"""Coordinated parties that are taken: longer lists are catalogues, and pairs grow with the square."""


@dataclass(frozen=True, slots=True)
class Party:
    """Words that name somebody or a place: characters, the actor where known, and the head token's index."""

    start: int
    end: int
    kind: PartyKind
    ref: str | None
    head: int
    named: bool
    civil: bool = False


@cache
def word_list(name: str) -> frozenset[str]:
    """Return a closed word list of ``vocab/relations.yaml``."""
    return frozenset(read_vocab("relations.yaml")[name])


def lemma_of(token: Any) -> str:
    """Return the lemma of a noun in lower case, also of a plural that the tagger took for a name ("Militias")."""
    lemma: str = token.lemma_.lower()
    if token.pos_ != "PROPN" or not lemma.endswith("s"):
        return lemma
    return lemma[:-3] + "y" if lemma.endswith("ies") else lemma[:-1]


def is_list_item(token: Any) -> bool:
    """Tell whether an apposition is the middle of a list ("A, B and C"): it is coordinated itself."""
    return any(c.dep_ in ("cc", "conj") for c in token.children)


class Parties:
    """The parties of a parsed document, by head token."""

    def __init__(self, parsed: Any, mentions: Sequence[Mention]) -> None:
        """Lay the mentions over the tokens; of two that overlap the longer one stays."""
        self.parsed = parsed
        self._mentions: dict[int, tuple[Mention, int, int]] = {}
        for m in sorted(mentions, key=lambda m: (m.span.start - m.span.end, m.span.start)):
            if m.kind not in ("actor", "person", "place"):
                continue
            words = parsed.char_span(m.span.start, m.span.end)
            if words is None or any(i in self._mentions for i in range(words.start, words.end)):
                continue
            first, last = words.start, words.end - 1
            for i in range(first, last + 1):
                self._mentions[i] = (m, first, last)

    def at(self, token: Any, *, bare: bool = False, loose: bool = False) -> Party | None:
        """
        Return the party whose head a token is; ``None`` for words that name nobody and no place.

        Parameters
        ----------
        token
            A noun or pronoun.
        bare
            Leave out its "of" phrase ("members of the union" is "members").
        loose
            Take any proper name, also one that nobody knows.
        """
        held = self._mentions.get(token.i)
        if held is not None:
            mention, first, last = held
            if token.dep_ == "conj" and first <= token.head.i <= last:
                return None
            start, end = mention.span.start, mention.span.end
            if token.i == last and token.pos_ in ("NOUN", "PROPN"):
                # "these terrorists", "the minister for X": a plain noun that stands for somebody is marked with its phrase.
                low, high = self._phrase(token, bare=bare)
                start, end = (start if mention.text != mention.text.lower() else min(start, low)), max(end, high)
            civil = lemma_of(token) in word_list("civil")
            return Party(
                start, end, _KINDS[mention.kind], mention.ref, token.i, mention.text != mention.text.lower(), civil
            )
        if token.pos_ == "PRON":
            known = token.lower_ in word_list("pronouns")
            return Party(token.idx, token.idx + len(token), "pronoun", None, token.i, False) if known else None
        if token.pos_ not in ("NOUN", "PROPN", "ADJ"):
            return None
        kind = self._kind(token) or ("body" if loose and token.pos_ == "PROPN" else None)
        if kind is None:
            return None
        start, end = self._phrase(token, bare=bare)
        return Party(start, end, kind, None, token.i, token.pos_ == "PROPN", lemma_of(token) in word_list("civil"))

    def held(self, i: int) -> tuple[Mention, int, int] | None:
        """Return the mention over a token with its first and last token."""
        return self._mentions.get(i)

    def _kind(self, token: Any) -> PartyKind | None:
        lemma = lemma_of(token)
        if lemma in word_list("groups"):
            return "body"
        return _LABELS.get(token.ent_type_) or ("place" if lemma in word_list("places") else None)

    def each(self, token: Any | None) -> list[Party]:
        """Return the parties of a noun phrase and of what is coordinated with it; a name beside a title stands for it."""
        if token is None:
            return []
        return [p for t in self._heads(token) if (p := self._called(t)) is not None][:MAX_PARTIES]

    def _called(self, token: Any) -> Party | None:
        """Return the person named beside a title ("the minister, X, visited"), else what the token names."""
        party = self.at(token)
        if party is None or party.kind != "body":
            return party
        beside = (self.at(c) for c in token.children if c.dep_ == "appos" and not is_list_item(c))
        return next((p for p in beside if p is not None and p.kind == "person"), party)

    def _heads(self, token: Any) -> list[Any]:
        """Return the heads of a coordination, also of one that hangs on another word of a name or looks like an apposition."""
        held = self._mentions.get(token.i)
        inside = self.parsed[held[1] : held[2] + 1] if held is not None else [token]
        found = {token.i: token}
        for word in inside:
            for part in conjuncts(word)[: 2 * MAX_PARTIES]:
                if held is None or not held[1] <= part.i <= held[2]:
                    found[part.i] = part
                for child in part.children:
                    if child.dep_ == "appos" and is_list_item(child):
                        found.update((c.i, c) for c in conjuncts(child)[:MAX_PARTIES])
        return [found[i] for i in sorted(found)]

    def _phrase(self, token: Any, *, bare: bool) -> tuple[int, int]:
        """Return the noun phrase: what stands before the head, and its "of" phrase where that belongs to the name."""
        doc = self.parsed
        inside = {token.i}
        queue = [token]
        while queue:
            for child in queue.pop().children:
                if child.dep_ in _BEFORE and child.i < token.i and not (child.dep_ == "punct" and child.text != "-"):
                    inside.add(child.i)
                    queue.append(child)
        first = last = token.i
        while first - 1 in inside:
            first -= 1
        if not bare and lemma_of(token) in word_list("keep_of"):
            for preposition in token.children:
                if preposition.dep_ == "prep" and preposition.lower_ in ("of", "for") and preposition.i == token.i + 1:
                    nouns = [c for c in preposition.children if c.dep_ == "pobj"]
                    if nouns:
                        last = self._end_of(nouns[0])
        return doc[first].idx, doc[last].idx + len(doc[last])

    def _end_of(self, noun: Any) -> int:
        held = self._mentions.get(noun.i)
        return held[2] if held is not None else noun.i
