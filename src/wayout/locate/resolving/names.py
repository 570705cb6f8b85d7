"""Plain names: which of the places of a name is meant, as weighted readings."""

import math
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from wayout.errors import NotFoundError
from wayout.geo.borders import country_outline
from wayout.geo.compass import buffer_km, distance_km
from wayout.locate.composing import compose_region, reading
from wayout.locate.context import Ground, Sense
from wayout.locate.doubt import large_town, radius_of, shape_of, weight_of
from wayout.locate.gazetteer import split_kind_word
from wayout.locate.looking_up.river_names import rivers_named
from wayout.locate.looking_up.spelling import likeness
from wayout.locate.looking_up.standing_in import coarser_part, stands_for
from wayout.locate.resolving.at_hand import (
    MAX_SPOKEN,
    NEXT_DOOR_DEG,
    informal_rows,
    is_at_hand,
    is_believable,
    without_rivers_abroad,
)
from wayout.locate.resolving.at_hand import SAME_NAME as SAME_NAME
from wayout.locate.resolving.constants import constant
from wayout.locate.resolving.resolve import resolve_toponyms
from wayout.locate.shaping.grammar import is_generic, strip_articles
from wayout.model import Place, PlaceKind, Region, WeightedGeometry
from wayout.text.names import fold_name
from wayout.vocab import read_vocab

POINT_KINDS = frozenset({"populated_place", "crossing", "installation"})
AREA_KINDS = frozenset({"admin1", "admin2", "admin3", "country", "continent", "region", "lake", "sea"})
WHERE_PREC = {
    "populated_place": 1,
    "crossing": 2,
    "admin2": 3,
    "admin3": 3,
    "installation": 1,
    "admin1": 4,
    "region": 5,
    "river": 5,
    "lake": 5,
    "road": 5,
    "country": 6,
    "continent": 6,
    "sea": 7,
}
"""UCDP GED codebook 19.1, where_prec."""
LEAST_LIKE = 20.0
"""Names of two scripts are not alike at all, and may be the same."""
TWIN_KM = 40.0
"""A district whose label lies this close to the town of its name is the same reading."""


def locate_name(name: str, ground: Ground) -> Region:
    """
    Locate a plain name as weighted readings.

    A candidate's weight falls with its rank in the gazetteer, with its country being little spoken of, with its distance from
    places already located and with its unlikeness to the name; it rises if it is of the kind that the phrase needs.

    Parameters
    ----------
    name
        A name, perhaps with article and kind word.
    ground
        Gazetteer and context.

    Returns
    -------
    region
        Method "name"; its first place is the best candidate.

    Raises
    ------
    NotFoundError
        If no place of this name is known.
    """
    bare, definite = strip_articles(name)
    if bare == bare.casefold() and (is_generic(bare) or split_kind_word(f"x {fold_name(bare)}")[0] == "x"):
        raise NotFoundError(f"{name!r} names no place by itself; say of which place")
    found = find_places_named(bare, ground)
    if definite or ground.prefer == "line":
        found = tuple(dict.fromkeys((*_rivers(bare, ground), *found)))
    at_hand = without_rivers_abroad(bare, [place for place in found if is_at_hand(bare, place, ground)], ground)
    if not at_hand:
        countries = ground.context.ranked_countries()
        # Misspellings are looked for only in the country most spoken of: elsewhere they find anything.
        at_hand = list(ground.gazetteer.find(bare, countries=countries[:1], fuzzy=True)) if not found else []
        at_hand = [p for p in at_hand if p.country in countries[:1] and is_believable(bare, p, ground)]
    stand_in = coarser_part(bare, ground.context.ranked_countries()[:1], ground.gazetteer.find) if not at_hand else None
    if stand_in is not None:
        at_hand = [stand_in.place]
    if not at_hand:
        raise NotFoundError(_unknown(name, found, ground))
    found = tuple(at_hand)
    weighted = weigh_candidates(bare, found, definite, ground)
    parts = [part for place, weight in weighted for part in _readings(place, weight, ground)]
    best = weighted[0][0]
    where_prec, radius = doubt_of(best, parts[0].geometry)
    why = why_taken(name, weighted)
    stand_in = stand_in or stands_for(bare, best)
    if stand_in is not None:
        where_prec, radius = max(where_prec, stand_in.where_prec), max(radius, radius_of("near", parts[0].geometry))
        why = f"{stand_in.why} {why}"
    return compose_region(
        parts,
        method="name",
        why=why,
        where_prec=where_prec,
        radius_km=radius,
        places=[place for place, _ in weighted[:1]],
    )


def _unknown(name: str, found: Sequence[Place], ground: Ground) -> str:
    """Say that a name is not known, where it was looked for, and what to do."""
    spoken = [country_name(code) for code in ground.context.ranked_countries(weight_of("well_spoken"))[:MAX_SPOKEN]]
    where = f" in {' or '.join(spoken)}" if spoken else ""
    advice = "either it is too small for the gazetteer (500 inhabitants) or it is spelt otherwise: name a larger place near it"
    surroundings = ground.context.beside.get(fold_name(strip_articles(name)[0]))
    if surroundings is not None:
        where += f" (the report names it with {surroundings.name})"
    elsewhere = sorted({place.country for place in found[:5] if place.country})
    if elsewhere:
        homes = ", ".join(f"{country_name(code)} (--country {code})" for code in elsewhere)
        advice += f", or say so if the one in {homes} is meant"
    return f"no place named {name!r} is known{where}; {advice}"


_COUNTRY: tuple[PlaceKind, ...] = ("country",)
_RIVER: tuple[PlaceKind, ...] = ("river",)


def find_places_named(name: str, ground: Ground) -> tuple[Place, ...]:
    """Find candidates for a name; "Iraqi Kurdistan" that is not known whole is Kurdistan, looked for in Iraq."""
    countries = ground.context.ranked_countries(weight_of("well_spoken"))
    found = ground.gazetteer.find(name, countries=countries)
    folded = fold_name(name)
    words = folded.split(" ")
    openings = (" ".join(words[:n]) for n in range(len(words), 0, -1))
    adjective = next((opening for opening in openings if opening in _adjectives()), None)
    if folded == adjective:
        return ground.gazetteer.find(country_name(_adjectives()[adjective]), kinds=_COUNTRY) or found
    if adjective is None or any(likeness(folded, fold_name(p.name)) >= SAME_NAME for p in found[:1]):
        return found
    rest = " ".join(name.split()[len(adjective.split()) :])
    return ground.gazetteer.find(rest, countries=[_adjectives()[adjective]]) or found


@lru_cache(maxsize=1024)
def country_name(iso2: str) -> str:
    """Return a country's usual English name; its code if unknown."""
    return next((c["name"] for c in read_vocab("countries.yaml")["countries"] if c["iso2"] == iso2), iso2)


def shape_of_place(place: Place, ground: Ground) -> BaseGeometry:
    """Return a place's geometry; a town is the disc its people need, a district without outline a disc of stated radius."""
    geometry = ground.gazetteer.geometry(place)
    if geometry.geom_type != "Point":
        return geometry
    if place.kind == "admin2":
        return buffer_km(geometry, shape_of("admin2_km"))
    return buffer_km(geometry, town_radius_km(place))


def centre_of(place: Place) -> Point:
    """Return a place's label point, lon/lat."""
    return Point(place.lon, place.lat)


def doubt_of(place: Place, geometry: BaseGeometry) -> tuple[int, float]:
    """Return UCDP's where_prec and the 90 % radius (km) of a place as such."""
    row = informal_rows().get(str(place.id))
    if row is not None:
        return int(row.get("prec", 5)), float(row["radius_km"])
    return WHERE_PREC[place.kind], radius_of(place.kind, geometry)


def _rivers(name: str, ground: Ground) -> tuple[Place, ...]:
    """Find rivers of this very name; another spelling of a river is too easily something else."""
    if split_kind_word(fold_name(name))[1] and not fold_name(name).endswith("river"):
        return ()
    known = ground.gazetteer.find(name, kinds=_RIVER)
    alike = tuple(p for p in known if likeness(fold_name(name), fold_name(p.name)) >= SAME_NAME)
    return alike or rivers_named(name)


def town_radius_km(place: Place) -> float:
    """Return the radius of the disc that a town's people need at the usual density, km, kept within the limits of any town."""
    area = (place.population or 0) / shape_of("town_density")
    return min(max(math.sqrt(area / math.pi), shape_of("town_least_km")), shape_of("town_most_km"))


def weigh_candidates(name: str, found: Sequence[Place], definite: bool, ground: Ground) -> list[tuple[Place, float]]:
    """
    Weigh the candidates of a name against each other: what it means here, times the kind that the phrase needs.

    Parameters
    ----------
    name
        As written, without its article.
    found
        At least one candidate.
    definite
        Whether it was written with an article: "the Jordan" is the river.
    ground
        The report, and what the phrase needs.

    Returns
    -------
    weighted
        Best first, weights sum to at most one: those below the least weight are left out.
    """
    folded = fold_name(name)
    meant = {place.id: weight for place, weight in sense_of(name, ground)}
    weighted = []
    for place in _without_twins(found):
        weight = max(meant.get(place.id, 0.0), constant("unmeant"))
        if place.kind == "river" and (definite or ground.prefer == "line"):
            weight = 1.0  # the article, or the phrase, asks for the river
        weight *= (max(likeness(folded, fold_name(place.name)), LEAST_LIKE) / 100) ** weight_of("unlike")
        weight *= _kind_weight(name, place, found, definite, ground)
        weighted.append((place, weight))
    weighted.sort(key=lambda item: (-item[1], str(item[0].id)))
    total = sum(weight for _, weight in weighted)
    kept = [(place, weight / total) for place, weight in weighted if weight >= weight_of("least") * total]
    return kept[: int(weight_of("most_readings"))] or weighted[:1]


def sense_of(name: str, ground: Ground) -> Sense:
    """
    Say what a name means: as the report's names together say, else by itself in the countries and near the places known.

    Parameters
    ----------
    name
        Without article.
    ground
        Gazetteer and context.

    Returns
    -------
    sense
        Places with weights that sum to one, best first; empty if nothing bears the name.
    """
    key = fold_name(name)
    sense = ground.context.senses.get(key) or ground.context.senses.get(split_kind_word(key)[0])
    if sense:
        return sense
    (answer,) = resolve_toponyms(name, [(0, len(name))], ground.gazetteer, context=ground.context)
    return answer.readings if answer.method in ("name", "adjective") else ()


def _without_twins(found: Iterable[Place]) -> list[Place]:
    """Leave out districts that only repeat the town or province of their name."""
    kept: list[Place] = []
    countries = {fold_name(place.name) for place in found if place.kind == "country"}
    has_informal = any(str(place.id) in informal_rows() for place in found)
    for place in found:
        if place.kind == "region" and fold_name(place.name) in countries:
            continue  # the island of Cyprus repeats the country
        if place.kind == "region" and has_informal and str(place.id) not in informal_rows():
            continue  # a physical region of the same name repeats ours
        twin = place.kind == "admin2" and any(
            other.country == place.country and _apart_km(other.lon, other.lat, place.lon, place.lat) < TWIN_KM
            for other in kept
            if other.kind in ("populated_place", "admin1")
        )
        if not twin:
            kept.append(place)
    return kept


@lru_cache(maxsize=50_000)
def _apart_km(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    return distance_km(Point(lon, lat), Point(other_lon, other_lat))


def _kind_weight(name: str, place: Place, found: Sequence[Place], definite: bool, ground: Ground) -> float:
    if place.kind == "river" and ground.prefer != "line":
        # "Jordan" without its article is the country, "the Jordan" the river.
        return weight_of("article_river") if definite else weight_of("bare_river")
    said = split_kind_word(fold_name(name))[1]
    if said:
        return weight_of("said_kind") if place.kind in said else 1.0
    if ground.prefer == "line":
        return weight_of("article_river") if place.kind == "river" else 1.0
    if ground.prefer == "point":
        return weight_of("wanted_point") if place.kind in POINT_KINDS else 1.0
    if ground.prefer == "area":
        return weight_of("wanted_area") if place.kind in AREA_KINDS else 1.0
    is_large = place.kind == "populated_place" and (place.population or 0) >= large_town()
    has_division = any(other.kind == "admin1" and other.country == place.country for other in found)
    return 4.0 if is_large and has_division else 1.0


def _readings(place: Place, weight: float, ground: Ground) -> list[WeightedGeometry]:
    """Return one reading, or for what lies in several countries its part in each that is spoken of, and all of it."""
    whole = shape_of_place(place, ground)
    row = informal_rows().get(str(place.id))
    spoken = ground.context.ranked_countries()
    is_divided = place.kind == "river" or (row is not None and row.get("parts") and set(spoken[:1]) <= set(row["in"]))
    if not spoken or not is_divided:
        return [reading(whole, weight, place)]
    share = weight_of("regional_part")
    here = [other.country for other in ground.context.near if whole.dwithin(centre_of(other), NEXT_DOOR_DEG)]
    parts = []
    for code in spoken[:MAX_SPOKEN]:
        outline = country_outline(code)
        if outline is not None and outline.intersects(whole):
            # Towns of the report in or beside the region say which part of it is spoken of.
            say = ground.context.countries[code] * (1 + here.count(code)) / (1 + len(here))
            parts.append(reading(_common(outline, whole), say, place))
    total = sum(part.weight for part in parts)
    if not parts or not total:
        return [reading(whole, weight, place)]
    own = [reading(p.geometry, weight * share * p.weight / total, place) for p in parts]
    return [*own, reading(whole, weight * (1 - share), place)]


@lru_cache(maxsize=256)
def _common(one: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    return one.intersection(other)


def why_taken(name: str, weighted: Sequence[tuple[Place, float]]) -> str:
    """Say in one sentence which place a name is taken for, with what weight, and which else it may be."""
    first, share = weighted[0]
    where = f" in {country_name(first.country)}" if first.country and first.kind != "country" else ""
    sentence = f"{name} is taken as {first.name}{where} ({first.kind.replace('_', ' ')})"
    if len(weighted) == 1:
        return sentence + "."
    others = ", ".join(f"{p.name} ({p.kind.replace('_', ' ')}, {p.country or '-'})" for p, _ in weighted[1:])
    return f"{sentence}, with weight {share / sum(w for _, w in weighted):.2f}; other readings: {others}."


@cache
def _adjectives() -> dict[str, str]:
    """Map folded adjectives of countries ("iraqi") to ISO codes."""
    pairs = [
        (fold_name(a), row["iso2"]) for row in read_vocab("countries.yaml")["countries"] for a in row["adjectives"]
    ]
    return dict(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))
