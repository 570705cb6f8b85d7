"""
Compiled: arrival times of many draws on a small graph, 128 draws side by side.

Imported only inside functions, because importing numba takes time.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

LANES = 128
"""Draws side by side: enough that looking at an arc is cheap, few enough that the times of some hundred gateways stay in the second cache."""


@njit(cache=True, nogil=True)
def draw_arrivals(  # long: three loops over one block of draws, kept flat for the compiler
    closed: NDArray[np.uint64],
    needs: NDArray[np.uint64],
    first: NDArray[np.float64],
    begin: NDArray[np.int64],
    origin: NDArray[np.int32],
    hours: NDArray[np.float64],
    last: NDArray[np.float64],
    direct: NDArray[np.float64],
    arrivals: NDArray[np.float64],
) -> None:
    """
    Fill ``arrivals`` (draws, exits) with the least hours over open gateways.

    ``closed`` (draws, words) are the closed barriers; ``needs`` (gateways, words) what each gateway needs open; ``first`` the hours
    from the start; arcs ``begin[h]:begin[h + 1]`` come into gateway h from ``origin`` in ``hours``; ``last`` (gateways, exits) and
    ``direct`` (exits) lead out. Passes go over the gateways in their order until no time falls: the fixpoint is the least sum.
    """
    n_gates, n_exits, words = first.size, direct.size, needs.shape[1]
    time = np.empty((n_gates, LANES))
    wall = np.empty((n_gates, LANES))
    usable = np.empty(n_gates, dtype=np.bool_)
    lowered = np.empty(n_gates, dtype=np.int64)
    looked = np.empty(n_gates, dtype=np.int64)
    now = np.empty(LANES)
    for block in range(0, closed.shape[0], LANES):
        n = min(LANES, closed.shape[0] - block)
        for g in range(n_gates):
            some = False
            for k in range(LANES):
                shut = k >= n
                for w in range(words):
                    if not shut and closed[block + k, w] & needs[g, w]:
                        shut = True
                wall[g, k] = np.inf if shut else 0.0
                time[g, k] = np.inf if shut else first[g]
                some = some or not shut
            usable[g] = some
            lowered[g] = 1 if some and first[g] < np.inf else 0
            looked[g] = 0
        clock = 1
        changed = True
        while changed:
            changed = False
            for h in range(n_gates):
                if not usable[h]:
                    continue
                touched = False
                for j in range(begin[h], begin[h + 1]):
                    g = origin[j]
                    if lowered[g] <= looked[h]:  # nothing new there since this gateway last looked
                        continue
                    if not touched:
                        touched = True
                        now[:] = time[h]
                    leg = hours[j]
                    there = time[g]
                    for k in range(LANES):
                        by = there[k] + leg
                        now[k] = by if by < now[k] else now[k]
                looked[h] = clock
                if touched:
                    here, shut_out = time[h], wall[h]
                    fell = 0
                    for k in range(LANES):
                        by = now[k] + shut_out[k]
                        fell += by < here[k]
                        here[k] = by
                    if fell > 0:
                        clock += 1
                        lowered[h] = clock
                        changed = True
        for e in range(n_exits):
            for k in range(LANES):
                now[k] = direct[e]
            for g in range(n_gates):
                if usable[g] and last[g, e] < np.inf:
                    leg = last[g, e]
                    there = time[g]
                    for k in range(LANES):
                        by = there[k] + leg
                        now[k] = by if by < now[k] else now[k]
            for k in range(n):
                arrivals[block + k, e] = now[k]


@njit(cache=True, nogil=True)
def needed_legs(
    legs: NDArray[np.float64], needs: NDArray[np.uint64], onto: NDArray[np.float64], onto_needs: NDArray[np.uint64]
) -> NDArray[np.bool_]:
    """
    Tell which legs gateway -> end are needed: those that no way over a third gateway replaces.

    A third gateway replaces a leg when it needs no barrier open that the leg's two ends do not, and the way over it takes no
    longer, in two parts each shorter than the leg (so that nothing replaces itself). ``onto`` (gateways, ends) are the hours from
    each gateway to each end, ``onto_needs`` (ends, words) what the ends need.
    """
    n, m = onto.shape
    keep = np.empty((n, m), dtype=np.bool_)
    for g in range(n):
        for h in range(m):
            whole = onto[g, h]
            keep[g, h] = whole < np.inf
            if not whole < np.inf:
                continue
            for v in range(n):
                if legs[g, v] < whole and onto[v, h] < whole and legs[g, v] + onto[v, h] <= whole * (1 + 1e-13):
                    within = True
                    for w in range(needs.shape[1]):
                        if needs[v, w] & ~needs[g, w] & ~onto_needs[h, w]:
                            within = False
                    if within:
                        keep[g, h] = False
                        break
    return keep
