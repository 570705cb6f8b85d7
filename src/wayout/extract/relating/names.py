"""Relations that names show by themselves: apposition, brackets, "of", "in", "including", title and owner."""

import re
from collections.abc import Iterator
from typing import Any

from wayout.extract.grammar import children, surface_subject
from wayout.extract.relating.parties import Parties, Party, is_list_item, lemma_of, word_list
from wayout.model.relation import RelationKind

Link = tuple[RelationKind, Party, Party, Any | None]
_MAX_STEPS = 6
_SHORT = re.compile(r"[A-Z][A-Za-z&\-/]{1,11}")


def name_links(token: Any, parties: Parties) -> Iterator[Link]:
    """
    Return the relations that hang on a token without a verb.

    Parameters
    ----------
    token
        Any token.
    parties
        Who is named where.

    Yields
    ------
    link
        Kind, the two parties, and the word that says so (``None`` for apposition).
    """
    if token.dep_ == "appos":
        yield from _beside(token, parties)
    elif token.dep_ == "prep":
        yield from _preposition(token, parties)
    elif token.text == ",":
        yield from _within(token, parties)
    elif token.dep_ == "attr":
        yield from _is_a(token, parties)
    elif token.text == "(":
        yield from _bracket(token, parties)
    elif token.lower_ in ("known", "called", "named", "dubbed", "renamed"):
        yield from _also_known(token, parties)
    if token.pos_ in ("NOUN", "PROPN") and lemma_of(token) in word_list("roles"):
        yield from _in_charge(token, parties)


def _beside(token: Any, parties: Parties) -> Iterator[Link]:
    """Read an apposition: two places lie in each other, two names of other kinds mean the same."""
    if is_list_item(token):
        return
    other = parties.at(token)
    one = _described(token.head, other, parties)
    if one is None or other is None or "pronoun" in (one.kind, other.kind):
        return
    if one.kind == other.kind == "place":
        if one.named and other.named:
            yield "located_with", one, other, None
    elif "place" not in (one.kind, other.kind) and (one.named or other.named):
        yield "same_as", one, other, None


def _described(head: Any, name: Party | None, parties: Parties) -> Party | None:
    """Return what an apposition explains; a person explains the office that a place belongs to ("minister for X, Y")."""
    if name is not None and name.kind == "person" and head.dep_ == "pobj":
        office = parties.at(head.head.head)
        if office is not None and office.kind == "body":
            return office
    return parties.at(head)


def _within(comma: Any, parties: Parties) -> Iterator[Link]:
    """Read "Kidal, Mali": the second place holds the first, unless more places follow or stand before (a list)."""
    doc, i = comma.doc, comma.i
    if i == 0 or i + 1 >= len(doc):
        return
    one, other = parties.held(i - 1), parties.held(i + 1)
    if one is None or other is None or one[0].kind != "place" or other[0].kind != "place":
        return
    before = doc[one[1] - 1] if one[1] > 0 else None
    after = doc[other[2] + 1] if other[2] + 1 < len(doc) else None
    listed = after is not None and (
        after.lower_ in ("and", "or")
        or (after.text == "," and after.i + 1 < len(doc) and doc[after.i + 1].lower_ == "and")
    )
    if listed or (before is not None and before.text == "," and parties.held(before.i - 1) is not None):
        return
    first, second = parties.at(doc[i - 1]), parties.at(doc[other[2]])
    if first is not None and second is not None:
        yield "located_with", first, second, None


def _is_a(token: Any, parties: Parties) -> Iterator[Link]:
    """Read "X is the president of Y" (X and the president are one) and "R is a town in S" (R is in S)."""
    verb = token.head
    subject = surface_subject(verb)
    if verb.lemma_ != "be" or subject is None or children(verb, "neg"):
        return
    one, other = parties.at(subject), parties.at(token)
    if one is None or other is None or not one.named:
        return
    if one.kind == "person" and lemma_of(token) in word_list("offices"):
        yield "same_as", one, other, verb
    elif one.kind == other.kind == "place":
        for preposition in children(token, "prep"):
            if preposition.lower_ in word_list("location_prepositions"):
                for noun in children(preposition, "pobj"):
                    yield from (("located_with", one, p, verb) for p in parties.each(noun) if p.kind == "place")


def _bracket(token: Any, parties: Parties) -> Iterator[Link]:
    """Read "the Workers' Front (WF)"."""
    doc = token.doc
    if token.i == 0 or token.i + 2 >= len(doc) or doc[token.i + 2].text != ")":
        return
    inner = doc[token.i + 1]
    one, other = _ending_at(token.i - 1, parties), parties.at(inner, loose=True)
    if one is not None and other is not None and one.kind != "place" and _SHORT.fullmatch(inner.text):
        yield "same_as", one, other, None


def _ending_at(i: int, parties: Parties) -> Party | None:
    """Return the longest party that a token is the last word of."""
    token = parties.parsed[i]
    end = token.idx + len(token)
    found = None
    for _ in range(_MAX_STEPS):
        party = parties.at(token, loose=True)
        if party is not None and party.end == end:
            found = party
        if token.dep_ not in ("pobj", "compound", "nmod", "conj", "prep") or token.head.i == token.i:
            break
        token = token.head
    return found


def _also_known(token: Any, parties: Parties) -> Iterator[Link]:
    """Read "X, also known as Y", "a group called Y"."""
    one = parties.at(token.head) if token.dep_ in ("acl", "relcl") else None
    if one is None:
        subject = surface_subject(token)
        one = parties.at(subject) if subject is not None else None
    names = children(token, "oprd", "attr", "dobj")
    names += [n for p in children(token, "prep") if p.lower_ == "as" for n in children(p, "pobj")]
    for name in names:
        other = parties.at(name, loose=True)
        if one is not None and other is not None and other.named:
            yield "same_as", one, other, token


def _preposition(token: Any, parties: Parties) -> Iterator[Link]:
    lower = token.lower_
    inner = [p for noun in children(token, "pobj") for p in parties.each(noun)]
    if not inner:
        return
    outers = {token.head.i: parties.at(token.head, bare=lower == "of")}
    if token.i > 0 and lower in word_list("location_prepositions"):
        outers[token.i - 1] = parties.at(token.doc[token.i - 1])
    for outer in outers.values():
        if outer is not None and outer.kind != "pronoun":
            for party in inner:
                yield from _placed(outer, party, token)


def _placed(outer: Party, party: Party, token: Any) -> Iterator[Link]:
    lower = token.lower_
    if lower in word_list("location_prepositions") and party.kind == "place":
        yield "located_with", outer, party, token
    elif lower in word_list("includes"):
        if party.kind == outer.kind == "place":
            yield "located_with", party, outer, token
        elif party.kind != "place" or party.named:
            yield "part_of", party, outer, token
    elif lower in ("of", "from") and party.kind != "pronoun":
        if outer.kind == party.kind == "place":
            yield "located_with", outer, party, token
        elif party.kind == "body" and (lemma_of(token.head) in word_list("members") or outer.kind == "person"):
            yield "part_of", outer, party, token


def _in_charge(token: Any, parties: Parties) -> Iterator[Link]:
    """Read "X's leader Y", "Y, the commander of X", "X leader Y"."""
    bodies = [p for p in map(parties.at, children(token, "poss", "compound", "amod", "nmod")) if p is not None]
    for preposition in children(token, "prep"):
        if preposition.lower_ in ("of", "for"):
            bodies += [p for noun in children(preposition, "pobj") for p in parties.each(noun)]
    bodies = [p for p in bodies if p.kind in ("body", "place")]
    if not bodies:
        return
    near = [*children(token, "appos"), *([token.head] if token.dep_ in ("appos", "compound", "attr") else [])]
    for person in (p for p in map(parties.at, near) if p is not None and p.kind == "person"):
        yield from (("in_charge_of", person, body, token) for body in bodies)
