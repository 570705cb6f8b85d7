"""Following those who fled before: shares over districts from earlier stock, recent arrivals and distance, for one origin."""

import numpy as np
from numpy.typing import NDArray

from wayout.errors import InputError
from wayout.move.flight.choice import FloatArray, shares_of
from wayout.move.flight.constants import EarlierConstants

UNSEEN_FAMILIES = 100.0
"""A stock below this says little of where people of this origin go; distance speaks then."""


def shares_from_earlier(
    distance_km: FloatArray,
    home: NDArray[np.bool_],
    stock: FloatArray,
    recent: FloatArray,
    constants: EarlierConstants,
) -> FloatArray:
    """
    Expect the next displaced of an origin where those before them went.

    Two questions apart. Do they leave their region? The recent arrivals' share inside, pulled towards ``inside_share`` where they
    were few. Where then? Outside, as the recent arrivals and the earlier stock did (weighed by how many the recent ones are);
    inside, by the stock over distance to ``inside_power``. A front line that has just moved is not in these data: it is what such
    forecasts miss, and what barriers are for.

    Parameters
    ----------
    distance_km
        From the shock to each district (n,).
    home
        True where a district lies in the origin's region (n,).
    stock
        Families of this origin in each district at the start (n,).
    recent
        Families of this origin that arrived there in the months before the start (n,), zero where nothing is known.
    constants
        Of the model.

    Returns
    -------
    shares
        (n,), sum 1.

    Raises
    ------
    InputError
        If the arrays differ in length, or a value is negative or not a number.
    """
    d, a, f = (np.asarray(x, dtype=np.float64) for x in (distance_km, stock, recent))
    inside = np.asarray(home, dtype=bool)
    if not d.shape == a.shape == f.shape == inside.shape or d.ndim != 1 or not d.size:
        raise InputError(
            f"distances, home, stock and recent arrivals have shapes {d.shape}, {inside.shape}, {a.shape}, {f.shape}; give one value a district"
        )
    for name, values in (("distance", d), ("stock", a), ("recent arrivals", f)):
        if not np.isfinite(values).all() or values.min() < 0:
            raise InputError(f"a value of {name} is negative or not a number; give 0 where nobody was counted")
    near = np.maximum(d, 1.0) ** -constants.inside_power
    within = shares_of(np.where(inside, (a + 1.0) * near, 0.0))
    beyond = _beyond(np.where(inside, 0.0, a), np.where(inside, 0.0, f), np.where(inside, 0.0, near), constants)
    if not inside.any():
        return beyond
    if inside.all():
        return within
    stay = (f[inside].sum() + constants.inside_families * constants.inside_share) / (
        f.sum() + constants.inside_families
    )
    shares: FloatArray = stay * within + (1.0 - stay) * beyond
    return shares


def _beyond(stock: FloatArray, recent: FloatArray, near: FloatArray, constants: EarlierConstants) -> FloatArray:
    known = stock.sum() / (stock.sum() + UNSEEN_FAMILIES)
    before = known * shares_of(stock) + (1.0 - known) * shares_of(near)
    weight = recent.sum() / (recent.sum() + constants.flow_families)
    shares: FloatArray = weight * shares_of(recent) + (1.0 - weight) * before
    return shares
