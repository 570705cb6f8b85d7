"""Which of a name's candidates may be meant at all in a report: no village of a country nobody speaks of, no river of a namesake."""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from shapely.geometry import Point

from wayout.geo.borders import country_outline
from wayout.geo.compass import distance_km
from wayout.locate.context import Ground, Places
from wayout.locate.doubt import weight_of
from wayout.locate.gazetteer import split_kind_word
from wayout.locate.looking_up.regions import read_regions
from wayout.locate.looking_up.spelling import likeness
from wayout.locate.resolving.constants import constant
from wayout.locate.resolving.nodes import FINE_KINDS
from wayout.locate.shaping.grammar import strip_articles
from wayout.model import Place, PlaceKind
from wayout.text.names import fold_name

SAME_NAME = 95.0
"""Likeness (0-100) from which a candidate bears the very name of the phrase."""
FAMOUS_TOWN, NEXT_DOOR_TOWN = 100_000, 15_000
"""Inhabitants from which a town is meant though its country is not spoken of: anywhere, or just over the border."""
LIKE_NAME = 88.0
"""Likeness (0-100) that a town in a country not spoken of must have to the name."""
NEXT_DOOR_DEG = 1.0
RIVER_REACH_DEG = 0.2
MAX_SPOKEN = 4
BELIEVABLE_KM = 50.0
_TOWN: tuple[PlaceKind, ...] = ("populated_place",)
_SITE: tuple[PlaceKind, ...] = ("installation",)
_NATURAL = ("region", "river", "lake", "sea")
"""Kinds for which no town stands, nor one of them for another."""


def is_at_hand(name: str, place: Place, ground: Ground) -> bool:
    """
    Tell whether a place may be meant at all: not a village, nor another spelling, of a country hardly spoken of.

    Parameters
    ----------
    name
        As written, perhaps with its kind word.
    place
        A candidate for it.
    ground
        Gazetteer and context.

    Returns
    -------
    is_at_hand
        Whether it stays a candidate.
    """
    spoken = ground.context.countries
    bare, said = split_kind_word(fold_name(name))
    if _is_namesake_of_nature(name, place, said) or (said[:1] == _SITE and place.kind not in said):
        return False
    if not spoken:
        return True
    if place.kind == "region" and name == name.casefold():
        # "the tri-border area" is a description: it is meant only where its countries are spoken of.
        return not countries_of_place(place) or any(home in spoken for home in countries_of_place(place))
    if place.kind not in ("populated_place", "admin2", "admin3", "admin1"):
        return True
    if spoken.get(place.country or "", 0.0) >= weight_of("well_spoken") * max(spoken.values()):
        return True
    possible = ground.context.possible.get(fold_name(name), ground.context.possible.get(bare))
    if (possible is not None and str(place.id) not in possible) or (place.kind not in said and said == _TOWN):
        return False  # the names of the report together say so; "the town of Mara" is no province abroad
    alike = likeness(bare, fold_name(strip_articles(place.name)[0]))
    if alike < (SAME_NAME if place.kind == "admin1" else LIKE_NAME):
        return False
    population = place.population or 0
    if place.kind == "admin1" or population >= FAMOUS_TOWN:
        return True
    is_spoken = spoken.get(place.country or "", 0.0) >= constant("foreign_share") * sum(spoken.values())
    if population < NEXT_DOOR_TOWN and not is_spoken:
        return False
    return is_spoken or any(is_next_door(place, code) for code in ground.context.ranked_countries()[:MAX_SPOKEN])


def _is_namesake_of_nature(name: str, place: Place, said: Sequence[PlaceKind | str]) -> bool:
    """Tell that a town or river only shares the name of mountains, a lake ...: "the Ural Mountains" are no town called Ural."""
    if place.kind not in ("populated_place", "river", "lake") or place.kind in said:
        return False
    return said[:1] != () and said[0] in _NATURAL and fold_name(place.name) != fold_name(name)


def is_believable(name: str, place: Place, ground: Ground) -> bool:
    """Tell whether a misspelling may be believed: only in or near what the report says that the name lies in, where it says so."""
    key = fold_name(name)
    outer = ground.context.inside.get(key) or ground.context.inside.get(split_kind_word(key)[0])
    if outer is None or outer.kind not in (*FINE_KINDS, "admin1"):
        return True
    if outer.kind == "admin1":
        return outer.admin1 == place.admin1
    return distance_km(Point(outer.lon, outer.lat), Point(place.lon, place.lat)) <= BELIEVABLE_KM


def without_rivers_abroad(name: str, found: Sequence[Place], ground: Ground) -> list[Place]:
    """
    Leave out rivers that flow in no country spoken of, unless it can be no other and is said to be a river.

    There are many rivers called San Juan, and "Snake" alone is hardly the one in Idaho.

    Parameters
    ----------
    name
        As written.
    found
        Its candidates.
    ground
        Gazetteer and context.

    Returns
    -------
    kept
        In the same order.
    """
    rivers = [place for place in found if place.kind == "river"]
    if not rivers or not ground.context.countries:
        return list(found)
    spoken = tuple(sorted(ground.context.ranked_countries(weight_of("well_spoken"))))
    here = {place.id for place in rivers if _flows_in(place, spoken, ground.gazetteer)}
    key = fold_name(name)
    is_said = key.endswith("river") or ground.prefer == "line" or key in ground.context.senses
    if not here and is_said and len({fold_name(place.name) for place in rivers}) == len(rivers) == 1:
        return list(found)
    return [place for place in found if place.kind != "river" or place.id in here]


@lru_cache(maxsize=4096)
def _flows_in(river: Place, countries: tuple[str, ...], gazetteer: Places) -> bool:
    line = gazetteer.geometry(river)
    outlines = (country_outline(code) for code in countries)
    return any(outline is not None and bool(outline.dwithin(line, RIVER_REACH_DEG)) for outline in outlines)


@lru_cache(maxsize=4096)
def is_next_door(place: Place, code: str) -> bool:
    """Tell whether a place lies in or just outside a country."""
    outline = country_outline(code)
    return outline is not None and bool(outline.dwithin(Point(place.lon, place.lat), NEXT_DOOR_DEG))


@cache
def informal_rows() -> dict[str, Any]:
    """Map the ids of informal regions to their rows of ``regions.yaml``."""
    return {str(region.place.id): region.row for region in read_regions()}


def countries_of_place(place: Place) -> tuple[str, ...]:
    """List the countries a place lies in, as its entry says; empty for rivers, seas and continents."""
    row = informal_rows().get(str(place.id))
    if row is not None:
        return tuple(row["in"])
    return (place.country,) if place.country else ()
