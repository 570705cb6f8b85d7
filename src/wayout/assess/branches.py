"""'If confirmed' is a switch: each condition is turned on and off, and the judgement is made again."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from wayout.model import Branch, Claim, ClaimId, Hypothesis, Situation

FOLLOWS = 2.0
"""Certainty of a consequence once its condition holds: probable; the "would" in it was the condition's."""
Judge = Callable[[Sequence[Claim]], tuple[Hypothesis, ...]]


def find_branches(claims: Sequence[Claim], situation: Situation, judge: Judge) -> tuple[Branch, ...]:
    """
    Make one branch for every claim that another claim depends on.

    Parameters
    ----------
    claims
        Located claims.
    situation
        Gives each condition's probability.
    judge
        The chain from claims to hypotheses, to be run again with the switch on and off.

    Returns
    -------
    branches
        In the order of the conditions in the text.
    """
    p_true = {b.claim: b.p_true for b in situation.beliefs}
    by_id = {c.id: c for c in claims}
    found = []
    for condition in sorted({c.condition for c in claims if c.condition in by_id}, key=lambda i: by_id[i].evidence[0]):
        dependants = tuple(c.id for c in claims if c.condition == condition)
        on, off = judge(switch(claims, condition, holds=True)), judge(switch(claims, condition, holds=False))
        head = by_id[condition]
        spans = (*head.evidence, *(s for i in dependants for s in by_id[i].evidence))
        found.append(
            Branch(
                claim=condition,
                name=_name(head),
                p_true=p_true.get(condition, 0.5),
                consequence=dependants,
                if_true=tuple((h.statement, h.p) for h in on),
                if_false=tuple((h.statement, h.p) for h in off),
                evidence=tuple(dict.fromkeys(spans)),
            )
        )
    return tuple(found)


def switch(claims: Sequence[Claim], condition: ClaimId, *, holds: bool) -> tuple[Claim, ...]:
    """
    Return the claims in the world where a condition holds, or does not.

    Parameters
    ----------
    claims
        All claims.
    condition
        The claim to be settled.
    holds
        True: the condition is certain and its consequences are probable, on their own. False: both it and they are gone.

    Returns
    -------
    claims
        The claims of that world, ids unchanged.
    """
    world = []
    for claim in claims:
        if claim.id == condition:
            if holds:
                world.append(replace(claim, certainty=3.0, modality="asserted"))
        elif claim.condition == condition:
            if holds:
                sure = max(claim.certainty, FOLLOWS) if claim.certainty > 0 else claim.certainty
                world.append(replace(claim, condition=None, modality="hedged", certainty=sure))
        else:
            world.append(claim)
    return tuple(world)


def _name(claim: Claim) -> str:
    return claim.predicate
