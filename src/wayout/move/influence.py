"""Which barrier decides an exit, and which report would: Birnbaum importance, from the solved combinations."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wayout.model import Barrier, BarrierInfluence, ClaimId, ReportInfluence
from wayout.move.ensemble import States

NEGLIGIBLE = 0.02
"""Importance below this changes no likelihood word."""
MOST_SHOWN = 5
REPORTED_FACTOR = 2.0
ABOUT_THE_WAY = frozenset({"stated_open", "stated_closed"})
SAID_OPEN = "stated_open"
"""A barrier of this kind is what is left of the doubt about a way said to be clear: its report is right where it is open."""


def barrier_influence(
    states: States, reached: NDArray[np.floating | np.bool_], barriers: Sequence[Barrier]
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
        Whether the exit is reached in time (or with what probability), one per combination.
    barriers
        The barriers, in the order placed.

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
    for member in sorted(m for group in states.groups for level in group.members for m in level):
        swing = _swing(states, reached, shut={member})
        if swing is not None and swing.open_ - swing.shut >= max(NEGLIGIBLE, swing.doubt):
            found.append(
                BarrierInfluence(
                    barrier=barriers[member].id,
                    importance=min(swing.open_ - swing.shut, 1.0),
                    p_reach_if_open=swing.open_,
                    p_reach_if_closed=swing.shut,
                )
            )
    by_id = {b.id: b for b in barriers}

    def rank(influence: BarrierInfluence) -> tuple[bool, float, str]:
        barrier = by_id[influence.barrier]
        weight = 1.0 if barrier.is_prior else REPORTED_FACTOR
        return (barrier.kind in ABOUT_THE_WAY, -round(weight * influence.importance, 9), barrier.id)

    found.sort(key=rank)
    return tuple(found[:MOST_SHOWN])


def report_influence(
    states: States, reached: NDArray[np.floating | np.bool_], barriers: Sequence[Barrier]
) -> tuple[ReportInfluence, ...]:
    """
    Compute what settling each report would do to P(reach): its barriers all closed if it is right, all open if wrong.

    Barriers of a report are settled together, whatever groups they are in; other barriers keep their probabilities, those in
    the same groups go with them. A report that a way is clear is right where its barrier is open. The report's own chance
    to be right is the mean chance of its barriers to stand as it says, so that with one barrier it is that barrier's. Nothing is
    solved anew: the solved combinations are weighted anew, exactly where all of them were.

    Parameters
    ----------
    states
        Solved combinations.
    reached
        Whether the exit is reached in time (or with what probability), one per combination.
    barriers
        The barriers, in the order placed.

    Returns
    -------
    influence
        At most :data:`MOST_SHOWN` with an importance of at least :data:`NEGLIGIBLE`, the one whose settling would move the answer most
        first; words about the way as a whole come last, because they restate the answer.

    References
    ----------
    Birnbaum (1969), On the importance of different components in a multicomponent system
    Howard (1966), Information value theory, https://doi.org/10.1109/TSSC.1966.300074
    """
    p_now = float((states.weights * reached).sum())
    behind: dict[ClaimId, set[int]] = {}
    for member in (m for group in states.groups for level in group.members for m in level):
        for claim in barriers[member].claims:
            behind.setdefault(claim, set()).add(member)
    found = []
    for claim, members in behind.items():
        clear = {m for m in members if barriers[m].kind == SAID_OPEN}
        swing = _swing(states, reached, shut=members - clear, open_=clear)
        if swing is None or abs(swing.open_ - swing.shut) < max(NEGLIGIBLE, swing.doubt):
            continue
        right, wrong = swing.shut, swing.open_
        ps = [barriers[m].p_closed for m in sorted(members - clear)]
        ps += [1 - barriers[m].p_closed for m in sorted(clear)]
        p_right = math.fsum(ps) / len(ps)
        told = ReportInfluence(
            claim=claim,
            barriers=tuple(sorted(barriers[m].id for m in members)),
            importance=right - wrong if members == clear else wrong - right,
            p_reach_if_right=right,
            p_reach_if_wrong=wrong,
            value_of_information=min(p_right * abs(right - p_now) + (1 - p_right) * abs(wrong - p_now), 1.0),
        )
        restates = all(barriers[m].kind in ABOUT_THE_WAY for m in members)
        found.append((restates, -round(told.value_of_information, 9), -round(abs(told.importance), 9), claim, told))
    return tuple(told for *_, told in sorted(found, key=lambda row: row[:4])[:MOST_SHOWN])


class _Swing(NamedTuple):
    """P(reach) with some barriers as supposed, and with each of them the other way; below ``doubt`` a difference is noise."""

    shut: float
    open_: float
    doubt: float


def _swing(
    states: States,
    reached: NDArray[np.floating | np.bool_],
    shut: Iterable[int] = (),
    open_: Iterable[int] = (),
) -> _Swing | None:
    """Compare P(reach) with some members closed and others open to the reverse; ``None`` where one is impossible or was not drawn."""
    shut, open_ = frozenset(shut), frozenset(open_)
    sides = [_given(states, shut, open_), _given(states, open_, shut)]
    if any(weights is None for weights in sides):
        return None
    totals = [float(w.sum()) for w in sides if w is not None]
    if min(totals) <= 0:
        return None
    p = [
        float(np.clip((w * reached).sum() / total, 0.0, 1.0))
        for w, total in zip(sides, totals, strict=True)
        if w is not None
    ]
    if states.n_draws is None:
        return _Swing(p[0], p[1], 0.0)
    # Three standard errors of a difference of drawn proportions: many are compared.
    n = [max(total * states.n_draws, 1.0) for total in totals]
    return _Swing(p[0], p[1], float(3 * np.sqrt(sum(q * (1 - q) / k for q, k in zip(p, n, strict=True)))))


def _given(states: States, shut: frozenset[int], open_: frozenset[int]) -> NDArray[np.float64] | None:
    """
    Weight the combinations given that some members are closed and others open; ``None`` where that cannot be.

    Of a group only a run of states is left. Where that has no probability (a certain barrier supposed otherwise) the state of
    it nearest to the truth is taken, which only a list of all combinations holds.
    """
    weights = np.ones(len(states.choices)) if states.n_draws is None else states.weights.copy()
    for column, group in enumerate(states.groups):
        last = min(
            (j for j, level in enumerate(group.members) if shut.intersection(level)), default=group.weights.size - 1
        )
        first = max((j + 1 for j, level in enumerate(group.members) if open_.intersection(level)), default=0)
        if first > last:
            return None
        if states.n_draws is not None and last - first == group.weights.size - 1:
            continue  # nothing supposed of this group: the draws already hold it
        left = np.zeros(group.weights.size)
        left[first : last + 1] = group.weights[first : last + 1]
        if left.sum() <= 0:
            left[last if first == 0 else first] = 1.0
        chosen = states.choices[:, column]
        weights *= left[chosen] / left.sum() if states.n_draws is None else (left[chosen] > 0)
    return weights
