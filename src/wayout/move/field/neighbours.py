"""The moves of every kernel: how long they are, and what can be reached by one from a cell or road node."""

# The compiler infers the types of compiled functions; annotations of unsigned arithmetic would only be noise.
# ruff: noqa: ANN001, ANN201
# mypy: disallow-untyped-defs=False

import numpy as np
from numba import njit

HALF_DIAGONAL = 0.5 * 2**0.5
"""Times the sum of two costs it is the length of a diagonal times their mean ..."""
QUARTER_KNIGHT = 0.25 * 5**0.5
"""... and times the sum of four that of a knight move."""


@njit(cache=True, nogil=True)
def list_moves(here, cost, stride, n_cells, knight_moves, slot, begin, to, hours, ends, took):
    """Write the cells and nodes one move away, and the hours of each move; return how many there are."""
    n = 0
    h = cost[here]
    if h == np.inf:
        return 0
    if here < n_cells:
        for dy in (-1, 0, 1):
            for dx in (-1, 0, 1):
                t = here + dy * stride + dx
                if t == here or cost[t] == np.inf:
                    continue
                if dy != 0 and dx != 0:
                    if cost[here + dy * stride] == np.inf and cost[here + dx] == np.inf:
                        continue
                    took[n] = HALF_DIAGONAL * (h + cost[t])
                else:
                    took[n] = 0.5 * (h + cost[t])
                ends[n] = t
                n += 1
        if knight_moves:
            for dy in (-1, 1):
                for dx in (-1, 1):
                    corner = cost[here + dy * stride + dx]
                    for beside, t in (
                        (here + dx, here + dy * stride + 2 * dx),
                        (here + dy * stride, here + 2 * dy * stride + dx),
                    ):
                        edge = QUARTER_KNIGHT * ((h + cost[t]) + (cost[beside] + corner))
                        if edge < np.inf:
                            took[n] = edge
                            ends[n] = t
                            n += 1
    if slot.size > 0 and slot[here] >= 0:
        for i in range(begin[slot[here]], begin[slot[here] + 1]):
            if cost[to[i]] < np.inf:
                took[n] = hours[i]
                ends[n] = to[i]
                n += 1
    return n
