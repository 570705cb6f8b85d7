"""Who does it and to whom: the parties of an event by their distance from it in the tree."""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from wayout.extract.grammar import children, conjuncts, noun_phrase
from wayout.extract.mention_index import MentionIndex
from wayout.extract.plover.lexicon import EventLexicon
from wayout.model import Mention

_NAMES = frozenset({"GPE", "NORP", "ORG", "PERSON", "LOC", "FAC"})
_NO_NAMES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL"})
_INSIDE = frozenset({"compound", "amod", "nmod", "poss", "appos"})
_BELONGING = frozenset({"of", "from", "in", "for"})
_OWN = frozenset({"its", "their", "his", "her", "our", "my"})
_NOUNS = frozenset({"NOUN", "PROPN"})
MAX_STEPS = 120
"""Tokens looked at for one recipient: a bound for broken parses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Words that act or are acted upon: the head token, the characters of its phrase, and who it is where known."""

    token: Any
    start: int
    end: int
    mention: Mention | None = None


class PartyFinder:
    """Finds the parties of events in one parsed text."""

    def __init__(self, index: MentionIndex, lexicon: EventLexicon) -> None:
        """Take the mentions of the text and the lists."""
        self._index = index
        self._lexicon = lexicon

    def party(self, token: Any, bare: bool = False) -> Party:
        """Make the party whose phrase has this head; ``bare`` keeps to the words of the name itself."""
        placed = self._index.actors.get(token.i) or self._index.places.get(token.i)
        if placed is not None and (bare or token.pos_ not in _NOUNS or token.dep_ in _INSIDE):
            start, end = placed.mention.span.start, placed.mention.span.end
        elif bare or token.dep_ in _INSIDE:
            start, end = _name_words(token)
        else:
            start, end = noun_phrase(token)
            if not bare:
                start = min(start, _first_of_pair(token))
        mention = self._index.actor_at(token)
        for other in children(token, "appos") if not bare and token.dep_ not in _INSIDE else ():
            end = max(end, noun_phrase(other)[1])
            mention = mention or self._index.actor_at(other)
        return Party(token=token, start=start, end=end, mention=mention)

    def actors(self, head: Any | None) -> list[Party]:
        """Return the parties of a subject: itself and what is coordinated with it, else the nearest name inside."""
        if head is None or head.pos_ == "PRON":
            mention = None if head is None else self._index.actor_at(head)
            return [] if mention is None else [self.party(head)]
        found = []
        for part in conjuncts(head):
            inner = self._inside(part)
            if inner is not None:
                named = children(inner, "appos") if inner.ent_type_ == "" and inner.i not in self._index.actors else []
                pair = conjuncts(named[0]) if named else []
                # "old foes Chad and Niger": the names act, not the word before them.
                found += [self.party(p) for p in pair] if len(pair) > 1 else [self.party(inner)]
        return found or [self.party(head)]

    def weight(self, token: Any) -> float | None:
        """Return how little a token looks like a party (0 a name); ``None`` for what cannot be one."""
        weights = self._lexicon.weights
        if token.pos_ not in ("NOUN", "PROPN", "ADJ") and token.i not in self._index.actors:
            return None
        if token.i in self._index.actors or token.i in self._index.places:
            return weights["named"]
        kind = token.ent_type_
        if kind in _NO_NAMES:
            return None
        if kind in _NAMES:
            return weights["named"]
        if token.lemma_.lower() in self._lexicon.words["parties"] and token.pos_ != "ADJ":
            named = any(self.weight(c) == weights["named"] for c in _naming(token))
            return weights["described"] if named else weights["nameless"]
        if token.pos_ == "PROPN" and token.dep_ not in ("compound",) and token.text[:1].isupper():
            return weights["described"]
        return None

    def recipients(
        self, roots: Iterable[tuple[Any, float]], banned: frozenset[int], actors: Sequence[Party]
    ) -> list[Party]:
        """
        Return the party nearest below the roots, with what is coordinated with it.

        Parameters
        ----------
        roots
            Tokens to start from with their distance; they are no parties themselves.
        banned
            Tokens not to enter.
        actors
            Who acts: nobody is the recipient of the own deed.

        Returns
        -------
        recipients
            Empty where nobody is near enough.
        """
        refs = {p.mention.ref for p in actors if p.mention is not None}
        best, limit = None, self._lexicon.weights["beyond"]
        queue = [(cost, token.i, token, True) for token, cost in roots]
        starts = {place for _, place, _, _ in queue}
        heapq.heapify(queue)
        seen = set(banned)
        for _ in range(MAX_STEPS):
            if not queue or queue[0][0] >= limit:
                break
            cost, place, token, is_root = heapq.heappop(queue)
            if place in seen and not is_root:
                continue
            seen.add(place)
            weight = None if is_root else self._as_recipient(token)
            if weight is not None and cost + weight < limit and not self._is_one_of(token, refs):
                best, limit = token, cost + weight
            for child in token.children:
                step = self._step(child)
                if is_root and child.dep_ == "advcl":
                    step = self._clause_step(child)
                if step is not None and child.i not in seen and child.i not in starts:
                    heapq.heappush(queue, (cost + step, child.i, child, False))
        if best is None:
            return []
        others = [t for t in conjuncts(best) if t is best or self.weight(t) is not None]
        return [self.party(t) for t in others if t.i not in banned]

    def _as_recipient(self, token: Any) -> float | None:
        """Return how little a token looks like who suffers it: nobody "their soldiers", at once who stands behind "against"."""
        weight = self.weight(token)
        if weight is None:
            return None
        if token.dep_ == "pobj" and token.head.lower_ == "against":
            return self._lexicon.weights["named"]
        if weight > 0 and token.i not in self._index.actors and any(c.lower_ in _OWN for c in children(token, "poss")):
            return weight + self._lexicon.weights["own"]
        return weight

    def _is_one_of(self, token: Any, refs: set[str | None]) -> bool:
        placed = self._index.actors.get(token.i)
        return placed is not None and placed.mention.ref in refs

    def _clause_step(self, clause: Any) -> float:
        """Return how far an adverbial clause stands: a purpose is near, a condition further, another story far."""
        marks = {c.lower_ for c in clause.children if c.dep_ in ("mark", "advmod", "aux")}
        if marks & self._lexicon.words["other_story"]:
            return self._lexicon.weights["other_clause"]
        if marks & {"if", "unless", "until"}:
            return self._lexicon.weights["condition"]
        return self._lexicon.weights["purpose"] if "to" in marks else self._lexicon.edges["advcl"]

    def _step(self, child: Any) -> float | None:
        """Return how far a child stands from its head."""
        if child.dep_ in ("prep", "agent", "mark"):
            return self._lexicon.prepositions.get(child.lower_, 3.0)
        return self._lexicon.edges.get(child.dep_)

    def _inside(self, noun: Any) -> Any | None:
        """Return the head itself where it is a party, else the nearest name among its modifiers."""
        if self.weight(noun) is not None:
            return noun
        queue = [noun]
        for _ in range(30):
            if not queue:
                return None
            current = queue.pop(0)
            for child in current.children:
                if child.dep_ in _INSIDE:
                    if self.weight(child) is not None:
                        return child
                    queue.append(child)
                elif child.dep_ == "prep" and child.lower_ in _BELONGING:
                    for inner in children(child, "pobj"):
                        if self.weight(inner) is not None:
                            return inner
                        queue.append(inner)
        return None


def _naming(noun: Any) -> list[Any]:
    """List the words that may say whose a group is: "Malian rebels", "generals of Mali"."""
    found = children(noun, *_INSIDE)
    for preposition in children(noun, "prep"):
        if preposition.lower_ == "of":
            found += children(preposition, "pobj")
    return found


def _first_of_pair(token: Any) -> int:
    """Return where "French and Greek ships" begins: a phrase ends at its "and" otherwise."""
    return min((c.idx for c in children(token, "amod", "compound") if children(c, "conj")), default=int(token.idx))


def _name_words(token: Any) -> tuple[int, int]:
    """Return the words of a name used as a modifier: the token and the compounds just before it."""
    first = token
    for child in children(token, "compound", "amod", "nmod"):
        if child.i < first.i:
            first = child
    return first.idx, token.idx + len(token)
