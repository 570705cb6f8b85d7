"""Claims that run over a word or a sentence: legs of one journey, and fragments without a verb."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from wayout.extract.drafts import Draft, DraftPlace
from wayout.extract.grammar import ancestors, is_verb
from wayout.extract.mention_index import MentionIndex, Placed
from wayout.extract.places import place_alternative

_ARRIVALS = frozenset({"arrive", "reach", "enter", "get", "come"})
_GOING = frozenset({"moves", "passes", "way_open", "withdraws"})


def merge_legs(drafts: list[Draft]) -> list[Draft]:
    """
    Join "leads to A to arrive in B" into one journey via A to B.

    Parameters
    ----------
    drafts
        Claims in text order.

    Returns
    -------
    drafts
        Without the second legs.
    """
    gone: set[int] = set()
    for number, leg in enumerate(drafts):
        if (
            leg.entry_lemma not in _ARRIVALS
            or leg.predicate != "moves"
            or leg.token.dep_ not in ("xcomp", "advcl", "acl")
        ):
            continue
        heads = [a.i for a in ancestors(leg.token)][:3]
        first = next((d for d in drafts if d.token.i in heads and d.predicate in _GOING), None)
        if first is None or not leg.places:
            continue
        for place in first.places:
            if place.role == "to":
                place.role = "via"
        first.places += leg.places
        first.words = (*first.words, *leg.words)
        gone.add(number)
    return [d for number, d in enumerate(drafts) if number not in gone]


def continue_fragments(parsed: Any, index: MentionIndex, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """
    Read a sentence without a verb as going on with the movement before: "Or in A or towards B."

    Parameters
    ----------
    parsed
        The parse.
    index
        Mentions.
    drafts
        Claims so far.

    Yields
    ------
    draft
        The same predicate, subject and certainty with the fragment's places.
    """
    current = list(drafts)
    sentences = list(parsed.sents)
    for number, sentence in enumerate(sentences[1:], start=1):
        words = [t for t in sentence if not t.is_space]
        if not words or len(words) > 14 or any(is_verb(t) for t in words) or not _fragment(words):
            continue
        places = [p for p in index.place_list if sentence.start <= p.first < sentence.end]
        before = sentences[number - 1]
        earlier = [d for d in current if before.start <= d.token.i < before.end and d.predicate in _GOING]
        if not places or not earlier:
            continue
        source = earlier[-1]
        draft = Draft(
            predicate=source.predicate,
            token=sentence.root,
            judgement=replace(source.judgement, cues=()),
            subject=source.subject,
            subject_token=source.subject_token,
            places=[_place(p, source) for p in places],
            words=(sentence.root.i,),
            entry_lemma=source.entry_lemma,
        )
        current.append(draft)
        yield draft


def _fragment(words: Sequence[Any]) -> bool:
    opens = words[0].pos_ in ("ADP", "CCONJ", "ADV") or words[0].lower_ in ("or", "and", "either")
    return opens and any(t.pos_ == "ADP" for t in words)


def _place(placed: Placed, source: Draft) -> DraftPlace:
    """Give a fragment's place the role of its counterpart, else that of its preposition."""
    roles = {p.role for p in source.places}
    word = placed.root.lower_ if placed.root.pos_ == "ADP" else placed.root.head.lower_
    role = (
        next(iter(roles))
        if len(roles) == 1
        else ("from" if word == "from" else "via" if word in ("through", "via") else "to")
    )
    span = placed.mention.span
    return DraftPlace(
        role=role, start=span.start, end=span.end, placed=placed, alternative=place_alternative(placed.root)
    )
