"""The flip test on the whole chain: proposals of the arithmetic and the reports behind the ways, each run through."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from wayout.assess.judging.case import Case, leader
from wayout.assess.judging.courses import hypothesis_id
from wayout.assess.judging.flip import MOST_RERUNS, confirm, least_discount, removals
from wayout.model import Claim, ClaimId, Flip, FlipStep, Reach, Situation

MOST_BEHIND_WAYS = 2
"""Origins proposed for what they say of the ways, at most: the arithmetic leaves the ways as they are."""


def find_flip(
    case: Case,
    said: Mapping[str, str],
    claims: Sequence[Claim],
    situation: Situation,
    reach: Reach,
    worlds: Callable[[Sequence[Claim]], Mapping[str, float]],
) -> Flip:
    """
    Find the smallest change of the evidence after which another hypothesis leads.

    Parameters
    ----------
    case
        The question ready for the arithmetic.
    said
        Statement of each course.
    claims
        Located claims.
    situation
        Origins of the claims.
    reach
        What the reports do to the ways.
    worlds
        The chain from claims to the probability of every hypothesis, by statement.

    Returns
    -------
    flip
        Without a step where no change of that kind does it.
    """
    origin = {b.claim: str(b.origin) for b in situation.beliefs}
    origins = frozenset(origin.values())
    first = said[leader(case.p())]
    sets, n_excluded = removals(case)
    if not sets and n_excluded == len({pull.origin for pull in case.pulls if pull.strength != 0}):
        n_excluded = len(origins)  # the others say nothing on the hypotheses
    smallest = len(sets[0]) if sets else len(origins) + 1
    alone = [frozenset({o}) for o in _behind_ways(case, origin, reach)] if smallest > 1 else []
    proposals = list(dict.fromkeys([*alone[:MOST_BEHIND_WAYS], *sets]))

    def rerun(left_out: frozenset[str]) -> Mapping[str, float]:
        return worlds(tuple(c for c in claims if origin.get(c.id) not in left_out))

    found = confirm(proposals, first, rerun, MOST_RERUNS)
    removal = None
    if found is not None:
        gone, p = found
        removal = FlipStep(
            claims=tuple(c.id for c in claims if origin.get(c.id) in gone),
            origins=tuple(sorted(gone)),
            leader=hypothesis_id(leader(p)),
            p_leader=p[leader(p)],
        )
    return Flip(
        leader=hypothesis_id(first),
        n_origins=len(origins),
        removal=removal,
        discount=_discount(case, said),
        n_excluded=min(n_excluded, len(removal.origins) - 1) if removal else n_excluded,
    )


def _discount(case: Case, said: Mapping[str, str]) -> FlipStep | None:
    found = least_discount(case)
    if found is None:
        return None
    claim, weight_left, p = found
    now = leader(p)
    return FlipStep(claims=(claim,), weight_left=weight_left, leader=hypothesis_id(said[now]), p_leader=p[now])


def _behind_ways(case: Case, origin: Mapping[ClaimId, str], reach: Reach) -> list[str]:
    """
    List the origins without which another course leads were all they say of the ways wrong, most telling first.

    That is more than leaving them out does (what no report speaks of has a prior of its own), so that few are proposed in vain
    and none that could matter is missed by much.
    """
    wrong: dict[str, dict[str, float]] = {}
    for exit_ in reach.exits:
        for report in exit_.reports if exit_.id in case.p_reach else ():
            ways = wrong.setdefault(origin.get(report.claim, ""), {})
            known = ways.get(exit_.id, exit_.p_reach)
            if abs(report.p_reach_if_wrong - exit_.p_reach) >= abs(known - exit_.p_reach):
                ways[exit_.id] = report.p_reach_if_wrong
    first, found = leader(case.p()), []
    for who in sorted(wrong.keys() - {""}):
        p = replace(case.without(frozenset({who})), p_reach={**case.p_reach, **wrong[who]}).p()
        if leader(p) != first:
            found.append((p[first] - max(p.values()), who))
    return [who for _, who in sorted(found)]
