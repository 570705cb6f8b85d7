"""Presence, control and operations: who is where, who holds what, what was reported to happen."""

from collections.abc import Mapping, Sequence

from wayout import __version__
from wayout.fuse.belief import Belief
from wayout.model import Actor, ActorId, Claim, Control, Event, Presence, Region, Span, Step, content_id
from wayout.vocab import read_vocab

MADE_BY = Step(name="fuse.control", version=__version__)
PRESENT = frozenset({"present", "shelters", "deploys", "sweeps", "seals", "besieges", "holds", "takes"})
"""Predicates whose truth puts the acting side into the place."""
HOLDING = frozenset({"holds", "takes"})
OCCURRENCES = frozenset(
    {
        "attacks",
        "strikes",
        "clashes",
        "sweeps",
        "takes",
        "loses",
        "deploys",
        "seals",
        "opens",
        "besieges",
        "withdraws",
        "displaced",
    }
)
"""Predicates that report something happening at a time, as against a state, a movement to come or words."""


def find_presences(claims: Sequence[Claim], actors: Mapping[ActorId, Actor], belief: Belief) -> tuple[Presence, ...]:
    """
    Fuse claims into presences, one per actor and place phrase; named persons are left out (do no harm).

    Parameters
    ----------
    claims
        Located claims.
    actors
        Actors by id.
    belief
        Probabilities of claims and propositions.

    Returns
    -------
    presences
        Sorted by actor, then phrase.
    """
    found: dict[tuple[ActorId, str], list[tuple[Claim, Region]]] = {}
    for claim in claims:
        who = claim.object or claim.subject if claim.predicate == "deploys" else claim.subject
        if claim.predicate not in PRESENT or who is None or claim.mood in ("intent", "question"):
            continue
        if who in actors and actors[who].kind == "person":
            continue
        for region in _regions(claim):
            found.setdefault((who, region.phrase), []).append((claim, region))
    return tuple(
        Presence(
            id=content_id("presence", actor, phrase),
            actor=actor,
            region=items[0][1],
            p_present=belief.fuse({c.id for c, _ in items}),
            claims=tuple(c.id for c, _ in items),
            evidence=_evidence(items),
            made_by=MADE_BY,
        )
        for (actor, phrase), items in sorted(found.items())
    )


def find_controls(claims: Sequence[Claim], belief: Belief) -> tuple[Control, ...]:
    """
    Fuse claims into control; a side's own words are ``claimed``, others' ``reported``; nothing is ``assessed`` without review.

    Parameters
    ----------
    claims
        Located claims.
    belief
        Probabilities of claims and propositions.

    Returns
    -------
    controls
        Sorted by actor, phrase and layer.
    """
    found: dict[tuple[ActorId, str, str], list[tuple[Claim, Region]]] = {}
    for claim in claims:
        if claim.predicate not in HOLDING or claim.subject is None or claim.mood in ("intent", "question"):
            continue
        own_word = claim.attributed_to is not None and claim.attributed_to.actor == claim.subject
        for region in _regions(claim):
            key = (claim.subject, region.phrase, "claimed" if own_word else "reported")
            found.setdefault(key, []).append((claim, region))
    return tuple(
        Control(
            id=content_id("control", actor, phrase, layer),
            actor=actor,
            region=items[0][1],
            layer="claimed" if layer == "claimed" else "reported",
            p_held=belief.fuse({c.id for c, _ in items}),
            claims=tuple(c.id for c, _ in items),
            evidence=_evidence(items),
            made_by=MADE_BY,
        )
        for (actor, phrase, layer), items in sorted(found.items())
    )


def find_operations(claims: Sequence[Claim], belief: Belief) -> tuple[Event, ...]:
    """
    Turn claims of occurrences into events with UCDP names; what is only feared or planned is not an event.

    Parameters
    ----------
    claims
        Located claims.
    belief
        Probabilities of claims and propositions.

    Returns
    -------
    operations
        One per type, sides and place; sorted by id.
    """
    types = read_vocab("predicates.yaml")["predicates"]
    found: dict[tuple[str, ActorId | None, ActorId | None, str], list[tuple[Claim, Region | None]]] = {}
    for claim in claims:
        if (
            claim.predicate not in OCCURRENCES
            or claim.mood in ("intent", "possibility", "question")
            or claim.tense == "future"
        ):
            continue
        region = next(iter(_regions(claim)), None)
        key = (claim.predicate, claim.subject, claim.object, region.phrase if region else "")
        found.setdefault(key, []).append((claim, region))
    return tuple(sorted((_event(items, types, belief) for items in found.values()), key=lambda e: e.id))


def _event(
    items: Sequence[tuple[Claim, Region | None]], types: Mapping[str, Mapping[str, str]], belief: Belief
) -> Event:
    claim, region = items[0]
    kind = types[claim.predicate]
    time = next((c.time for c, _ in items if c.time is not None), None)
    return Event(
        id=content_id("event", claim.predicate, claim.subject, claim.object, region.phrase if region else ""),
        event_type=kind["plover"],
        sub_event_type=kind.get("acled"),
        side_a=claim.subject,
        side_b=claim.object,
        region=region,
        date_start=time.start if time else None,
        date_end=time.end if time else None,
        date_prec=time.date_prec if time else None,
        where_prec=region.where_prec if region else None,
        p_true=belief.fuse({c.id for c, _ in items}),
        claims=tuple(c.id for c, _ in items),
        evidence=_evidence(items),
        made_by=MADE_BY,
    )


def _regions(claim: Claim) -> tuple[Region, ...]:
    """Regions where the act takes place; what is only headed for, left or passed is not presence there."""
    return tuple(p.region for p in claim.places if p.region is not None and p.role in ("at", "border"))


def _evidence(items: Sequence[tuple[Claim, Region | None]] | Sequence[tuple[Claim, Region]]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(span for claim, _ in items for span in claim.evidence))
