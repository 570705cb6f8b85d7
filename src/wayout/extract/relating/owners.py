"""Whose deed a verb or noun tells: its subject, its owner, or the subject of the verb that carries it."""

from typing import Any

from wayout.extract.grammar import children, is_verb, surface_subject
from wayout.extract.relating.parties import Parties, Party, word_list

_CARRIED = frozenset({"dobj", "nsubjpass", "pobj", "conj", "appos", "attr", "prep"})
_MAX_STEPS = 6
"""Steps up a chain of nouns; longer ones are parser slips."""


def doers_of(verb: Any, subject: Any | None, parties: Parties) -> list[Party]:
    """
    Return who does what an active verb tells.

    Parameters
    ----------
    verb
        The verb.
    subject
        Its subject by the grammar; a noun that is nobody ("efforts to defeat") is asked for its owner.
    parties
        Who is named where.

    Returns
    -------
    doers
        Empty where the grammar does not say.
    """
    found = parties.each(subject)
    if found or subject is None or subject.i > verb.i or is_verb(subject):
        return found
    return owners_of(subject, parties, within=False)


def owners_of(noun: Any, parties: Parties, *, within: bool) -> list[Party]:
    """
    Return whose a deed is: "X's war on", "strikes by X", "X launched strikes", "support to X in its fight".

    Parameters
    ----------
    noun
        The noun.
    parties
        Who is named where.
    within
        Look no further than its own phrase.

    Returns
    -------
    owners
        Empty where the grammar does not say.
    """
    own = [p for c in children(noun, "poss", "compound", "amod", "nmod") for p in parties.each(c)]
    for preposition in children(noun, "prep", "agent"):
        if preposition.lower_ == "by":
            own += [p for n in children(preposition, "pobj") for p in parties.each(n)]
    if own or within:
        return own
    return _above(noun, parties)


def of_parties(noun: Any, parties: Parties) -> list[Party]:
    """Return what the "of" phrase of a noun names: the R of "the fall of R to X"."""
    return [
        p
        for preposition in children(noun, "prep")
        if preposition.lower_ == "of"
        for n in children(preposition, "pobj")
        for p in parties.each(n)
    ]


def _above(noun: Any, parties: Parties) -> list[Party]:
    """Climb from a noun to the name or verb that it belongs to."""
    token = noun
    for _ in range(_MAX_STEPS):
        if token.dep_ not in _CARRIED or token.head.i == token.i:
            return []
        below, token = token, token.head
        if is_verb(token):
            carried = token.lemma_.lower() in word_list("carriers") or below.lower_ == "as"
            if not carried or children(token, "neg"):
                return _before(noun, parties)
            return parties.each(surface_subject(token))
        party = parties.at(token)
        if party is not None and party.kind != "place":
            return [party]
        if token.pos_ == "NOUN" and below.dep_ == "prep":
            found = [
                p
                for other in children(token, "prep")
                if other.i < below.i and other.lower_ in ("of", "for", "to", "by")
                for n in children(other, "pobj")
                for p in parties.each(n)
            ]
            if found:
                return found
    return []


def _before(noun: Any, parties: Parties) -> list[Party]:
    """Return the name right before the preposition that brings the noun: "support for X in the fight against Y"."""
    preposition = noun.head
    if noun.dep_ != "pobj" or preposition.i == 0:
        return []
    party = parties.at(noun.doc[preposition.i - 1])
    return [party] if party is not None and party.named else []
