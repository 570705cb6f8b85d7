"""What stands for a name that is itself unknown, and says so: a town for its quarter, or for the base that is called after it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wayout.locate.looking_up.kind_words import is_site_word, kind_words, split_part, split_word
from wayout.model import Place
from wayout.text.names import fold_name

NEAR_POINT = 2
"""UCDP's where_prec of what is within some 25 km of a known point."""
WHERE_PREC = {"populated_place": NEAR_POINT, "admin3": 3, "admin2": 3, "admin1": 4}
"""UCDP's where_prec of a site for which a place of this kind stands."""
PART_REACH_DEG = 0.3
"""A part of a town lies no farther from the town's point than some 30 km: another place of its name is not meant."""
Find = Callable[..., tuple[Place, ...]]


@dataclass(frozen=True, slots=True)
class Coarser:
    """A place that stands for what is not known itself: UCDP's ``where_prec`` of the answer, and ``why`` in one sentence."""

    place: Place
    where_prec: int
    why: str


def stands_for(name: str, place: Place) -> Coarser | None:
    """
    Say whether a place found for a name only stands for it: the town that an airbase or a dam is called after.

    Parameters
    ----------
    name
        As written.
    place
        What the gazetteer found.

    Returns
    -------
    coarser
        ``None`` if the place is what the name says.

    Examples
    --------
    >>> from wayout.model import PlaceId
    >>> town = Place(id=PlaceId("x:1"), name="Kweires", kind="populated_place", country="SY", admin1=None, lon=37.6, lat=36.2)
    >>> stands_for("Kweires airbase", town).where_prec
    2
    """
    _, word = split_word(fold_name(name))
    own = fold_name(place.name)
    if place.kind == "installation" and word in kind_words().plain and word not in own:
        why = f"{name.strip()} itself is not in the gazetteer; {place.name}, which bears its name, stands for it."
        return Coarser(place, NEAR_POINT, why)
    if place.kind not in WHERE_PREC or not is_site_word(word) or word in own:
        return None
    what = "town" if place.kind == "populated_place" else "division"
    why = f"{name.strip()} itself is not in the gazetteer; the {what} {place.name}, whose name the {word} bears, stands for it."
    return Coarser(place, WHERE_PREC[place.kind], why)


def coarser_part(name: str, countries: Sequence[str], find: Find) -> Coarser | None:
    """
    Find the place that may stand for an unknown part of it or site in it.

    Parameters
    ----------
    name
        As written.
    countries
        Codes spoken of; if any is given only places there are taken.
    find
        The gazetteer's ``find``.

    Returns
    -------
    coarser
        ``None`` if nothing may stand for the name.
    """

    def towns(wanted: str) -> list[Place]:
        found = find(wanted, countries=countries, kinds=("populated_place", "installation"))
        return [p for p in found if not countries or p.country in countries]

    parted = split_part(name)
    if parted:
        part, word, whole = parted
        around = towns(whole)
        if not around:
            return None
        inside = [p for p in (towns(part) if part else []) if _is_beside(p, around[0])]
        if inside:
            return Coarser(
                inside[0], 1, f"{name.strip()} is taken as {inside[0].name}, which lies at {around[0].name}."
            )
        what = f"The {word} {part}" if part else f"No {word}"
        known = "is not" if part else "of it is"
        why = f"{what} {known} in the gazetteer; {around[0].name} as a whole stands for it."
        return Coarser(around[0], NEAR_POINT, why)
    return None


def _is_beside(one: Place, other: Place) -> bool:
    apart = abs(one.lon - other.lon) % 360
    return min(apart, 360 - apart) <= PART_REACH_DEG and abs(one.lat - other.lat) <= PART_REACH_DEG
