"""Least distances over a graph of routes in kilometres, with closures by day, and straight ways where no route is drawn."""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from wayout.errors import InputError
from wayout.geo.sphere import sphere_km
from wayout.move.flight.case import Ways
from wayout.move.flight.choice import FloatArray

ClosureKind = Literal["country", "location"]
Links = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlightPlace:
    """
    A place of a route graph: lon/lat where known, country by name.

    Raises
    ------
    InputError
        If a coordinate is no longitude or latitude.
    """

    name: str
    country: str = ""
    lon: float | None = None
    lat: float | None = None

    def __post_init__(self) -> None:
        """Refuse coordinates off the globe."""
        if self.lon is not None and self.lat is not None and not (abs(self.lon) <= 180 and abs(self.lat) <= 90):
            raise InputError(
                f"place {self.name!r} lies at lon {self.lon}, lat {self.lat}; give degrees, longitude first"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """
    A border (``"country"``: from ``name`` into ``other``) or a place (``"location"``) closed from a day until before another.

    Raises
    ------
    InputError
        If it ends before it starts, or a border names no second country.
    """

    kind: ClosureKind
    name: str
    other: str = ""
    from_day: int
    to_day: int

    def __post_init__(self) -> None:
        """Refuse what closes nothing."""
        if self.to_day <= self.from_day:
            raise InputError(
                f"closure of {self.name!r} ends on day {self.to_day}, not after its start, day {self.from_day}"
            )
        if self.kind == "country" and not self.other:
            raise InputError(f"border closure of {self.name!r} does not say towards which country")


def ways_by_day(
    places: Sequence[FlightPlace],
    routes: Iterable[tuple[str, str, float]],
    ends: tuple[Sequence[str], Sequence[str]],
    closures: Sequence[Closure] = (),
    circuity: float = 1.3,
) -> tuple[Ways, ...]:
    """
    Compute least distances from zones to refuges for each span of days between closures.

    A graph of routes is coarse and leaves out most ways, so a straight way counts as well: the great circle times ``circuity``,
    unless the refuge or the border between the two countries is closed. The shorter of the two counts.

    Parameters
    ----------
    places
        All places; names differ by more than case.
    routes
        (name, name, km), open both ways. Those that name an unknown place are left out.
    ends
        Names of the zones and of the refuges.
    closures
        Borders and places closed by day.
    circuity
        Length of a way on the ground over the great circle.

    Returns
    -------
    ways
        In order of days; the first from day 0.

    Raises
    ------
    InputError
        If a length is not positive, a name occurs twice, or a zone or refuge is not among the places.

    References
    ----------
    Dijkstra (1959), https://doi.org/10.1007/BF01386390
    """
    at = {p.name: p for p in places}
    if len(at) < len(places):
        raise InputError("two places have the same name; give each its own")
    if unknown := [n for side in ends for n in side if n not in at]:
        raise InputError(f"{unknown[0]!r} is no place of the graph; name zones and refuges as in the list of places")
    links = _links(at, routes)
    straight = _straight_km(at, ends, circuity)
    starts = sorted({0} | {max(d, 0) for c in closures for d in (c.from_day, c.to_day)})
    return tuple(
        Ways(
            from_day=d,
            distance_km=_on_day(at, links, ends, straight, [c for c in closures if c.from_day <= d < c.to_day]),
        )
        for d in starts
    )


def _links(at: Mapping[str, FlightPlace], routes: Iterable[tuple[str, str, float]]) -> Links:
    links: Links = {name: {} for name in at}
    for start, end, km in routes:
        if not (np.isfinite(km) and km > 0):
            raise InputError(f"route {start} - {end} is {km} km long; give a positive length")
        if start in at and end in at:
            links[start][end] = links[end][start] = min(km, links[start].get(end, np.inf))
    return links


def _straight_km(
    at: Mapping[str, FlightPlace], ends: tuple[Sequence[str], Sequence[str]], circuity: float
) -> FloatArray:
    straight = np.full((len(ends[0]), len(ends[1])), np.inf)
    for i, zone in enumerate(at[n] for n in ends[0]):
        for j, refuge in enumerate(at[n] for n in ends[1]):
            if None not in (zone.lon, zone.lat, refuge.lon, refuge.lat):
                straight[i, j] = circuity * sphere_km(zone.lon, zone.lat, refuge.lon, refuge.lat)  # type: ignore[arg-type]
    return straight


def _on_day(
    at: Mapping[str, FlightPlace],
    links: Links,
    ends: tuple[Sequence[str], Sequence[str]],
    straight: FloatArray,
    shut: Sequence[Closure],
) -> FloatArray:
    places = {c.name.casefold() for c in shut if c.kind == "location"}
    borders = {(c.name, c.other) for c in shut if c.kind == "country"}
    closed = {n for n in at if n.casefold() in places}
    distance = np.empty((len(ends[0]), len(ends[1])))
    for i, zone in enumerate(ends[0]):
        found = _least_km(at, links, zone, closed, borders)
        for j, refuge in enumerate(ends[1]):
            barred = refuge in closed or (at[zone].country, at[refuge].country) in borders
            distance[i, j] = min(found.get(refuge, np.inf), np.inf if barred else straight[i, j])
    return distance


def _least_km(
    at: Mapping[str, FlightPlace], links: Links, start: str, closed: set[str], borders: set[tuple[str, str]]
) -> dict[str, float]:
    """Return the least distance from a place to all others; closed places are neither entered nor passed."""
    best, queue = {start: 0.0}, [(0.0, start)]
    while queue:
        so_far, here = heapq.heappop(queue)
        if so_far > best[here]:
            continue
        for there, km in links[here].items():
            if there in closed or (at[here].country, at[there].country) in borders:
                continue
            if so_far + km < best.get(there, np.inf):
                best[there] = so_far + km
                heapq.heappush(queue, (so_far + km, there))
    return best
