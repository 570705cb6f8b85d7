"""Make claim records of drafts: spans, ids, attribution, time, quantity."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wayout.extract.attributing.spans import AttributionSpans
from wayout.extract.claiming.claim_sub_events import ClaimSubEvents
from wayout.extract.claiming.denials import link_denials
from wayout.extract.claiming.drafts import Draft
from wayout.extract.claiming.frames import is_owned
from wayout.extract.claiming.instruments import instrument_of
from wayout.extract.claiming.quantities import quantity_of
from wayout.extract.claiming.sources import SourceFinder
from wayout.extract.grammar import CLAUSE_EDGES, ancestors, clause_words, noun_phrase
from wayout.extract.mention_index import MentionIndex
from wayout.model import (
    Attribution,
    Claim,
    ClaimId,
    Document,
    Mention,
    Modality,
    PlaceUse,
    Quantity,
    Span,
    Step,
    TimeValue,
    content_id,
)
from wayout.vocab import read_vocab

PASSED_ON = 2.4
"""Highest certainty of a claim with a named source, by convention: the author passes it on, and does not vouch for it."""
MAX_WORDS = 8
"""Words of a noun phrase; a longer one that only begins with the name is a parser slip ("The RSF control the area")."""
MADE_BY = Step(name="extract.claims", version="1")


def record_claims(
    document: Document,
    drafts: Sequence[Draft],
    attributions: Sequence[AttributionSpans],
    times: Sequence[TimeValue],
    context: tuple[MentionIndex, Any],
) -> tuple[Claim, ...]:
    """
    Turn drafts into claims.

    Parameters
    ----------
    document
        The document.
    drafts
        Claims in the making, in text order.
    attributions
        Who says what.
    times
        Resolved time expressions.
    context
        The mention index and the actor book.

    Returns
    -------
    claims
        In text order; conditions and reasons point to ids of the same tuple.
    """
    index, book = context
    ids = {id(draft): claim_id(document, draft) for draft in drafts}
    sources = SourceFinder(attributions, document, index, book)
    claims = []
    types = ClaimSubEvents(index, book)
    for draft in drafts:
        attributed = sources.source_of(draft)
        claims.append(
            Claim(
                id=ids[id(draft)],
                document=document.id,
                predicate=draft.predicate,
                subject=draft.subject.ref if draft.subject else None,  # type: ignore[arg-type]
                object=draft.object.ref if draft.object else None,  # type: ignore[arg-type]
                subject_text=_text(draft.subject_token, draft.subject, document),
                object_text=_text(draft.object_token, draft.object, document),
                places=_places(draft, document),
                quantity=_quantity(draft, document),
                time=_time(draft, times),
                attributed_to=attributed,
                polarity=-1 if draft.judgement.value < 0 or draft.judgement.negated else 1,
                modality=_modality(draft, attributed),
                mood=draft.judgement.mood,
                tense=draft.judgement.tense,
                certainty=round(_value(draft, attributed), 3),
                condition=ids.get(id(draft.condition)) if draft.condition else None,
                because=tuple(dict.fromkeys(ids[id(d)] for d in draft.because if id(d) in ids and d is not draft)),
                event_type=draft.event_type,
                sub_event_type=types.of(draft),
                instrument=_instrument(draft, document),
                words=_words(draft, document),
                evidence=_evidence(draft, document),
                made_by=MADE_BY,
            )
        )
    return link_denials(document, _unique(claims), sources)


def claim_id(document: Document, draft: Draft) -> ClaimId:
    """Make the id of a claim from its document, trigger and roles."""
    return ClaimId(
        content_id(
            "claim",
            document.id,
            draft.predicate,
            draft.token.idx,
            draft.subject.ref if draft.subject else None,
            draft.object.ref if draft.object else None,
        )
    )


def _unique(claims: Sequence[Claim]) -> list[Claim]:
    seen: dict[str, Claim] = {}
    for claim in claims:
        seen.setdefault(claim.id, claim)
    return list(seen.values())


def _value(draft: Draft, attributed: Attribution | None) -> float:
    """Return the author's commitment; somebody else's word is passed on with a little less."""
    value = draft.judgement.value
    return value if attributed is None else max(-PASSED_ON, min(PASSED_ON, value))


def _modality(draft: Draft, attributed: Attribution | None) -> Modality:
    modality = draft.judgement.modality
    return "reported" if modality == "asserted" and attributed is not None else modality


def _text(token: Any | None, mention: Mention | None, document: Document) -> str | None:
    """Return the words of a role: its noun phrase, or the mention where that stands outside it."""
    if token is None:
        return None
    start, end = noun_phrase(token)
    if mention is not None and not (start < mention.span.end and mention.span.start < end):
        return document.text[start:end] if is_owned(token) else mention.text
    words = document.text[start:end]
    if mention is not None and " - " in words[: mention.span.start - start]:
        words = document.text[mention.span.start : end]
    if mention is not None and len(words.split()) > MAX_WORDS and mention.span.start < token.idx:
        words = mention.text
    return words.lstrip("-*\u2022\u2013\u2014 ") or words


def _places(draft: Draft, document: Document) -> tuple[PlaceUse, ...]:
    found: dict[tuple[int, int], PlaceUse] = {}
    for place in draft.places:
        span = document.span(place.start, place.end)
        found.setdefault(
            (place.start, place.end),
            PlaceUse(role=place.role, phrase=document.quote(span), span=span, alternative=place.alternative),
        )
    return tuple(found.values())


def _quantity(draft: Draft, document: Document) -> Quantity | None:
    for token in (draft.object_token, draft.subject_token):
        if token is not None:
            quantity = quantity_of(token, document)
            if quantity is not None:
                return quantity
    return None


def _instrument(draft: Draft, document: Document) -> Span | None:
    """Return what a deed of force is done with."""
    forceful = draft.event_type in read_vocab("instruments.yaml")["deeds"]
    return instrument_of(draft.token, document) if forceful else None


def _time(draft: Draft, times: Sequence[TimeValue]) -> TimeValue | None:
    """Return the time phrase of the claim's own clause, else the only one of its sentence."""
    sentence = draft.token.sent
    start, end = sentence.start_char, sentence.end_char
    near = [t for t in times if start <= t.span.start < end]
    low, high = clause_words(draft.token)
    own = [t for t in near if low <= t.span.start < high]
    if len(own) == 1:
        return own[0]
    if own:
        return min(own, key=lambda t: (abs(t.span.start - draft.token.idx), t.span.start))
    inside = any(a.dep_ in CLAUSE_EDGES for a in (draft.token, *ancestors(draft.token)))
    return near[0] if len(near) == 1 and not inside else None


def _evidence(draft: Draft, document: Document) -> tuple[Span, ...]:
    """Return the clause, then the words outside it that name a role."""
    clause = document.span(*clause_words(draft.token))
    others = [m.span for m in (draft.subject, draft.object) if m is not None]
    others += [document.span(p.start, p.end) for p in draft.places]
    return (clause, *dict.fromkeys(s for s in others if not clause.contains(s)))


def _words(draft: Draft, document: Document) -> tuple[Span, ...]:
    """List the role-bearing spans: trigger, who, whom, where, and the words that set the certainty."""
    doc = draft.token.doc
    spans = [document.span(doc[i].idx, doc[i].idx + len(doc[i])) for i in draft.words or (draft.token.i,)]
    spans += [m.span for m in (draft.subject, draft.object) if m is not None]
    spans += [document.span(p.start, p.end) for p in draft.places]
    spans += [document.span(doc[i].idx, doc[i].idx + len(doc[i])) for i in draft.judgement.cues]
    return tuple(dict.fromkeys(spans))


def with_condition(claim: Claim, condition: ClaimId) -> Claim:
    """Return the claim resting on a condition."""
    return replace(claim, condition=condition)
