"""What one clause does to the event in it: its modals, adverbs and negation."""

import math
from typing import Any

from wayout.extract.judging.stance import DENIED, Stance
from wayout.extract.judging.words import Operator, certainty_words, operator_of

_ABLE = frozenset({"can", "could", "ca"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "csubj"})
_NOBODY = frozenset({"nobody", "none", "nothing", "nowhere"})
_NO = frozenset({"no", "neither", "nor"})
_REPORTED = Operator(kind="modal", cap=1.8, mood="intent", tense="future")
""""Said it would": an announced intention, not a mere possibility."""
DENIED_ABOVE = 1.6
"""What is left of a complement when the verb that carries it is denied: "did not begin to V"."""
BEYOND = 1.0
"""What is left of what stands under a denied verb of no class."""
OBJECT_DENIED = 1.0
"""What is left of a verb whose object has "no": "gave no orders"."""
_UNREAL = {"would": 0.5, "could": 0.8, "should": -1.0, "ought": -1.0}
""""Would have V-ed", "should have V-ed": it mostly did not come to it."""
_PLUPERFECT = frozenset({"'d", "’d"})


def apply_modals(stance: Stance, clause: Any, below: Any | None = None) -> None:
    """
    Let the modals and adverbs of a clause cap a commitment.

    Parameters
    ----------
    stance
        Changed in place.
    clause
        The head of the clause.
    below
        The child that is being judged: what stands under it counts no second time.
    """
    words = certainty_words()
    for child in clause.children:
        if below is not None and child.i == below.i:
            continue
        low = child.lower_
        if child.dep_ == "aux":
            operator = words.modals.get(low) or words.modals.get(child.lemma_.lower())
            if operator is not None:
                _modal(stance, clause, child, operator)
        elif child.dep_ in ("advmod", "npadvmod", "amod"):
            if low in words.adverbs:
                operator = words.adverbs[low]
                stance.weaken(operator.cap, child.i, operator.mood)
            elif (
                low in words.weak_negators and child.i < clause.i and clause.tag_ in ("VBD", "VBN", "VBZ", "VBP", "VB")
            ):
                stance.weaken(words.weak_negators[low], child.i)


def _modal(stance: Stance, clause: Any, word: Any, operator: Operator) -> None:
    low = word.lower_
    if low in _PLUPERFECT and clause.tag_ in ("VBN", "VBD"):
        return
    perfect = clause.tag_ == "VBN" and any(c.lower_ == "have" and c.dep_ == "aux" for c in clause.children)
    if perfect and low in _UNREAL:
        stance.weaken(_UNREAL[low], word.i, operator.mood)
        return
    if word.lemma_ == "would" and clause.dep_ == "ccomp" and clause.head.tag_ in ("VBD", "VBN"):
        operator = _REPORTED
    if low in _ABLE and negators(clause):
        stance.cues.append(word.i)
        stance.mood = operator.mood or stance.mood
        return
    stance.weaken(operator.cap, word.i, operator.mood)
    if operator.tense is not None:
        stance.tense = operator.tense


def negators(clause: Any, below: Any | None = None) -> list[Any]:
    """
    Return the word that negates a clause or noun, if any.

    Parameters
    ----------
    clause
        Its head.
    below
        The child that is being judged: a "no" before it has been counted.

    Returns
    -------
    found
        Its own negation, or "no" on its subject, object or itself; two negations make none.
    """
    words = certainty_words()
    found = []
    for child in clause.children:
        if below is not None and child.i == below.i:
            continue
        low, relation = child.lower_, child.dep_
        if relation in ("neg", "advmod", "preconj", "det", "cc") and low in words.negators:
            if relation == "cc" and low == "nor":
                continue
            if not _only(child):
                found.append(child)
        elif (low.endswith(("n't", "n’t")) and len(low) > len("n't") and child.i < clause.i) or is_no_longer(child):
            found.append(child)
        elif relation in _ARGUMENTS:
            if low in _NOBODY:
                found.append(child)
            else:
                found += [c for c in child.children if c.dep_ in ("det", "neg", "preconj") and c.lower_ in _NO]
    if clause.dep_ in ("pcomp", "pobj") and clause.head.lower_ == "without":
        found.append(clause.head)
    return found[:1] if len(found) % 2 else []


def _only(word: Any) -> bool:
    after = word.i + 1
    return after < len(word.doc) and word.doc[after].lower_ in certainty_words().not_negating


def is_no_longer(word: Any) -> bool:
    """Tell whether a word is the "longer" of "no longer"."""
    return bool(word.lower_ == "longer" and word.i > 0 and word.nbor(-1).lower_ == "no")


def scarce(noun: Any) -> Any | None:
    """Return the "few" or "little" of "few fighters", which says that there are almost none; "a few" is no such word."""
    words = certainty_words()
    found = [c for c in noun.children if c.dep_ in ("amod", "det", "advmod") and c.lower_ in words.scarce]
    if not found or any(c.dep_ == "det" and c.lower_ in ("a", "an", "the", "these", "those") for c in noun.children):
        return None
    return found[0]


def apply_clause(stance: Stance, clause: Any, below: Any | None = None) -> None:
    """Let modals, adverbs and negation of the event's own clause act on it."""
    apply_modals(stance, clause, below)
    for subject in clause.children:
        few = scarce(subject) if below is None and subject.dep_ in ("nsubj", "nsubjpass") else None
        if few is not None:
            stance.weaken(certainty_words().scarce_value, few.i)
    for word in negators(clause, below):
        stance.turn(word.i, _left(clause, below, word))
    if clause.dep_ == "xcomp" and clause.head.lemma_ in ("have", "need") and clause.tag_ == "VB":
        stance.weaken(certainty_words().modals["must"].cap, clause.head.i, "obligation")


def _left(clause: Any, below: Any | None, word: Any) -> float:
    """Return what a negation leaves: most of the verb it stands at, less through a verb of no class or its object's "no"."""
    if below is not None:
        return BEYOND
    return OBJECT_DENIED if word.dep_ == "det" and word.head.dep_ == "dobj" and word.head.i != clause.i else DENIED


def apply_governing(stance: Stance, clause: Any, below: Any, word: Any) -> None:
    """
    Let the clause above act on a complement, as far as the class of the word that takes it lets it.

    Parameters
    ----------
    stance
        Changed in place.
    clause
        The verb of the clause above.
    below
        The complement.
    word
        What takes it: the verb, or the adjective or noun of "it is possible that".
    """
    operator = operator_of(word)
    if operator is None:
        apply_clause(stance, clause, below)
        return
    no = negators(clause, below) or (negators(word, below) if word is not clause else [])
    if operator.negated != "keep" and not (
        (operator.kind in ("finding", "speech") or word.lemma_ == "feel") and _only_able(clause)
    ):
        apply_modals(stance, clause, below)
    if no:
        _deny(stance, operator, word, no[0], finite=below.dep_ == "ccomp")


def _hardly_believed(word: Any, negation: Any) -> bool:
    """Tell whether what is not believed is true: "could not believe that", "never imagined that"."""
    if word.lemma_ == "believe":
        return any(c.lower_ in _ABLE for c in word.children)
    return word.lemma_ in ("imagine", "dream") and negation.lower_ == "never"


def _own(word: Any) -> bool:
    """Tell whether the author speaks of himself now: "I do not know that", "we cannot say that"."""
    now = word.tag_ in ("VB", "VBP", "VBG") and not any(c.lower_ in ("did", "had", "would") for c in word.children)
    return now and any(c.dep_ == "nsubj" and c.lower_ in ("i", "we") for c in word.children)


def _only_able(clause: Any) -> bool:
    """Tell whether all modals of a clause are "can / could": "could see that", "you could say that"."""
    modals = [c for c in clause.children if c.dep_ == "aux" and c.tag_ == "MD"]
    return bool(modals) and all(c.lower_ in _ABLE for c in modals)


def _deny(stance: Stance, operator: Operator, word: Any, negation: Any, *, finite: bool) -> None:
    """Apply the negation of the word above: what it leaves is part of the word's signature."""
    words = certainty_words()
    left = operator.negated
    if word.lemma_ in words.neg_raising:
        left = "keep" if _hardly_believed(word, negation) else words.neg_raised if finite else words.neg_expected
        if isinstance(left, float) and abs(stance.value) >= 1 and not stance.touched:
            stance.value = math.copysign(-left, stance.value)
    elif operator.kind in ("factive", "finding", "speech") and _own(word):
        left = words.own_ignorance
    if left == "turn":
        stance.turn(negation.i, DENIED_ABOVE)
    elif isinstance(left, float | int) and not stance.touched:
        before = stance.value
        stance.value = min(abs(before), abs(left)) * (1 if (before >= 0) == (left >= 0) else -1)
        if left < 0:
            stance.negated = not stance.negated
        stance.cues.append(negation.i)
