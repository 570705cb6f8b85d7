"""Who cannot be the side of a political event that the tree offers: a place, the victims, the teller, the accuser."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wayout.extract.attributing.spans import AttributionSpans
from wayout.extract.claiming.drafts import Draft
from wayout.extract.grammar import ancestors, children, is_verb
from wayout.extract.lexicon import open_lexicon
from wayout.extract.mention_index import MentionIndex
from wayout.extract.plover.event_types import PloverEvent
from wayout.extract.plover.parties import Party
from wayout.model import EventType, Mention

CIVILIANS = "civilians"
_ARMED = frozenset({"state_force", "state_aligned_militia", "non_state_armed_group"})
_FORCEFUL = frozenset({"ASSAULT", "FIGHT", "COERCE"})
_TIMES = frozenset({"DATE", "TIME"})
_MOVING = frozenset({"moves", "passes", "withdraws"})
_VISITORS = frozenset({"person", "state", "international_organisation", "humanitarian_organisation", "media"})
MAX_ABOVE = 4
"""Words between an accusation and the deed it names ("accused X of having helped to arm Y")."""


def check_parties(event: PloverEvent, index: MentionIndex, book: Any) -> PloverEvent | None:
    """
    Leave out of an event who cannot be its side.

    Parameters
    ----------
    event
        As found by the tree.
    index
        The mentions of the text.
    book
        The actor knowledge: the kind of an actor.

    Returns
    -------
    event
        People who are hurt do not hurt: "ten civilians killed" leaves the doer open. A place is where force is used, not whom it
        befalls; media tell of it. What an accuser accuses of is the deed of the accused. ``None`` for a protest of soldiers.
    """
    actors, recipients = _planner(event, index) or _accused(event, index), event.recipients
    if event.type == "PROTEST" and (
        any(_kind(p.mention, book) in _ARMED for p in actors) or children(event.trigger, "dobj")
    ):
        return None
    if event.type in _FORCEFUL:
        harmed = tuple(p for p in actors if p.mention is not None and p.mention.ref == CIVILIANS)
        actors = tuple(p for p in actors if p not in harmed)
        recipients = tuple(p for p in recipients if _can_be_harmed(p, index, book)) or harmed
    return replace(event, actors=actors, recipients=recipients)


def _can_be_harmed(party: Party, index: MentionIndex, book: Any) -> bool:
    """Tell whom force befalls from the place where it does, and from a newsroom read into the sentence."""
    if party.mention is not None:
        return _kind(party.mention, book) != "media"
    where = party.token.dep_ == "pobj" and party.token.head.lower_ in open_lexicon().words["before_places"]
    return not where and party.token.i not in index.places


def _kind(mention: Mention | None, book: Any) -> str | None:
    ref = mention.ref if mention is not None else None
    known: Any = getattr(book, "actor", None)
    actor = known(ref) if ref and callable(known) else None
    return actor.kind if actor is not None else None


def _accused(event: PloverEvent, index: MentionIndex) -> tuple[Party, ...]:
    """Return the accused as the actors of what they are accused of."""
    words = open_lexicon().words["accuse_verbs"]
    below = event.head
    for _, above in zip(range(MAX_ABOVE), ancestors(event.head), strict=False):
        if below.dep_ == "prep" and below.lower_ in ("of", "for"):
            # The parser hangs "of arming Y" on "accused" or on the accused.
            accused = children(above, "dobj", "nsubjpass") if is_verb(above) else [above]
            verb = above if is_verb(above) else above.head
            return tuple(_party(t, index) for t in accused[:1]) if verb.lemma_ in words else event.actors
        if below.dep_ not in ("pcomp", "xcomp", "conj"):
            break
        below = above
    return event.actors


def _planner(event: PloverEvent, index: MentionIndex) -> tuple[Party, ...]:
    """Return X of "X's plans to launch": the owner of a plan is who carries it out."""
    if event.head.dep_ != "acl" or event.head.tag_ != "VB":
        return ()
    owners = (_party(t, index) for t in children(event.head.head, "poss"))
    return tuple(p for p in owners if p.mention is not None and p.mention.kind in ("actor", "person"))


def _party(token: Any, index: MentionIndex) -> Party:
    return Party(token=token, start=token.idx, end=token.idx + len(token), mention=index.actor_at(token))


def type_between(kind: EventType, draft: Draft, book: Any) -> EventType:
    """Call it a fight where one armed side uses force on another; people of rank pay visits, crowds protest."""
    if kind == "PROTEST" and draft.predicate in no_protests(draft, book):
        return "SANCTION" if draft.predicate == "seals" else "FIGHT"
    if kind == "ASSAULT" and _kind(draft.subject, book) in _ARMED and _kind(draft.object, book) in _ARMED:
        return "FIGHT"
    if kind == "CONSULT" and draft.predicate in _MOVING and _kind(draft.subject, book) not in _VISITORS:
        return "MOBILIZE"
    return kind


def no_protests(draft: Draft, book: Any) -> frozenset[str]:
    """List the predicates that are no protest: air strikes whoever makes them, a closed road where an armed side closes it."""
    closed = {"seals"} if _kind(draft.subject, book) in _ARMED else set()
    return frozenset({"strikes", "besieges", *closed})


def drop_no_doers(drafts: Sequence[Draft]) -> None:
    """Take out of the subject what cannot act: dates and captions before a headline, "near R", and victims of force."""
    words = open_lexicon().words
    for draft in drafts:
        token = draft.subject_token
        if token is None:
            continue
        first = children(token, "compound", "amod", "det")[:1]
        before = token.head if token.dep_ == "pobj" else first[0] if first else token
        place = before.lower_ in words["before_places"]
        harmed = draft.subject is not None and draft.subject.ref == CIVILIANS and draft.predicate in words["force"]
        dated = token.ent_type_ in _TIMES or token.lemma_.lower() in words["told_times"]
        if place or harmed or (dated and draft.subject is None):
            draft.subject = draft.subject_token = None


def drop_tellers(drafts: Sequence[Draft], attributions: Sequence[AttributionSpans]) -> None:
    """Take the words of a source out of the object of what it tells: "... killed 25 children, X said" does not harm X."""
    told = [inner for outer in attributions for inner in outer.with_inner() if inner.source]
    for draft in drafts:
        if draft.predicate != "other" or draft.object_token is None:
            continue
        place, deed = draft.object_token.i, draft.token.i
        if any(s.holds(deed) and any(a <= place <= b for a, b in s.source) for s in told):
            draft.object = draft.object_token = None
