"""The interval of an expected share: as wide as forecasts of this kind were wrong on conflicts they were not fitted on."""

import math

from wayout.errors import InputError
from wayout.vocab import read_vocab


def share_interval(share: float) -> tuple[float, float]:
    """
    Compute the interval of a share, of constant width on the scale asin(sqrt(share)).

    On that scale errors of small and of large shares are alike. The width is the quantile of the errors made
    on left-out conflicts (``vocab/flight.yaml``); :func:`interval_coverage` tells what it covered.

    Parameters
    ----------
    share
        Expected share, 0-1.

    Returns
    -------
    low, high
        Within [0, 1], holding ``share``.

    Raises
    ------
    InputError
        If the share is outside [0, 1].

    Examples
    --------
    >>> low, high = share_interval(0.5)
    >>> 0 < low < 0.5 < high < 1
    True
    """
    if not 0 <= share <= 1:
        raise InputError(f"a share is {share}; it must lie in [0, 1]")
    width = float(read_vocab("flight.yaml")["spread"]["half_width"])
    angle = math.asin(math.sqrt(share))
    low, high = max(angle - width, 0.0), min(angle + width, math.pi / 2)
    return min(math.sin(low) ** 2, share), max(math.sin(high) ** 2, share)


def interval_coverage() -> float:
    """Return how often the true share lay in such an interval, measured on conflicts left out."""
    return float(read_vocab("flight.yaml")["spread"]["coverage"])
