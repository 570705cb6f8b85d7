"""Which claims bear on what the party will do at all, and as which kind of report: a closed list, by rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from wayout.model import Actor, ActorId, Claim, PartyAim, PartyKind, Question
from wayout.vocab import read_vocab

PRESSURE = frozenset({"attacks", "strikes", "clashes", "sweeps"})
MOVEMENT = frozenset({"moves", "passes"})
STANDING = frozenset({"holds", "takes", "deploys"})
ON_THE_MOVE = frozenset({"moves", "moves_obliged", "withdraws", "displaced"})
"""Kinds that may name the way that is taken."""
INSIDE = 0.5
"""Share of a place's ground that lies in the area where it counts as inside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Whose question it is: the party with its parents, its kind and aim, the area, the day."""

    party: ActorId | None
    line: frozenset[ActorId]
    kind: PartyKind
    aim: PartyAim
    area: Any
    day: date


def standing_of(question: Question, actors: Mapping[ActorId, Actor]) -> Standing:
    """Take what the rule needs from a question."""
    party = question.party
    return Standing(
        party=party.actor,
        line=lineage(party.actor, actors),
        kind=party.kind,
        aim=party.aim,
        area=question.area.geometry,
        day=question.at.date(),
    )


def kind_of(claim: Claim, standing: Standing, actors: Mapping[ActorId, Actor]) -> str | None:
    """
    Name the kind of report a claim is for this party, or ``None`` where it bears on no course of events.

    A claim bears when it tells of a movement, of force or of a siege, when the party (its parent, or its part) does or
    suffers it, when it is not a question, and when it speaks of here and now. What is said, agreed, visited, condemned or
    delivered bears on nothing: politics moves a group only by way of what is then reported of movement or force.

    Parameters
    ----------
    claim
        A located claim.
    standing
        Whose question it is.
    actors
        Actors by id, with parents.

    Returns
    -------
    kind
        A key of ``reports`` in ``vocab/hypothesis_weights.yaml``.
    """
    if claim.mood == "question" or _long_past(claim, standing) or _elsewhere(claim, standing):
        return None
    acts, suffers = (_is_party(who, standing, actors) for who in (claim.subject, claim.object))
    kind = _deed(claim, standing, acts=acts, suffers=suffers)
    return kind if standing.aim == "out" or kind is None else _inward(kind)


def _deed(claim: Claim, standing: Standing, *, acts: bool, suffers: bool) -> str | None:
    if acts and claim.predicate in MOVEMENT:
        if standing.aim == "out" and _goes_inside(claim, standing):
            return "arrives"
        return "moves_obliged" if claim.mood == "obligation" else "moves"
    if acts and claim.predicate == "withdraws":
        return "withdraws"
    if (
        acts
        and claim.predicate in STANDING
        and standing.kind == "armed_group"
        and _inside(claim, standing, ("at", "to"))
    ):
        return "digs_in"
    if claim.predicate == "displaced" and (acts or suffers or standing.kind == "civilians"):
        return "displaced"
    if claim.predicate in PRESSURE and suffers:
        return "threatened" if claim.mood == "possibility" or claim.tense == "future" else "pressed"
    if claim.predicate == "pursues" and suffers:
        return "hunted"
    if claim.predicate == "besieges" and (suffers or standing.kind != "armed_group"):
        return "besieged"
    return None


def _inward(kind: str) -> str:
    """Read a kind for a party that wants to get in: what drives others out keeps it out."""
    return {"withdraws": "turns_back", "pressed": "opposed", "threatened": "opposed", "hunted": "opposed"}.get(
        kind, kind
    )


def _is_party(who: ActorId | None, standing: Standing, actors: Mapping[ActorId, Actor]) -> bool:
    """Tell whether an actor is the party, one it is part of, or a part of it; never a sister under the same parent."""
    if who is None or standing.party is None:
        return False
    return who in standing.line or standing.party in lineage(who, actors)


def lineage(actor: ActorId | None, actors: Mapping[ActorId, Actor]) -> frozenset[ActorId]:
    """Gather an actor and all it is part of."""
    line: set[ActorId] = set()
    while actor is not None and actor not in line:
        line.add(actor)
        known = actors.get(actor)
        actor = known.parent if known else None
    return frozenset(line)


def _long_past(claim: Claim, standing: Standing) -> bool:
    end = claim.time.end if claim.time is not None else None
    return end is not None and standing.day - end > timedelta(days=read_vocab("hypothesis_weights.yaml")["past_days"])


def _elsewhere(claim: Claim, standing: Standing) -> bool:
    """Tell whether all that a claim says of where lies in another theatre; where a movement goes to does not count."""
    roles = ("at", "from") if claim.predicate in MOVEMENT else ("at", "from", "via", "border")
    near = read_vocab("hypothesis_weights.yaml")["near_deg"]
    grounds = [p.region.geometry for p in claim.places if p.role in roles and p.region is not None]
    return bool(grounds) and all(ground.distance(standing.area) > near for ground in grounds)


def _goes_inside(claim: Claim, standing: Standing) -> bool:
    return _inside(claim, standing, ("to",)) and not _inside(claim, standing, ("from",))


def _inside(claim: Claim, standing: Standing, roles: tuple[str, ...]) -> bool:
    """Tell whether a claim names a place in the area; a bare direction is none."""
    for place in claim.places:
        if place.role not in roles or place.region is None or place.region.bearing_deg is not None:
            continue
        ground = place.region.geometry
        if ground.area == 0:
            inside = bool(standing.area.intersects(ground))
        else:
            inside = bool(ground.intersection(standing.area).area >= INSIDE * ground.area)
        if inside:
            return True
    return False
