"""What is seen again and again is likelier to be seen once more: a fitted term for the kind "active"."""

import numpy as np
from numpy.typing import NDArray

from wayout.vocab import read_vocab


def habit(
    is_active: NDArray[np.bool_], proposition: NDArray[np.int64], day: NDArray[np.float64], now: float
) -> NDArray[np.float64]:
    """
    Return the log-odds that a run of days with an event adds to each proposition.

    ``habit * ln(1 + sum over distinct days of 2^(-age / half-life))``; a day counts once however many tell of it.

    Parameters
    ----------
    is_active
        Which propositions are of the kind "active"; the others get 0.
    proposition
        Proposition code by row.
    day
        Day spoken of by row (days since 1970-01-01 UTC); NaN for rows that do not count.
    now
        Day of the picture.

    Returns
    -------
    log_odds
        By proposition.
    """
    rows = np.flatnonzero(is_active[proposition] & ~np.isnan(day)) if len(proposition) else np.zeros(0, dtype=np.int64)
    added = np.zeros(len(is_active))
    if not len(rows):
        return added
    fitted = read_vocab("belief_rules.yaml")["seen_active"]
    pairs = np.unique(np.stack([proposition[rows], np.floor(day[rows]).astype(np.int64)]), axis=1)
    fresh = np.exp2(-np.maximum(now - pairs[1], 0.0) / fitted["habit_half_life_days"])
    added += fitted["habit"] * np.log1p(np.bincount(pairs[0], weights=fresh, minlength=len(is_active)))
    return added
