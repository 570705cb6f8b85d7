"""Which barrier decides an exit: Birnbaum importance, from the solved combinations."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wayout.model import BarrierInfluence
from wayout.move.ensemble import Group, States
from wayout.move.ground.barrier_cells import PlacedBarrier

NEGLIGIBLE = 0.02
"""Importance below this changes no likelihood word."""
MOST_SHOWN = 5
REPORTED_FACTOR = 2.0
ABOUT_THE_WAY = frozenset({"stated_open", "stated_closed"})


def barrier_influence(
    states: States, reached: NDArray[np.bool_], placed: Sequence[PlacedBarrier]
) -> tuple[BarrierInfluence, ...]:
    """
    Compute how much each barrier decides an exit: P(reach | barrier open) - P(reach | barrier closed).

    All other groups keep their probabilities; members of the barrier's own group go with it, as they would. Where all
    combinations were solved the figures are exact, also for barriers that are certainly open or closed. Where they were
    drawn, importance within three standard errors of zero is left out.

    Parameters
    ----------
    states
        Solved combinations.
    reached
        Whether the exit is reached in time, one per combination.
    placed
        Placed barriers.

    Returns
    -------
    influence
        At most :data:`MOST_SHOWN`, most important first, none below :data:`NEGLIGIBLE`. What a report speaks of goes before
        a prior up to :data:`REPORTED_FACTOR` times as important, because it can be checked; words about the way as a whole
        ("the only way out") come last, because they restate the answer.

    References
    ----------
    Birnbaum (1969), On the importance of different components in a multicomponent system
    """
    found = []
    for column, group in enumerate(states.groups):
        by_state = _p_by_state(states, column, reached)
        for member in (m for level in group.members for m in level):
            shut, open_ = _p_shut_open(group, group.level_of(member), by_state)
            if np.isnan(shut) or np.isnan(open_):
                continue
            if open_ - shut >= max(NEGLIGIBLE, _doubt(states, column, group.level_of(member), (shut, open_))):
                found.append(
                    BarrierInfluence(
                        barrier=placed[member].barrier.id,
                        importance=min(open_ - shut, 1.0),
                        p_reach_if_open=open_,
                        p_reach_if_closed=shut,
                    )
                )
    by_id = {p.barrier.id: p.barrier for p in placed}

    def rank(influence: BarrierInfluence) -> tuple[bool, float, str]:
        barrier = by_id[influence.barrier]
        weight = 1.0 if barrier.is_prior else REPORTED_FACTOR
        return (barrier.kind in ABOUT_THE_WAY, -round(weight * influence.importance, 9), barrier.id)

    found.sort(key=rank)
    return tuple(found[:MOST_SHOWN])


def _p_by_state(states: States, column: int, reached: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return P(reach | the group is in state j) for each j; NaN for a state that was never drawn."""
    group = states.groups[column]
    if states.n_draws is None:
        weights = np.ones(len(states.choices))
        for other, g in enumerate(states.groups):
            if other != column:
                weights *= g.weights[states.choices[:, other]]
    else:
        weights = states.weights
    n = group.weights.size
    total = np.bincount(states.choices[:, column], weights=weights, minlength=n)
    with_reach = np.bincount(states.choices[:, column], weights=weights * reached, minlength=n)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.clip(with_reach / total, 0.0, 1.0)


def _p_shut_open(group: Group, level: int, by_state: NDArray[np.float64]) -> tuple[float, float]:
    """Average over the states in which the member is closed, and in which it is open."""
    sides = []
    for states, nearest in ((slice(0, level + 1), level), (slice(level + 1, None), level + 1)):
        p, weight = by_state[states], group.weights[states]
        known = (weight > 0) & ~np.isnan(p)
        sides.append(float(np.average(p[known], weights=weight[known])) if known.any() else float(by_state[nearest]))
    return sides[0], sides[1]


def _doubt(states: States, column: int, level: int, p: tuple[float, float]) -> float:
    """Three standard errors of a difference of drawn proportions (many are compared); 0 when nothing was drawn."""
    if states.n_draws is None:
        return 0.0
    shut = float(states.weights[states.choices[:, column] <= level].sum()) * states.n_draws
    counts = (max(shut, 1.0), max(states.n_draws - shut, 1.0))
    return float(3 * np.sqrt(sum(q * (1 - q) / n for q, n in zip(p, counts, strict=True))))
