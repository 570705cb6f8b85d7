"""Sides and banks of rivers: a country or the area under discussion, cut by the river's line."""

from functools import lru_cache

import shapely
from shapely.geometry.base import BaseGeometry

from wayout.errors import NotFoundError
from wayout.geo.borders import countries_of, country_outline
from wayout.geo.compass import buffer_km, wedge
from wayout.geo.line_cut import side_toward, sides_of_line
from wayout.locate.composing import compose_region, reading
from wayout.locate.context import Ground
from wayout.locate.doubt import shape_of
from wayout.locate.resolving.names import country_name
from wayout.model import Region, WeightedGeometry

SHORE_HALF_WIDTH_DEG = 60.0
"""The western shore of a lake is what lies within this of due west."""
MAX_COUNTRIES = 3
"""Countries a river side is cut from, each a reading of its own."""
LEAST_SPOKEN = 0.15
"""A country spoken of less than this, against the most spoken of, is no reading of its own."""


def locate_side_of_river(bearing: float, river: Region, ground: Ground) -> Region:
    """
    Locate "east of the RIVER": that side of the country spoken of, one reading a country the river passes.

    Parameters
    ----------
    bearing
        Toward which side, degrees clockwise from north.
    river
        The located river.
    ground
        Its context says which countries are spoken of; without any, those the river passes.

    Returns
    -------
    region
        Method "side_of_river".

    Raises
    ------
    NotFoundError
        If the river passes no country in question.
    """
    line = line_of(river)
    parts, names = [], []
    for code, weight in countries_at(line, ground):
        outline = country_outline(code)
        side = side_toward(outline, line, bearing) if outline is not None else shapely.Polygon()
        if not side.is_empty:
            parts.append(reading(side, weight, river.parts[0].place))
            names.append(country_name(code))
    if not parts:
        raise NotFoundError(f"{river.phrase!r} does not run through the countries in question; give --country")
    why = f"{names[0]} cut by the line of {river.phrase}, extended at its ends: the side toward {bearing:g} degrees."
    return compose_region(parts, method="side_of_river", why=why, where_prec=5, places=river.places)


def locate_bank(named: str, side: str | float, ground: Ground) -> Region:
    """
    Locate a river bank: the strip along the river on its left or right (looking downstream), or toward a bearing.

    The layer draws rivers downstream; where it does not, left and right are exchanged.
    """
    river = ground.inner(named, "line")
    if river.geometry.area > 0 and isinstance(side, float):
        shore = wedge(river.geometry, side, SHORE_HALF_WIDTH_DEG, shape_of("bank_km"))
        why = f"The ground within {shape_of('bank_km'):g} km of {named}, toward {side:g} degrees; {river.why}"
        return compose_region([reading(shore, 1)], method="bank", why=why, where_prec=5, places=river.places)
    line = line_of(river)
    parts: list[WeightedGeometry] = []
    for code, weight in countries_at(line, ground):
        outline = country_outline(code)
        if outline is None:
            continue
        strip = buffer_km(line.intersection(outline), shape_of("bank_km")).intersection(outline)
        whole = side_toward(outline, line, side) if isinstance(side, float) else _hand(outline, line, side)
        parts.append(reading(strip.intersection(whole), weight, river.parts[0].place))
    if not any(not part.geometry.is_empty for part in parts):
        raise NotFoundError(f"{named!r} has no such bank in the countries in question; give --country")
    way = f"toward {side:g} degrees" if isinstance(side, float) else f"on its {side}, looking downstream"
    why = f"The strip of {shape_of('bank_km'):g} km along {named}, {way}."
    return compose_region(parts, method="bank", why=why, where_prec=5, places=river.places)


def locate_between_rivers(first: Region, second: Region, ground: Ground) -> Region:
    """Locate the ground between two rivers: where each river's side toward the other overlaps, within their common hull."""
    one, other = line_of(first), line_of(second)
    hull = shapely.union_all([one, other]).convex_hull
    parts = []
    spoken = ground.context.countries
    for code, weight in sorted(spoken.items()) or countries_at(one, ground):
        outline = country_outline(code)
        if outline is None or not outline.intersects(hull):
            continue
        between = _side_facing(outline, one, other).intersection(_side_facing(outline, other, one))
        parts.append(reading(between.intersection(hull), weight))
    if not any(not part.geometry.is_empty for part in parts):
        raise NotFoundError(
            f"{first.phrase!r} and {second.phrase!r} enclose nothing of the countries in question; give --country"
        )
    why = f"The ground between {first.phrase} and {second.phrase}, in the country spoken of."
    return compose_region(parts, method="between", why=why, where_prec=5, places=(*first.places, *second.places))


def is_river(region: Region) -> bool:
    """Tell whether the best reading is a river."""
    place = region.parts[0].place
    return region.method == "name" and place is not None and place.kind == "river"


def countries_at(line: BaseGeometry, ground: Ground) -> list[tuple[str, float]]:
    """List the countries a line passes that are spoken of, with weights; if none is, those it passes, longest first."""
    passed = _countries_passed(line)
    spoken = ground.context.countries
    area = ground.context.area
    if not any(code in spoken for code in passed) and area is not None:
        spoken = dict.fromkeys(countries_of(area.geometry), 1.0)
    ranked = [(code, spoken[code]) for code in passed if spoken.get(code, 0) > 0]
    if not ranked:
        ranked = [(code, 1 / (i + 1)) for i, code in enumerate(passed)]
    ranked.sort(key=lambda item: (-item[1], item[0]))
    top = ranked[0][1] if ranked else 1.0
    return [(code, weight / top) for code, weight in ranked if weight >= LEAST_SPOKEN * top][:MAX_COUNTRIES]


@lru_cache(maxsize=256)
def _countries_passed(line: BaseGeometry) -> tuple[str, ...]:
    return countries_of(buffer_km(line, 3), least_share=0.02)


def line_of(river: Region) -> BaseGeometry:
    """Return the line of a located river, the longest of its readings; an error where it has none."""
    lines = [part.geometry for part in river.parts if part.geometry.area == 0 and part.geometry.length > 0]
    if not lines:
        raise NotFoundError(f"{river.phrase!r} is not a river on the map; name a river")
    return max(lines, key=lambda line: line.length)


def _hand(outline: BaseGeometry, line: BaseGeometry, hand: str) -> BaseGeometry:
    left, right = sides_of_line(outline, line)
    return left if hand.casefold() == "left" else right


def _side_facing(outline: BaseGeometry, line: BaseGeometry, toward: BaseGeometry) -> BaseGeometry:
    left, right = sides_of_line(outline, line)
    in_left, in_right = (toward.intersection(side).length for side in (left, right))
    return left if in_left >= in_right else right
