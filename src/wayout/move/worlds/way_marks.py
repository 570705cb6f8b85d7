"""
Compiled: the ways that the gateway graph takes, as marks of three gateways in a row.

Imported only inside functions, because importing numba takes time.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def mark_ways(  # long: times and then ways of one draw after another, kept flat for the compiler
    closed: NDArray[np.uint64],
    needs: NDArray[np.uint64],
    first: NDArray[np.float64],
    begin: NDArray[np.int64],
    origin: NDArray[np.int32],
    hours: NDArray[np.float64],
    last: NDArray[np.float64],
    direct: NDArray[np.float64],
    names: NDArray[np.int64],
    base: int,
    marks: NDArray[np.int64],
) -> None:
    """
    Fill ``marks`` (draws, goals, most) with the marks of each goal's best way; -1 after the last, and where there is none.

    A mark is three steps of the way in a row, as one number: ``names`` (gateways,) are lasting numbers from 1 on, 0 stands for the
    start, ``base - 1 - k`` for goal k. A longer way keeps its marks nearest the goal.
    """
    n, goals = first.size, direct.size
    time = np.empty(n)
    before = np.empty(n, dtype=np.int64)
    marks[:] = -1
    for d in range(closed.shape[0]):
        for g in range(n):
            time[g] = first[g]
            before[g] = -1
            for w in range(needs.shape[1]):
                if closed[d, w] & needs[g, w]:
                    time[g] = -1.0  # shut
        changed = True
        while changed:
            changed = False
            for h in range(n):
                if time[h] < 0.0:
                    continue
                for j in range(begin[h], begin[h + 1]):
                    g = origin[j]
                    if time[g] >= 0.0 and time[g] + hours[j] < time[h]:
                        time[h] = time[g] + hours[j]
                        before[h] = g
                        changed = True
        for k in range(goals):
            best, at = direct[k], -1
            for g in range(n):
                if time[g] >= 0.0 and time[g] + last[g, k] < best:
                    best, at = time[g] + last[g, k], g
            if not best < np.inf:
                continue
            after, i = base - 1 - k, 0
            here = names[at] if at >= 0 else 0
            while i < marks.shape[2]:
                prior = -1
                if at >= 0:
                    prior = before[at]
                behind = names[prior] if prior >= 0 else 0
                marks[d, k, i] = (behind * base + here) * base + after
                i += 1
                if at < 0 or prior < 0:
                    break
                after, here, at = here, behind, prior
