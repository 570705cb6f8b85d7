"""The truth: one exact solve a world."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from wayout.move.worlds.problem import Problem
from wayout.move.worlds.remembered import Arrays


def solve_worlds(
    problem: Problem,
    closed: NDArray[np.bool_],
    weights: NDArray[np.float64],
    horizon_h: float | None = None,
    n_threads: int = 1,
) -> tuple[NDArray[np.float64], NDArray[np.float64] | None]:
    """
    Solve every world exactly and note when each goal is reached.

    Parameters
    ----------
    problem
        The question.
    closed
        Whether each barrier is closed, shape (worlds, barriers); what was solved before is not solved again.
    weights
        Probability of each world.
    horizon_h
        Hours of movement the party has, for P(cell reached in time); ``None`` to leave that out.
    n_threads
        Solves at a time; the result does not depend on it.

    Returns
    -------
    arrivals
        Hours of movement, shape (worlds, goals); ``inf`` where a goal is not reached.
    p_cell
        P(cell reached in time), shape of the grid; ``None`` where not asked for.
    """
    arrivals = np.full((len(closed), len(problem.goals)), np.inf)
    p_cell = None if horizon_h is None else np.zeros(problem.field.shape)

    def one(row: int) -> Arrays:
        found = problem.solved.find((closed[row].tobytes(), horizon_h))
        if found is not None:
            return found
        time = problem.solve(problem.cost(closed[row]))
        reached = np.empty(0) if horizon_h is None else problem.field.unpadded(time) <= horizon_h
        return problem.arrivals(time), np.packbits(reached.astype(bool))

    batch = max(n_threads, 1)
    with ThreadPoolExecutor(batch) as threads:
        for first in range(
            0, len(closed), batch
        ):  # in order, so that sums have the same bytes on any number of threads
            rows = range(first, min(first + batch, len(closed)))
            for row, world in zip(rows, threads.map(one, rows) if batch > 1 else map(one, rows), strict=True):
                problem.solved.keep((closed[row].tobytes(), horizon_h), world)
                arrivals[row], reached = world
                if p_cell is not None:
                    p_cell += np.unpackbits(reached, count=p_cell.size).reshape(p_cell.shape) * weights[row]
    return arrivals, None if p_cell is None else np.clip(p_cell, 0.0, 1.0)
