"""Take unknown names that stand where only a place can stand: "deployed gunboats to Baga", "seized Minova"."""

from collections.abc import Iterator, Sequence
from typing import Any

from wayout.extract.grammar import children, conjuncts, is_verb
from wayout.extract.lexicon import Lexicon
from wayout.model import Document, Mention

_TERRITORY = frozenset({"object_place", "object_place_or_thing"})
_TAKEN_NEEDS = _TERRITORY | {"group_or_place", "goal"}
"""Needs of verbs whose object is a place."""
_REGIONS = frozenset(
    {
        "mountain",
        "forest",
        "town",
        "city",
        "village",
        "district",
        "province",
        "region",
        "island",
        "valley",
        "hill",
        "area",
    }
)
"""Nouns whose "of" names them: "the mountains of X"."""
_GOAL_WORDS = frozenset({"to", "toward", "towards", "into", "from", "for", "via", "through", "near", "in", "around"})
_NO_PLACES = frozenset(
    {"DATE", "TIME", "NORP", "MONEY", "QUANTITY", "CARDINAL", "ORDINAL", "PERCENT", "LAW", "LANGUAGE"}
)


def find_bare_places(
    document: Document, parsed: Any, mentions: Sequence[Mention], lexicon: Lexicon
) -> tuple[Mention, ...]:
    """
    Find names of places that no gazetteer knew, by the verb that they belong to.

    Parameters
    ----------
    document
        The document.
    parsed
        Its parse.
    mentions
        What is known already: actors, persons and places.
    lexicon
        The trigger lexicon: which verbs take a place.

    Returns
    -------
    places
        Mentions by route "statistical"; LOCATE says which of them it cannot find.
    """
    taken = {i for m in mentions for t in _tokens(parsed, m) for i in (t.i,)}
    found = []
    for token in parsed:
        if token.pos_ != "PROPN" or not _is_name(token) or token.i in taken or not _placed(token, lexicon):
            continue
        first = token.i
        while (
            first > token.sent.start and parsed[first - 1].dep_ in ("compound", "amod") and _joins(parsed, first, taken)
        ):
            first -= 1
        if any(_is_name(t) is False and t.text != "-" for t in parsed[first : token.i + 1]):
            continue
        span = document.span(parsed[first].idx, token.idx + len(token))
        found.append(Mention(span=span, text=document.quote(span), kind="place", ref=None, route="statistical"))
        taken |= set(range(first, token.i + 1))
    return tuple(found)


def _joins(parsed: Any, first: int, taken: set[int]) -> bool:
    return parsed[first - 1].i not in taken and (parsed[first - 1].text[:1].isupper() or parsed[first - 1].text == "-")


def _tokens(parsed: Any, mention: Mention) -> Iterator[Any]:
    span = parsed.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
    yield from span if span is not None else ()


def _is_name(token: Any) -> bool:
    word = token.text
    return word[:1].isupper() and any(c.islower() for c in word) and token.ent_type_ not in _NO_PLACES


def _placed(token: Any, lexicon: Lexicon) -> bool:
    """Tell whether a name (or what it is coordinated with) is object or goal of a verb that takes places."""
    top = token
    while top.dep_ == "conj" and top.head.pos_ == "PROPN":
        top = top.head
    if any(children(part, "appos", "relcl") for part in conjuncts(top)) and token.ent_type_ in ("PERSON", "ORG"):
        return False
    head = top.head
    if top.dep_ in ("dobj", "nsubjpass") and is_verb(head):
        doubtful = token.ent_type_ in ("PERSON", "ORG") and not _leads_on(head)
        return _takes_place(head, lexicon, _TERRITORY if doubtful else _TAKEN_NEEDS)
    if top.dep_ == "pobj" and head.lower_ == "of" and head.head.lemma_.lower() in _REGIONS:
        return True
    if top.dep_ != "pobj" or head.lower_ not in _GOAL_WORDS or not is_verb(head.head):
        return False
    if head.lower_ in ("in", "near", "around", "through") and token.ent_type_ in ("PERSON", "ORG", "EVENT"):
        return False
    entries = lexicon.entries.get(("verb", head.head.lemma_.lower()), ())
    moving = any(e.predicate in lexicon.words["movement"] for e in entries)
    return moving or (head.lower_ in ("in", "near", "around") and bool(entries))


def _leads_on(verb: Any) -> bool:
    """Tell whether a verb names a goal too: what is left in "left X for Y" is a place."""
    goals = (n for p in children(verb, "prep") if p.lower_ in ("for", "to", "towards", "toward") for n in p.children)
    return any(n.dep_ == "pobj" and n.pos_ == "PROPN" for n in goals)


def _takes_place(verb: Any, lexicon: Lexicon, needs: frozenset[str]) -> bool:
    entries = lexicon.entries.get(("verb", verb.lemma_.lower()), ())
    return any(e.needs in needs for e in entries)
