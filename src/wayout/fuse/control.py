"""Presence, control, ways and operations: who is where, who holds what, what is open, what was reported to happen."""

from collections.abc import Mapping, Sequence

from wayout import __version__
from wayout.fuse.weighing.heard import Heard, Propositions
from wayout.fuse.weighing.propositions import cell_key
from wayout.fuse.weighing.rows import region_at, regions_of
from wayout.model import (
    ActorId,
    Claim,
    ClaimId,
    Control,
    ControlLayer,
    Event,
    Presence,
    Span,
    Step,
    Way,
    content_id,
)
from wayout.vocab import read_vocab

MADE_BY = Step(name="fuse.control", version=__version__)


def find_presences(claims: Mapping[ClaimId, Claim], belief: Propositions) -> tuple[Presence, ...]:
    """
    Say who is where, one record per actor and place; named persons are left out (do no harm).

    Parameters
    ----------
    claims
        Located claims by id.
    belief
        Probabilities of claims and propositions.

    Returns
    -------
    presences
        Sorted by actor, then place.
    """
    found = []
    active = {(k.proposition.actor, k.proposition.place): k.p for k in belief.about("active")}
    for known in belief.about("present"):
        what, said = known.proposition, _said(known, claims)
        region = region_at(said[0], what.place)
        found.append(
            Presence(
                id=content_id("presence", what.actor, what.place),
                actor=ActorId(what.actor),
                region=region,
                p_present=known.p,
                p_active=active.get((what.actor, cell_key(region) or "")),
                claims=known.claims,
                last_evidence=known.last_evidence,
                evidence=_evidence(said),
                made_by=MADE_BY,
            )
        )
    return tuple(sorted(found, key=lambda p: (p.actor, p.region.phrase, p.id)))


def find_controls(claims: Mapping[ClaimId, Claim], belief: Propositions) -> tuple[Control, ...]:
    """
    Say who holds what in two layers: a side's own words are ``claimed``, others' ``reported`` (people make the third).

    Within a layer the holders of one place share its probability with "nobody known", unless they are on one side.

    Parameters
    ----------
    claims
        Located claims by id.
    belief
        Probabilities of claims and propositions.

    Returns
    -------
    controls
        Sorted by actor, phrase and layer.
    """
    found = []
    for known in belief.about("holds"):
        what, said = known.proposition, _said(known, claims)
        layer: ControlLayer = "claimed" if what.detail == "claimed" else "reported"
        found.append(
            Control(
                id=content_id("control", what.actor, what.place, layer),
                actor=ActorId(what.actor),
                region=region_at(said[0], what.place),
                layer=layer,
                p_held=known.p,
                claims=known.claims,
                last_evidence=known.last_evidence,
                evidence=_evidence(said),
                made_by=MADE_BY,
            )
        )
    return tuple(sorted(found, key=lambda c: (c.actor, c.region.phrase, c.layer, c.id)))


def find_ways(claims: Mapping[ClaimId, Claim], belief: Propositions) -> tuple[Way, ...]:
    """
    Say which crossings, roads and places are open, whoever asks: the newest word outweighs, and fades to even odds.

    Parameters
    ----------
    claims
        Located claims by id.
    belief
        Probabilities of claims and propositions.

    Returns
    -------
    ways
        Sorted by phrase; bare directions ("the way south") are left out.
    """
    found = []
    for known in belief.about("open"):
        said = _said(known, claims)
        region = region_at(said[0], known.proposition.place)
        if region.bearing_deg is not None:
            continue
        found.append(
            Way(
                id=content_id("way", known.proposition.place),
                region=region,
                p_open=known.p,
                claims=known.claims,
                last_evidence=known.last_evidence,
                evidence=_evidence(said),
                made_by=MADE_BY,
            )
        )
    return tuple(sorted(found, key=lambda p: (p.region.phrase, p.id)))


def find_operations(claims: Mapping[ClaimId, Claim], belief: Propositions) -> tuple[Event, ...]:
    """
    Turn claims of occurrences into events with UCDP names; what is only feared or planned is not an event.

    Parameters
    ----------
    claims
        Located claims by id.
    belief
        Probabilities of claims and propositions; that something happened does not fade with time.

    Returns
    -------
    operations
        One per type, sides, place and day; sorted by id.
    """
    types = read_vocab("predicates.yaml")["predicates"]
    return tuple(sorted((_event(k, _said(k, claims), types) for k in belief.about("happened")), key=lambda e: e.id))


def _event(known: Heard, said: Sequence[Claim], types: Mapping[str, Mapping[str, str]]) -> Event:
    claim = said[0]
    kind = types[claim.predicate]
    region = next(iter(regions_of(claim)), None)
    time = next((c.time for c in said if c.time is not None), None)
    return Event(
        id=content_id("event", *known.proposition),
        event_type=kind["plover"],
        sub_event_type=kind.get("acled"),
        side_a=claim.subject,
        side_b=claim.object,
        region=region,
        date_start=time.start if time else None,
        date_end=time.end if time else None,
        date_prec=time.date_prec if time else None,
        where_prec=region.where_prec if region else None,
        p_true=known.p,
        claims=known.claims,
        evidence=_evidence(said),
        made_by=MADE_BY,
    )


def _said(known: Heard, claims: Mapping[ClaimId, Claim]) -> list[Claim]:
    return [claims[c] for c in known.claims]


def _evidence(said: Sequence[Claim]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(span for claim in said for span in claim.evidence))
