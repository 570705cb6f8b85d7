"""
Find how named parties stand to each other: who fights, backs, leads, is part of, meets whom, who is where.

Verbs and nouns with the places of their two parties are data (``vocab/relations.yaml``); names in apposition or brackets
and prepositions of place need no verb (``relation_names``). See ``docs/methods/relations.md``.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

from wayout.extract.grammar import (
    agent,
    children,
    clause_words,
    direct_object,
    is_passive,
    is_verb,
    surface_subject,
)
from wayout.extract.relating.claims import claim_links
from wayout.extract.relating.names import name_links
from wayout.extract.relating.owners import doers_of, of_parties, owners_of
from wayout.extract.relating.parties import Parties, Party
from wayout.extract.relating.patterns import Pattern, open_patterns
from wayout.model import Claim, Document, Mention, Step
from wayout.model.relation import UNDIRECTED, Relation, RelationKind

MADE_BY = Step(name="extract.relations", version="1")

Link = tuple[RelationKind, Party, Party, Any | None]
"""Kind, first and second party, and the token that says so."""


def find_relations(
    document: Document, parsed: Any, mentions: Sequence[Mention], claims: Sequence[Claim]
) -> tuple[Relation, ...]:
    """
    Find the relations a document states.

    Parameters
    ----------
    document
        The document as read.
    parsed
        Its spaCy ``Doc``.
    mentions
        Actors, persons and places.
    claims
        Its claims: who attacks whom in them fights.

    Returns
    -------
    relations
        In text order, each pair of words once a kind; for undirected kinds the earlier words are ``a``.
    """
    parties = Parties(parsed, mentions)
    found: dict[tuple[str, int, int, int, int], Relation] = {}
    for kind, one, other, trigger in (*_links(parsed, parties), *claim_links(parsed, claims, mentions)):
        if one.start < other.end and other.start < one.end:
            continue
        a, b = (other, one) if kind in UNDIRECTED and other.start < one.start else (one, other)
        key = (kind, a.start, a.end, b.start, b.end)
        if key not in found:
            found[key] = _record(document, parsed, kind, (a, b), trigger)
    return tuple(sorted(found.values(), key=lambda r: (min(r.a.start, r.b.start), r.a, r.b, r.kind)))


def _links(parsed: Any, parties: Parties) -> Iterator[Link]:
    verbs, nouns = open_patterns()
    for token in parsed:
        lemma = token.lemma_.lower()
        if is_verb(token):
            if lemma in verbs:
                yield from _of_verb(token, verbs[lemma], parties)
        elif token.pos_ == "NOUN" and lemma in nouns:
            yield from _of_noun(token, nouns[lemma], parties)
        yield from name_links(token, parties)


def _record(
    document: Document, parsed: Any, kind: RelationKind, pair: tuple[Party, Party], trigger: Any | None
) -> Relation:
    a, b = pair
    clause = document.span(*clause_words(trigger if trigger is not None else parsed[b.head]))
    spans = [document.span(p.start, p.end) for p in pair]
    return Relation(
        document=document.id,
        kind=kind,
        a=spans[0],
        b=spans[1],
        a_ref=a.ref,  # type: ignore[arg-type]
        b_ref=b.ref,  # type: ignore[arg-type]
        trigger=document.span(trigger.idx, trigger.idx + len(trigger)) if trigger is not None else None,
        evidence=(clause, *(s for s in spans if not clause.contains(s))),
        made_by=MADE_BY,
    )


def _of_verb(verb: Any, patterns: Iterable[Pattern], parties: Parties) -> Iterator[Link]:
    if children(verb, "neg"):
        return
    passive = is_passive(verb)
    subject = surface_subject(verb)
    done_to = parties.each(subject if passive else direct_object(verb))
    doers = parties.each(agent(verb)) if passive else doers_of(verb, subject, parties)
    for pattern in patterns:
        firsts = {"doer": doers, "done_to": done_to, "both": [*doers, *done_to]}[pattern.a]
        firsts = [p for p in firsts if _may_be_first(p, pattern)]
        seconds = [*done_to] if "object" in pattern.b else []
        for preposition in children(verb, "prep", "dative"):
            if preposition.lower_ in pattern.b:
                seconds += [p for noun in children(preposition, "pobj") for p in parties.each(noun)]
        seconds = [p for p in seconds if _fits(p, pattern)]
        if pattern.pairs and not seconds and len(firsts) > 1:
            yield from ((pattern.kind, a, b, verb) for a, b in combinations(firsts, 2))
        for a in firsts:
            yield from ((pattern.kind, b, a, verb) if pattern.swap else (pattern.kind, a, b, verb) for b in seconds)


def _of_noun(noun: Any, patterns: Iterable[Pattern], parties: Parties) -> Iterator[Link]:
    for pattern in patterns:
        seconds: list[Party] = []
        reached = [p for verb in children(noun, "acl") for p in children(verb, "prep") if p.lower_ == "between"]
        for preposition in (*children(noun, "prep"), *reached):
            nouns = children(preposition, "pobj")
            if pattern.between and preposition.lower_ == "between":
                both = [p for n in nouns for p in parties.each(n)]
                yield from ((pattern.kind, a, b, noun) for a, b in combinations(both, 2))
            elif preposition.lower_ in pattern.b:
                seconds += [p for n in nouns for p in parties.each(n)]
        seconds = [p for p in seconds if _fits(p, pattern)]
        if seconds:
            owners = of_parties(noun, parties) if pattern.swap else owners_of(noun, parties, within=pattern.owned)
            firsts = [p for p in owners if _may_be_first(p, pattern)]
            for a in firsts:
                yield from ((pattern.kind, b, a, noun) if pattern.swap else (pattern.kind, a, b, noun) for b in seconds)


def _may_be_first(party: Party, pattern: Pattern) -> bool:
    if pattern.to == "place":
        return party.kind != "place"
    return pattern.swap or party.kind != "place" or party.named


def _fits(party: Party, pattern: Pattern) -> bool:
    if pattern.to == "place":
        return party.kind == "place"
    if pattern.to == "any":
        return party.kind != "pronoun"
    if pattern.to == "body" and not (party.kind == "body" and party.named):
        return False
    if pattern.to == "armed" and (party.kind in ("person", "pronoun") or party.civil):
        return False
    return party.kind != "place" or party.named
