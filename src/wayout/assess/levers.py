"""What would change the answer: the barrier whose settling would move the leading exits most."""

from wayout.model import Barrier, Lever, Reach, Situation

LEADING = 3
"""How many of the most open exits count as "the answer"."""
ABOUT_THE_WAY = frozenset({"stated_open", "stated_closed"})
"""Words about the way as a whole restate the question; what could be found out is what stands in it."""
LEAST_SWING = 0.02
"""Smaller swings change no ICD 203 term."""


def find_levers(situation: Situation, reach: Reach) -> tuple[Lever, ...]:
    """
    Rank barriers by how much settling them would move the leading exits.

    ``swing = importance * 4 p (1 - p)``: the Birnbaum importance for the exit, times the doubt left on the barrier
    (1 at p = 0.5, 0 when it is settled).

    Parameters
    ----------
    situation
        The barriers with their probabilities and claims.
    reach
        Exits with the barriers that decide them, most open exit first.

    Returns
    -------
    levers
        One per barrier (its strongest exit): first those a report speaks of, which a further report can settle, then
        what is not reported at all; largest swing first in each.

    References
    ----------
    Birnbaum (1969) On the importance of different components in a multicomponent system.
    """
    barriers = {b.id: b for b in situation.barriers}
    best: dict[str, Lever] = {}
    ways = [e for e in reach.exits if e.kind in ("direction", "border")]
    leading = [e for e in ways if e.reported][:LEADING] or ways[:LEADING]
    for exit_ in leading:
        for influence in exit_.deciding:
            barrier = barriers[influence.barrier]
            if barrier.kind in ABOUT_THE_WAY:
                continue
            swing = abs(influence.importance) * 4 * barrier.p_closed * (1 - barrier.p_closed)
            if swing < LEAST_SWING or (barrier.id in best and best[barrier.id].swing >= swing):
                continue
            best[barrier.id] = Lever(
                barrier=barrier.id,
                exit=exit_.id,
                claims=barrier.claims,
                swing=min(1.0, swing),
                statement=_statement(barrier, exit_.name, influence.p_reach_if_open, influence.p_reach_if_closed),
                evidence=barrier.evidence,
            )
    return tuple(
        sorted(
            best.values(), key=lambda lever: (barriers[lever.barrier].is_prior, -round(lever.swing, 6), lever.barrier)
        )
    )


def _statement(barrier: Barrier, exit_: str, p_open: float, p_closed: float) -> str:
    return (
        f"A report that settles whether {barrier.name} is closed would move the {exit_} "
        f"to {p_open:.0%} (open) or {p_closed:.0%} (closed)"
    )
