"""Several places in one phrase: one within another, lists, alternatives, two names of one place."""

import shapely
from shapely.ops import nearest_points

from wayout.errors import NotFoundError
from wayout.geo.compass import buffer_km, distance_km
from wayout.locate.composing import compose_region, reading
from wayout.locate.context import Ground
from wayout.locate.doubt import radius_of, shape_of
from wayout.locate.shaping.grammar import is_generic
from wayout.model import Region

COUNTRY_PREC = 6
"""UCDP's where_prec of a country: to place the unknown there says nothing."""
ELSEWHERE_KM = 100.0
"""What lies farther than this from what it is said to be in is another place of its name."""
TOUCH_KM = 3.0
"""A line gets this much width before it is met with an area."""


def locate_within(inner: str, outer: str, ground: Ground) -> Region:
    """
    Locate "X in Y": where the two meet; X alone where they do not, Y alone where X is no known place ("villages in Y").

    Raises
    ------
    NotFoundError
        If neither is known.
    """
    if is_generic(outer):
        raise NotFoundError(f"{outer!r} in {inner + ' of ' + outer!r} names no place; say which one is meant")
    container = _try(outer, ground, "area")
    countries = tuple(p.country for p in container.places if p.country) if container is not None else ()
    thing = None if is_generic(inner) else _try(inner, ground, "any", countries[:1])
    if thing is None and container is None:
        raise NotFoundError(f"neither {inner!r} nor {outer!r} is known; check the names, or give --country")
    if thing is None or container is None:
        if thing is not None and thing.method == "direction":
            raise NotFoundError(f"no place named {outer!r} is known; check the spelling, or give --country")
        known, unknown = (container, inner) if thing is None else (thing, outer)
        if known is None:  # unreachable: one of the two is known here
            raise NotFoundError(f"{unknown!r} is not known; check the name")
        return _as_whole(known, f"{unknown!r} is no place of its own")
    if _apart_km(thing, container) > ELSEWHERE_KM:
        return _as_whole(container, f"{inner!r} is not known there")
    return meet(thing, container)


def _as_whole(known: Region, unknown: str) -> Region:
    """Take a whole place for an unknown part of it, and say so; no town is then an exact place."""
    return compose_region(
        known.parts,
        method="within",
        why=f"{unknown}, so {known.phrase} as a whole; {known.why}",
        where_prec=max(known.where_prec, 2),
        radius_km=known.radius_km,
        places=known.places,
    )


def _apart_km(thing: Region, container: Region) -> float:
    """Return how far the nearest reading of one region lies from the nearest of the other, km."""
    pairs = [(a.geometry, b.geometry) for a in thing.parts for b in container.parts]
    one, other = min(pairs, key=lambda pair: pair[0].distance(pair[1]))
    return 0.0 if one.intersects(other) else distance_km(*nearest_points(one, other))


def meet(thing: Region, container: Region) -> Region:
    """Intersect two regions reading by reading; the thing alone where no readings meet."""
    parts = []
    for a in thing.parts:
        wide = a.geometry if a.geometry.area > 0 else buffer_km(a.geometry, TOUCH_KM)
        for b in container.parts:
            around = b.geometry if b.geometry.area > 0 else buffer_km(b.geometry, shape_of("near_km"))
            common = wide.intersection(around)
            if common.area > 0:
                parts.append(reading(common, a.weight * b.weight, a.place))
    places = (*thing.places, *container.places)
    if not parts:
        why = f"{thing.phrase}, which the map does not show in {container.phrase}; {thing.why}"
        return compose_region(
            thing.parts,
            method="within",
            why=why,
            where_prec=thing.where_prec,
            radius_km=thing.radius_km,
            places=places,
        )
    best = max(parts, key=lambda part: part.weight).geometry
    radius = min(thing.radius_km, max(container.radius_km, radius_of("within", best)))
    why = f"Where {thing.phrase} and {container.phrase} meet; {thing.why} {container.why}"
    return compose_region(
        parts,
        method="within",
        why=why,
        where_prec=min(thing.where_prec, container.where_prec),
        radius_km=radius,
        places=places,
    )


def locate_union(names: list[str], ground: Ground) -> Region:
    """Locate a list, all of which is meant: the union of the best readings."""
    found = [ground.inner(name) for name in names]
    geometry = shapely.union_all(
        [r.geometry if r.geometry.area > 0 else buffer_km(r.geometry, TOUCH_KM) for r in found]
    )
    return compose_region(
        [reading(geometry, 1)],
        method="union",
        why="All of: " + "; ".join(r.why for r in found),
        where_prec=max(r.where_prec for r in found),
        radius_km=max(r.radius_km for r in found),
        places=[place for r in found for place in r.places],
    )


def locate_either(names: list[str], ground: Ground) -> Region:
    """Locate "A or B": each a reading, equally likely."""
    found = [ground.inner(name) for name in names]
    return compose_region(
        [reading(p.geometry, p.weight / len(found), p.place) for r in found for p in r.parts],
        method="either",
        why="One of: " + "; ".join(r.why for r in found),
        where_prec=max(r.where_prec for r in found),
        radius_km=max(r.radius_km for r in found),
        places=[place for r in found for place in r.places],
    )


def locate_comma(first: str, second: str, ground: Ground) -> Region:
    """Locate "X, Y": X in Y where Y is larger and holds it ("Mosul, Iraq"), Y as a whole where X is unknown, else both."""
    outer = ground.inner(second, "area")
    countries = tuple(p.country for p in outer.places if p.country)[:1]
    inner = _try(first, ground, "any", countries)
    if inner is None and outer.where_prec >= COUNTRY_PREC:
        raise NotFoundError(f"{first!r} is not known in {second}; check the spelling, or name a larger place near it")
    if inner is None:
        return _as_whole(outer, f"{first!r} is not in the gazetteer")
    holds = buffer_km(outer.geometry, TOUCH_KM).covers(inner.geometry.representative_point())
    if holds and inner.where_prec < outer.where_prec:
        return meet(inner, outer)
    return locate_union([first, second], ground)


def locate_slash(first: str, second: str, ground: Ground) -> Region:
    """Locate "X/Y" or "X (Y)": two names of one place; the first that is known."""
    found = _try(first, ground, ground.prefer)
    return found if found is not None else ground.inner(second, ground.prefer)


def _try(phrase: str, ground: Ground, prefer: str, countries: tuple[str, ...] = ()) -> Region | None:
    try:
        if prefer == "area":
            return ground.inner(phrase, "area", countries=countries)
        return ground.inner(phrase, countries=countries)
    except NotFoundError:
        return None
