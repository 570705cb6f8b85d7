"""How a party moves: the shipped mobility profiles, and clock time from hours of movement."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from wayout.errors import NotFoundError
from wayout.model import MobilityProfile, PartyKind
from wayout.vocab import read_vocab

Mode = Literal["foot", "vehicle"]
FASTEST_ON_FOOT_KMH = 7.0
"""A profile we do not know moves on foot up to this speed, in vehicles above it."""


def profile_for(kind: PartyKind, name: str | None = None) -> MobilityProfile:
    """
    Find the mobility profile of a party.

    Parameters
    ----------
    kind
        Kind of party; chooses the default profile.
    name
        A profile's name in ``vocab/mobility_profiles.yaml``, to choose another.

    Returns
    -------
    profile
        Speed (km/h), hours of movement a day, limits.

    Raises
    ------
    NotFoundError
        If there is no profile of that name; lists those there are.
    """
    vocab = read_vocab("mobility_profiles.yaml")
    wanted = name or vocab["default"][kind]
    if wanted not in vocab["profiles"]:
        raise NotFoundError(
            f"there is no mobility profile {wanted!r}; the profiles are {', '.join(sorted(vocab['profiles']))}"
        )
    fields = {key: value for key, value in vocab["profiles"][wanted].items() if key != "mode"}
    return MobilityProfile(name=wanted, **fields)


def mode_of(profile: MobilityProfile) -> Mode:
    """Tell whether a profile moves on foot or in vehicles (by its speed, if it is not one of ours)."""
    known = read_vocab("mobility_profiles.yaml")["profiles"].get(profile.name)
    if known is not None:
        return "foot" if known["mode"] == "foot" else "vehicle"
    return "foot" if profile.speed_kmh <= FASTEST_ON_FOOT_KMH else "vehicle"


def moving_hours(elapsed_h: float, profile: MobilityProfile) -> float:
    """
    Return the hours of movement that fit into a span of clock time, the party setting out at once.

    Parameters
    ----------
    elapsed_h
        Clock time, h.
    profile
        Gives the hours of movement a day.

    Returns
    -------
    moving_h
        Whole days count ``hours_per_day`` each; the last, broken day at most as much.

    Examples
    --------
    >>> moving_hours(30.0, profile_for("armed_group", "on_foot"))
    14.0
    """
    days, rest = divmod(elapsed_h, 24.0)
    return float(days * profile.hours_per_day + min(rest, profile.hours_per_day))


def elapsed_hours(moving_h: NDArray[np.float64], profile: MobilityProfile) -> NDArray[np.float64]:
    """
    Return the clock time (hours, rests included) at which hours of movement are done; inverse of :func:`moving_hours`.

    Parameters
    ----------
    moving_h
        Hours of movement; ``inf`` stays ``inf``.
    profile
        Gives the hours of movement a day.

    Returns
    -------
    elapsed_h
        Hours; a day's march that ends exactly with the day's hours needs no night after it.
    """
    done = np.asarray(moving_h, dtype=np.float64)
    finite = np.isfinite(done)
    hours = np.where(finite, done, 0.0)
    nights = np.maximum(np.ceil(hours / profile.hours_per_day - 1e-9) - 1, 0)
    return np.where(finite, hours + nights * (24.0 - profile.hours_per_day), np.inf)
