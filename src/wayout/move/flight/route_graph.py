"""Least distances over a graph of routes in kilometres, with closures by day, and straight ways where no route is drawn."""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from wayout.errors import InputError
from wayout.geo.sphere import sphere_km
from wayout.move.flight.case import Ways
from wayout.move.flight.choice import FloatArray
from wayout.move.flight.closures import Closure, Redirection

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


def ways_by_day(
    places: Sequence[FlightPlace],
    routes: Iterable[tuple[str, str, float]],
    ends: tuple[Sequence[str], Sequence[str]],
    closures: Sequence[Closure] = (),
    circuity: float = 1.3,
    redirections: Sequence[Redirection] = (),
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
        Borders, places, refuges and routes closed by day.
    circuity
        Length of a way on the ground over the great circle.
    redirections
        Places whose people are brought on elsewhere, by day. Those that name an unknown place, or one no route joins to it, are
        left out.

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
    led = [r for r in redirections if r.other in links.get(r.name, {})]
    spans = [(c.from_day, c.to_day) for c in closures] + [(r.from_day, r.to_day) for r in led]
    starts = sorted({0} | {max(day, 0) for span in spans for day in span})
    return tuple(
        Ways(from_day=d, distance_km=_on_day(_open_graph(at, links, closures, led, d), ends, straight)) for d in starts
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _OpenGraph:
    """What is open on one day: places by name, links, and for whom each refuge and border is shut."""

    at: Mapping[str, FlightPlace]
    links: Links
    closed: frozenset[str]
    no_refuge: frozenset[str]
    borders: frozenset[tuple[str, str]]
    cut: frozenset[frozenset[str]]
    led: Mapping[str, str]


def _open_graph(
    at: Mapping[str, FlightPlace],
    links: Links,
    closures: Sequence[Closure],
    led: Sequence[Redirection],
    day: int,
) -> _OpenGraph:
    shut = [c for c in closures if c.from_day <= day < c.to_day]
    named = {kind: {c.name.casefold() for c in shut if c.kind == kind} for kind in ("location", "camp")}
    folded = {n.casefold(): n for n in at}
    cut = frozenset(frozenset(folded.get(n.casefold(), n) for n in (c.name, c.other)) for c in shut if c.kind == "link")
    onward = {r.name: r.other for r in led if r.from_day <= day < r.to_day}
    return _OpenGraph(
        at=at,
        links={
            a: {b: km for b, km in ends.items() if frozenset((a, b)) not in cut and onward.get(a, b) == b}
            for a, ends in links.items()
        },
        closed=frozenset(n for n in at if n.casefold() in named["location"]),
        no_refuge=frozenset(n for n in at if n.casefold() in named["location"] | named["camp"] or n in onward),
        borders=frozenset((c.name, c.other) for c in shut if c.kind == "country"),
        cut=cut,
        led=onward,
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


def _on_day(graph: _OpenGraph, ends: tuple[Sequence[str], Sequence[str]], straight: FloatArray) -> FloatArray:
    distance = np.empty((len(ends[0]), len(ends[1])))
    for i, zone in enumerate(ends[0]):
        found = _least_km(graph, zone)
        for j, refuge in enumerate(ends[1]):
            apart = (graph.at[zone].country, graph.at[refuge].country) in graph.borders
            barred = refuge in graph.closed or apart or frozenset((zone, refuge)) in graph.cut
            distance[i, j] = min(found.get(refuge, np.inf), np.inf if barred else straight[i, j])
    # Whoever comes straight to a place that brings people on is counted where they are brought.
    for j, name in enumerate(ends[1]):
        for k, other in enumerate(ends[1]):
            if graph.led.get(name) == other and other not in graph.no_refuge:
                distance[:, k] = np.minimum(distance[:, k], distance[:, j] + graph.links[name].get(other, np.inf))
    distance[:, [j for j, refuge in enumerate(ends[1]) if refuge in graph.no_refuge]] = np.inf
    return distance


def _least_km(graph: _OpenGraph, start: str) -> dict[str, float]:
    """Return the least distance from a place to all others; closed places are neither entered nor passed."""
    best, queue = {start: 0.0}, [(0.0, start)]
    while queue:
        so_far, here = heapq.heappop(queue)
        if so_far > best[here]:
            continue
        for there, km in graph.links[here].items():
            if there in graph.closed or (graph.at[here].country, graph.at[there].country) in graph.borders:
                continue
            if so_far + km < best.get(there, np.inf):
                best[there] = so_far + km
                heapq.heappush(queue, (so_far + km, there))
    return best
