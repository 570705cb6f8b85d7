"""From claims to pulls: what each report that bears on the hypotheses says, and how far it is to be believed."""

from collections.abc import Iterator, Mapping, Sequence

from wayout.assess.judging.kinds import ON_THE_MOVE, kind_of, standing_of
from wayout.assess.judging.weighing import NAMED, Pull
from wayout.geo.directions import angle_between, bearing_to
from wayout.model import Actor, ActorId, Claim, ClaimId, Exit, Question, Situation
from wayout.vocab import read_vocab

Follows = Mapping[ClaimId, float]
"""P(claim true) of consequences once their condition holds, by claim."""
MOVEMENT = "movement"
"""Family of reports whose denial speaks for the contrary. That nobody attacks or besieges the party is how things mostly are: it takes the pressure away, no more."""


def find_pulls(
    claims: Sequence[Claim],
    situation: Situation,
    exits: Sequence[Exit],
    question: Question,
    actors: Mapping[ActorId, Actor],
    follows: Follows | None = None,
) -> tuple[Pull, ...]:
    """
    List what the claims say for and against each course.

    Parameters
    ----------
    claims
        Located claims.
    situation
        Gives the probability of each claim and its origin.
    exits
        The ways that are hypotheses.
    question
        Whose question it is.
    actors
        Actors by id, with parents.
    follows
        What consequences are worth once their conditions hold, where that is known.

    Returns
    -------
    pulls
        One per claim that bears on anything, and one more for each way it names.
    """
    belief = {b.claim: b for b in situation.beliefs}
    standing = standing_of(question, actors)
    reports = read_vocab("hypothesis_weights.yaml")["reports"]
    found = []
    for claim in claims:
        kind = kind_of(claim, standing, actors)
        if kind is None or claim.id not in belief:
            continue
        origin = str(belief[claim.id].origin)
        p_condition = belief[claim.condition].p_true if claim.condition in belief else 0.5
        strength = _strength(claim, belief[claim.id].p_true, p_condition, (follows or {}).get(claim.id))
        if reports[kind]["reacts_to"] != MOVEMENT:
            strength = max(0.0, strength)
        found.append(Pull(claim=claim.id, origin=origin, kind=kind, exit=None, strength=strength))
        if kind in ON_THE_MOVE:
            for way in dict.fromkeys(_exits_named(claim, exits, question)):
                found.append(Pull(claim=claim.id, origin=origin, kind=NAMED, exit=way, strength=strength))
    return tuple(found)


def _strength(claim: Claim, p: float, p_condition: float, p_follows: float | None) -> float:
    """
    Say how far a report follows the facts: 2 p - 1, times the condition's probability where it hangs on one.

    A hedged report is weak evidence for, never evidence against; only a denial pulls back, and only one of movement. So a condition weighs as the
    two worlds of its branch do: by how likely each is.
    """
    share = 1.0
    if claim.condition is not None:
        share = p_condition
        p = min(0.99, p / max(p_condition, 0.01)) if p_follows is None else p_follows
    strength = 2 * p - 1
    if strength < 0 and claim.polarity > 0 and claim.certainty >= 0:
        strength = 0.0
    return share * strength


def _exits_named(claim: Claim, exits: Sequence[Exit], question: Question) -> Iterator[str]:
    """List the exits that a claim of movement names: by bearing, or by the direction of the place it goes to (or comes in from)."""
    roles = ("to" if question.party.aim == "out" else "from", "via", "border")
    near = read_vocab("hypothesis_weights.yaml")["near_deg"]
    area = question.area.geometry
    for place in claim.places:
        region = place.region
        if region is None or place.role not in roles:
            continue
        if region.bearing_deg is not None:
            bearing = region.bearing_deg
        elif region.geometry.distance(area) > near or region.geometry.contains(area):
            continue  # what lies farther is an onward leg
        else:
            bearing = bearing_to(area, region.geometry)
        angles = [(angle_between(bearing, e.bearing_deg), e.id) for e in exits if e.bearing_deg is not None]
        if angles:
            yield min(angles)[1]
