"""Which countries a text discusses: shares that help to tell one Tripoli from the other."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable

from wayout.locate.gazetteer import Gazetteer
from wayout.model import Place

SHARPNESS = math.log(10)
"""A place ten times as large is ten times as likely to be meant, before the context is known."""
ADMIN1_BONUS = 1.5
"""A further bonus for a division that is spoken of; half of the step between a town and one thirty times its size."""
N_ROUNDS = 2
MIN_SHARE = 0.002
"""Countries below this share come from namesakes only and are left out."""


def discussed_countries(names: Iterable[str], gazetteer: Gazetteer) -> dict[str, float]:
    """
    Estimate the shares of countries in what a text discusses.

    Parameters
    ----------
    names
        Place names of the text, repeats included.
    gazetteer
        The gazetteer.

    Returns
    -------
    shares
        ISO 3166-1 code to share; they sum to 1, or the mapping is empty. Sorted by code.
    """
    counts = Counter(names)
    shares: dict[str, float] = {}
    for _ in range(N_ROUNDS):
        votes: dict[str, float] = defaultdict(float)
        for name, n in sorted(counts.items()):
            ranked = gazetteer.rank(name, shares)
            weights = [math.exp(SHARPNESS * (worth - ranked[0][1])) for _, worth in ranked]
            total = math.fsum(weights)
            for (place, _), weight in zip(ranked, weights, strict=True):
                if place.country:
                    votes[place.country] += math.sqrt(n) * weight / total
        floor = MIN_SHARE * math.fsum(votes.values())
        kept = {code: vote for code, vote in sorted(votes.items()) if vote > floor}
        whole = math.fsum(kept.values())
        shares = {code: vote / whole for code, vote in kept.items()}
    return shares


def choose_places(names: Iterable[str], gazetteer: Gazetteer) -> dict[str, Place]:
    """
    Choose one place for each name, all names of a text together.

    Parameters
    ----------
    names
        Place names of one text, repeats included.
    gazetteer
        The gazetteer.

    Returns
    -------
    chosen
        Name to its most probable place; unknown names are left out.
    """
    named = list(names)
    shares = discussed_countries(named, gazetteer)
    divisions: dict[str, float] = {}
    chosen: dict[str, Place] = {}
    for _ in range(N_ROUNDS):
        for name in sorted(set(named)):
            ranked = [
                (worth + ADMIN1_BONUS * math.sqrt(divisions.get(place.admin1 or "", 0.0)), str(place.id), place)
                for place, worth in gazetteer.rank(name, shares)
            ]
            if ranked:
                chosen[name] = max(ranked)[2]
        votes = Counter(chosen[name].admin1 for name in named if name in chosen and chosen[name].admin1)
        divisions = {code: n / votes.total() for code, n in sorted(votes.items()) if code}
    return chosen
