"""Turn a parsed document into claims: who says what about whom, where, how surely, on what condition."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wayout.extract.attribution import find_attributions
from wayout.extract.claiming.bare_places import find_bare_places
from wayout.extract.claiming.claim_records import record_claims
from wayout.extract.claiming.conditions import link_conditions
from wayout.extract.claiming.continuations import (
    continue_fragments,
    lend_goers,
    lend_subjects,
    lend_things,
    merge_legs,
    name_cases,
)
from wayout.extract.claiming.drafts import Draft
from wayout.extract.claiming.events import find_events
from wayout.extract.claiming.party_checks import drop_no_doers, drop_tellers
from wayout.extract.claiming.political import find_political
from wayout.extract.claiming.routes import find_route_claims, find_seated
from wayout.extract.claiming.verification import weigh_verification
from wayout.extract.lexicon import open_lexicon
from wayout.extract.mention_index import MentionIndex
from wayout.extract.naming.doers import name_doers
from wayout.extract.naming.people import name_people
from wayout.model import Claim, Document, Mention, TimeValue


def extract_claims(
    document: Document, parsed: Any, mentions: Sequence[Mention], times: Sequence[TimeValue], book: Any
) -> tuple[Claim, ...]:
    """
    Extract the claims a document makes, in text order.

    Parameters
    ----------
    document
        The document as read.
    parsed
        Its spaCy ``Doc`` (``wayout.text.english.parse_text(document.text)``).
    mentions
        Actors and persons (``ref`` = actor id) and places (whole phrases).
    times
        Resolved time expressions.
    book
        The actor knowledge; ``book.actor(ref)`` gives an actor's name and kind, for the names of sources.

    Returns
    -------
    claims
        Places carry role and phrase; their regions are left to LOCATE. Each claim has its clause as first evidence.

    Raises
    ------
    InputError
        If a mention does not lie inside the document.
    """
    lexicon = open_lexicon()
    index = MentionIndex(parsed, [*mentions, *find_bare_places(document, parsed, mentions, lexicon)])
    drafts = find_events(parsed, index, lexicon)
    drafts += find_route_claims(parsed, index, lexicon)
    drafts += find_seated(index, lexicon, drafts)
    drafts = merge_legs(_in_order(_once_a_way(drafts)))
    name_doers(document, drafts, mentions, book)
    lend_subjects(drafts, lexicon)
    lend_things(drafts, index)
    drafts = _in_order([*drafts, *continue_fragments(parsed, index, drafts)])
    lend_goers(drafts)
    name_people(document, drafts, lexicon)
    drafts = _in_order([*drafts, *find_political(document, parsed, index, drafts, book)])
    weigh_verification(drafts, parsed)
    name_cases(parsed, drafts)
    drafts = link_conditions(_in_order(drafts), parsed)
    for draft in drafts:
        if draft.inferred and draft.judgement.mood == "fact":
            draft.judgement = replace(draft.judgement, mood="inference", value=min(draft.judgement.value, 2.0))
    drop_no_doers(drafts)
    attributions = find_attributions(parsed)
    drop_tellers(drafts, attributions)
    return record_claims(document, drafts, attributions, times, (index, book))


def _once_a_way(drafts: Sequence[Draft]) -> list[Draft]:
    """Leave out "leads to R" where "the only road" is the claim."""
    ways = {i for d in drafts if d.predicate in ("way_open", "passes") and d.token.pos_ == "NOUN" for i in d.words}
    return [
        d
        for d in drafts
        if (d.predicate != "opens" or d.object_token is None or d.object_token.i not in ways)
        and (d.subject_token is None or d.subject_token.i not in ways or d.token.i in ways or d.entry_lemma != "lead")
    ]


def _in_order(drafts: Sequence[Draft]) -> list[Draft]:
    """Sort by place in the text; the same trigger, roles and predicate are said once."""
    seen: set[tuple[int, str | None, str | None]] = set()
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.token.i, d.predicate, d.subject.ref or "" if d.subject else "")):
        key = (draft.token.i, draft.subject.ref if draft.subject else None, draft.object.ref if draft.object else None)
        if key not in seen and not _repeats(draft, kept):
            seen.add(key)
            kept.append(draft)
    return kept


def _repeats(draft: Draft, kept: Sequence[Draft]) -> bool:
    """Tell whether a coordinated word only says the same again ("find and eliminate X")."""
    token = draft.token
    if token.dep_ != "conj" or draft.places:
        return False
    return any(
        d.token.i == token.head.i
        and (d.predicate, d.event_type) == (draft.predicate, draft.event_type)
        and (d.subject, d.object) == (draft.subject, draft.object)
        for d in kept
    )
