"""Relations that claims tell: who attacks whom fights, who takes or holds a place is in charge of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from wayout.extract.relating.parties import Party, PartyKind
from wayout.model import Claim, Mention, PlaceUse, Predicate, Span
from wayout.model.relation import RelationKind

_FIGHTS: frozenset[Predicate] = frozenset({"attacks", "strikes", "clashes", "besieges"})
_HOLDS: frozenset[Predicate] = frozenset({"takes", "holds"})

Link = tuple[RelationKind, Party, Party, Any | None]


def claim_links(parsed: Any, claims: Sequence[Claim], mentions: Sequence[Mention]) -> Iterator[Link]:
    """
    Turn the claims with two named parties into relations.

    Parameters
    ----------
    parsed
        The spaCy ``Doc``.
    claims
        Claims of the document; what is denied or only asked relates nobody.
    mentions
        Its mentions, to find the words that name the claim's actors.

    Yields
    ------
    link
        Kind, the two parties, and the trigger.
    """
    named = {m.span: m for m in mentions if m.kind in ("actor", "person")}
    for claim in claims:
        if claim.polarity < 0 or claim.mood == "question" or claim.subject is None:
            continue
        subject = _words_for(claim.subject, claim, named)
        if subject is None:
            continue
        trigger = parsed.char_span(claim.words[0].start, claim.words[0].end, alignment_mode="expand")
        token = trigger.root if trigger is not None else None
        if token is None:
            continue
        doer = _party(subject, claim.subject, "body", token)
        if claim.predicate in _FIGHTS and claim.object is not None:
            other = _words_for(claim.object, claim, named)
            if other is not None:
                yield "fights", doer, _party(other, claim.object, "body", token), token
        if claim.predicate in _HOLDS:
            for place in filter(_at, claim.places):
                yield "in_charge_of", doer, _party(place.span, None, "place", token), token


def _at(place: PlaceUse) -> bool:
    return place.role == "at"


def _words_for(ref: str, claim: Claim, named: Mapping[Span, Mention]) -> Span | None:
    """Return the words of a claim that name an actor."""
    return next((s for s in claim.words if s in named and named[s].ref == ref), None)


def _party(span: Span, ref: str | None, kind: PartyKind, token: Any) -> Party:
    return Party(span.start, span.end, kind, ref, token.i, True)
