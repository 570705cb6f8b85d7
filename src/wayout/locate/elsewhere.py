"""
Somewhere else: the reading that a name means a place no gazetteer holds, or another of its spelling's family.

Being near and being wrong are two errors. Radii speak of the first; this reading, the country spoken of with a weight of its own, of the second.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Literal, Protocol, runtime_checkable

from shapely.geometry.base import BaseGeometry

from wayout.geo.borders import country_name, country_outline
from wayout.locate.composing import reading
from wayout.locate.context import PhraseContext, Places
from wayout.locate.doubt import elsewhere_weight, radius50_of, radius_of, weight_of
from wayout.locate.gazetteer import split_kind_word
from wayout.locate.looking_up.spelling import likeness
from wayout.model import Place, Region, WeightedGeometry
from wayout.text.names import fold_name

Match = Literal["exact", "variant", "respelt", "abroad"]
DIVISIONS = frozenset({"admin1", "admin2", "admin3"})
DIVISION_PREC = 3
WHOLE = frozenset({"country", "continent"})
"""Every list has all of these: an adjective or another spelling ("the Syrian border") leaves no place of the name unlisted."""
VARIANT = 99.0
"""Likeness (0-100) of names that differ by no more than article, accents and word breaks."""
MAX_WORDS = 6
"""Words of the longest name looked for in a phrase."""
COARSE_DEG = 0.05
"""Outlines of "somewhere in the country" are simplified to this: nobody reads its border off them."""
_ALTERNATIVES = re.compile(r"\s*[/()\[\]]\s*")


@runtime_checkable
class KnowsNames(Protocol):
    """A gazetteer that can say which places bear exactly a name."""

    def exact(self, key: str) -> tuple[tuple[Place, int], ...]:
        """Return the places with exactly this folded name, and which of their names it is."""
        ...


def add_elsewhere(region: Region, phrase: str, gazetteer: Places, context: PhraseContext) -> Region:
    """
    Add the reading "somewhere else in the country" to a region that rests on names found inexactly.

    Parameters
    ----------
    region
        A located phrase; its ``places`` are those it rests on.
    phrase
        The words that were located.
    gazetteer
        What found the places.
    context
        The countries spoken of.

    Returns
    -------
    region
        The readings as before, their weights scaled, and the country; ``why`` says which name is in doubt. Without that reading
        where all names are exact or no country is spoken of. A town found for "X district" has the radii of the unknown district.
    """
    countries = context.ranked_countries()
    region = _of_the_division(region, phrase)
    whole = region.method == "name"
    doubtful = [(place, match_of(place, phrase, gazetteer, context, whole=whole)) for place in region.places]
    p_right = math.prod(1 - elsewhere_weight(match) for _, match in doubtful)
    if not countries or 1 - p_right < weight_of("least"):
        return region
    home = _home(region, countries)
    names = " and ".join(place.name for place, match in doubtful if match != "exact")
    why = f" The name need not be {names}: with weight {1 - p_right:.2f} it is elsewhere in {country_name(home)}."
    return with_elsewhere(region, 1 - p_right, home, why)


def with_elsewhere(region: Region, p_elsewhere: float, country: str, why: str = "") -> Region:
    """
    Put the reading "somewhere in this country" beside the readings of a region.

    Parameters
    ----------
    region
        Weighted readings.
    p_elsewhere
        Probability that none of them is meant, [0, 1).
    country
        ISO 3166-1 code.
    why
        Sentence added to the region's own.

    Returns
    -------
    region
        The same best reading first; the country's outline, without a place, among the others by its weight, which is at most that of the
        best. The region itself where the code is unknown or it has this reading.
    """
    outline = somewhere_in(country)
    if outline is None or p_elsewhere <= 0 or any(p.place is None and p.geometry == outline for p in region.parts):
        return region  # said already, or it cannot be said
    best = region.parts[0].weight
    weight = min(p_elsewhere, best / (1 + best))
    # Where both are equal, rounding must not lift the unnamed reading above the best one by the last bit.
    weight = min(weight, best * (1 - weight))
    parts = [WeightedGeometry(geometry=p.geometry, place=p.place, weight=p.weight * (1 - weight)) for p in region.parts]
    parts.append(reading(outline, weight))
    # The best named reading stays first, also where the country weighs as much.
    parts[1:] = sorted(parts[1:], key=lambda part: -part.weight)
    return replace(region, parts=tuple(parts), why=region.why + why)


def match_of(place: Place, phrase: str, gazetteer: Places, context: PhraseContext, *, whole: bool = False) -> Match:
    """
    Tell how a phrase names a place that was found for it.

    Parameters
    ----------
    place
        What was found.
    phrase
        The words.
    gazetteer
        What found it.
    context
        The countries spoken of.
    whole
        Whether the whole phrase, but for words of kinds, must be the name; else some words of it are enough.

    Returns
    -------
    match
        "abroad": a place of a country hardly spoken of; "exact": the words are a recorded name of it; "variant": they differ by article or word breaks; else "respelt".
    """
    if place.kind in WHOLE:
        return "exact"
    spoken = context.countries
    if place.country and spoken:
        share = spoken.get(place.country, 0.0) / max(spoken.values())
        if share < weight_of("well_spoken"):
            return "abroad"
    keys = list(dict.fromkeys(_names_in(phrase, whole)))
    own = fold_name(place.name)
    if own in keys:
        return "exact"
    if not isinstance(gazetteer, KnowsNames):
        return "exact"
    if any(place.id == other.id for key in keys for other, _ in gazetteer.exact(key)):
        return "exact"
    return "variant" if any(likeness(key, own) >= VARIANT for key in keys) else "respelt"


def _of_the_division(region: Region, phrase: str) -> Region:
    """Widen a town that stands for the division the phrase speaks of ("X district", where only the town of X is listed)."""
    best = region.parts[0].place
    said = split_kind_word(fold_name(phrase))[1] if region.method == "name" else ()
    if best is None or best.kind != "populated_place" or not said or said[0] not in DIVISIONS:
        return region
    radius = radius_of("division_by_town", region.geometry)
    return replace(
        region,
        radius_km=max(region.radius_km, radius),
        radius50_km=radius50_of("division_by_town", region.geometry, radius),
        where_prec=max(region.where_prec, DIVISION_PREC),
        why=f"{region.why} Only the town of that division is known, not the division.",
    )


def _names_in(phrase: str, whole: bool) -> Iterator[str]:
    """Yield the folded names a phrase may hold: all of it without its kind word first, then shorter stretches of words."""
    for words in (phrase, *_ALTERNATIVES.split(phrase)):
        key = fold_name(words)
        if key:
            yield key
            yield split_kind_word(key)[0]
    words = [] if whole else fold_name(phrase).split()
    for length in range(min(MAX_WORDS, len(words) - 1), 0, -1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])


def _home(region: Region, countries: tuple[str, ...]) -> str:
    """Return the country it is somewhere in: the found place's where that is spoken of, else the most spoken of."""
    return next((p.country for p in region.places if p.country in countries), None) or countries[0]


@lru_cache(maxsize=512)
def somewhere_in(country: str) -> BaseGeometry | None:
    """Return a country's outline, coarse; ``None`` where the layer has no such code."""
    outline = country_outline(country)
    return None if outline is None else outline.simplify(COARSE_DEG)
