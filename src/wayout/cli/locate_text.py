"""Every place phrase of a text with its region."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from wayout.cli.users_gazetteer import users_gazetteer
from wayout.errors import NotFoundError, SourceError
from wayout.locate.context import PhraseContext
from wayout.locate.gazetteer import Gazetteer
from wayout.locate.phrases import locate_phrase
from wayout.locate.resolving.spoken import PLACE_WEIGHT, countries_spoken_of, normalise_weights
from wayout.locate.shaping.grammar import names_something
from wayout.model import Document, Mention, Place, Region, Span
from wayout.read.raw_page import RawPage

FINE_KINDS = frozenset({"populated_place", "admin1", "admin2", "admin3", "crossing", "installation"})
MAX_NEAR = 40
SURE_WEIGHT = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPlaces:
    """The place phrases of one document: where each stands and is, and those that could not be located, with the reason."""

    document: Document
    found: tuple[tuple[Span, Region], ...]
    missed: tuple[tuple[Span, str], ...]


def locate_pages(pages: Sequence[RawPage], context: PhraseContext) -> list[TextPlaces]:
    """
    Find and locate the place phrases of pages.

    Parameters
    ----------
    pages
        Text or HTML as bytes.
    context
        Countries and area that the user gave.

    Returns
    -------
    places
        One for each document that could be read.

    Raises
    ------
    SourceError
        If none could.
    """
    from wayout.model import Miss
    from wayout.reading import read_claims

    gazetteer = users_gazetteer()
    done, whys = [], []
    for reading in read_claims(pages, None):
        if isinstance(reading, Miss):
            whys.append(f"{reading.what}: {reading.why}")
            continue
        done.append(_locate_mentions(reading.document, reading.mentions, gazetteer, context))
    if not done:
        raise SourceError("; ".join(whys) or "there is no text; give a sentence or a file with some")
    return done


def _locate_mentions(
    document: Document, mentions: Sequence[Mention], gazetteer: Gazetteer, context: PhraseContext
) -> TextPlaces:
    """Locate the places of a document twice: what is sure the first time helps the others."""
    spoken = dict(countries_spoken_of(document))
    for code, weight in context.countries.items():
        spoken[code] = spoken.get(code, 0.0) + weight
    places = [m for m in mentions if m.kind == "place" and names_something(m.text)]
    near: dict[str, Place] = {}
    counts: Counter[str] = Counter()
    for mention in places:
        region = _try(mention.text, gazetteer, replace(context, countries=spoken))
        if isinstance(region, str) or (region.method == "name" and region.parts[0].weight < SURE_WEIGHT):
            continue
        for place in region.places:
            if place.kind in FINE_KINDS and place.country:
                counts[place.country] += 1
            if place.kind in FINE_KINDS - {"admin1"} and len(near) < MAX_NEAR:
                near[str(place.id)] = place
    for code, weight in normalise_weights(counts).items():
        spoken[code] = (1 - PLACE_WEIGHT) * spoken.get(code, 0.0) + PLACE_WEIGHT * weight
    second = replace(context, countries=spoken, near=tuple(near[key] for key in sorted(near)))
    answers = [(m.span, _try(m.text, gazetteer, second)) for m in places]
    return TextPlaces(
        document=document,
        found=tuple((span, replace(r, evidence=(span,))) for span, r in answers if not isinstance(r, str)),
        missed=tuple((span, why) for span, why in answers if isinstance(why, str)),
    )


def _try(phrase: str, gazetteer: Gazetteer, context: PhraseContext) -> Region | str:
    try:
        return locate_phrase(phrase, gazetteer, context)
    except NotFoundError as error:
        return str(error)
