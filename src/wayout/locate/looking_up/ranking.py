"""How readily a place is meant by a name: its kind, its people, the countries spoken of, the spelling (``docs/methods/gazetteer.md``)."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wayout.model import Place

PRIOR: dict[str, float] = {
    "country": 9.0,
    "continent": 9.0,
    "region": 7.0,
    "sea": 6.5,
    "admin1": 6.0,
    "river": 5.0,
    "lake": 5.0,
    "crossing": 4.5,
    "admin2": 3.5,
    "road": 3.0,
    "admin3": 3.3,
    "installation": 1.9,
}
"""How readily a name is meant as this kind, on the scale of a town's decimal logarithm of inhabitants: a division goes
before its town unless the town has a million."""
SMALL_FEATURE = 1.8
"""Hills, wadis and ponds of a country's full list: behind the village of the name."""
_LISTED = "geonames:"
"""Ids of places that come from a list of points; rivers, lakes and regions with another id have an outline of ours."""
UNKNOWN_POPULATION = 100
"""Inhabitants assumed where the source has none: places of the source start at some 500, many of those have no count."""
HINT_BONUS = 4.0
"""A place in a country that is spoken of goes before one elsewhere with up to ten thousand times its inhabitants."""
KIND_BONUS, KIND_STEP = 3.0, 0.7
SITE_BONUS = 4.0
"""A dam known by its name goes before the town that the dam is called after, unless that has ten million people."""
EVERYWHERE_BONUS = 2.5
"""Seas, continents and regions belong to every theatre: they keep part of the bonus whatever countries are spoken of."""
PREFERENCE_COST = (-0.3, 0.0, 0.4, 0.2, 0.5, 0.5)
"""Capital's own name, own name, other recorded name, name with its kind word, its article or "village" left out (``gazetteer_file.py``)."""
SPELLING_COST = 1.5
LIKENESS_STEP = 3.0
MIN_NEARNESS = 84.0
"""Floor of :func:`~wayout.locate.looking_up.spelling.nearness` within a family:
with 88 one UCDP place name in a hundred fewer is found, with 80 many wrong ones more."""
MIN_NEARNESS_SURE = 90.0
"""The same where misspellings are not asked for, as in running text: at 84 names of people become villages."""
MIN_NEARNESS_CHANGED = 92.0
"""The same where a consonant is taken for another."""
MIN_FUZZY = 90.0
"""Floor of rapidfuzz's ratio, 0-100, of a misspelling in a country spoken of (decision 043)."""
MIN_FUZZY_ANYWHERE = 92.0
"""Floor of a misspelling where no country is spoken of: one letter in thirteen."""
KNOWN_WIDELY = 5.0
"""A place above this prior (a town of 100,000, a division, a country) is what its exact name means anywhere."""
SPOKEN_OF = 0.3
"""Weight (root of the share: about a tenth of the text) from which a country's respelt names are looked for."""
Hints = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, order=True)
class Ranked:
    """A candidate under its cost (smaller is better), then id, so that equal costs have a fixed order."""

    cost: float
    id: str
    place: Any = None


def kind_prior(place: Place) -> float:
    """Return how readily a place is meant before any context: :data:`PRIOR`, or log10 of a town's inhabitants."""
    if place.kind in ("region", "river", "lake") and place.id.startswith(_LISTED):
        return SMALL_FEATURE
    return PRIOR.get(place.kind) or math.log10(place.population or UNKNOWN_POPULATION)


def cost_of(place: Place, weights: Mapping[str, float], bonus: Mapping[str, float]) -> float:
    """
    Return the cost of a place apart from how its name is spelt.

    Parameters
    ----------
    place
        The candidate.
    weights
        Country code to how much it is spoken of, 0 to 1.
    bonus
        Kind to what a kind word beside the name adds.

    Returns
    -------
    cost
        On the scale of :data:`PRIOR`, negative; smaller is better.
    """
    hint = HINT_BONUS * weights.get(place.country or "", 0.0)
    if weights and place.kind in ("sea", "continent", "region"):
        hint = max(hint, EVERYWHERE_BONUS)
    return -kind_prior(place) - hint - bonus.get(place.kind, 0.0)
