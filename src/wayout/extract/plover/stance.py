"""What decides a type beside the words: who does it to whom, and whether it is denied or only meant."""

from collections.abc import Sequence
from typing import Any

from wayout.extract.grammar import children, conjuncts
from wayout.extract.plover.lexicon import EventLexicon
from wayout.extract.plover.parties import Party
from wayout.extract.plover.readings import Reading
from wayout.model import EventType


class Settler:
    """Settles the types of one text."""

    def __init__(self, parsed: Any, lexicon: EventLexicon) -> None:
        """Take the text and the lists."""
        self._doc = parsed
        self._lexicon = lexicon

    def settle(self, reading: Reading, actors: Sequence[Party], recipients: Sequence[Party]) -> EventType | None:
        """
        Decide the types that depend on who does it to whom.

        Parameters
        ----------
        reading
            What the words say.
        actors, recipients
            Who does it to whom.

        Returns
        -------
        deed
            ``None`` where it says nothing after all ("prices hit ...").
        """
        kind, words = reading.kind, self._lexicon.words
        if reading.lemma in words["needs_party"] and reading.fixed and not recipients:
            return None
        if reading.lemma in words["needs_arms"] and not self._is_any(actors, "military"):
            return None
        if self._is_protest(kind, reading, actors):
            kind = "PROTEST"
        elif reading.noun_class == "operation" and self._is_joint(reading, (), ()) and is_pair(actors):
            kind = "COOPERATE"
        elif reading.lemma in words["by_police"] and self._is_any(actors, "police"):
            kind = "COERCE"
        elif kind in ("ATTACK", "ASSAULT") and (kind == "ATTACK" or reading.lemma in words["either_force"]):
            kind = "FIGHT" if self._is_military(reading, actors, recipients) else "ASSAULT"
        elif kind == "EXERCISE":
            kind = "COOPERATE" if self._is_joint(reading, actors, recipients) else "MOBILIZE"
        elif kind == "OBSTRUCT":
            kind = "COERCE" if self._is_any(actors, "military") else "PROTEST"
        return None if kind == "none" else kind  # type: ignore[return-value]

    def stance(self, reading: Reading, deed: EventType | None) -> EventType | None:
        """
        Tell what a denial or an intention makes of a deed: a refusal, a promise or a threat.

        Parameters
        ----------
        reading
            What the words say.
        deed
            The type of the deed itself.

        Returns
        -------
        kind
            ``None`` where nothing is left of it ("failed to attack").
        """
        words = self._lexicon.words
        if deed in words["cooperative"]:
            if reading.failed or reading.negated:
                return "REJECT"
            return "AGREE" if reading.vowed or reading.future else deed
        if reading.failed:
            return None
        if deed in words["hostile"] and not reading.negated:
            warned = reading.vowed or reading.future or reading.ultimatum
            return "THREATEN" if warned else deed
        return deed

    def _is_protest(self, kind: str, reading: Reading, actors: Sequence[Party]) -> bool:
        """Tell the violence of a crowd, the march of unarmed people, and what people gather to say."""
        words = self._lexicon.words
        if kind in words["by_crowd"] and self._is_any(actors, "crowd"):
            return True
        if reading.lemma in words["unarmed_protest"]:
            return not self._is_any(actors, "military")
        return kind in words["crowd_wants"] and reading.chain[0].lemma_ in words["gathering"]

    def _is_joint(self, reading: Reading, actors: Sequence[Party], recipients: Sequence[Party]) -> bool:
        """Tell an exercise of two: two actors, "French and Greek ships", "joint", or "with" somebody."""
        noun = reading.noun
        joint = noun is not None and any(c.lower_ in ("joint", "combined", "bilateral") for c in noun.children)
        return joint or is_pair(actors) or len(actors) > 1 or any(is_other_side(p) for p in recipients)

    def _is_any(self, parties: Sequence[Party], group: str) -> bool:
        """Tell whether a party is of a group of nouns: armed forces, a crowd, police."""
        return any(self._lexicon.words[group] & _lemmas(p) for p in parties)

    def _is_military(self, reading: Reading, actors: Sequence[Party], recipients: Sequence[Party]) -> bool:
        """Tell warfare from an assault: armed forces or arms of war act, or armed people are struck."""
        words = self._lexicon.words
        if any(
            words["terror"] & {t.lemma_.lower() for t in self._doc[v.left_edge.i : v.right_edge.i + 1]}
            for v in reading.chain[-1:]
        ):
            return False
        if self._is_any(actors, "military"):
            return True
        nouns = [] if reading.noun is None else [reading.noun, *children(reading.noun, "compound", "amod")]
        warlike = any(n.lemma_.lower() in words["warlike"] for n in nouns)
        return warlike or self._is_any(recipients, "armed_targets")


def is_other_side(party: Party) -> bool:
    """Tell whether a party is named as the other side: an object, or after "with"."""
    token = party.token
    while token.dep_ == "conj":
        token = token.head
    return token.dep_ in ("dobj", "dative") or (token.dep_ == "pobj" and token.head.lower_ in ("with", "against"))


def is_with(party: Party) -> bool:
    """Tell whether a party stands behind "with": with whom one agrees."""
    token = party.token
    while token.dep_ == "conj":
        token = token.head
    return bool(token.dep_ == "pobj" and token.head.lower_ == "with")


def is_pair(parties: Sequence[Party]) -> bool:
    """Tell "French and Greek ships" from one side."""
    return any(c.dep_ in ("amod", "compound") and children(c, "conj") for p in parties for c in p.token.children)


def _lemmas(party: Party) -> set[str]:
    token = party.token
    found = {token.lemma_.lower()}
    if token.dep_ == "pobj" and token.head.lower_ == "of":
        found.add(token.head.head.lemma_.lower())
    for part in conjuncts(token):
        found.add(part.lemma_.lower())
        found.update(c.lemma_.lower() for c in part.children if c.dep_ in ("compound", "amod", "nmod"))
    head = token.head
    while token.dep_ in ("compound", "amod", "poss", "nmod") and head.i != token.i:
        found.add(head.lemma_.lower())
        token, head = head, head.head
    return found
