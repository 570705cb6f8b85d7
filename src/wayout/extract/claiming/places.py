"""Attach place phrases to the triggers whose clause they stand in, with their role."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wayout.extract.claiming.triggers import Trigger
from wayout.extract.grammar import CLAUSE_EDGES, children, is_verb, stop_between
from wayout.extract.lexicon import Entry, Lexicon
from wayout.extract.mention_index import MentionIndex, Placed
from wayout.model import PlaceRole

MOTION = frozenset({"moves", "withdraws", "passes", "cannot_move", "way_open", "deploys", "delivers", "displaced"})
_STATIC = frozenset(
    {
        "seals",
        "opens",
        "holds",
        "takes",
        "loses",
        "besieges",
        "present",
        "strikes",
        "clashes",
        "sweeps",
        "attacks",
        "publishes",
        "investigates",
        "agrees",
        "shelters",
        "pursues",
        "other",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLink:
    """A place phrase in the clause of a trigger: the preposition before it, its grammatical function, its alternative."""

    placed: Placed
    preposition: str | None
    function: str
    alternative: int | None = None


def link_places(index: MentionIndex, triggers: Sequence[Trigger], lexicon: Lexicon) -> dict[int, list[PlaceLink]]:
    """
    Give every trigger the place phrases of its clause.

    Parameters
    ----------
    index
        The mentions by token.
    triggers
        The triggers of the text.
    lexicon
        For the preposition table.

    Returns
    -------
    links
        By the token index of the trigger, in text order.
    """
    anchors = anchor_table(triggers)
    links: dict[int, list[PlaceLink]] = {}
    for placed in index.place_list:
        if _adjectival(placed, lexicon):
            continue
        owners, preposition, function = climb(placed, anchors, index, lexicon)
        owners = owners or _opened_by(placed, triggers)
        for owner in owners:
            link = PlaceLink(
                placed=placed, preposition=preposition, function=function, alternative=place_alternative(placed.root)
            )
            links.setdefault(owner.token.i, []).append(link)
    return links


def _adjectival(placed: Placed, lexicon: Lexicon) -> bool:
    """Tell whether a place name only describes who acts: "US raids", "US-led strikes"."""
    doc, after = placed.root.doc, placed.last + 1
    hyphened = (
        after < len(doc) and doc[after].text == "-" and placed.root.dep_ in ("amod", "compound", "npadvmod", "nmod")
    )
    return hyphened or (placed.root.dep_ == "compound" and placed.mention.text in lexicon.words["adjectival_names"])


def _opened_by(placed: Placed, triggers: Sequence[Trigger]) -> list[Trigger]:
    """Return the first trigger of a clause that a place phrase opens: "Near R, ..." where the tree goes astray."""
    doc, first = placed.root.doc, placed.first
    while first > 0 and doc[first - 1].pos_ in ("ADP", "DET", "SCONJ", "ADV") and not doc[first].is_sent_start:
        first -= 1
    opens = doc[first].is_sent_start or doc[first - 1].text in (".", "-", "\u2013", ";", ":")
    after = placed.last + 1
    if not opens or first == placed.first or after >= len(doc) or doc[after].text != ",":
        return []
    later = [t for t in triggers if t.token.i > after and not stop_between(placed.root, t.token)]
    return [t for t in later[:1] if t.token.sent == placed.root.sent]


def anchor_table(triggers: Sequence[Trigger]) -> dict[int, list[Trigger]]:
    """Map a token to the triggers it stands for; the trigger's own word shuts out others' anchors."""
    table: dict[int, list[Trigger]] = {t.token.i: [t] for t in triggers}
    light = {t.light.i for t in triggers if t.light is not None}
    own = set(table) - light
    for trigger in triggers:
        for anchor in trigger.anchors[1:]:
            if anchor in own:
                break
            if anchor in light and trigger.light is not None and trigger.light.i == anchor:
                table[anchor] = [t for t in table.get(anchor, []) if t.token.i != anchor]
            table.setdefault(anchor, []).append(trigger)
    return table


def climb(
    placed: Placed, anchors: Mapping[int, list[Trigger]], index: MentionIndex, lexicon: Lexicon
) -> tuple[list[Trigger], str | None, str]:
    """Walk up from a phrase to the first trigger; return it with the deciding preposition and function."""
    current = placed.root
    preposition = current.lower_ if current.pos_ == "ADP" else None
    while current.dep_ == "conj" and current.head.pos_ not in ("VERB", "AUX"):
        current = current.head
    function = current.dep_
    for _ in range(40):
        head = current.head
        if head.i == current.i or current.dep_ in CLAUSE_EDGES or (current.dep_ == "conj" and is_verb(current)):
            return [], preposition, function
        if current.dep_ in ("pobj", "pcomp"):
            preposition = _outer(preposition, head, current, index, lexicon)
            function = "pobj"
        elif current.dep_ in ("dobj", "nsubjpass") and _plain(preposition, lexicon) and not _is_actor(current, index):
            function = current.dep_
            preposition = None if current.i != placed.root.i or preposition is None else preposition
        if head.i in anchors and not placed.first <= head.i <= placed.last:
            if current.dep_ in ("nsubj", "nsubjpass"):
                function = current.dep_ if function != "pobj" and current.i == placed.root.i else "inside_subject"
            owners = [t for t in anchors[head.i] if not stop_between(placed.root, t.token)]
            return owners, preposition, function
        current = head
    return [], preposition, function


def _plain(preposition: str | None, lexicon: Lexicon) -> bool:
    return lexicon.place_roles.get(preposition or "in", "at") == "at"


def _is_actor(token: Any, index: MentionIndex) -> bool:
    return token.i in index.actors or index.actor_at(token) is not None


def _outer(inner: str | None, head: Any, current: Any, index: MentionIndex, lexicon: Lexicon) -> str:
    """Choose between the phrase's own preposition and an outer one that moves ("from positions in R")."""
    word: str = head.lower_
    if word == "of" and head.head.lower_ == "out":
        word = "from"
    if inner is None:
        return word
    common = current.pos_ != "PROPN" and not _is_actor(current, index)
    if _plain(inner, lexicon) and not _plain(word, lexicon) and common:
        return word
    return inner


def place_role(link: PlaceLink, entry: Entry, lexicon: Lexicon) -> PlaceRole | None:
    """
    Say what a place is to a trigger: at, from, to, via or border; ``None`` where it is no place of the event.

    Parameters
    ----------
    link
        The phrase with its preposition and function.
    entry
        The reading of the trigger.
    lexicon
        For the preposition table.

    Returns
    -------
    role
        The role.
    """
    overrides = dict(entry.roles)
    moving = entry.predicate in MOTION
    role: str | None
    if link.function == "inside_subject" and moving:
        inner = lexicon.place_roles.get(link.preposition or "in", "at")
        role = "from" if inner == "at" else inner
    elif link.preposition is not None and link.function in ("pobj", "inside_subject"):
        role = overrides.get(link.preposition) or lexicon.place_roles.get(link.preposition)
    elif link.preposition is not None:
        role = lexicon.place_roles.get(link.preposition, "at")
    elif moving and link.placed.mention.text.casefold() in lexicon.words["directions"]:
        role = "to"
    elif link.function in ("dobj", "nsubjpass"):
        role = entry.place if entry.part == "verb" else ("to" if "to" in entry.needs else "at")
    elif link.function in ("advmod", "npadvmod", "oprd", "dep") and entry.place != "at" and _is_name(link):
        role = entry.place
    elif link.function in ("advmod", "npadvmod", "prt", "oprd", "acomp", "attr", "xcomp", "ROOT", "dep", "amod"):
        role = "to" if moving else "at"
    elif link.function == "nsubj" and _after_preposition(link, lexicon):
        role = "at"
    elif link.function == "nsubj":
        role = "at" if entry.part == "adjective" or entry.needs == "fall" else None
    else:
        role = "at"
    if role is None:
        return None
    if entry.predicate == "delivers" and role == "at":
        role = "to"
    if entry.predicate == "present" and role in ("to", "via") and not _points(link, lexicon):
        return None
    if entry.predicate in _STATIC:
        role = "border" if entry.predicate in ("seals", "opens") and names_border(link.placed.mention.text) else "at"
    return role  # type: ignore[return-value]


def _after_preposition(link: PlaceLink, lexicon: Lexicon) -> bool:
    """Tell whether a "subject" stands after a preposition that the parser took for a name: "Near R, one strike hit"."""
    first = link.placed.first
    return first > 0 and lexicon.place_roles.get(link.placed.root.doc[first - 1].lower_) == "at"


def _points(link: PlaceLink, lexicon: Lexicon) -> bool:
    """Tell whether a phrase gives a direction: "to the north of R"."""
    return any(word in lexicon.words["directions"] for word in link.placed.mention.text.casefold().split())


def _is_name(link: PlaceLink) -> bool:
    return link.placed.mention.text[:1].isupper()


def names_border(text: str) -> bool:
    """Tell whether a place phrase is a border."""
    return any(word in text.casefold() for word in ("border", "frontier", "boundary"))


def place_alternative(root: Any) -> int | None:
    """Number a member of "A or B" (from 1); ``None`` where all members hold."""
    chain = [root]
    while chain[0].dep_ == "conj" and chain[0].head.pos_ not in ("VERB", "AUX"):
        chain.insert(0, chain[0].head)
    while True:
        following = [c for c in children(chain[-1], "conj") if c.pos_ not in ("VERB", "AUX")]
        if not following:
            break
        chain.append(following[0])
    if len(chain) == 1 and root.dep_ == "pobj":
        return _alternative_prepositions(root.head)
    return _number(chain, chain.index(root))


def _alternative_prepositions(preposition: Any) -> int | None:
    """Number coordinated prepositional phrases: "in A or towards B"."""
    chain = [preposition]
    while chain[0].dep_ == "conj" and chain[0].head.pos_ == "ADP":
        chain.insert(0, chain[0].head)
    while following := [c for c in children(chain[-1], "conj") if c.pos_ == "ADP"]:
        chain.append(following[0])
    return _number(chain, chain.index(preposition))


def _number(chain: Sequence[Any], position: int) -> int | None:
    joins: list[str] = []
    for left, right in itertools.pairwise(chain):
        words = [c.lower_ for c in children(left, "cc") if left.i < c.i < right.i]
        joins.append(words[0] if words else "")
    for i in range(len(joins) - 2, -1, -1):
        joins[i] = joins[i] or joins[i + 1]
    before = joins[position - 1] if position > 0 else ""
    after = joins[position] if position < len(joins) else ""
    if "or" not in (before, after):
        return None
    return 1 + sum(join == "or" for join in joins[:position])
