"""Check a trained graph on fresh draws, and let it learn from those where it falls short."""

import numpy as np
from numpy.typing import NDArray

from wayout.move.worlds.fresh import SAME, Fresh, check_on_fresh
from wayout.move.worlds.groups import Group, draw_states
from wayout.move.worlds.options import EnsembleOptions
from wayout.move.worlds.trained import Trained

FRESH_SEED = 1_000_003
"""Fresh draws come from other streams than those answered."""


def check_and_learn(
    trained: Trained, groups: tuple[Group, ...], horizon_h: float | None, options: EnsembleOptions
) -> tuple[Fresh, int]:
    """
    Check a graph on fresh exact draws; where too few are exact, let it learn from them and check on others.

    Parameters
    ----------
    trained
        The graph; it may learn.
    groups
        The barriers' groups with their probabilities.
    horizon_h
        Hours of movement for P(cell reached in time); ``None`` to leave it out.
    options
        Number of fresh draws, and when they are good enough.

    Returns
    -------
    fresh, n_missed
        The last check, none of whose draws was learned from; how many of its draws the graph alone knew no way in.
    """
    n = len(trained.problem.closing)
    for turn in range(options.most_rounds):
        closed = draw_states(groups, options.n_fresh, options.seed + FRESH_SEED * (turn + 1)).closed_flags(n)
        missed: list[int] = []

        def answer(worlds: NDArray[np.bool_], missed: list[int] = missed) -> NDArray[np.float64]:
            arrivals, n_missed = trained.arrivals(worlds)
            missed.append(n_missed)
            return arrivals

        fresh = check_on_fresh(trained.problem, closed, answer, horizon_h, options.n_threads)
        if fresh.p_exact >= options.enough_exact or turn + 1 == options.most_rounds:
            break
        wrong = (np.abs(fresh.excess) > SAME).any(axis=1)
        trained.learn(closed[wrong])
    return fresh, missed[0]
