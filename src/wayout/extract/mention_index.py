"""Find the mention that a token of the parse belongs to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from wayout.extract.grammar import NOUN_LINKS, children, conjuncts, first_conjunct
from wayout.model import Mention
from wayout.vocab import read_vocab

_NAMING = frozenset({"poss", "compound", "amod", "nmod"})
_INNER_PREPOSITIONS = frozenset({"of", "from", "belonging", "by"})


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention with its tokens: first, last (inclusive) and the head of its words."""

    mention: Mention
    first: int
    last: int
    root: Any


@cache
def _others(before: bool) -> frozenset[str]:
    """Nouns whose owner they are not ("X's rivals" are not X), or, before the noun, whose name they are not ("an X affiliate")."""
    return frozenset(read_vocab("predicates.yaml")["not_named" if before else "not_owned"])


def _speaks_for(noun: Any, preposition: Any) -> bool:
    speaks: bool = noun.lemma_.lower().startswith(("spokes", "speaker", "representative"))
    return speaks and preposition.lower_ == "for"


class MentionIndex:
    """Actor and place mentions by token."""

    def __init__(self, parsed: Any, mentions: Sequence[Mention]) -> None:
        """Align mentions with tokens; the longer of two overlapping mentions of one kind wins."""
        self.parsed = parsed
        self.actors: dict[int, Placed] = {}
        self.places: dict[int, Placed] = {}
        self.place_list: list[Placed] = []
        ordered = sorted(mentions, key=lambda m: (m.span.start - m.span.end, m.span.start))
        for mention in ordered:
            table = {"actor": self.actors, "person": self.actors, "place": self.places}.get(mention.kind)
            span = parsed.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
            if table is None or span is None or len(span) == 0:
                continue
            placed = Placed(mention, span.start, span.end - 1, span.root)
            if any(i in table for i in range(span.start, span.end)):
                continue
            for i in range(span.start, span.end):
                table[i] = placed
            if table is self.places:
                self.place_list.append(placed)
        self.place_list.sort(key=lambda p: p.first)

    def actor_at(self, token: Any) -> Mention | None:
        """Return the actor named by the noun phrase whose head is ``token``: the head itself, else its modifiers."""
        placed = self.actors.get(token.i)
        if placed is not None:
            return placed.mention
        if token.i in self.places and token.pos_ == "PROPN":
            return next((m for a in children(token, "appos") if (m := self.actor_at(a)) is not None), None)
        for inner in self._inside(token):
            placed = self.actors.get(inner.i)
            if placed is not None:
                return placed.mention
        return None

    def actors_at(self, token: Any) -> list[Mention]:
        """Return the actors of a noun phrase and of what is coordinated with it, without repetition."""
        found: list[Mention] = []
        for part in conjuncts(first_conjunct(token) if token.dep_ == "conj" else token):
            mention = self.actor_at(part)
            if mention is not None and all(mention.ref != other.ref for other in found):
                found.append(mention)
        return found

    def place_at(self, token: Any) -> Placed | None:
        """Return the place named by a noun phrase: its head, an apposition or an "of" phrase."""
        placed = self.places.get(token.i)
        if placed is not None:
            return placed
        for inner in self._inside(token):
            placed = self.places.get(inner.i)
            if placed is not None:
                return placed
        return None

    def _inside(self, token: Any) -> Iterator[Any]:
        queue = [token]
        for _ in range(30):
            if not queue:
                return
            current = queue.pop(0)
            for child in current.children:
                if child.dep_ in _NAMING and current.lemma_.lower() in _others(child.dep_ != "poss"):
                    continue
                if child.dep_ in NOUN_LINKS:
                    yield child
                    queue.append(child)
                elif child.dep_ == "prep" and (child.lower_ in _INNER_PREPOSITIONS or _speaks_for(current, child)):
                    for noun in children(child, "pobj"):
                        yield noun
                        queue.append(noun)
