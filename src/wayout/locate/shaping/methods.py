"""The methods that rules of the grammar name: each takes a reading's slots to the function that builds its region."""

from collections.abc import Callable
from dataclasses import replace

from wayout.errors import NotFoundError
from wayout.locate.composing import compose_region
from wayout.locate.context import Ground, Preference
from wayout.locate.doubt import shape_of
from wayout.locate.gazetteer import split_kind_word
from wayout.locate.looking_up.spelling import likeness
from wayout.locate.resolving.names import find_places_named, locate_name
from wayout.locate.shaping.between import locate_between, locate_halfway, locate_road_to, locate_road_via
from wayout.locate.shaping.capitals import locate_capital
from wayout.locate.shaping.differences import locate_difference, locate_sides
from wayout.locate.shaping.distances import Span, about, locate_distance, locate_inside, travelled
from wayout.locate.shaping.frontiers import (
    locate_border,
    locate_border_across,
    locate_border_between,
    locate_border_side,
    locate_border_stretch,
    locate_border_with,
    locate_tri_border,
)
from wayout.locate.shaping.grammar import (
    Reading,
    after_direction,
    is_generic,
    read_bearing,
    read_distance_km,
    read_number,
    share_plural,
)
from wayout.locate.shaping.grammar_file import units_km, vague_numbers
from wayout.locate.shaping.relations import (
    locate_along,
    locate_beside,
    locate_coast,
    locate_direction,
    locate_middle,
    locate_near,
    locate_part,
    locate_part_middle,
    locate_rural,
)
from wayout.locate.shaping.river_places import (
    locate_across,
    locate_confluence,
    locate_crossing_at,
    locate_river_end,
    locate_stream,
    stretch_between,
)
from wayout.locate.shaping.rivers import is_river, locate_bank
from wayout.locate.shaping.sets import locate_comma, locate_either, locate_slash, locate_union, locate_within, meet
from wayout.locate.shaping.waters import locate_airspace, locate_coast_between, locate_high_seas, locate_off_coast
from wayout.model import PlaceKind, Region
from wayout.text.names import fold_name

VERY_NAME = 88.0
"""Likeness (0-100) from which a phrase that could also be a relation ("South Sudan") is a name."""
SIDES = frozenset({"north", "east", "south", "west"})
FAR_WORDS = ("far ", "extreme ", "deep ", "furthest ", "farthest ", "remote ")
BEYOND = 1.5
"""'More than 30 km' is said of up to this times the figure."""

_DIVISION: tuple[PlaceKind, ...] = ("admin1",)

Method = Callable[[Reading, Ground], Region]


def _exact_name(found: Reading, ground: Ground) -> Region:
    """Take a phrase that could be a relation as a name only if a place bears that very name, or is known by it."""
    name = found.slots["x"]
    places = find_places_named(name, ground)
    folded = split_kind_word(fold_name(name))[0]
    rest = after_direction(name)
    rest_ids = {place.id for place in find_places_named(rest, ground)} if rest else set()
    for place in places[:2]:
        is_area = place.kind in ("admin1", "country", "region", "continent", "lake", "sea")
        # Letters of two scripts cannot be compared: there a listed name of an area is its very name.
        listed = is_area and not folded.isascii() and any(place.id == p.id for p, _ in ground.gazetteer.exact(folded))
        very = listed or likeness(folded, fold_name(place.name)) >= VERY_NAME
        aliased = is_area and place.id not in rest_ids
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


def _bearing_in(found: Reading) -> float | None:
    return read_bearing(found.slots["dir"]) if "dir" in found.slots else None


def _km(found: Reading) -> float:
    return read_distance_km(found.slots["n"], found.slots["unit"])


def _distance(found: Reading, ground: Ground) -> Region:
    return locate_distance(about(_km(found)), _bearing_in(found), found.slots["x"], ground)


def _distance_range(found: Reading, ground: Ground) -> Region:
    unit = found.slots["unit"]
    one, other = (read_distance_km(found.slots[key], unit) for key in ("n", "m"))
    if not one < other:
        raise NotFoundError(f"{one:g} to {other:g} km is no range of distances; give the smaller one first")
    span = Span(least=one, most=other, said=f"{one:.3g} to {other:.3g} km")
    return locate_distance(span, _bearing_in(found), found.slots["x"], ground)


def _distance_vague(found: Reading, ground: Ground) -> Region:
    word = " ".join(found.slots["vague"].casefold().split())
    unit = units_km()[" ".join(found.slots["unit"].casefold().split())]
    least, most = (value * unit for value in vague_numbers()[word])
    span = Span(least=least, most=most, said=f"{word!r}, taken as {least:.3g} to {most:.3g} km,")
    return locate_distance(span, _bearing_in(found), found.slots["x"], ground)


def _distance_under(found: Reading, ground: Ground) -> Region:
    span = Span(least=0, most=_km(found), said=f"up to {_km(found):.3g} km")
    return locate_distance(span, _bearing_in(found), found.slots["x"], ground)


def _distance_beyond(found: Reading, ground: Ground) -> Region:
    km = _km(found)
    span = Span(least=km, most=BEYOND * km, said=f"{km:.3g} km and somewhat more")
    return locate_distance(span, _bearing_in(found), found.slots["x"], ground)


def _travel(found: Reading, ground: Ground) -> Region:
    slots = found.slots
    span = travelled(read_number(slots["n"]), slots["span"], slots["travel"], "within" in slots)
    return locate_distance(span, _bearing_in(found), slots["x"], ground)


def _inside(found: Reading, ground: Ground) -> Region:
    return locate_inside(about(_km(found)), found.slots["a"], found.slots.get("x"), ground)


def _distance_within(found: Reading, ground: Ground) -> Region:
    return locate_near(found.slots["x"], ground, km=_km(found), method="distance")


def _off_coast(found: Reading, ground: Ground) -> Region:
    return locate_off_coast(found.slots["x"], ground, about(_km(found)) if "n" in found.slots else None)


def _sides(found: Reading, ground: Ground) -> Region:
    slots = found.slots
    sides = [(read_bearing(slots["dir"]), slots["a"]), (read_bearing(slots["dir2"]), slots["b"])]
    return locate_sides(sides, ground)


def _bounded(found: Reading, ground: Ground) -> Region:
    """What A bounds to the north lies south of A."""
    slots = found.slots
    pairs = [("dir", "a"), ("dir2", "b")]
    sides = [((read_bearing(slots[way]) + 180) % 360, slots[key]) for way, key in pairs if way in slots]
    return locate_sides(sides, ground)


def _road(found: Reading, ground: Ground) -> Region:
    region = locate_between(_ends(found), ground, road=True)
    code = found.slots.get("code")
    if code is None:
        return region
    return replace(region, why=f"{region.why} Roads are not known by name: {code!r} was left out of account.")


def _road_named(found: Reading, ground: Ground) -> Region:
    raise NotFoundError(
        f"{found.slots['code']!r} is the name of a road, and roads are not known by name; name two towns that it joins"
    )


def _river_end(found: Reading, ground: Ground) -> Region:
    return locate_river_end(found.slots["way"], found.slots["x"], ground)


def _stream(found: Reading, ground: Ground) -> Region:
    return locate_stream(found.slots["way"], found.slots["x"], found.slots.get("y"), ground)


def _border_stretch(found: Reading, ground: Ground) -> Region:
    slots = found.slots
    ends = [slots["a"], slots["b"]]
    if found.rule == "border_stretch_with":
        return locate_border_stretch(None, ends, slots["x"], ground)
    return locate_border_stretch(slots["x"], ends, None, ground)


def _within_between(found: Reading, ground: Ground) -> Region:
    """
    Read "X between A and B": of a river the stretch from one to the other, of any other thing where it meets the ground between.

    The ground between alone where X is no place of its own, or not known to lie there.
    """
    slots = found.slots
    between = ground.inner(f"between {slots['a']} and {slots['b']}")
    try:
        thing = ground.inner(slots["x"]) if not is_generic(slots["x"]) else None
    except NotFoundError:
        thing = None
    if thing is not None and is_river(thing):
        ends = [ground.inner(slots[key], "point") for key in ("a", "b")]
        line = stretch_between(thing, ends[0], ends[1])
        if line is not None:
            part = replace(thing.parts[0], geometry=line, weight=1.0)
            why = f"The stretch of {slots['x']} between {slots['a']} and {slots['b']}; {thing.why}"
            return compose_region([part], method="river", why=why, where_prec=5, places=thing.places)
    if thing is not None and any(a.geometry.intersects(b.geometry) for a in thing.parts for b in between.parts):
        return meet(thing, between)
    return replace(between, method="within", why=f"{slots['x']!r} is not known there, so all of it: {between.why}")


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
    "part_middle": lambda found, ground: locate_part_middle(read_bearing(found.slots["dir"]), found.slots["x"], ground),
    "coast_part": lambda found, ground: locate_coast(found.slots["x"], ground, read_bearing(found.slots["dir"])),
    "beside": _beside,
    "distance": _distance,
    "distance_within": _distance_within,
    "distance_range": _distance_range,
    "distance_vague": _distance_vague,
    "distance_under": _distance_under,
    "distance_beyond": _distance_beyond,
    "travel": _travel,
    "inside": _inside,
    "difference": lambda found, ground: locate_difference(found.slots["x"], found.slots["y"], ground),
    "sides": _sides,
    "bounded": _bounded,
    "border_stretch": _border_stretch,
    "border_across": lambda found, ground: locate_border_across(found.slots["x"], ground),
    "halfway": lambda found, ground: locate_halfway(_ends(found), ground),
    "between_all": lambda found, ground: locate_between([*_ends(found), found.slots["x"]], ground),
    "within_between": _within_between,
    "road_via": lambda found, ground: locate_road_via(_ends(found), ground),
    "coast_between": lambda found, ground: locate_coast_between(found.slots["a"], found.slots["b"], ground),
    "off_coast": _off_coast,
    "high_seas": lambda found, ground: locate_high_seas(found.slots["x"], ground),
    "airspace": lambda found, ground: locate_airspace(found.slots["x"], ground),
    "confluence": lambda found, ground: locate_confluence(found.slots["a"], found.slots["b"], ground),
    "stream": _stream,
    "river_end": _river_end,
    "crossing_at": lambda found, ground: locate_crossing_at(found.slots["x"], found.slots["y"], ground),
    "across": lambda found, ground: locate_across(found.slots["y"], found.slots["x"], ground),
    "border": _border,
    "border_side": _border_side,
    "tri_border": lambda found, ground: locate_tri_border(_ends(found), ground),
    "capital": lambda found, ground: locate_capital(found.slots["x"], ground),
    "between": lambda found, ground: locate_between(_ends(found), ground),
    "road": _road,
    "road_named": _road_named,
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
