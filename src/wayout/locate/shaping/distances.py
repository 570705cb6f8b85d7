"""Stated distances: so many km to a side, from so many to so many, a day's walk, so far inside a country."""

from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from wayout.errors import NotFoundError
from wayout.geo.borders import country_outline
from wayout.geo.compass import buffer_km, surfaces_of, wedge
from wayout.geo.line_cut import shared_line
from wayout.locate.composing import compose_region, reading
from wayout.locate.context import Ground
from wayout.locate.doubt import shape_of
from wayout.locate.resolving.names import POINT_KINDS, country_name
from wayout.locate.shaping.frontiers import home_countries
from wayout.locate.shaping.grammar_file import speeds
from wayout.model import Region, WeightedGeometry

LEAST_KM = 0.1
"""A ring has at least this hole, so that it is a ring."""
SHORT_KM = 25.0
"""UCDP's where_prec 2: within some 25 km of a known point."""
MOST_KM = 2000.0
"""A distance stated beyond this says nothing of a place in a conflict."""
CROW_SHARE = 0.5
"""A way of a stated length ends at least this share of it away as the crow flies: ways bend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """How far, km: ``least`` to ``most`` (0 <= least < most), and how the phrase says it."""

    least: float
    most: float
    said: str


def about(km: float) -> Span:
    """Widen a stated distance by the usual roundness of such figures."""
    spread = shape_of("distance_spread")
    return Span(
        least=km * (1 - spread), most=km * (1 + spread), said=f"{km:.3g} km, give or take {round(spread * 100)} %,"
    )


def travelled(amount: float, span: str, way: str, within: bool) -> Span:
    """Turn a stated time and way of travel into a distance, by the speeds in the grammar's file."""
    row = speeds()[" ".join(way.casefold().split())]
    km = {
        "minute": amount / 60 * row["hour"],
        "hour": amount * row["hour"],
        "day": amount * row["day"],
        "week": 7 * amount * row["day"],
    }[span.casefold()]
    said = f"{amount:g} {span.casefold()}(s) of {row['words'][0]}, taken as up to {km:g} km of way,"
    return Span(least=0.0 if within else CROW_SHARE * km, most=km, said=said)


def locate_distance(span: Span, bearing: float | None, named: str, ground: Ground) -> Region:
    """
    Locate "30 km west of X" (a piece of ring) or, without a bearing, "30 km from X" (the ring).

    Distances count from the middle of a town, from the edge of an area, from a line.

    Parameters
    ----------
    span
        How far, km.
    bearing
        Toward which side, degrees clockwise from north; ``None`` for any.
    named
        From where.
    ground
        Gazetteer and context.

    Returns
    -------
    region
        Method "distance"; ``where_prec`` 2 up to 25 km of a known point, else 5.

    Raises
    ------
    NotFoundError
        If X is unknown or the distance is beyond any use.
    """
    if not 0 < span.most <= MOST_KM:
        raise NotFoundError(f"a distance of {span.most:g} km from {named!r} places nothing; name a nearer place")
    thing = ground.inner(named, "point")
    parts = [reading(ring(start_of(p), span, bearing), p.weight, p.place) for p in thing.parts]
    way = "away" if bearing is None else f"toward {bearing:g} degrees"
    prec = 2 if span.most <= SHORT_KM * (1 + shape_of("distance_spread")) and thing.where_prec <= 2 else 5
    why = f"{span.said} {way} from {named}; {thing.why}"
    return compose_region(parts, method="distance", why=why, where_prec=prec, places=thing.places)


def locate_inside(span: Span, country: str, start: str | None, ground: Ground) -> Region:
    """
    Locate "10 km inside COUNTRY (from X)": that far from X, or from the country's border, on the country's ground.

    Without X the border with the countries spoken of is meant, else all of it.

    Raises
    ------
    NotFoundError
        If it is no country or division, or nothing of it lies so far from there.
    """
    home = ground.inner(country, "area")
    code = next((place.country for place in home.places if place.kind == "country"), None)
    whole = home.geometry
    if whole.area == 0:
        raise NotFoundError(f"{country!r} is no country or area that one can be inside of; name one")
    if start is None or start.casefold().removeprefix("the ") in ("border", "frontier", "boundary"):
        edges, from_what = [reading(_edge(whole, code, ground), 1)], "its border"
    else:
        there = ground.inner(start, "point")
        edges, from_what = [reading(start_of(p), p.weight, p.place) for p in there.parts], start
    parts = [reading(surfaces_of(ring(p.geometry, span, None).intersection(whole)), p.weight, p.place) for p in edges]
    if all(part.geometry.is_empty for part in parts):
        raise NotFoundError(f"nothing of {country!r} lies {span.most:g} km from {from_what}; check the two")
    why = f"{span.said} from {from_what} inside {country_name(code) if code else country}; {home.why}"
    return compose_region(parts, method="distance", why=why, where_prec=5, places=home.places)


def start_of(part: WeightedGeometry) -> BaseGeometry:
    """Return where a distance counts from: the middle of a town, else the thing itself."""
    place = part.place
    if place is not None and place.kind in POINT_KINDS and part.geometry.area > 0:
        return shapely.Point(place.lon, place.lat)
    return part.geometry


def ring(start: BaseGeometry, span: Span, bearing: float | None) -> BaseGeometry:
    """Build the ground between two distances from a thing, lon/lat; with a bearing only that side of it."""
    half = shape_of("corner_half_width_deg")
    outer = buffer_km(start, span.most) if bearing is None else wedge(start, bearing, half, span.most)
    hole = buffer_km(start, max(span.least, LEAST_KM)) if span.least > 0 else _itself(start)
    return surfaces_of(outer.difference(hole))


def _itself(start: BaseGeometry) -> BaseGeometry:
    return start if start.area > 0 else shapely.Polygon()


def _edge(whole: BaseGeometry, code: str | None, ground: Ground) -> BaseGeometry:
    """Return the border of an area with the countries spoken of; all of its outline where none touches it."""
    others = [outline for other in home_countries(ground) if other != code and (outline := country_outline(other))]
    lines = [line for outline in others if not (line := shared_line(outline, whole)).is_empty]
    return shapely.union_all(lines) if lines else whole.boundary
