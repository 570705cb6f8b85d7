"""The choices of one MOVE run, in one record."""

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wayout.errors import InputError
from wayout.model import ActorId, Claim, Ground
from wayout.move.travel_time import Neighbours

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenExit:
    """
    A place the caller wants to know about: a point, line or area, lon/lat.

    Raises
    ------
    InputError
        If the id or the geometry is empty, or a coordinate is no longitude and latitude.
    """

    id: str
    name: str
    geometry: "BaseGeometry"

    def __post_init__(self) -> None:
        """Refuse what has no place on the globe."""
        if not self.id:
            raise InputError(f"an exit named {self.name!r} has no id; give each its own")
        if self.geometry is None or self.geometry.is_empty:
            raise InputError(f"exit {self.id!r} ({self.name}) has no geometry; give a point, a line or an area")
        west, south, east, north = self.geometry.bounds
        sound = all(map(math.isfinite, (west, south, east, north)))
        if not sound or west < -180 or east > 180 or south < -90 or north > 90:
            raise InputError(
                f"exit {self.id!r} ({self.name}) spans {west:g} to {east:g}, {south:g} to {north:g}; give longitudes within "
                "-180..180 and latitudes within -90..90, in this order"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveOptions:
    """
    Choices of :func:`wayout.move.exits.explore`.

    Attributes
    ----------
    seed
        Seed of the barrier draws (used only where the states are too many to count through).
    n_draws
        Barrier draws in that case.
    max_states
        Up to this many combinations of barrier states are all solved, weighted by probability: no sampling error.
    cell_km
        Cell size, km; ``None`` chooses it from the extent.
    floor_km
        Published geometry is no finer than this, km.
    neighbours
        Moves from a cell: 16, or 8.
    directions
        Compass directions that count as exits: 4, or 8.
    towns
        (lon, lat) of populated places, where rivers can be crossed.
    open_claims
        Located claims that speak of a way being open (``way_open``, ``opens``, ``moves``): they make an exit reported.
    ground
        Roads, relief and land cover of the user's own; ``None`` takes the shipped layers alone.
    party_ids
        Further actor ids the party counts as (its parent, ``"civilians"``): a barrier that blocks one of them blocks it.
    exits
        What is to be reached, in place of the directions, countries and provinces round the area; empty looks at those.
    """

    seed: int = 1
    n_draws: int = 1000
    max_states: int = 1024
    cell_km: float | None = None
    floor_km: float = 5.0
    neighbours: Neighbours = 16
    directions: int = 4
    towns: tuple[tuple[float, float], ...] = ()
    open_claims: tuple[Claim, ...] = ()
    party_ids: tuple[ActorId, ...] = ()
    exits: tuple[GivenExit, ...] = ()
    ground: Ground | None = None

    def __post_init__(self) -> None:
        """Refuse choices that make no sense."""
        if self.directions not in (4, 8):
            raise InputError(f"directions is {self.directions}; it must be 4 or 8")
        if self.n_draws < 1 or self.max_states < 1:
            raise InputError(f"n_draws is {self.n_draws} and max_states {self.max_states}; both must be at least 1")
        if not self.floor_km > 0:
            raise InputError(f"floor_km is {self.floor_km}; it must be above 0 km")
        twice = [name for name, count in Counter(e.id for e in self.exits).items() if count > 1]
        if twice:
            raise InputError(f"{len(twice)} exit ids are given more than once, first {twice[0]!r}; give each its own")
