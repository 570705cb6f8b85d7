"""Ways and states that no single word makes: the only way out, no way for X, who is where."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from wayout.extract.certainty import Judgement, judge
from wayout.extract.claiming.drafts import Draft, DraftPlace
from wayout.extract.claiming.places import place_alternative
from wayout.extract.grammar import CLAUSE_EDGES, ancestors, children, conjuncts, is_verb, of_phrase, surface_subject
from wayout.extract.lexicon import Lexicon
from wayout.extract.mention_index import MentionIndex, Placed
from wayout.model import Mention, PlaceRole

_TO = frozenset({"to", "toward", "towards", "into", "in", "for", "via"})
_NO_WAY = frozenset({"way", "route", "exit", "escape", "road", "path", "option", "outlet", "corridor", "passage"})


def find_route_claims(parsed: Any, index: MentionIndex, lexicon: Lexicon) -> Iterator[Draft]:
    """
    Find claims about ways out and about who is where that rest on a construction.

    Parameters
    ----------
    parsed
        A spaCy ``Doc``.
    index
        Its mentions.
    lexicon
        The word lists.

    Yields
    ------
    draft
        ``way_open``, ``cannot_move``, ``passes`` (an obligatory way) or ``present`` claims.
    """
    for token in parsed:
        if token.i in index.places and token.lemma_.lower() not in lexicon.words["route_nouns"]:
            continue
        if token.lemma_.lower() in lexicon.words["route_nouns"] and token.pos_ in ("NOUN", "VERB"):
            yield from _route(token, index, lexicon)
        elif token.lower_ == "nowhere":
            yield from _nowhere(token, index)
        elif token.lemma_ == "be" and token.dep_ != "aux":
            yield from _located(token, index, lexicon)


def _route(noun: Any, index: MentionIndex, lexicon: Lexicon) -> Iterator[Draft]:
    """Read "the only way out is R", "no way to R", "an obligatory direction from A to B"."""
    modifiers = {c.lower_ for c in children(noun, "amod", "det", "nummod", "advmod")}
    if modifiers & {"no"} and noun.lemma_.lower() in _NO_WAY:
        draft = Draft(predicate="cannot_move", token=noun, judgement=judge(noun), words=(noun.i,))
        draft.judgement = _positive(draft)
        _for_party(draft, noun, index)
        draft.places = [_draft_place(p, _way_role(w)) for p, w in _places_under(noun, index)]
        if noun.dep_ == "npadvmod" and noun.head.i in index.places:
            draft.places.append(_draft_place(index.places[noun.head.i], "to"))
        if draft.subject is not None or draft.places:
            yield draft
        return
    only = modifiers & lexicon.words["route_only"]
    if not only and not (modifiers & lexicon.words["route_forced"]):
        return
    verb = _copula(noun, lexicon) or _adrift(noun, lexicon) or _misread(noun, lexicon)
    if verb is None and not modifiers & lexicon.words["route_forced"]:
        return
    forced = not only and bool(modifiers & lexicon.words["route_forced"])
    draft = Draft(
        predicate="passes" if forced else "way_open",
        token=noun,
        judgement=judge(verb if verb is not None else noun),
        words=(noun.i, *(c.i for c in noun.children if c.lower_ in only)),
    )
    if verb is not None and _leads(verb):
        draft.words = (*draft.words, verb.i)
    if verb is not None:
        draft.places = _complements(verb, noun, index)
    draft.places += [_draft_place(p, _way_role(w)) for p, w in _places_under(noun, index)]
    _for_party(draft, noun, index)
    if draft.places or (draft.subject is not None and not forced):
        yield draft


def _copula(noun: Any, lexicon: Lexicon) -> Any | None:
    """Return the verb that says where the way is: "is", "leads", "runs", "remains"."""
    head = noun.head.head if noun.head.dep_ == "auxpass" else noun.head
    if not is_verb(head) or head.lemma_ not in lexicon.words["route_verbs"]:
        return None
    return head if noun.dep_ in ("nsubj", "attr", "nsubjpass") else None


def _adrift(noun: Any, lexicon: Lexicon) -> Any | None:
    """Return the verb of "the only way out is ..." where the parser hangs "way" on "out"."""
    if noun.dep_ != "npadvmod" or noun.head.pos_ not in ("ADV", "ADP"):
        return None
    verb = next((a for a in ancestors(noun) if is_verb(a)), None)
    return verb if verb is not None and verb.lemma_ in lexicon.words["route_verbs"] else None


def _misread(noun: Any, lexicon: Lexicon) -> Any | None:
    """Return the "leads" of "the only road that is still open leads from A to B" that the parser takes for a noun."""
    for clause in children(noun, "relcl"):
        for token in clause.subtree:
            if _leads(token) and token.lemma_.lower() in lexicon.words["route_verbs"]:
                return token
    return None


def _leads(token: Any) -> bool:
    return token.tag_ == "NNS" and token.lemma_.lower() in ("lead", "run", "head", "pass", "stretch")


def _complements(verb: Any, noun: Any, index: MentionIndex) -> list[DraftPlace]:
    """Return the places a copula gives: "is to R", "is R", "leads west to R", "R is the only way"."""
    found = []
    for placed in index.place_list:
        current, preposition = placed.root, None
        if noun.i in {a.i for a in ancestors(placed.root)}:
            continue
        for _ in range(12):
            if current.dep_ == "pobj":
                preposition = preposition or current.head.lower_
            joined = current.dep_ == "conj" and is_verb(current)
            if current.head.i == current.i or current.dep_ in CLAUSE_EDGES or joined:
                break
            current = current.head
            if current.i == verb.i:
                found.append(_draft_place(placed, _way_role(preposition)))
                break
    return found


def _way_role(preposition: str | None) -> PlaceRole:
    if preposition in ("from", "of"):
        return "from"
    if preposition in ("through", "via", "across", "along", "over"):
        return "via"
    return "to"


def _places_under(token: Any, index: MentionIndex) -> Iterator[tuple[Placed, str | None]]:
    """Yield the places in the phrase of a token with their preposition."""
    inside = {t.i for t in token.subtree}
    for placed in index.place_list:
        if placed.root.i in inside and placed.root.i != token.i:
            way = list(_between(placed.root, token))
            if any(a.dep_ == "relcl" for a in way) and not any(_leads(a) for a in way):
                continue
            head = placed.root.head
            word = head.lower_ if head.pos_ == "ADP" or head.lower_ == "to" else None
            if word == "of" and head.head.lower_ == "out":
                word = "from"
            yield placed, placed.root.lower_ if placed.root.pos_ == "ADP" else word


def _between(low: Any, high: Any) -> Iterator[Any]:
    yield low
    for token in ancestors(low):
        if token.i == high.i:
            return
        yield token


def _for_party(draft: Draft, noun: Any, index: MentionIndex) -> None:
    """Find whose way it is: "for X", "X has no way out", "leaves X no exit", "X's only exit"."""
    verb = next((a for a in ancestors(noun) if is_verb(a)), None)
    candidates = [of_phrase(noun, "for")]
    candidates += [of_phrase(noun.head, "for"), *children(noun, "poss")]
    if verb is not None:
        candidates += [of_phrase(verb, "for"), next(iter(children(verb, "dative")), None)]
        if verb.lemma_ in ("have", "find", "see") and noun.dep_ == "dobj":
            candidates.append(surface_subject(verb))
    for token in candidates:
        mention = index.actor_at(token) if token is not None else None
        if mention is not None:
            draft.subject, draft.subject_token = mention, token
            return


def _nowhere(token: Any, index: MentionIndex) -> Iterator[Draft]:
    """Read "X has nowhere to go"."""
    verb = next(
        (a for a in (token, *ancestors(token)) if is_verb(a) and a.lemma_ in ("have", "be", "leave", "find")), None
    )
    if verb is None:
        return
    subject = surface_subject(verb)
    mention = index.actor_at(subject) if subject is not None else None
    draft = Draft(predicate="cannot_move", token=token, judgement=judge(verb), words=(token.i,))
    draft.judgement = _positive(draft)
    if mention is not None:
        draft.subject, draft.subject_token = mention, subject
        yield draft


def _positive(draft: Draft) -> Any:
    """Drop the negation that the predicate itself already says."""
    judgement = draft.judgement
    return replace(judgement, value=abs(judgement.value), negated=False)


def _located(verb: Any, index: MentionIndex, lexicon: Lexicon) -> Iterator[Draft]:
    """Read "X is in R" and "in R there are X"."""
    if children(verb, "acomp") and not children(verb, "expl"):
        return
    subject = surface_subject(verb)
    if subject is None:
        return
    mention = index.actor_at(subject)
    if mention is None or (
        subject.lemma_.lower() not in lexicon.words["group_nouns"] and subject.i not in index.actors
    ):
        return
    if children(verb, "attr") and not children(verb, "expl"):
        return
    places = []
    for preposition in children(verb, "prep", "advmod"):
        if preposition.lower_ in (
            "in",
            "at",
            "inside",
            "near",
            "on",
            "around",
            "within",
            "along",
            "outside",
            "between",
            "across",
        ):
            for noun in children(preposition, "pobj"):
                places += [index.places[part.i] for part in conjuncts(noun) if part.i in index.places]
        if preposition.i in index.places:
            places.append(index.places[preposition.i])
    for preposition in children(subject, "prep"):
        for noun in children(preposition, "pobj"):
            if noun.i in index.places and preposition.lower_ in ("in", "at", "inside", "near", "across"):
                places.append(index.places[noun.i])
    if not places:
        return
    for actor in index.actors_at(subject) or [mention]:
        draft = Draft(predicate="present", token=verb, judgement=judge(verb), words=(verb.i,), subject=actor)
        draft.subject_token = subject
        draft.places = [_draft_place(p, "at") for p in places]
        yield draft


def find_seated(index: MentionIndex, lexicon: Lexicon, taken: Sequence[Draft]) -> Iterator[Draft]:
    """
    Read the presence that a subject takes for granted: "the X group in R could ...".

    Parameters
    ----------
    index
        Mentions.
    lexicon
        Group nouns.
    taken
        Claims found already: an actor that is said to be present there is not said so twice.

    Yields
    ------
    draft
        ``present`` claims.
    """
    said = {(d.subject_token.i, p.start) for d in taken if d.subject_token is not None for p in d.places}
    for placed in index.place_list:
        seat = _seat(placed, lexicon)
        if seat is None:
            continue
        noun, preposition = seat
        mention: Mention | None = index.actor_at(noun)
        known = noun.i in index.actors or noun.lemma_.lower() in lexicon.words["group_nouns"]
        if mention is None or not known or (noun.i, placed.mention.span.start) in said:
            continue
        draft = Draft(predicate="present", token=preposition, judgement=_presupposed(), words=(preposition.i,))
        draft.subject, draft.subject_token = mention, noun
        draft.places = [_draft_place(placed, "at")]
        yield draft


def _presupposed() -> Any:
    return Judgement()


def _seat(placed: Placed, lexicon: Lexicon) -> tuple[Any, Any] | None:
    """Return the subject noun a place phrase directly sits on, and the preposition."""
    root = placed.root
    preposition = root if root.pos_ == "ADP" else root.head
    if preposition.pos_ != "ADP" or preposition.dep_ != "prep":
        return None
    if preposition.lower_ not in ("in", "at", "inside", "near", "between", "across", "around", "within"):
        return None
    noun = preposition.head
    if noun.pos_ not in ("NOUN", "PROPN") or noun.dep_ not in ("nsubj", "nsubjpass", "appos"):
        return None
    return noun, preposition


def _draft_place(placed: Placed, role: PlaceRole) -> DraftPlace:
    span = placed.mention.span
    return DraftPlace(
        role=role, start=span.start, end=span.end, placed=placed, alternative=place_alternative(placed.root)
    )
