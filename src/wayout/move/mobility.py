"""How a party moves: the shipped mobility profiles, and clock time from hours of movement."""

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wayout.errors import InputError, NotFoundError
from wayout.model import MobilityProfile, MoveMode, PartyKind
from wayout.vocab import read_vocab

FASTEST_ON_FOOT_KMH = 7.0
"""A profile that does not say how moves on foot up to this speed, in vehicles above it."""


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
    wanted = name or read_vocab("mobility_profiles.yaml")["default"][kind]
    return _built(wanted, _shipped(wanted))


def profile_from(mapping: Mapping[str, Any]) -> MobilityProfile:
    """
    Make a mobility profile of a user's own, as read from a file.

    Parameters
    ----------
    mapping
        The fields of :class:`~wayout.model.MobilityProfile`: ``name`` and, unless ``like`` names a shipped profile to start from,
        ``speed_kmh``, ``hours_per_day``, ``slope_limit_deg`` and ``water_crossing_h``; ``road_kmh`` a mapping from road class to km/h, or
        ``roads`` the name of a table in ``vocab/road_speeds.yaml``.

    Returns
    -------
    profile
        Checked.

    Raises
    ------
    InputError
        If a field is unknown, missing, no number or out of its range; names it and says what to give.
    NotFoundError
        If ``like`` or ``roads`` names what there is not.

    Examples
    --------
    >>> profile_from({"name": "cyclists", "like": "on_foot", "speed_kmh": 10, "road_kmh": {"primary": 15}}).hours_per_day
    8.0
    """
    if not isinstance(mapping, Mapping):
        raise InputError(f"a mobility profile is {type(mapping).__name__}; give fields and their values")
    given = dict(mapping)
    name = given.pop("name", None)
    if not isinstance(name, str) or not name.strip():
        raise InputError(f"a mobility profile's name is {name!r}; give it one, as text")
    base: dict[str, Any] = {"source": "the user's own"}
    if (like := given.pop("like", None)) is not None:
        base = {**_shipped(str(like)), "source": f"the user's own, else as {like}"}
    fields = {**base, **given}
    known = {spec.name: spec for spec in dataclasses.fields(MobilityProfile)}
    if strange := sorted(set(map(str, fields)) - set(known) - {"roads"}):
        raise InputError(
            f"profile {name!r} has a field {strange[0]!r}; the fields are {', '.join([*known, 'roads', 'like'])}"
        )
    required = [key for key, spec in known.items() if spec.default is dataclasses.MISSING and key != "name"]
    if missing := [key for key in required if key not in fields]:
        raise InputError(
            f"profile {name!r} lacks {', '.join(missing)}; give them, or a shipped profile to start from (like)"
        )
    for key, value in fields.items():
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if key in known and "unit" in known[key].metadata and not is_number:
            raise InputError(f"profile {name!r}: {key} is {value!r}; give a number ({known[key].metadata['unit']})")
    return _built(name, fields)


def _built(name: str, fields: Mapping[str, Any]) -> MobilityProfile:
    """Make a profile of its fields, road speeds looked up or taken as they are."""
    rest = dict(fields)
    roads, own = rest.pop("roads", None), rest.pop("road_kmh", None)
    speeds: dict[Any, Any] = {}
    if roads is not None:
        tables = read_vocab("road_speeds.yaml")["tables"]
        if roads not in tables:
            raise NotFoundError(
                f"there is no table of road speeds {roads!r}; the tables are {', '.join(sorted(tables))}"
            )
        speeds = dict(tables[roads]["speeds"])
    if own is not None:
        if not isinstance(own, Mapping):
            raise InputError(f"profile {name!r}: road_kmh is {own!r}; give a speed for each road class")
        speeds |= own
    return MobilityProfile(name=name, road_kmh=tuple(speeds.items()), **rest)


def _shipped(name: str) -> dict[str, Any]:
    profiles = read_vocab("mobility_profiles.yaml")["profiles"]
    if name not in profiles:
        raise NotFoundError(f"there is no mobility profile {name!r}; the profiles are {', '.join(sorted(profiles))}")
    return dict(profiles[name])


def mode_of(profile: MobilityProfile) -> MoveMode:
    """Tell whether a profile moves on foot or in vehicles (by its speed, if it does not say so)."""
    if profile.mode is not None:
        return profile.mode
    return "foot" if profile.speed_kmh <= FASTEST_ON_FOOT_KMH else "vehicle"


def moving_share(profile: MobilityProfile) -> float:
    """Return the hours at the day's pace that a party gains in a day, divided by 24."""
    return _gained(profile)[2] / 24.0


def moving_hours(elapsed_h: float, profile: MobilityProfile) -> float:
    """
    Return the hours of movement, at the day's pace, that fit into a span of clock time, the party setting out at once.

    A day is the hours by daylight first, then those in the dark, each worth ``night_pace`` hours, then rest.

    Parameters
    ----------
    elapsed_h
        Clock time, h.
    profile
        Gives the hours of movement a day.

    Returns
    -------
    moving_h
        Whole days count the day's hours each; the last, broken day at most as much.

    Examples
    --------
    >>> moving_hours(30.0, profile_for("armed_group", "on_foot"))
    14.0
    """
    by_day, by_night, a_day = _gained(profile)
    days, rest = divmod(elapsed_h, 24.0)
    dark = min(max(rest - by_day, 0.0), by_night)
    return float(days * a_day + min(rest, by_day) + dark * profile.night_pace)


def elapsed_hours(moving_h: NDArray[np.float64], profile: MobilityProfile) -> NDArray[np.float64]:
    """
    Return the clock time (hours, rests included) at which hours of movement are done; inverse of :func:`moving_hours`.

    Parameters
    ----------
    moving_h
        Hours of movement at the day's pace; ``inf`` stays ``inf``.
    profile
        Gives the hours of movement a day.

    Returns
    -------
    elapsed_h
        Hours; a day's march that ends exactly with the day's hours needs no night after it.
    """
    by_day, _, a_day = _gained(profile)
    done = np.asarray(moving_h, dtype=np.float64)
    finite = np.isfinite(done)
    hours = np.where(finite, done, 0.0)
    days = np.maximum(np.ceil(hours / a_day - 1e-9) - 1, 0)
    rest = hours - days * a_day
    clock = np.minimum(rest, by_day) + np.maximum(rest - by_day, 0.0) / profile.night_pace
    return np.where(finite, days * 24.0 + clock, np.inf)


def _gained(profile: MobilityProfile) -> tuple[float, float, float]:
    """Return the hours by day, those in the dark, and the hours at the day's pace that both are worth."""
    by_night = min(profile.hours_by_night, profile.hours_per_day)
    by_day = profile.hours_per_day - by_night
    return by_day, by_night, by_day + by_night * profile.night_pace
