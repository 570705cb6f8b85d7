"""Countries fill up: the more a country has taken in a head of its people, the less it draws."""

from collections.abc import Sequence

import numpy as np

from wayout.model import Refuge
from wayout.move.flight.choice import FloatArray, shares_of
from wayout.move.flight.constants import FlightConstants

PORTIONS = 64
"""A flow at once is shared out in this many portions; more change shares by less than a thousandth."""


class Absorption:
    """
    How many people halve each refuge's pull: ``absorption`` times the people of its country, all refuges of it together.

    A country whose population is not known sets no bound; refuges without a country stand alone.
    """

    def __init__(self, refuges: Sequence[Refuge], constants: FlightConstants) -> None:
        names = [f"country {r.country}" if r.country else f"refuge {r.id}" for r in refuges]
        each = sorted(set(names))
        self._groups = np.array([[name == country for name in names] for country in each], dtype=np.float64)
        people = [np.inf if r.country_population is None else r.country_population for r in refuges]
        self._half = constants.absorption * np.array(people)

    def share_out(self, coming: float, pull: FloatArray, present: FloatArray) -> FloatArray:
        """Return how many of those who come choose each refuge, given who is there already (both (n_refuges,))."""
        left = pull / (1.0 + (self._groups.T @ (self._groups @ present)) / self._half)
        shared: FloatArray = coming * left / left.sum()
        return shared


def filled_shares(
    shares: FloatArray, refuges: Sequence[Refuge], constants: FlightConstants, people: float | None
) -> FloatArray:
    """
    Correct shares for countries that fill up as ``people`` arrive.

    Parameters
    ----------
    shares
        Before any has filled (n_refuges,); all zero stays so.
    refuges
        With their countries' populations, where known.
    constants
        Of the model.
    people
        How many come in all; ``None``: too few to matter.

    Returns
    -------
    shares
        (n_refuges,), same sum.
    """
    if people is None or people < 1 or not shares.any():
        return shares
    absorption = Absorption(refuges, constants)
    present = np.zeros(len(shares))
    for _ in range(PORTIONS):
        present = present + absorption.share_out(people / PORTIONS, shares, present)
    return shares_of(present)
