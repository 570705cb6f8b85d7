"""Which claims are switches: those another claim hangs on, those nobody verified, those reports do not agree on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from wayout.assess.judging.case import Case
from wayout.model import Claim, ClaimId, Contradiction, Reach, Situation

FOLLOWS = 2.0
"""Certainty of a consequence once its condition holds: probable; the "would" in it was the condition's."""
SETTLED = 3.0
"""Certainty of what is taken as settled."""
ABOUT_THE_WAY = frozenset({"way_open", "cannot_move"})
"""Words about a way as a whole restate the question; they are switches only where reports do not agree on them."""
LEAST_VERIFIED = 4
"""Admiralty credibility from which a report counts as unverified: 4 doubtful, 5 improbable; so does one that nobody judged."""
SURE = 2.0
"""Author's certainty below which a report is hedged."""
Why = Literal["condition", "unverified", "contested"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """
    A claim that may be turned on and off: alone, or with ``twins`` that say the same, ``opposed`` that say the contrary.

    ``dependants`` hang on it; ``estimate`` is roughly how far it moves the answer, before the chain is run.
    """

    claim: ClaimId
    why: Why
    p_true: float
    dependants: tuple[ClaimId, ...] = ()
    twins: tuple[ClaimId, ...] = ()
    opposed: tuple[ClaimId, ...] = ()
    estimate: float = 0.0


def find_switches(claims: Sequence[Claim], situation: Situation, reach: Reach, case: Case) -> tuple[Switch, ...]:
    """
    List the claims that are switches, those first that another claim hangs on, then by how far they move the answer.

    A claim is unverified when one origin alone says it, its credibility is unjudged or doubtful, and it is hedged, passed on or
    from somebody unnamed. It must be about what is or is meant, not a fear, a guess or a conclusion, and not about what the party
    will do: that is the question itself.

    Parameters
    ----------
    claims
        Located claims.
    situation
        Probabilities, origins, contradictions.
    reach
        What each report does to each way.
    case
        What each report does to the hypotheses.

    Returns
    -------
    switches
        Each claim in one switch at most; nothing that could move no hypothesis, unless another claim hangs on it.
    """
    by_id = {c.id: c for c in claims}
    p_true = {b.claim: b.p_true for b in situation.beliefs}
    worth = _Worth(claims, situation, reach, case)
    found: list[Switch] = []
    taken: set[ClaimId] = set()
    hanging = {c.condition for c in claims if c.condition in by_id}
    for condition in sorted((i for i in hanging if i is not None), key=lambda i: by_id[i].evidence[0]):
        dependants = tuple(c.id for c in claims if c.condition == condition)
        p, moves = p_true.get(condition, 0.5), max(worth.of(i) for i in dependants)
        found.append(Switch(claim=condition, why="condition", p_true=p, dependants=dependants, estimate=moves))
        taken |= {condition, *dependants}
    for pair in situation.contradictions:
        first, second = by_id.get(pair.first), by_id.get(pair.second)
        if first is not None and second is not None and taken.isdisjoint((first.id, second.id)):
            found.append(_contested(pair, first, second, p_true, max(worth.of(first.id), worth.of(second.id))))
            taken |= {first.id, second.id}
    for claim in claims:
        if claim.id not in taken and claim.id in p_true and worth.of(claim.id) > 0 and _unverified(claim, worth):
            twins = tuple(i for i in worth.twins(claim) if i not in taken)
            found.append(
                Switch(
                    claim=claim.id,
                    why="unverified",
                    p_true=p_true[claim.id],
                    twins=twins,
                    estimate=max(worth.of(i) for i in (claim.id, *twins)),
                )
            )
            taken |= {claim.id, *twins}
    kept = [s for s in found if s.why == "condition" or s.estimate > 0]
    return tuple(
        sorted(kept, key=lambda s: (s.why != "condition", -round(s.estimate, 6), by_id[s.claim].evidence[0], s.claim))
    )


def _contested(
    pair: Contradiction, first: Claim, second: Claim, p_true: Mapping[ClaimId, float], worth: float
) -> Switch:
    same = first.predicate == second.predicate
    head, other = (first, second) if first.certainty >= second.certainty else (second, first)
    return Switch(
        claim=head.id,
        why="contested",
        p_true=p_true.get(head.id, 0.5),
        twins=(other.id,) if same else (),
        opposed=() if same else (other.id,),
        estimate=worth,
    )


def _unverified(claim: Claim, worth: "_Worth") -> bool:
    if claim.mood not in ("fact", "intent") or claim.condition is not None or claim.certainty <= 0:
        return False
    if claim.predicate in ABOUT_THE_WAY or worth.is_about_the_party(claim):
        return False
    if claim.credibility is not None and claim.credibility < LEAST_VERIFIED:
        return False
    who = claim.attributed_to
    passed_on = who is not None and (not who.named or who.via is not None)
    return (claim.certainty < SURE or claim.modality == "hedged" or passed_on) and not worth.elsewhere(claim)


class _Worth:
    """How far each claim moves the answer, roughly: by the hypotheses' arithmetic and by what settling it does to the ways."""

    def __init__(self, claims: Sequence[Claim], situation: Situation, reach: Reach, case: Case) -> None:
        self._claims = claims
        self._origin = {b.claim: b.origin for b in situation.beliefs}
        self._behind: dict[ClaimId, set[str]] = {}
        for barrier in situation.barriers:
            for claim in barrier.claims:
                self._behind.setdefault(claim, set()).add(barrier.id)
        self._case, self._now = case, case.p()
        self._pulling = {p.claim: p for p in case.pulls if p.exit is None}
        leaves = sum(p for course, p in self._now.items() if course in case.p_reach)
        self._ways: dict[ClaimId, float] = {}
        for exit_ in reach.exits:
            for report in exit_.reports if exit_.kind == "direction" else ():
                swing = abs(report.p_reach_if_right - report.p_reach_if_wrong) * leaves
                self._ways[report.claim] = max(self._ways.get(report.claim, 0.0), swing)

    def of(self, claim: ClaimId) -> float:
        """Estimate how far the answer moves, in probability."""
        return max(self._ways.get(claim, 0.0), self._on_hypotheses(claim))

    def _on_hypotheses(self, claim: ClaimId) -> float:
        if claim not in self._pulling:
            return 0.0
        rest = tuple(p for p in self._case.pulls if p.claim != claim)
        on = replace(self._case, pulls=(*rest, replace(self._pulling[claim], strength=1.0))).p()
        off = replace(self._case, pulls=rest).p()
        return max(abs(on[course] - off[course]) for course in on)

    def is_about_the_party(self, claim: Claim) -> bool:
        """Tell whether a claim says what the party itself does or will do: that is what the hypotheses are about."""
        pull = self._pulling.get(claim.id)
        return pull is not None and pull.kind in (
            "moves",
            "moves_obliged",
            "withdraws",
            "displaced",
            "arrives",
            "turns_back",
        )

    def twins(self, claim: Claim) -> tuple[ClaimId, ...]:
        """List other claims that tell of the same deed of the same sides, and bear on the same."""
        return tuple(c.id for c in self._claims if c.id != claim.id and self._same(c, claim) and c.certainty > 0)

    def elsewhere(self, claim: Claim) -> bool:
        """Tell whether another origin says the same."""
        mine = self._origin.get(claim.id)
        return any(self._origin.get(c.id) != mine for c in self._claims if c.id != claim.id and self._same(c, claim))

    def _same(self, a: Claim, b: Claim) -> bool:
        if (a.predicate, a.subject, a.object) != (b.predicate, b.subject, b.object):
            return False
        return (
            bool(self._behind.get(a.id, set()) & self._behind.get(b.id, set())) or {a.id, b.id} <= self._pulling.keys()
        )


def turned(claims: Sequence[Claim], switch: Switch, *, holds: bool) -> tuple[Claim, ...]:
    """
    Return the claims in the world where a switch is on, or off.

    Parameters
    ----------
    claims
        All claims.
    switch
        The switch.
    holds
        True: its claim and those that say the same are settled, those that deny it are settled the other way, and what hangs on
        it is probable on its own. False: a condition and what hangs on it are gone; any other claim is settled as not so, and
        what contradicts it stands as it was.

    Returns
    -------
    claims
        The claims of that world, ids unchanged.
    """
    world = []
    for claim in claims:
        if claim.condition == switch.claim:
            if holds:
                sure = max(claim.certainty, FOLLOWS) if claim.certainty > 0 else claim.certainty
                world.append(replace(claim, condition=None, modality="hedged", certainty=sure))
        elif claim.id == switch.claim or claim.id in switch.twins:
            if holds or switch.why != "condition":
                world.append(_settled(claim, holds=holds))
        elif claim.id in switch.opposed and holds:
            world.append(_settled(claim, holds=False))
        else:
            world.append(claim)
    return tuple(world)


def _settled(claim: Claim, *, holds: bool) -> Claim:
    """Settle a claim as it is made (a plan stays a plan): it is so, or not; nobody unnamed stands between."""
    return replace(
        claim,
        certainty=SETTLED if holds else -SETTLED,
        polarity=1 if holds else -1,
        modality="asserted" if holds else "denied",
        attributed_to=None,
        credibility=1,
    )
