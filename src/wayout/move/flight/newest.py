"""Newcomers are sent to the refuge that opened last: a camp is opened because those before it are full."""

from collections.abc import Sequence

import numpy as np

from wayout.model import Refuge
from wayout.move.flight.choice import FloatArray, shares_of
from wayout.move.flight.constants import FlightConstants
from wayout.move.flight.filling import country_groups


def drawn_to_newest(shares: FloatArray, refuges: Sequence[Refuge], constants: FlightConstants) -> FloatArray:
    """
    Move newcomers within each country towards the refuge that opened last.

    The refuges that opened last in a country, after others were open, weigh ``newest_pull`` times as much as its
    others. How many come into the country is left as it was. Opened means: reached now, on no day before. Refuges that open on
    the same day (a border opens) share; those open from the first day on are not new.

    Parameters
    ----------
    shares
        Of each day's newcomers (days, n_refuges); zero where closed.
    refuges
        With their countries.
    constants
        Of the model.

    Returns
    -------
    shares
        Same shape, same sum in each country on each day.
    """
    reached = shares > 0
    opened = np.where(reached.any(axis=0), np.argmax(reached, axis=0), 0)
    since = np.where(reached, opened, 0)
    moved = shares.copy()
    for row in country_groups(refuges):
        inside = np.flatnonzero(row)
        newest = since[:, inside].max(axis=1, keepdims=True)
        new = reached[:, inside] & (since[:, inside] == newest) & (newest > 0)
        drawn = shares_of(shares[:, inside] * np.where(new, constants.newest_pull, 1.0))
        moved[:, inside] = drawn * shares[:, inside].sum(axis=1, keepdims=True)
    return moved
