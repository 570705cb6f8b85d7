"""What a deed is done with: "with drones", "a car bomb killed", "artillery fire", "using chlorine"."""

from functools import cache
from typing import Any

from wayout.extract.grammar import children, is_passive
from wayout.model import Document, Span
from wayout.vocab import read_vocab


@cache
def _lists() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    raw = read_vocab("instruments.yaml")
    return (
        frozenset(raw["nouns"]),
        frozenset(raw["phrases"]),
        frozenset(raw["prepositions"]),
        frozenset(raw["using"]),
    )


def instrument_of(token: Any, document: Document) -> Span | None:
    """
    Find the words for what a deed is done with.

    Parameters
    ----------
    token
        The verb or noun that names the deed.
    document
        The document, for the span.

    Returns
    -------
    span
        The instrument with its own modifiers ("armed drones"); ``None`` where the clause names none.
    """
    for noun in _candidates(token):
        span = _instrument(noun)
        if span is not None:
            return document.span(*span)
    return None


def _candidates(token: Any) -> list[Any]:
    """List the nouns that may be an instrument, nearest first."""
    _, _, prepositions, using = _lists()
    found = [c for c in token.children if c.dep_ in ("compound", "amod", "nmod")] if token.pos_ == "NOUN" else []
    if token.pos_ == "NOUN":
        found.append(token)
    verbs = [token]
    if token.pos_ == "NOUN" and token.head.pos_ == "VERB" and token.dep_ in ("dobj", "nsubjpass", "nsubj"):
        verbs.append(token.head)
    for verb in verbs:
        if verb.pos_ != "NOUN":
            found += children(verb, "nsubj")
            found += children(verb, "dobj") if verb.lemma_ in using | {"carry", "shoot"} else []
        for child in verb.children:
            if child.dep_ in ("prep", "agent") and child.lower_ in prepositions:
                found += children(child, "pobj")
            elif child.dep_ in ("advcl", "acl", "prep") and child.lemma_ in using:
                found += children(child, "dobj", "pobj")
            elif child.dep_ == "prep" and child.lower_ == "in" and is_passive(verb):
                found += children(child, "pobj")
    return [part for noun in found for part in (noun, *children(noun, "conj"))]


def _instrument(noun: Any) -> tuple[int, int] | None:
    """Return the characters of an instrument: the noun, or its modifier in "drone strikes"."""
    nouns, phrases, _, _ = _lists()
    lemma = noun.lemma_.lower()
    before = noun.nbor(-1) if noun.i else noun
    pair = f"{before.lemma_.lower()} {lemma}" in phrases or f"{before.lower_} {lemma}" in phrases
    if pair or lemma in nouns or noun.lower_ in nouns:
        first = before if pair else noun
        while first.i > 0 and first.nbor(-1).dep_ in ("compound", "amod") and first.nbor(-1).head.i == noun.i:
            first = first.nbor(-1)
        return first.idx, noun.idx + len(noun)
    for child in children(noun, "compound"):
        if child.lemma_.lower() in nouns:
            pair_start = (
                child.nbor(-1) if child.i and f"{child.nbor(-1).lower_} {child.lemma_.lower()}" in phrases else child
            )
            return pair_start.idx, child.idx + len(child)
    inner = [n for p in children(noun, "prep") if p.lower_ == "of" for n in children(p, "pobj")]
    return next((s for n in inner if (s := _instrument(n)) is not None), None)
