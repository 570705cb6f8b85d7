"""Registered people at each refuge, day by day: arrivals where it is open, filling up, departures in proportion."""

from collections.abc import Sequence

import numpy as np

from wayout.errors import InputError
from wayout.model import Refuge
from wayout.move.flight.case import FlightCase
from wayout.move.flight.choice import FloatArray, origin_weights, pull_by_distance, shares_of
from wayout.move.flight.constants import FlightConstants
from wayout.move.flight.filling import Absorption, country_groups
from wayout.move.flight.newest import drawn_to_newest


def arrival_shares(case: FlightCase, constants: FlightConstants) -> FloatArray:
    """
    Compute the share of each day's arrivals that each refuge sees, before any of them fills up.

    Parameters
    ----------
    case
        Zones, refuges, ways.
    constants
        Of the model.

    Returns
    -------
    shares
        (days, n_refuges), rows sum to one. On a day no refuge is reached, the nearest day's shares stand.
    """
    weights = origin_weights(case.population, case.active, constants)
    days = len(case.total)
    shares = np.zeros((days, len(case.refuges)))
    ends = [w.from_day for w in case.ways[1:]] + [days]
    for ways, end in zip(case.ways, ends, strict=True):
        span = slice(ways.from_day, end)
        shares[span] = shares_of(weights[span] @ pull_by_distance(ways.distance_km, constants))
    sound = np.flatnonzero(shares.sum(axis=1) > 0)
    if not sound.size:
        raise InputError(
            "no refuge is reached from a zone that counts on any day; check populations, closures and quiet_weight"
        )
    every = np.arange(days)
    after = np.minimum(np.searchsorted(sound, every), sound.size - 1)
    before = np.maximum(after - 1, 0)
    nearer = np.where(np.abs(sound[before] - every) <= np.abs(sound[after] - every), before, after)
    return drawn_to_newest(shares[sound[nearer]], case.refuges, constants)


def settled_shares(arrivals: FloatArray, refuges: Sequence[Refuge], constants: FlightConstants) -> FloatArray:
    """
    Compute the shares of those who had settled before the first day.

    Whoever came months ago has moved on since, and little of the choice by distance is left: towns draw (``town_power`` of the
    people who live there, in ten thousands, at most ``town_most``), and a country holds people by the number of its refuges to
    the power ``settled_country_power``: twice the list of camps is not twice the people.

    Parameters
    ----------
    arrivals
        Shares of the first day's arrivals (n_refuges,).
    refuges
        With the people who live there, where known.
    constants
        Of the model.

    Returns
    -------
    shares
        (n_refuges,), sum 1, zero where nobody could arrive.
    """
    towns = np.array([min(r.town_population or 0.0, constants.town_most) for r in refuges])
    open_now = arrivals > 0
    groups = country_groups(refuges)
    beside = np.maximum(groups.T @ (groups @ open_now), 1.0)
    draw = (1.0 + towns / 1e4) ** constants.town_power * beside ** (constants.settled_country_power - 1.0)
    return shares_of(np.where(open_now, draw, 0.0))


def people_over_time(case: FlightCase, constants: FlightConstants, seen: FloatArray | None = None) -> FloatArray:
    """
    Compute how many people are at each refuge on each day, the day's total given.

    Where the total rises, the newcomers are shared out by :func:`arrival_shares`, less where a country has taken in many a head
    of its own people (half the pull at ``absorption``). Where it falls, all refuges lose in proportion. Registered people
    stay when a refuge closes; newcomers go elsewhere.

    Parameters
    ----------
    case
        Zones, refuges, ways, totals.
    constants
        Of the model.
    seen
        Assimilation: counts (k, n_refuges) observed on the first k days; they are taken as they are, and only later days are
        forecast from the last of them, the newcomers' shares half-way (``seen_weight``) to those observed, as far as open.

    Returns
    -------
    people
        (days, n_refuges), >= 0; rows sum to the total (on days after ``seen``).

    Raises
    ------
    InputError
        If ``seen`` has another number of refuges, more days than the case, or is negative or not a number.
    """
    shares = arrival_shares(case, constants)
    people = np.zeros_like(shares)
    first = 1
    if seen is None:
        people[0] = case.total[0] * settled_shares(shares[0], case.refuges, constants)
    else:
        first = _checked(seen, shares.shape)
        people[:first] = seen
        shares = _as_before(shares, seen[-1], constants)
    absorption = Absorption(case.refuges, constants)
    now = people[first - 1]
    for day in range(first, len(shares)):
        change = case.total[day] - case.total[day - 1]
        if seen is not None and day == first:
            change = case.total[day] - now.sum()
        if change >= 0:
            now = now + absorption.share_out(change, shares[day], now)
        elif now.sum() > 0:
            now = now * (case.total[day] / now.sum())
        people[day] = now
    return people


def _as_before(shares: FloatArray, last: FloatArray, constants: FlightConstants) -> FloatArray:
    """Draw shares of newcomers towards those of the people counted last, at refuges that are open."""
    if last.sum() <= 0:
        return shares
    observed = shares_of(np.where(shares > 0, last, 0.0))
    weight = np.where(observed.sum(axis=1, keepdims=True) > 0, constants.seen_weight, 0.0)
    drawn: FloatArray = (1.0 - weight) * shares + weight * observed
    return drawn


def _checked(seen: FloatArray, shape: tuple[int, ...]) -> int:
    if seen.ndim != 2 or seen.shape[1] != shape[1] or not 0 < len(seen) <= shape[0]:
        raise InputError(
            f"observed counts have shape {seen.shape}; give (days seen, {shape[1]}), at most {shape[0]} days"
        )
    if not np.isfinite(seen).all() or seen.min() < 0:
        raise InputError("an observed count is negative or not a number; leave days without counts out")
    return len(seen)
