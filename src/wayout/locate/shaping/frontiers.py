"""Borders: of one country, between two, of provinces; as the shared line, to which the radius adds its width."""

from collections.abc import Iterable
from dataclasses import replace

import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from wayout.errors import NotFoundError
from wayout.geo.borders import countries_of, country_outline
from wayout.geo.compass import buffer_km, plane_around
from wayout.geo.layers import read_layer
from wayout.geo.line_cut import join_path, shared_line
from wayout.locate.composing import compose_region, reading
from wayout.locate.context import Ground
from wayout.locate.doubt import shape_of
from wayout.locate.resolving.names import country_name
from wayout.model import Region, WeightedGeometry

WHOLE_WEIGHT = 0.25
"""Weight of all of a country's border, against the stretch with the neighbour most spoken of."""
MEET_KM = 5.0
"""Three outlines that come this close to one point meet there."""
TRI_BORDER_KM = 100.0
"""How far "the tri-border area" reaches: it is spoken of where a day's drive crosses all three."""
AWAY_WEIGHT = 0.15
"""Weight of a neighbour that the context does not speak of, against one it does."""


def locate_border_between(first: str, second: str, ground: Ground) -> Region:
    """
    Locate the border between two countries or provinces: the line their outlines share.

    Raises
    ------
    NotFoundError
        If either is unknown or they do not touch.
    """
    one, other = ground.inner(first, "area"), ground.inner(second, "area")
    parts = []
    for a in _areas(one):
        for b in _areas(other):
            line = shared_line(a.geometry, b.geometry)
            if not line.is_empty:
                parts.append(reading(line, a.weight * b.weight))
    if not parts:
        raise NotFoundError(f"{first!r} and {second!r} share no border on the map; check the two names")
    why = f"The line that {one.phrase} and {other.phrase} share; {one.why} {other.why}"
    return compose_region(parts, method="border", why=why, where_prec=5, places=(*one.places, *other.places))


def locate_border_with(named: str, ground: Ground) -> Region:
    """
    Locate "the border with X" or "the X border": X's border with the country spoken of, else with each neighbour.

    Raises
    ------
    NotFoundError
        If X is unknown or has no land border.
    """
    other = ground.inner(named, "area")
    parts = []
    for area in _areas(other):
        if area.place is not None and area.place.kind == "country" and area.place.country:
            for code, weight in _partners(area.place.country, area.geometry, ground):
                outline = country_outline(code)
                line = shared_line(outline, area.geometry) if outline is not None else shapely.LineString()
                parts.append(reading(line, area.weight * weight))
        else:
            parts.append(reading(area.geometry.boundary, area.weight, area.place))
    if not any(not part.geometry.is_empty for part in parts):
        raise NotFoundError(f"{named!r} has no land border on the map; name another country")
    partner = _partner_name(parts, other)
    why = f"The border of {other.places[0].name if other.places else other.phrase}{partner}; {other.why}"
    return compose_region(parts, method="border", why=why, where_prec=5, places=other.places)


def locate_border_side(side: str, neighbour: str | None, ground: Ground) -> Region:
    """
    Locate "the A side of the border (with B)": the strip of A along it.

    Raises
    ------
    NotFoundError
        If A is no country or has no such border.
    """
    home = ground.inner(side, "area")
    code = next((place.country for place in home.places if place.kind == "country"), None)
    outline = country_outline(code) if code else None
    if code is None or outline is None:
        raise NotFoundError(f"{side!r} is not a country with a side of a border; name a country")
    if neighbour is not None:
        border = locate_border_between(side, neighbour, ground)
    else:
        spoken = [c for c in home_countries(ground) if c != code]
        lines = [shared_line(outline, other) for c in spoken if (other := country_outline(c)) is not None]
        line = next((line for line in lines if not line.is_empty), outline.boundary)
        border = compose_region([reading(line, 1)], method="border", why="", where_prec=5)
    reach = shape_of("bank_km")
    parts = [reading(buffer_km(p.geometry, reach).intersection(outline), p.weight, p.place) for p in border.parts]
    why = f"The strip of {country_name(code)} within {reach:g} km of the border. {border.why}".strip()
    return compose_region(parts, method="bank", why=why, where_prec=5, places=(*home.places, *border.places))


def locate_tri_border(named: list[str], ground: Ground) -> Region:
    """
    Locate the area where three countries meet: the ground round the point they share.

    Raises
    ------
    NotFoundError
        If the three do not meet anywhere.
    """
    found = [ground.inner(name, "area") for name in named]
    near = [buffer_km(region.geometry, MEET_KM) for region in found]
    meeting = near[0].intersection(near[1]).intersection(near[2])
    if meeting.is_empty:
        raise NotFoundError(f"{', '.join(named)} do not meet at one point on the map; name two of them")
    around = buffer_km(meeting.centroid, TRI_BORDER_KM)
    why = f"The ground within {TRI_BORDER_KM:g} km of where {', '.join(named)} meet."
    places = [place for region in found for place in region.places[:1]]
    return compose_region([reading(around, 1)], method="within", why=why, where_prec=5, places=places)


def locate_border_stretch(border: str | None, ends: list[str], neighbour: str | None, ground: Ground) -> Region:
    """
    Locate a stretch of a border between two places near it.

    Parameters
    ----------
    border
        The border as a phrase; ``None`` where only the neighbour is said.
    ends
        The two places.
    neighbour
        The country on the other side.
    ground
        Gazetteer and context.

    Returns
    -------
    region
        Method "border": the line between the points nearest to the two places.

    Raises
    ------
    NotFoundError
        If a name is unknown, or "between" names the two countries of the border and not places on it.
    """
    if neighbour is not None:
        places = [ground.inner(end, "point") for end in ends]
        homes = {place.country: 1.0 for region in places for place in region.places[:1] if place.country}
        context = replace(ground.context, countries={**ground.context.countries, **homes})
        line = locate_border_with(neighbour, replace(ground, context=context))
    else:
        line = ground.inner(border or "the border", "line")
        countries = [place.country for place in line.places if place.country]
        places = [ground.inner(end, "point", countries=countries) for end in ends]
    if any(region.parts[0].place and region.parts[0].place.kind == "country" for region in places):
        raise NotFoundError(f"{' and '.join(map(repr, ends))} are no places on a border; name towns near it")
    parts = [reading(_between(p.geometry, places), p.weight, p.place) for p in line.parts if p.geometry.length]
    if all(part.geometry.is_empty for part in parts):
        raise NotFoundError(f"no stretch of that border lies between {ends[0]!r} and {ends[1]!r}; check the names")
    why = f"The stretch between {ends[0]} and {ends[1]}. {line.why}"
    found = [place for region in places for place in region.places]
    return compose_region(parts, method="border", why=why, where_prec=5, places=(*line.places, *found))


def locate_border_across(named: str, ground: Ground) -> Region:
    """
    Locate "across the border from X": the ground near X in other countries.

    Raises
    ------
    NotFoundError
        If X is unknown or lies far from every border.
    """
    thing = ground.inner(named, "point")
    parts = []
    for part in thing.parts:
        home = country_outline(part.place.country) if part.place and part.place.country else None
        around = buffer_km(part.geometry, shape_of("near_area_km"))
        abroad = around.intersection(
            shapely.union_all([f.geometry for f in read_layer("countries") if f.geometry.intersects(around)])
        )
        parts.append(reading(abroad.difference(home) if home is not None else abroad, part.weight, part.place))
    if all(part.geometry.area == 0 for part in parts):
        raise NotFoundError(f"{named!r} lies at no border on the map; name a place nearer to it")
    why = f"The ground within {shape_of('near_area_km'):g} km of {named}, in another country; {thing.why}"
    kept = [part for part in parts if part.geometry.area > 0]
    return compose_region(kept, method="near", why=why, where_prec=5, places=thing.places)


def locate_border(ground: Ground) -> Region:
    """
    Locate a bare "the border": between the two countries most spoken of if they touch, else all of the first one's.

    Raises
    ------
    NotFoundError
        If no country is spoken of.
    """
    ranked = home_countries(ground)
    if not ranked:
        raise NotFoundError("'the border' needs a country it is the border of; give --country")
    home = country_outline(ranked[0])
    if home is None:
        raise NotFoundError(f"country {ranked[0]!r} is not on the map; give an ISO 3166-1 code such as SY")
    spoken = ground.context.countries
    top = max((spoken.get(code, 0.0) for code in ranked[1:4]), default=0.0) or 1.0
    parts = [reading(home.boundary, WHOLE_WEIGHT)]
    for code in ranked[1:4]:
        outline = country_outline(code)
        line = shared_line(home, outline) if outline is not None else shapely.LineString()
        parts.append(reading(line, spoken.get(code, 0.0) / top))
    why = f"A border of {country_name(ranked[0])}, which one is not said: those with countries spoken of, or all of it."
    return compose_region(parts, method="border", why=why, where_prec=5)


def home_countries(ground: Ground) -> tuple[str, ...]:
    """List the countries in question: those spoken of, those of the area under discussion before them."""
    spoken = ground.context.ranked_countries()
    area = ground.context.area
    first = countries_of(area.geometry) if area is not None else ()
    return tuple(dict.fromkeys((*[c for c in first if c in spoken or not spoken], *spoken)))


def _between(line: BaseGeometry, places: list[Region]) -> BaseGeometry:
    """Cut the stretch of a line between the points nearest to two places."""
    plane = plane_around(line)
    path = join_path(plane.project(line))
    first, last = sorted(
        path.project(plane.project(region.geometry.representative_point()).centroid) for region in places
    )
    return plane.unproject(substring(path, first, last)) if last > first else shapely.LineString()


def _areas(region: Region) -> list[WeightedGeometry]:
    return [part for part in region.parts if part.geometry.area > 0]


def _partners(country: str, outline: BaseGeometry, ground: Ground) -> list[tuple[str, float]]:
    """Weigh the neighbours of a country as the other side of its border: those spoken of first."""
    spoken = {code: ground.context.countries.get(code, 0.0) for code in home_countries(ground)}
    top = max(spoken.values(), default=0.0) or 1.0
    weights = {code: max(weight / top, 0.3) for code, weight in spoken.items()}
    near = outline.buffer(0.1)
    neighbours = [str(f.properties["iso_a2"]) for f in read_layer("countries") if f.geometry.intersects(near)]
    ranked = [(code, weights.get(code, 0.0)) for code in _others(neighbours, country)]
    if any(weight > 0 for _, weight in ranked):
        return [(code, weight) for code, weight in ranked if weight > AWAY_WEIGHT]
    return [(code, 1.0) for code, _ in ranked]


def _others(codes: Iterable[str], but: str) -> list[str]:
    return sorted(code for code in codes if code != but)


def _partner_name(parts: list[WeightedGeometry], other: Region) -> str:
    best = max((p for p in parts if not p.geometry.is_empty), key=lambda p: p.weight)
    middle = best.geometry.interpolate(0.5, normalized=True)
    codes = countries_of(middle.buffer(0.1), least_share=0.05)
    own = {place.country for place in other.places}
    names = [country_name(code) for code in codes if code not in own]
    return f" with {names[0]}" if names else ""
