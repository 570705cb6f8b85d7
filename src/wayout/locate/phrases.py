"""
Place phrases become regions: the grammar reads the phrase, the rule's method builds the region.

``locate_phrase`` is the door; each method lives in the file of its idea (names, relations, between, frontiers, rivers, sets).
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from wayout.errors import NotFoundError
from wayout.locate.composing import STEP
from wayout.locate.context import Ground, PhraseContext, Places, Preference
from wayout.locate.doubt import shape_of
from wayout.locate.gazetteer import split_kind_word
from wayout.locate.looking_up.spelling import likeness
from wayout.locate.resolving.names import find_places_named, locate_name
from wayout.locate.shaping.between import locate_between, locate_road_to
from wayout.locate.shaping.capitals import locate_capital
from wayout.locate.shaping.frontiers import (
    locate_border,
    locate_border_between,
    locate_border_side,
    locate_border_with,
    locate_tri_border,
)
from wayout.locate.shaping.grammar import (
    Reading,
    after_direction,
    is_generic,
    read_bearing,
    read_distance_km,
    read_phrase,
    share_plural,
    tidy,
)
from wayout.locate.shaping.relations import (
    locate_along,
    locate_beside,
    locate_coast,
    locate_direction,
    locate_distance,
    locate_middle,
    locate_near,
    locate_part,
    locate_rural,
)
from wayout.locate.shaping.rivers import locate_bank
from wayout.locate.shaping.sets import locate_comma, locate_either, locate_slash, locate_union, locate_within, meet
from wayout.model import PlaceKind, Region
from wayout.text.names import fold_name

__all__ = ["PhraseContext", "locate_phrase"]

MAX_DEPTH = 5
"""Phrases nested deeper than this ("the road in the north of the area between ...") are not read further."""
VERY_NAME = 88.0
"""Likeness (0-100) from which a phrase that could also be a relation ("South Sudan") is a name."""
SIDES = frozenset({"north", "east", "south", "west"})
FAR_WORDS = ("far ", "extreme ", "deep ", "furthest ", "farthest ", "remote ")

_DIVISION: tuple[PlaceKind, ...] = ("admin1",)

Method = Callable[[Reading, Ground], Region]


def locate_phrase(phrase: str, gazetteer: Places, context: PhraseContext) -> Region:
    """
    Locate a place phrase as a region with its doubt.

    Parameters
    ----------
    phrase
        Words as written: "between Mopti and Douentza", "the western area of the province of Herat", "the north".
    gazetteer
        What knows names and geometries.
    context
        The countries spoken of, the area under discussion, places already located.

    Returns
    -------
    region
        Weighted readings, ``where_prec``, 90 % radius, method and why.

    Raises
    ------
    NotFoundError
        If no reading of the phrase can be located; the message says which name is unknown and what to do.

    References
    ----------
    UCDP GED codebook 19.1 (Högbladh 2019), where_prec; ``docs/methods/regions.md``.
    """
    ground = Ground(gazetteer=gazetteer, context=context, locate=_locate)
    region = _locate(phrase, ground)
    step = replace(STEP, parameters=(("countries", ",".join(context.ranked_countries())), ("method", region.method)))
    return replace(region, phrase=phrase.strip(), evidence=context.evidence, made_by=step)


def _locate(phrase: str, ground: Ground) -> Region:
    words = tidy(phrase)
    if not words or ground.depth > MAX_DEPTH:
        raise NotFoundError(f"{phrase.strip()[:80]!r} is not a place phrase that can be read; give a plain name")
    failures: list[NotFoundError] = []
    for found in _in_order(words):
        try:
            region = METHODS[found.method](found, ground)
        except NotFoundError as error:
            if found.method == "direction":
                raise
            failures.append(error)
        else:
            return replace(region, phrase=words)
    # The first failure of a relation names the unknown part; that of the whole phrase as a name says less.
    if not failures:
        raise NotFoundError(f"{words[:80]!r} is not a place phrase that can be read; give a plain name")
    telling = [e for e in failures if repr(words) not in str(e)]
    raise (telling or failures)[0]


def _in_order(words: str) -> Iterator[Reading]:
    readings = list(read_phrase(words))
    structured = any(r.method not in ("exact_name", "name") for r in readings)
    for found in readings:
        if found.method == "exact_name" and not structured:
            continue  # the plain-name rule at the end does the same without asking for the very name
        yield found


def _exact_name(found: Reading, ground: Ground) -> Region:
    """Take a phrase that could be a relation as a name only if a place bears that very name, or is known by it."""
    name = found.slots["x"]
    places = find_places_named(name, ground)
    folded = split_kind_word(fold_name(name))[0]
    rest = after_direction(name)
    rest_ids = {place.id for place in find_places_named(rest, ground)} if rest else set()
    for place in places[:2]:
        very = likeness(folded, fold_name(place.name)) >= VERY_NAME
        aliased = place.kind in ("admin1", "country", "region", "continent", "lake", "sea") and place.id not in rest_ids
        spoken = not ground.context.countries or place.country in ground.context.countries
        if (very and (spoken or place.kind != "populated_place")) or (rest and aliased and spoken):
            return locate_name(name, ground)
    if not rest and places and places[0].kind in ("region", "country", "crossing"):
        return locate_name(name, ground)
    raise NotFoundError(f"no place bears the very name {name!r}; it is read as a relation")


def _direction(found: Reading, ground: Ground) -> Region:
    bearing = read_bearing(found.slots["dir"]) if "dir" in found.slots else None
    division = _division_named(found.slots.get("dir", ""), ground)
    if division is not None:
        return division
    region = locate_direction(bearing, ground)
    return region if bearing is None else replace(region, bearing_deg=bearing)


def _division_named(word: str, ground: Ground) -> Region | None:
    """Read a capitalised direction as a division of that very name in a country spoken of ("Nord", "Eastern")."""
    if not word[:1].isupper() or not ground.context.countries:
        return None
    divisions = ground.gazetteer.find(word, countries=ground.context.ranked_countries(), kinds=_DIVISION)
    if any(p.country in ground.context.countries and fold_name(p.name) == fold_name(word) for p in divisions[:1]):
        return locate_name(f"{word} region", ground)
    return None


def _part(found: Reading, ground: Ground) -> Region:
    far = any(word in found_text(found) for word in FAR_WORDS)
    # "East Mosul" is a half of the town, "eastern Aleppo" may be one of the province.
    prefer: Preference = "any" if found.slots["dir"].casefold() in SIDES else "area"
    return locate_part(read_bearing(found.slots["dir"]), found.slots["x"], far, ground, prefer)


def found_text(found: Reading) -> str:
    """Return the words of a reading outside its names, where the grammar kept them."""
    return found.slots.get("nearby", "").casefold() + " "


def _beside(found: Reading, ground: Ground) -> Region:
    return locate_beside(read_bearing(found.slots["dir"]), found.slots["x"], ground)


def _distance(found: Reading, ground: Ground) -> Region:
    bearing = read_bearing(found.slots["dir"]) if "dir" in found.slots else None
    km = read_distance_km(found.slots["n"], found.slots["unit"])
    return locate_distance(km, bearing, found.slots["x"], ground)


def _distance_within(found: Reading, ground: Ground) -> Region:
    km = read_distance_km(found.slots["n"], found.slots["unit"])
    return locate_near(found.slots["x"], ground, km=km, method="distance")


def _ends(found: Reading) -> list[str]:
    return share_plural([found.slots[key] for key in ("a", "b", "c") if key in found.slots])


def _border(found: Reading, ground: Ground) -> Region:
    ends = _ends(found)
    if len(ends) == 2:
        return locate_border_between(ends[0], ends[1], ground)
    return locate_border_with(ends[0], ground) if ends else locate_border(ground)


def _border_side(found: Reading, ground: Ground) -> Region:
    return locate_border_side(found.slots["a"], found.slots.get("b"), ground)


def _bank(found: Reading, ground: Ground) -> Region:
    if "dir" in found.slots:
        return locate_bank(found.slots["x"], read_bearing(found.slots["dir"]), ground)
    return locate_bank(found.slots["x"], found.slots["bank"], ground)


def _rural(found: Reading, ground: Ground) -> Region:
    bearing = read_bearing(found.slots["dir"]) if "dir" in found.slots else None
    return locate_rural(found.slots["x"], bearing, ground)


def _near_within(found: Reading, ground: Ground) -> Region:
    """Read "X near Y" as the part of X round Y; as the ground round Y where X is no place of its own."""
    near = replace(locate_near(found.slots["y"], ground), phrase=f"near {found.slots['y']}")
    if is_generic(found.slots["x"]):
        return near
    try:
        thing = ground.inner(found.slots["x"])
    except NotFoundError:
        return near
    met = meet(thing, near)
    if met.method == "within" and met.parts[0].geometry.equals(thing.geometry):
        # "The river near TOWN" may pass it at some distance: look as far as a day's walk.
        far = locate_near(found.slots["y"], ground, km=shape_of("road_to_km"))
        return meet(thing, replace(far, phrase=near.phrase))
    return met


METHODS: dict[str, Method] = {
    "direction": _direction,
    "exact_name": _exact_name,
    "name": lambda found, ground: locate_name(found.slots["x"], ground),
    "apposed": lambda found, ground: locate_name(f"{found.slots['kind']} of {found.slots['x']}", ground),
    "part": _part,
    "middle": lambda found, ground: locate_middle(found.slots["x"], ground),
    "beside": _beside,
    "distance": _distance,
    "distance_within": _distance_within,
    "border": _border,
    "border_side": _border_side,
    "tri_border": lambda found, ground: locate_tri_border(_ends(found), ground),
    "capital": lambda found, ground: locate_capital(found.slots["x"], ground),
    "between": lambda found, ground: locate_between(_ends(found), ground),
    "road": lambda found, ground: locate_between(_ends(found), ground, road=True),
    "road_to": lambda found, ground: locate_road_to(found.slots["x"], ground),
    "bank": _bank,
    "along": lambda found, ground: locate_along(found.slots["x"], ground),
    "rural": _rural,
    "rural_part": _rural,
    "coast": lambda found, ground: locate_coast(found.slots["x"], ground),
    "crossing": lambda found, ground: locate_near(found.slots["x"], ground, km=3.0, method="crossing"),
    "near": lambda found, ground: locate_near(found.slots["x"], ground),
    "near_within": _near_within,
    "within": lambda found, ground: locate_within(found.slots["x"], found.slots["y"], ground),
    "comma": lambda found, ground: locate_comma(found.slots["x"], found.slots["y"], ground),
    "union": lambda found, ground: locate_union(_ends(found), ground),
    "either": lambda found, ground: locate_either(_ends(found), ground),
    "slash": lambda found, ground: locate_slash(_ends(found)[0], _ends(found)[1], ground),
}
