"""Give claims their PLOVER type, and make claims of the political events that no predicate tells."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from wayout.extract.certainty import Judgement, judge
from wayout.extract.drafts import Draft, DraftPlace
from wayout.extract.event_lexicon import open_event_lexicon
from wayout.extract.event_parties import Party
from wayout.extract.event_types import PloverEvent, find_plover_events
from wayout.extract.mention_index import MentionIndex, Placed
from wayout.model import EventType
from wayout.vocab import read_vocab

_STANCES = frozenset({"THREATEN", "AGREE", "DEMAND"})
"""Types that say how somebody stands to a deed of the own."""
CIVILIANS = "civilians"
MAX_SIDES = 4
"""Actors of one event that get a claim each."""


def find_political(parsed: Any, index: MentionIndex, drafts: Sequence[Draft]) -> list[Draft]:
    """
    Type the drafts by the events of the text, and draft the events that none of them tells.

    Parameters
    ----------
    parsed
        A spaCy ``Doc``.
    index
        Its mentions.
    drafts
        Claims in the making; their ``event_type`` is filled in place.

    Returns
    -------
    drafts
        New ones, with the predicate "other": political events of known actors, and violence at a known place.
    """
    told: dict[int, list[Draft]] = {}
    for draft in drafts:
        for place in draft.words or (draft.token.i,):
            told.setdefault(place, []).append(draft)
    found: list[Draft] = []
    for event in find_plover_events(parsed, index):
        same = [d for place in event.words for d in told.get(place, ())]
        for draft in same:
            if _is_its_own(draft, event) and (draft.event_type is None or event.trigger.i == draft.token.i):
                draft.event_type = event.type
        if not same:
            found += _drafts(event)
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
    default = type_of(draft)
    return default is None or draft.token.pos_ != "NOUN" or event.type in _STANCES


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
    forceful = event.type in words["told_without_actor"]
    if not known and not (forceful and (event.place is not None or event.actors)):
        return []
    if known and target is None and event.type not in words["told_without_recipient"]:
        return []
    places = [] if known or event.place is None else [_at(event.place)]
    if not known and not places and event.type != "PROTEST":
        return []
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
