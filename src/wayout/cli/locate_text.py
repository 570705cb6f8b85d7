"""Every place phrase of a text with its region."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wayout.cli.users_gazetteer import users_gazetteer
from wayout.errors import NotFoundError, SourceError
from wayout.locate.context import PhraseContext
from wayout.locate.gazetteer import Gazetteer
from wayout.locate.phrases import locate_phrase
from wayout.locate.resolving.reports import context_of_report
from wayout.locate.shaping.grammar import names_something
from wayout.model import Document, Mention, Region, Span
from wayout.read.raw_page import RawPage


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
    document: Document, mentions: Sequence[Mention], gazetteer: Gazetteer, given: PhraseContext
) -> TextPlaces:
    """Locate the places of a document, its names resolved together."""
    places = [m for m in mentions if m.kind == "place" and names_something(m.text)]
    context = context_of_report(document, [(m.span.start, m.span.end) for m in places], gazetteer, given)
    answers = [(m.span, _try(m.text, gazetteer, context)) for m in places]
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
