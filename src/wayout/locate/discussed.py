"""Which countries a text discusses: shares that help to tell one Tripoli from the other."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from wayout.locate.gazetteer import HINT_BONUS, Gazetteer, kind_prior
from wayout.model import Place

SHARPNESS = math.log(10)
"""A place ten times as large is ten times as likely to be meant, before the context is known."""
ADMIN1_BONUS = 1.5
"""A further bonus for a division that is spoken of; half of the step between a town and one thirty times its size."""
N_ROUNDS = 2


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
            places = gazetteer.find(name)
            weights = [math.exp(SHARPNESS * worth(place, shares, {})) for place in places]
            total = math.fsum(weights)
            for place, weight in zip(places, weights, strict=True):
                if place.country:
                    votes[place.country] += math.sqrt(n) * weight / total
        whole = math.fsum(votes.values())
        shares = {code: vote / whole for code, vote in sorted(votes.items())}
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
            hints = tuple(code for code, share in sorted(shares.items(), key=lambda s: (-s[1], s[0])) if share > 0.1)
            places = gazetteer.find(name) or gazetteer.find(name, countries=hints)
            if places:
                chosen[name] = max(places, key=lambda p: (worth(p, shares, divisions), str(p.id)))
        votes = Counter(chosen[name].admin1 for name in named if name in chosen and chosen[name].admin1)
        divisions = {code: n / votes.total() for code, n in sorted(votes.items()) if code}
    return chosen


def worth(place: Place, countries: Mapping[str, float], divisions: Mapping[str, float]) -> float:
    """
    Score a reading of a name in its context, on the scale of decimal logarithms of inhabitants.

    Parameters
    ----------
    place
        The reading.
    countries, divisions
        Shares of countries and first-order divisions in the text.

    Returns
    -------
    worth
        Larger is better.
    """
    share = countries.get(place.country or "", 0.0)
    return (
        kind_prior(place)
        + HINT_BONUS * math.sqrt(share)
        + ADMIN1_BONUS * math.sqrt(divisions.get(place.admin1 or "", 0.0))
    )
