"""Which rows count: of one origin the strongest, and of what nobody signs only what goes beyond those who sign."""

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


def strongest_of_each_origin(proposition: Rows, origin: Rows, pull: Floats, known: Mask) -> Rows:
    """
    Pick one row per proposition and origin, the strongest (of equals the affirming one); copies add nothing.

    Parameters
    ----------
    proposition, origin
        Codes by row.
    pull
        What each row would add to the log-odds.
    known
        Rows that count at all.

    Returns
    -------
    rows
        Sorted by proposition and origin, so that sums do not depend on the order given.
    """
    pair = proposition * (int(origin.max(initial=0)) + 1) + origin
    order = np.lexsort((-pull, -np.abs(pull), ~known, pair))
    first = np.ones(len(order), dtype=bool)
    first[1:] = pair[order][1:] != pair[order][:-1]
    picked = order[first]
    return picked[known[picked]]


def beyond_the_signed(proposition: Rows, pull: Floats, unsigned: Mask, n: int) -> Floats:
    """
    Return what picked rows add, where what nobody signs is taken for a copy of the strongest that says the same.

    That an unsigned text is independent of a signed one cannot be known, so the least is assumed: it adds only by how much it is
    stronger (fresher, surer) than every signed origin that pulls the same way; what pulls the other way it cannot have copied there.

    Parameters
    ----------
    proposition
        Code by row, one row per proposition and origin.
    pull
        Log-odds by row.
    unsigned
        Rows of the origin that stands for nobody known.
    n
        Number of propositions.

    Returns
    -------
    added
        Log-odds by row; those of signed rows are unchanged.
    """
    added = pull.copy()
    for sign in (1.0, -1.0):
        strength = np.maximum(sign * pull, 0.0)
        said = np.zeros(n)
        np.maximum.at(said, proposition[~unsigned], strength[~unsigned])
        same_way = unsigned & (sign * pull > 0)
        added[same_way] = sign * np.maximum(strength - said[proposition], 0.0)[same_way]
    return added
