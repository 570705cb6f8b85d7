"""Claims that run over a word or a sentence: legs of one journey, and fragments without a verb."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from wayout.extract.claiming.drafts import Draft, DraftPlace
from wayout.extract.claiming.frames import is_owned
from wayout.extract.claiming.places import place_alternative
from wayout.extract.grammar import ancestors, children, is_verb, stop_between
from wayout.extract.lexicon import Lexicon
from wayout.extract.mention_index import MentionIndex, Placed

_ARRIVALS = frozenset({"arrive", "reach", "enter", "get", "come"})
_GOERS = frozenset({"moves", "withdraws", "cannot_move", "passes"})
_CASES = {"first": 1, "former": 1, "second": 2, "latter": 2, "third": 3}
OF_A_CASE = 1.0
"""What holds "in the first case" is possible, no more: the case itself is one of several."""
MAX_SENTENCES = 3
"""Sentences back that an unnamed goer may have been named."""
_OPERATIONS = frozenset({"deploys", "attacks", "sweeps", "seals", "strikes"})
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
            if leg.subject is None:
                gone.add(number)
            continue
        if stop_between(first.token, leg.token):
            continue
        for place in first.places if leg.token.i > first.token.i else ():
            if place.role == "to":
                place.role = "via"
        first.places += leg.places
        first.words = (*first.words, *leg.words)
        gone.add(number)
    return [d for number, d in enumerate(drafts) if number not in gone]


def lend_subjects(drafts: Sequence[Draft], lexicon: Lexicon) -> None:
    """
    Let "Objective of the operation: to seal R" be done by whoever the sentence before sent or let act.

    Parameters
    ----------
    drafts
        Claims in text order; changed in place.
    lexicon
        For the list of nouns of aim.
    """
    for number, draft in enumerate(drafts):
        around = [*ancestors(draft.token), *children(draft.token, "nsubj")]
        nouns = [a for a in around if a.lemma_.lower() in lexicon.words["aim_nouns"]]
        if draft.subject is not None or not nouns or draft.judgement.mood != "intent":
            continue
        near = [d for d in drafts[:number] if _follows(d, draft) and d.predicate in _OPERATIONS]
        if not near:
            continue
        last = near[-1]
        sent = next((d for d in near if d.predicate == "deploys" and d.object is not None), None)
        draft.subject = sent.object if sent is not None else last.subject
        if not any(p.placed is not None and any(map(str.isupper, p.placed.mention.text)) for p in draft.places):
            draft.places += [
                DraftPlace(role="at", start=p.start, end=p.end, alternative=p.alternative, placed=p.placed)
                for p in last.places
                if p.role in ("at", "to") and p.placed is not None
            ]


def lend_goers(drafts: Sequence[Draft]) -> None:
    """
    Say whose way "the only way out" and "it passes through R" are: who was said to move just before.

    Parameters
    ----------
    drafts
        Claims in text order; changed in place where the goer is not named and only one is under discussion.
    """
    for number, draft in enumerate(drafts):
        _lend_owner(draft, drafts[:number])
        word = draft.subject_token
        pronoun = word is not None and word.lower_ in ("they", "it", "them")
        if draft.subject is not None or not (draft.predicate in ("way_open", "passes", "cannot_move") or pronoun):
            continue
        if draft.predicate not in _GOING | {"cannot_move"}:
            continue
        if word is not None and not pronoun and word.lower_ not in ("one", "this", "that") and not _is_way(word):
            continue
        doc = draft.token.doc
        movers = _GOERS | {"present"} if pronoun else _GOERS
        near = [
            (_sentences(doc, d, draft), d.subject)
            for d in drafts[:number]
            if d.predicate in movers and d.subject is not None and _sentences(doc, d, draft) <= MAX_SENTENCES
        ]
        nearest = [m for distance, m in near if distance == min(n for n, _ in near)]
        if nearest and len({m.ref for m in nearest}) == 1:
            draft.subject = nearest[-1]


def lend_things(drafts: Sequence[Draft], index: MentionIndex) -> None:
    """
    Say what "it" is in "X closed it": the road, crossing or border named last, in this sentence or the one before.

    Parameters
    ----------
    drafts
        Claims in text order; changed in place.
    index
        Mentions.
    """
    for draft in drafts:
        word = draft.object_token
        if draft.predicate not in ("seals", "opens", "holds") or word is None or word.lower_ not in ("it", "them"):
            continue
        if any(p.placed is not None for p in draft.places):
            continue
        doc = draft.token.doc
        near = [
            p
            for p in index.place_list
            if p.last < word.i and sum(t.is_sent_start or 0 for t in doc[p.first + 1 : word.i]) <= 1
        ]
        if near:
            span = near[-1].mention.span
            draft.places.append(DraftPlace(role="at", start=span.start, end=span.end, placed=near[-1]))


def _lend_owner(draft: Draft, earlier: Sequence[Draft]) -> None:
    """Read "X hold R, and their checkpoints block ...": what is theirs acts for X."""
    word = draft.subject_token
    if draft.subject is not None or word is None:
        return
    if not is_owned(word):
        return
    owners = [d.subject for d in earlier if d.subject is not None and d.token.sent == draft.token.sent]
    if owners:
        draft.subject = owners[-1]


def _is_way(word: Any) -> bool:
    return word.lemma_.lower() in ("way", "route", "direction", "road", "path", "corridor", "exit", "passage", "option")


def _sentences(doc: Any, first: Draft, second: Draft) -> int:
    return sum(1 for t in doc[first.token.i + 1 : second.token.i + 1] if t.is_sent_start)


def name_cases(parsed: Any, drafts: Sequence[Draft]) -> None:
    """
    Add to "in the first case, ..." the alternative it stands for, where two or more were named before.

    Parameters
    ----------
    parsed
        The parse.
    drafts
        Claims in text order; changed in place.
    """
    chosen: list[DraftPlace] = []
    open_ended = [d for d in drafts if any(p.alternative for p in d.places)]
    for sentence in parsed.sents:
        words = [t.lower_ for t in sentence]
        both = any(w in ("both", "either") and "case" in "".join(words[i + 1 : i + 2]) for i, w in enumerate(words))
        number = _case(words)
        if not both and number is None:
            continue
        own = [d for d in drafts if sentence.start <= d.token.i < sentence.end]
        earlier = [d for d in open_ended if d.token.i < sentence.start]
        if both and earlier:
            chosen = [p for p in earlier[-1].places if p.alternative]
        alternatives = chosen or ([p for p in earlier[-1].places if p.alternative] if earlier else [])
        if number is None or number > len(alternatives):
            continue
        for draft in own:
            place = alternatives[number - 1]
            if draft.predicate in _GOING and all(p.start != place.start for p in draft.places):
                draft.places.append(DraftPlace(role="to", start=place.start, end=place.end, placed=place.placed))
                value = min(draft.judgement.value, OF_A_CASE)
                draft.judgement = replace(draft.judgement, value=value, mood="possibility")


def _case(words: Sequence[str]) -> int | None:
    """Return which case a sentence speaks of: "in the first case", "in the second", "in the latter"."""
    for i, word in enumerate(words[:4]):
        if word in _CASES and words[:i][-1:] == ["the"] and "in" in words[:i]:
            return _CASES[word]
    return None


def _follows(first: Draft, second: Draft) -> bool:
    between = second.token.sent.start - first.token.sent.end
    return bool(first.token.sent.start < second.token.sent.start and between <= 1)


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
