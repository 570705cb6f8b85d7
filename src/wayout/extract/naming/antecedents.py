"""Which actor named just before can a noun or pronoun stand for: the nearest sentence decides, a tie decides nothing."""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import combinations
from typing import Any

from wayout.extract.naming.actor_book import ActorBook
from wayout.extract.naming.roles import Grammar
from wayout.model.actor import Actor
from wayout.model.mention import Mention
from wayout.vocab import read_vocab

WINDOW = 2
"""Sentences before its own in which an antecedent is looked for."""
_SUBJECTS = ("nsubj", "nsubjpass")
_MAX_CLAUSES = 4
"""Steps up a chain of verbs; longer ones are parser slips."""


class Antecedents:
    """
    Mentions of a document that later words may stand for, kept in order as they are found.

    Parameters
    ----------
    grammar
        The parsed document.
    book
        Known actors.
    """

    def __init__(self, grammar: Grammar, book: ActorBook) -> None:
        self.grammar = grammar
        self.book = book
        self._mentions: dict[int, list[Mention]] = {}
        self._open: dict[str, tuple[str, ...]] = {}

    def add(self, mention: Mention) -> None:
        """Make a mention available to the words after it."""
        if mention.ref is not None:
            self._mentions.setdefault(self.grammar.sentence(mention.span.start), []).append(mention)
            self._open[mention.ref] = mention.candidates

    def candidates(self, ref: str) -> tuple[str, ...]:
        """Return whom else the last mention of an actor may mean: what stands for it may mean them too."""
        return self._open.get(ref, ())

    def nearest(self, start: int, fits: Callable[[Actor], bool]) -> str | None:
        """
        Find the one fitting actor of the nearest sentence that has any.

        Parameters
        ----------
        start
            First character of the noun.
        fits
            Tells whether the noun can describe an actor.

        Returns
        -------
        ref
            ``None`` where no actor fits or two do and not just one of them is a subject.
        """
        here = self.grammar.sentence(start)
        actor = self._doer_to(start)
        for back in range(WINDOW + 1):
            found = [m for m in self._of_sentence(here - back, start) if fits(self.book.actor(m.ref or ""))]
            if back == 0:
                found = [m for m in found if not self._same_clause(m, start)]
            found = [m for m in found if actor is None or not self.book.same_side(actor, m.ref or "")]
            refs = list(dict.fromkeys(m.ref for m in found))
            if len(refs) > 1:
                refs = self._opposed(here, start, refs) or self._subjects(found)
            if refs:
                return refs[0] if len(refs) == 1 else None
            if found:
                return None
        return None

    def _doer_to(self, start: int) -> str | None:
        """Return the subject of the verb that a noun is the object of: nobody attacks his own side."""
        noun = self.grammar.head(start, start + 1)
        if noun is None or noun.dep_ not in ("dobj", "pobj"):
            return None
        verb = noun.head if noun.dep_ == "dobj" else noun.head.head
        if verb.pos_ != "VERB" or (noun.dep_ == "pobj" and noun.head.lower_ not in ("at", "on", "against")):
            return None
        return next((self._at(c) for c in verb.children if c.dep_ == "nsubj"), None)

    def _subjects(self, found: Sequence[Mention]) -> list[str | None]:
        """Of several actors, those that are subjects; of two that fight each other a noun may mean either, and so nobody."""
        refs = [m.ref or "" for m in found]
        if any(self.book.are_opposed(a, b) for a, b in combinations(dict.fromkeys(refs), 2)):
            return []
        return list(dict.fromkeys(m.ref for m in found if self.grammar.is_subject(m.span.start, m.span.end)))

    def _opposed(self, sentence: int, start: int, refs: Sequence[str | None]) -> list[str | None]:
        """Of several actors, those known to fight one that the sentence has named before the noun."""
        named = {m.ref for m in self._of_sentence(sentence, start)}
        return [r for r in refs if r not in named and any(self.book.are_opposed(r or "", n or "") for n in named)]

    def of_pronoun(self, token: Any) -> str | None:
        """
        Find the actor of "they" or "it": the last subject before it, in its sentence or the one before.

        Parameters
        ----------
        token
            The pronoun.

        Returns
        -------
        ref
            ``None`` where the last subject is not an actor.
        """
        here = self.grammar.sentence(token.idx)
        plural = token.lower_ == "they"
        above = _governing(token)
        if above is not None:
            subject = next((c for c in above.children if c.dep_ in _SUBJECTS and c.i < token.i), None)
            if subject is None or self._may_be_victim(token, subject):
                return None
            return self._at(subject)
        for place in range(token.i - 1, -1, -1):
            candidate = token.doc[place]
            sentence = self.grammar.sentence(candidate.idx)
            if sentence < here - 1:
                break
            if candidate.dep_ not in _SUBJECTS or _is_empty(candidate) or (plural and candidate.lower_ == "it"):
                continue
            if (sentence < here and candidate.head.dep_ == "relcl") or token.head.is_ancestor(candidate):
                continue
            return None if self._may_be_victim(token, candidate) else self._at(candidate)
        return self._only(here - 1, token.idx) if plural else None

    def _may_be_victim(self, pronoun: Any, subject: Any) -> bool:
        """Tell whether the pronoun flees, or falls, after somebody else was fought: "A attacked B, and they fled"."""
        verbs = (pronoun.head, *(c for c in pronoun.head.children if c.dep_ == "xcomp"))
        if not any(v.lemma_.lower() in _yielding() for v in verbs):
            return False
        objects = [c for c in subject.head.children if c.dep_ in ("dobj", "prep", "agent")]
        ends = [(c.left_edge.idx, c.right_edge.idx) for c in objects]
        ref, near = self._at(subject), self._mentions.get(self.grammar.sentence(subject.idx), ())
        return any(m.ref != ref and s <= m.span.start <= e for m in near if m.kind == "actor" for s, e in ends)

    def _only(self, sentence: int, before: int) -> str | None:
        refs = {m.ref for m in self._of_sentence(sentence, before) if m.kind == "actor"}
        return refs.pop() if len(refs) == 1 else None

    def _at(self, token: Any) -> str | None:
        begin, end = token.idx, token.idx + len(token.text)
        near = self._mentions.get(self.grammar.sentence(begin), [])
        inside = [m for m in near if m.span.start < end and begin < m.span.end]
        follower = [m for m in near if m.span.end <= begin and self._is_compound(m, token)]
        chosen = inside or follower
        return chosen[-1].ref if chosen and chosen[-1].kind == "actor" else None

    def _is_compound(self, mention: Mention, token: Any) -> bool:
        """Tell whether a name stands before the noun as its compound: "the Hamas fighters"."""
        head = self.grammar.head(mention.span.start, mention.span.end)
        return head is not None and head.dep_ in ("compound", "nmod", "poss", "amod") and head.head.i == token.i

    def _of_sentence(self, sentence: int, before: int) -> Sequence[Mention]:
        return [m for m in self._mentions.get(sentence, ()) if m.kind == "actor" and m.span.end <= before]

    def _same_clause(self, mention: Mention, start: int) -> bool:
        """Tell whether the mention is the subject of the very verb the noun is an object of: "A attacked the group"."""
        noun = self.grammar.head(start, start + 1)
        subject = self.grammar.head(mention.span.start, mention.span.end)
        if noun is None or subject is None or subject.dep_ not in _SUBJECTS:
            return False
        above = noun
        while above.head.i != above.i and above.pos_ not in ("VERB", "AUX"):
            above = above.head
        return noun.dep_ not in _SUBJECTS and bool(above.i == subject.head.i)


@cache
def _yielding() -> frozenset[str]:
    return frozenset(read_vocab("actor_words.yaml")["yielding_verbs"])


def _governing(token: Any) -> Any | None:
    """Return the verb whose clause the pronoun's clause completes or qualifies: "X said they", "X left, though they"."""
    verb = token.head
    for _ in range(_MAX_CLAUSES):
        if verb.dep_ in ("ccomp", "advcl") and verb.head.i < token.i:
            return verb.head
        if verb.dep_ not in ("xcomp", "conj") or verb.head.i == verb.i:
            return None
        verb = verb.head
    return None


def _is_empty(token: Any) -> bool:
    """Tell whether a subject stands for nothing: "it is true that", "there"."""
    return token.lower_ == "it" and token.head.lemma_ in ("be", "seem", "appear", "become")
