"""Who flees that far, and which refuge they choose: a production-bounded gravity model."""

import numpy as np
from numpy.typing import NDArray

from wayout.errors import InputError
from wayout.move.flight.constants import FlightConstants

FloatArray = NDArray[np.float64]
"""Distances and shares are float64 throughout."""


def pull_by_distance(distance_km: FloatArray, constants: FlightConstants) -> FloatArray:
    """
    Compute how many of each origin arrive at each refuge, up to one common factor.

    Of an origin whose nearest refuge is d0 km away, (d0 + offset)^-reach_power + far^-reach_power flee that far (the others
    stay inside and are not counted): who lives at the border walks out, and beyond far_km people ride or stay, so that it no
    longer matters how far. They choose among refuges by (d + offset)^-distance_power.

    Parameters
    ----------
    distance_km
        Length of the way (n_origins, n_refuges); ``inf`` where there is none.
    constants
        Of the model.

    Returns
    -------
    pull
        Same shape, >= 0; a row of zeros where no refuge is reached.

    Raises
    ------
    InputError
        If a distance is negative or NaN.

    References
    ----------
    Wilson (1971), A family of spatial interaction models, https://doi.org/10.1068/a030001

    Examples
    --------
    >>> from wayout.move.flight.constants import shipped_constants
    >>> near, far = pull_by_distance(np.array([[50.0, 200.0]]), shipped_constants())[0]
    >>> bool(near > 4 * far)
    True
    """
    distance = np.asarray(distance_km, dtype=np.float64)
    if np.isnan(distance).any() or (distance < 0).any():
        raise InputError(
            "a distance to a refuge is negative or not a number; give kilometres, inf where no way leads there"
        )
    reached = np.isfinite(distance)
    nearness = np.where(reached, np.where(reached, distance, 0.0) + constants.offset_km, np.inf) ** -1.0
    nearest = nearness.max(axis=-1, keepdims=True, initial=0.0)
    # Relative to the nearest, so that no power underflows however far all of them are.
    choice = np.divide(nearness, nearest, out=np.zeros_like(nearness), where=nearest > 0) ** constants.distance_power
    choice = np.where(reached, choice, 0.0)
    total = choice.sum(axis=-1, keepdims=True)
    choice = np.divide(choice, total, out=np.zeros_like(choice), where=total > 0)
    # In units of far_km, so that no power underflows; the choice is zero where nothing is reached.
    going: FloatArray = choice * ((nearest * constants.far_km) ** constants.reach_power + 1.0)
    return going


def origin_weights(population: FloatArray, active: FloatArray, constants: FlightConstants) -> FloatArray:
    """
    Weigh origins by their people and by whether they are fought over.

    Parameters
    ----------
    population
        People of each origin (n_origins,); NaN where unknown: the median of the known ones is taken.
    active
        Intensity of the conflict there, 0-1, (n_origins,) or (days, n_origins).
    constants
        Of the model.

    Returns
    -------
    weights
        Shape of ``active``. Where nothing is fought over yet, people still leave: each origin keeps ``quiet_weight``.
    """
    people = np.asarray(population, dtype=np.float64)
    known = people > 0
    people = np.where(known, people, np.median(people[known]) if known.any() else 1.0)
    weight = people**constants.origin_power
    weights: FloatArray = (np.asarray(active, dtype=np.float64) + constants.quiet_weight) * (weight / weight.sum())
    return weights


def shares_of(pull: FloatArray) -> FloatArray:
    """Scale rows to shares that sum to one; rows without any pull stay zero."""
    total = pull.sum(axis=-1, keepdims=True)
    shares: FloatArray = np.divide(pull, total, out=np.zeros_like(pull), where=total > 0)
    return shares
