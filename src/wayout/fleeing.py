"""Where those who flee arrive: towns of the gazetteer and places that reports name as refuges, weighed by MOVE."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from wayout.errors import InputError
from wayout.geo.borders import country_name
from wayout.geo.compass import buffer_km, distance_km, extent_km, plane_around
from wayout.locate.gazetteer import Gazetteer
from wayout.model import ActorId, Arrivals, Claim, Event, Miss, Place, PlaceKind, Question, Refuge, Region, Situation
from wayout.move.arrivals import ArrivalOptions, arrivals_from_question
from wayout.move.mobility import moving_hours
from wayout.move.options import MoveOptions

MOST_REFUGES = 24
"""Places looked at, at most: camps and towns of a displacement are some twenty."""
FARTHEST_KM = 300.0
"""Places farther than this are not looked at: without roads, hours of movement say little beyond it."""
NEAREST_KM = 20.0
"""Towns nearer to the area than this are no refuge from it: who is there is not out yet, as for the ways ..."""
NEAREST_NAMED_KM = 0.5
"""... but where reports say that people go there (a crossing, a town over the border) it is."""
APART = 0.5
"""No two towns lie nearer to each other than this share of their distance from the area: a town stands for the ground round it."""
LEAST_PEOPLE = 10_000
"""Smaller places of the gazetteer are refuges only where a report names them."""
AROUND_KM = 10.0
"""People within this distance of a refuge count as its own."""
LOOKED_AT = 300
"""Largest towns of each of three frames round the area that are looked at."""
COUNTRY: tuple[PlaceKind, ...] = ("country",)
MAX_STATES, N_DRAWS = 128, 400
"""Fewer draws than for the ways: what more would add to a share is small beside its interval."""
ASKED = "where those who flee arrive"
VIOLENT = frozenset({"FIGHT", "ASSAULT"})
"""Kinds of events (PLOVER) that make a place unsafe."""
HOSTILE = frozenset({"siege", "sealed", "hostile_operation", "hostile_presence", "hostile_control"})
"""Kinds of barriers whose holders are those people flee from, where they stop them."""
NARROW = (1, 2, 3, 5)
"""UCDP ``where_prec`` of a place, its surroundings, a district, a road or stretch of ground: wider ones say nothing of one town."""
PAST_DAYS = 60
"""How long a place stays dangerous after an event: how long an actor stays active in a district (``belief_rules.yaml``)."""
NEAR_KM = 5.0
"""What happens within this distance of a refuge happens there."""
WIDE_KM = 80.0
"""... but a reading wider than this (the side of its square) says nothing of any one town in it."""
GOING = frozenset({"moves", "passes"})
"""Claims that tell where somebody goes: these people only, armed men move too."""
THERE = {"moves": ("to", "via"), "passes": ("to", "via", "at"), "way_open": ("to",)}
"""Roles of the places that such claims, and claims of an open way, name as where people get to."""
SETTLED = frozenset({"populated_place", "admin2", "admin3", "installation"})
"""Kinds of places that can be a refuge of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Site:
    """A place people may flee to; ``away_km`` is its distance from the edge of the area."""

    refuge: Refuge
    point: Point
    away_km: float


def expect_arrivals(
    question: Question, situation: Situation, claims: Sequence[Claim], gazetteer: Gazetteer, options: MoveOptions
) -> tuple[Arrivals | None, tuple[Miss, ...]]:
    """
    Expect where civilians who flee the area arrive.

    Refuges are the places that reports name as where people go, and towns within reach (:data:`FARTHEST_KM`), large and near
    ones first, well apart. A place where reports tell of violence, or of those who close the ways, is safe with the probability
    that none of it holds.

    Parameters
    ----------
    question
        Party, area, time and horizon.
    situation
        The fused picture.
    claims
        Located claims: those that tell of movement name refuges.
    gazetteer
        Towns with their people.
    options
        Choices of MOVE; give the cells of the ways: coarser ones close gaps between barriers that the ways go through.

    Returns
    -------
    arrivals, misses
        ``None`` for other parties, and where nothing can be said; then the miss says why.
    """
    if question.party.kind != "civilians" or question.party.aim != "out":
        return None, ()
    reach_km = min(
        FARTHEST_KM, moving_hours(question.within_h, question.party.mobility) * question.party.mobility.speed_kmh
    )
    sites = _choose(
        question,
        _named(claims, question.party.actor),
        _towns(question.area.geometry, gazetteer, reach_km),
        gazetteer,
        reach_km,
    )
    safety = np.array([_safety(site.point, situation) for site in sites])
    few = replace(options, max_states=MAX_STATES, n_draws=N_DRAWS, open_claims=())
    places = [(site.refuge, buffer_km(site.point, NEAR_KM)) for site in sites]
    if not places:
        return None, (Miss(what=ASKED, why=f"the gazetteer has no town within {reach_km:.0f} km of the area"),)
    try:
        return arrivals_from_question(question, situation, places, few, ArrivalOptions(safety=safety)), ()
    except InputError as error:
        return None, (Miss(what=ASKED, why=str(error)),)


def _towns(area: BaseGeometry, gazetteer: Gazetteer, reach_km: float) -> tuple[Place, ...]:
    """List the largest towns of three frames round the area, the near ones with the far."""
    frames = [buffer_km(area, share * reach_km).bounds for share in (0.25, 0.5, 1.0)]
    towns = {t.id: t for frame in frames for t in gazetteer.large_towns(frame, LOOKED_AT)}
    return tuple(towns[i] for i in sorted(towns))


def _named(claims: Sequence[Claim], party: ActorId | None) -> tuple[Place, ...]:
    """List the places to which reports say that people go, in the order of the reports; "west of X" is not X."""
    going = [
        c
        for c in claims
        if c.predicate == "way_open" or (c.predicate in GOING and party is not None and c.subject == party)
    ]
    uses = [u for c in going if c.polarity > 0 for u in c.places if u.role in THERE[c.predicate]]
    regions = [u.region for u in uses if u.region is not None and u.region.places and _is_narrow(u.region)]
    own = [(r.places[0], r) for r in regions if r.places[0].kind in SETTLED]
    return tuple(p for p, r in own if buffer_km(r.geometry, NEAR_KM).covers(Point(p.lon, p.lat)))


def _choose(
    question: Question,
    named: Sequence[Place],
    towns: Sequence[Place],
    gazetteer: Gazetteer,
    reach_km: float,
) -> tuple[_Site, ...]:
    """Choose the refuges: those reports name, then towns by people over distance, each well apart from those chosen."""
    plane = plane_around(question.area.geometry)
    flat = plane.project(question.area.geometry)

    def away(point: Point) -> float:
        return float(plane.project(point).distance(flat))

    points = {t.id: Point(t.lon, t.lat) for t in (*named, *towns)}
    large = [t for t in towns if (t.population or 0) >= LEAST_PEOPLE]
    by_pull = sorted(large, key=lambda t: (-(t.population or 0) / max(away(points[t.id]), 1.0), t.id))
    chosen: list[_Site] = []
    told = {place.id for place in named}
    for place in (*named, *by_pull):
        point = points[place.id]
        far = away(point)
        apart = all(distance_km(point, c.point) >= APART * min(far, c.away_km) for c in chosen)
        nearest = NEAREST_NAMED_KM if place.id in told else NEAREST_KM
        if len(chosen) < MOST_REFUGES and nearest <= far <= reach_km and apart:
            people = sum(t.population or 0 for t in towns if distance_km(point, points[t.id]) <= AROUND_KM)
            chosen.append(_Site(refuge=_refuge(place, people, gazetteer), point=point, away_km=far))
    return tuple(chosen)


def _refuge(place: Place, people: int, gazetteer: Gazetteer) -> Refuge:
    states = gazetteer.find(country_name(place.country), kinds=COUNTRY) if place.country else ()
    own = next((s.population for s in states if s.country == place.country), None)
    return Refuge(
        id=str(place.id),
        name=place.name,
        country=place.country,
        country_population=own or None,
        town_population=people or None,
    )


def _safety(point: Point, situation: Situation) -> float:
    """Return the probability that nothing reported of a place makes it unsafe: no violence, none of those who close the ways."""
    feared = {b.held_by for b in situation.barriers if b.kind in HOSTILE and b.held_by is not None}
    danger: dict[str, float] = {}
    fighting = [e for e in situation.operations if e.event_type in VIOLENT and not _is_past(e, situation)]
    told = [(f"violence {e.side_a}", e.region, e.p_true) for e in fighting]
    told += [(p.actor, p.region, p.p_present) for p in situation.presences if p.actor in feared]
    told += [(c.actor, c.region, c.p_held) for c in situation.controls if c.actor in feared]
    for what, region, p in told:
        if region is not None and _is_narrow(region):
            parts = [x for x in region.parts if extent_km(x.geometry) <= WIDE_KM]
            there = sum(x.weight for x in parts if buffer_km(x.geometry, NEAR_KM).covers(point))
            danger[what] = max(danger.get(what, 0.0), min(p * there, 1.0))  # the same thing, told twice
    return math.prod(1.0 - p for p in danger.values())


def _is_past(event: Event, situation: Situation) -> bool:
    """Tell whether an event ended too long ago to make a place unsafe now; that it happened does not become less true."""
    return event.date_end is not None and (situation.at.date() - event.date_end).days > PAST_DAYS


def _is_narrow(region: Region) -> bool:
    return region.where_prec in NARROW
