"""Give claims their PLOVER type, and make claims of the political events that no predicate tells."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from wayout.extract.certainty import Judgement, judge
from wayout.extract.claiming.drafts import Draft, DraftPlace
from wayout.extract.claiming.party_checks import CIVILIANS, check_parties, type_between
from wayout.extract.mention_index import MentionIndex, Placed
from wayout.extract.plover.event_types import PloverEvent, find_plover_events
from wayout.extract.plover.lexicon import open_event_lexicon
from wayout.extract.plover.parties import Party
from wayout.model import Document, EventType, Mention
from wayout.vocab import read_vocab

MAX_SIDES = 4
"""Actors of one event that get a claim each."""


def find_political(
    document: Document, parsed: Any, index: MentionIndex, drafts: Sequence[Draft], book: Any
) -> list[Draft]:
    """
    Type the drafts by the events of the text, and draft the events that none of them tells.

    Parameters
    ----------
    document
        The document.
    parsed
        Its spaCy ``Doc``.
    index
        Its mentions.
    drafts
        Claims in the making; their ``event_type`` is filled in place.
    book
        The actor knowledge: a state that meets, signs or demands is its government, though its name is a place elsewhere.

    Returns
    -------
    drafts
        New ones, with the predicate "other": political events of listed actors; of others
        violence and protests at a known place, where the sentence does not tell the deed already.
    """
    told: dict[int, list[Draft]] = {}
    for draft in drafts:
        for place in draft.words or (draft.token.i,):
            told.setdefault(place, []).append(draft)
    forceful = Counter(d.token.sent.start for d in drafts if _types()[d.predicate] == "FIGHT")
    found: list[Draft] = []
    for event in find_plover_events(parsed, index):
        same = [d for place in event.words for d in told.get(place, ())]
        own = [d for d in same if _is_its_own(d, event)]
        for draft in own:
            if draft.event_type is None or event.trigger.i == draft.token.i:
                draft.event_type = type_between(event.type, draft, book)
        checked = None if own else check_parties(event, index, book)
        if checked is not None and forceful[event.trigger.sent.start] and not _has_listed(checked):
            continue  # "three airstrikes struck X" is one deed, and the strike is told
        if checked is not None:
            found += _drafts(_with_states(checked, document, index, book))
    for draft in found:
        if draft.event_type is not None:
            draft.event_type = type_between(draft.event_type, draft, book)
    for draft in drafts:
        if draft.event_type is None:
            draft.event_type = type_of(draft)
    return found


def _is_its_own(draft: Draft, event: PloverEvent) -> bool:
    """Tell whether an event is the deed of a draft: not what its actor says, denies or demands of somebody else."""
    if draft.token.i == event.trigger.i:
        return True
    actors = {p.mention.ref for p in event.actors if p.mention is not None}
    if draft.subject is not None and actors and draft.subject.ref not in actors:
        return False
    if draft.token.pos_ != "NOUN":
        return True
    default = type_of(draft)
    return draft.subject is not None or default is None or default == event.type


def type_of(draft: Draft) -> EventType | None:
    """Return the PLOVER type of a predicate: civilians who move are none, who are struck are assaulted."""
    subject = draft.subject.ref if draft.subject is not None else None
    struck = draft.object.ref if draft.object is not None else None
    kind = _types()[draft.predicate]
    if kind == "MOBILIZE" and (subject == CIVILIANS or draft.predicate in ("present", "passes", "holds")):
        return None
    if kind == "FIGHT" and struck == CIVILIANS and draft.predicate in ("attacks", "strikes"):
        return "ASSAULT"
    return kind


@cache
def _types() -> Mapping[str, EventType | None]:
    return {name: spec["plover"] for name, spec in read_vocab("predicates.yaml")["predicates"].items()}


def _drafts(event: PloverEvent) -> list[Draft]:
    """Make a claim for each actor of an event."""
    words = open_event_lexicon().words
    known = [p for p in event.actors if p.mention is not None and p.mention.kind in ("actor", "person")]
    target = next((p for p in event.recipients if _is_known(p)), event.recipients[0] if event.recipients else None)
    if not _is_news(event, known, target):
        return []
    if not any(_is_listed(p) for p in known):
        if event.type == "PROTEST":
            sure = event.place is not None or event.trigger.lemma_.lower() in words["crowd_deeds"]
        else:
            sure = target is not None and (event.place is not None or _is_listed(target))
        if event.type not in words["told_without_actor"] or not sure:
            return []
    if known and target is None and event.type not in words["told_without_recipient"]:
        return []
    places = [] if event.place is None else [_at(event.place)]
    sides: Sequence[Party | None] = known[:MAX_SIDES] or [event.actors[0] if event.actors else None]
    mutual = event.actors == event.recipients
    if mutual:
        sides = sides[:1]
        target = next((p for p in event.recipients if p is not sides[0] and _is_known(p)), None)
    return [
        Draft(
            predicate="other",
            token=event.trigger,
            judgement=_stance(event),
            subject=side.mention if side is not None and _is_known(side) else None,
            object=target.mention if target is not None and _is_known(target) and target is not side else None,
            subject_token=side.token if side is not None else None,
            object_token=target.token if target is not None and target is not side else None,
            places=list(places),
            words=(event.trigger.i, *(i for i in event.words if i != event.trigger.i)),
            event_type=event.type,
        )
        for side in sides
    ]


def _is_news(event: PloverEvent, known: Sequence[Party], target: Party | None) -> bool:
    """
    Leave out what only sounds political.

    A name nobody lists does something to nobody listed; an event noun that names one side only ("A's criticism"); a person
    who "targets" or "hits" somebody.
    """
    sides = [*known, *([target] if target is not None and _is_known(target) else [])]
    if known and not any(_is_listed(p) for p in sides):
        return False
    if event.head.pos_ == "NOUN" and known and len({p.mention.ref for p in sides if p.mention}) < 2:
        return False
    by_force = event.type in ("ASSAULT", "FIGHT", "COERCE")
    persons = bool(known) and all(p.mention is not None and p.mention.kind == "person" for p in known)
    return not (by_force and persons and event.head.lemma_ in open_event_lexicon().words["figurative"])


def _is_listed(party: Party) -> bool:
    ref = party.mention.ref if party.mention is not None else None
    return ref is not None and not ref.startswith("unknown:")


def _with_states(event: PloverEvent, document: Document, index: MentionIndex, book: Any) -> PloverEvent:
    """Name the states that act, or are acted upon, though their names were read as places."""
    if event.type in open_event_lexicon().words["befalls_places"]:
        return event
    resolve: Any = getattr(book, "resolve", None)

    def named(party: Party) -> Party:
        placed = index.places.get(party.token.i)
        if party.mention is not None or placed is None or not callable(resolve):
            return party
        states = [a for a in resolve(placed.mention.text) if a.kind == "state"]
        if len(states) != 1 or (_is_town_of(states[0], placed) and not _is_near(party.token, event.head)):
            return party
        span = document.span(placed.mention.span.start, placed.mention.span.end)
        mention = Mention(span=span, text=document.quote(span), kind="actor", ref=states[0].id, route="metonym")
        return replace(party, mention=mention)

    actors = tuple(map(named, event.actors))
    mutual = event.actors == event.recipients
    return replace(event, actors=actors, recipients=actors if mutual else tuple(map(named, event.recipients)))


def _is_town_of(state: Any, placed: Placed) -> bool:
    """Tell a capital that may stand for its state from the country's own name."""
    return placed.mention.text.casefold() in {m.casefold() for m in state.metonyms}


def _is_near(token: Any, head: Any) -> bool:
    """Tell "warned X", "talks with X" from a town further down, which is a place there."""
    return head.i in (token.head.i, token.head.head.i)


def _has_listed(event: PloverEvent) -> bool:
    return any(_is_listed(party) for party in event.actors)


def _is_known(party: Party) -> bool:
    return party.mention is not None and party.mention.kind in ("actor", "person")


def _at(place: Placed) -> DraftPlace:
    span = place.mention.span
    return DraftPlace(role="at", start=span.start, end=span.end, placed=place)


def _stance(event: PloverEvent) -> Judgement:
    """Judge the event itself: a refusal or a promise is done, whatever becomes of what is refused or promised."""
    made_of = event.deed is not None and event.type in ("REJECT", "AGREE", "THREATEN")
    if not made_of:
        return judge(event.trigger)
    stance = judge(event.head)
    if event.negated and event.type == "REJECT":
        return replace(stance, value=abs(stance.value), negated=False)
    return stance
