"""'If confirmed' is a switch: each is turned on and off, and the judgement is made again in both worlds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from wayout.assess.judging.switches import Switch, turned
from wayout.model import Branch, Claim, ClaimId, Situation

MOST = 4
"""Switches that are run, at most: each takes two runs of FUSE and MOVE, and a reader holds few worlds apart."""
LEAST_MOVE = 0.02
"""A switch that moves no hypothesis by this much is told only where the report itself makes something hang on it."""

Worlds = Callable[[Sequence[Claim]], tuple[Situation, dict[str, float]]]
"""The chain from claims to the situation and the probability of every hypothesis, by statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoWorlds:
    """A switch with both its worlds: hypotheses by statement, and what its consequences are worth where it holds."""

    switch: Switch
    on: Mapping[str, float]
    off: Mapping[str, float]
    follows: Mapping[ClaimId, float]


def run_switches(claims: Sequence[Claim], switches: Sequence[Switch], worlds: Worlds) -> tuple[TwoWorlds, ...]:
    """
    Run the chain with each switch on and off.

    Parameters
    ----------
    claims
        Located claims.
    switches
        Most telling first; the first :data:`MOST` are run.
    worlds
        The chain.

    Returns
    -------
    run
        In the order of the switches.
    """
    run = []
    for switch in switches[:MOST]:
        situation, on = worlds(turned(claims, switch, holds=True))
        _, off = worlds(turned(claims, switch, holds=False))
        p_true = {b.claim: b.p_true for b in situation.beliefs}
        follows = {c: p_true[c] for c in switch.dependants if c in p_true}
        run.append(TwoWorlds(switch=switch, on=on, off=off, follows=follows))
    return tuple(run)


def tell_branches(claims: Sequence[Claim], run: Sequence[TwoWorlds], answer: Mapping[str, float]) -> tuple[Branch, ...]:
    """
    Make the branches of the brief: both worlds, how likely each is, and how far they average to the answer.

    Parameters
    ----------
    claims
        Located claims.
    run
        Switches with both worlds.
    answer
        The hypotheses' probabilities with every switch as it stands, by statement.

    Returns
    -------
    branches
        Conditions first, then what moves the answer most; a switch that moves nothing is left out unless it is a condition.
    """
    by_id = {c.id: c for c in claims}
    found = []
    for worlds in run:
        switch = worlds.switch
        if switch.why != "condition" and _moves(worlds) < LEAST_MOVE:
            continue
        told = (switch.claim, *switch.twins, *switch.opposed, *switch.dependants)
        found.append(
            Branch(
                claim=switch.claim,
                name=by_id[switch.claim].predicate,
                why=switch.why,
                p_true=switch.p_true,
                consequence=switch.dependants,
                opposed=tuple(c for c in (*switch.twins, *switch.opposed) if switch.why == "contested"),
                if_true=_ranked(worlds.on),
                if_false=_ranked(worlds.off),
                gap=min(1.0, _gap(worlds, answer)),
                evidence=tuple(dict.fromkeys(s for i in told if i in by_id for s in by_id[i].evidence)),
            )
        )
    return tuple(found)


def _moves(worlds: TwoWorlds) -> float:
    courses = {*worlds.on, *worlds.off}
    return max((abs(worlds.on.get(c, 0.0) - worlds.off.get(c, 0.0)) for c in courses), default=0.0)


def _gap(worlds: TwoWorlds, answer: Mapping[str, float]) -> float:
    """Compare the answer with the two worlds weighed by how likely each is: the law of total probability."""
    p = worlds.switch.p_true
    mean = {c: p * worlds.on.get(c, 0.0) + (1 - p) * worlds.off.get(c, 0.0) for c in answer}
    return max((abs(answer[c] - mean[c]) for c in answer), default=0.0)


def _ranked(world: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(world.items(), key=lambda item: (-round(item[1], 9), item[0])))
