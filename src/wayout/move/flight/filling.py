"""Countries fill up: the more a country has taken in a head of its people, the less it draws."""

from collections.abc import Sequence

import numpy as np

from wayout.model import Refuge
from wayout.move.flight.choice import FloatArray, shares_of
from wayout.move.flight.constants import FlightConstants

PORTIONS = 64
"""A flow at once is shared out in this many portions; more change shares by less than a thousandth."""


def country_groups(refuges: Sequence[Refuge]) -> FloatArray:
    """Return which refuges lie in one country (n_countries, n_refuges), 1 or 0; a refuge without a country stands alone."""
    names = [f"country {r.country}" if r.country else f"refuge {r.id}" for r in refuges]
    return np.array([[name == country for name in names] for country in sorted(set(names))], dtype=np.float64)


class Absorption:
    """
    How many people halve each refuge's pull: ``absorption`` times the people of its country, all refuges of it together.

    A country whose population is not known sets no bound; refuges without a country stand alone.
    """

    def __init__(self, refuges: Sequence[Refuge], constants: FlightConstants) -> None:
        self._groups = country_groups(refuges)
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
