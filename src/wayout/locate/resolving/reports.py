"""What is known of a report before its place phrases are located: its countries, what its names mean, the places that are sure."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace

from wayout.geo.borders import countries_of
from wayout.locate.context import PhraseContext, Places
from wayout.locate.doubt import weight_of
from wayout.locate.resolving.names_in_phrases import names_in_phrases
from wayout.locate.resolving.nodes import FINE_KINDS
from wayout.locate.resolving.press_home import press_home
from wayout.locate.resolving.resolve import resolve_toponyms
from wayout.locate.resolving.spoken import PLACE_WEIGHT, countries_spoken_of, normalise_weights
from wayout.model import Document, Place, Region
from wayout.text.names import fold_name

MAX_NEAR = 40
"""Places of one document that its phrases are held against; more add nothing and cost time."""
SHOWS_WHERE = FINE_KINDS | {"admin1"}
"""Places that show where things happen; a country may be named as origin, destination or party."""
FEWEST_PLACES = 2
"""Places of a country that is not named otherwise, from which it is spoken of: one may be a namesake."""
AREA_FADE = 0.5
"""Each further country an area lies in counts half of the one before."""
SURE_WEIGHT = 0.6
"""A reading at least this sure vouches for its neighbours."""


def context_of_report(
    document: Document,
    phrases: Collection[tuple[int, int]],
    gazetteer: Places,
    given: PhraseContext | None = None,
) -> PhraseContext:
    """
    Resolve the names of a report's place phrases together, and gather what the phrases are then located with.

    Parameters
    ----------
    document
        The report.
    phrases
        Code points of its place phrases.
    gazetteer
        Names and places.
    given
        What is known besides: the countries a user names, the area under discussion.

    Returns
    -------
    context
        For ``locate_phrase``; ``senses`` says what each name means, so that one name means one place in all phrases.
    """
    given = given or PhraseContext()
    hints = dict(given.countries)
    for code, weight in homes_of(given.area).items():
        hints[code] = hints.get(code, 0.0) + weight
    names = resolve_toponyms(
        document.text,
        names_in_phrases(document.text, sorted(phrases), lambda key: bool(gazetteer.exact(key))),
        gazetteer,
        homes=press_home(document.url, gazetteer),
        context=replace(given, countries=hints),
    )
    sure = [answer.readings[0][0] for answer in names if answer.p_best >= SURE_WEIGHT and answer.method == "name"]
    near = {str(place.id): place for place in (*given.near, *sure) if place.kind in FINE_KINDS}
    named = dict(countries_spoken_of(document))
    for code, weight in normalise_weights(given.countries).items():
        named[code] = named.get(code, 0.0) + weight
    return replace(
        given,
        countries=_mixed(named, _placed(sure, named), given.area),
        near=tuple(near[key] for key in sorted(near)[:MAX_NEAR]),
        senses={fold_name(a.text): a.readings for a in names if a.is_listed and a.method == "name"},
        beside={fold_name(a.text): a.place for a in names if a.place is not None and not a.is_listed},
        inside={fold_name(a.text): a.place for a in names if a.place is not None and a.method == "inside"},
        possible={fold_name(a.text): a.possible for a in names if a.possible is not None and not a.is_listed},
    )


def _placed(sure: Collection[Place], named: Collection[str]) -> dict[str, float]:
    """Count the places found in each country; one place alone, in a country not named, does not make that country spoken of."""
    counts = Counter(place.country for place in sure if place.country and place.kind in SHOWS_WHERE)
    distinct = Counter(place.country for place in {place.id: place for place in sure}.values())
    alone = {code for code in counts if code not in named and distinct[code] < FEWEST_PLACES}
    if len(alone) == len(counts):
        alone = set()  # nothing else is known: then every one of them counts
    return {code: float(n) for code, n in counts.items() if code and code not in alone}


def homes_of(area: Region | None) -> dict[str, float]:
    """Weigh the countries an area lies in, largest share first; empty for none."""
    return {code: AREA_FADE**i for i, code in enumerate(countries_of(area.geometry))} if area is not None else {}


def _mixed(named: Mapping[str, float], placed: Mapping[str, float], area: Region | None) -> dict[str, float]:
    """Mix the countries named, those of the places found, and those of the area under discussion."""
    mixed = {code: (1 - PLACE_WEIGHT) * weight for code, weight in normalise_weights(named).items()}
    for code, weight in normalise_weights(placed).items():
        mixed[code] = mixed.get(code, 0.0) + PLACE_WEIGHT * weight
    if area is not None:
        share = weight_of("area_countries")
        mixed = {code: (1 - share) * weight for code, weight in normalise_weights(mixed).items()}
        for code, weight in homes_of(area).items():
            mixed[code] = mixed.get(code, 0.0) + share * weight
    return normalise_weights(mixed)
