"""Which countries a document speaks of: names, adjectives and peoples of countries, counted."""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from wayout.locate.looking_up.nation_words import LANGUAGES, countries_in
from wayout.locate.resolving.capitalised_words import CapitalisedWords
from wayout.model import Claim, Document
from wayout.vocab import read_vocab

TITLE_WEIGHT = 2.0
"""A country in the title counts twice: the report is about it."""
CAPITAL_WEIGHT = 0.5
"""A capital names its country half as surely as the country's name: it may just be where the reporter sits."""
LONE_CAPITAL_WEIGHT = 0.15
"""A capital whose country is not named otherwise may be another town of the name (Tripoli, Georgetown)."""
COUNTRY_PLACE_WEIGHT = 0.3
"""A country as such may be an origin or a destination; a town or province shows where things happen."""
PLACE_WEIGHT = 0.5
"""Share of a document's country weights that comes from its located places, whose own reading rests on the countries named."""


@lru_cache(maxsize=256)
def countries_spoken_of(document: Document) -> dict[str, float]:
    """
    Weigh the countries a document speaks of.

    Parameters
    ----------
    document
        The text as read.

    Returns
    -------
    weights
        ISO 3166-1 codes to weights that sum to one, in code order; empty if none is named.
    """
    foreign = document.language if document.language in LANGUAGES else ""
    counts: dict[str, float] = {}
    capitals: dict[str, float] = {}
    texts = [(document.text, 1.0)]
    if document.title:
        texts.append((document.title, TITLE_WEIGHT))
    for text, weight in texts:
        for _, _, (code, is_capital) in _names().find(text):
            if is_capital or not foreign:
                tally = capitals if is_capital else counts
                tally[code] = tally.get(code, 0.0) + weight
        for _, _, code in countries_in(text, foreign):
            counts[code] = counts.get(code, 0.0) + weight
    for code, weight in capitals.items():
        share = CAPITAL_WEIGHT if code in counts else LONE_CAPITAL_WEIGHT
        counts[code] = counts.get(code, 0.0) + weight * share
    return normalise_weights(counts)


def countries_of_claims(claims: Iterable[Claim]) -> dict[str, float]:
    """Weigh the countries of the places that claims have been located at; empty before they are located."""
    counts: dict[str, float] = {}
    for claim in claims:
        for use in claim.places:
            for place in use.region.places if use.region else ():
                if place.country and place.kind != "region":
                    weight = COUNTRY_PLACE_WEIGHT if place.kind == "country" else 1.0
                    counts[place.country] = counts.get(place.country, 0.0) + weight
    return normalise_weights(counts)


def normalise_weights(counts: Mapping[str, float]) -> dict[str, float]:
    """Scale weights to sum to one, in code order."""
    total = sum(counts.values())
    return {code: counts[code] / total for code in sorted(counts) if counts[code] > 0}


@cache
def _names() -> CapitalisedWords[tuple[str, bool]]:
    """List names with country code and whether it is its capital; a country's name goes before another's capital."""
    names: dict[str, tuple[str, bool]] = {}
    for row in read_vocab("countries.yaml")["countries"]:
        for name in row["capitals"]:
            names.setdefault(name, (row["iso2"], True))
    for row in read_vocab("countries.yaml")["countries"]:
        for name in (row["name"], *row["also"], *row["adjectives"], *row["people"]):
            names.pop(name, None)
            names[name] = (row["iso2"], False)
    return CapitalisedWords(names)
