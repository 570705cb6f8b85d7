"""One passage of text through stages 2 and 3: actors, places, times, claims and relations, in the language it is written in."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from wayout.extract.actors import find_actors
from wayout.extract.claims import extract_claims
from wayout.extract.entities import find_entities
from wayout.extract.event_tables import extract_event_row
from wayout.extract.naming.actor_book import ActorBook
from wayout.extract.naming.foreign_names import find_names
from wayout.extract.relations import find_relations
from wayout.extract.skipped import skipped_by_parser
from wayout.extract.time import find_times
from wayout.locate.foreign_places import find_foreign_places
from wayout.locate.gazetteer import Gazetteer
from wayout.locate.toponyms import find_places
from wayout.model import Document, Mention, MentionKind, Miss, Reading
from wayout.text.event_rows import is_event_row
from wayout.text.name_models import EXTRAS, has_name_model, propose_names
from wayout.text.names import fold_name

ENGLISH = "en"
READ_FOR_NAMES = ("ar", "fr", "ru", "uk", "fa", "tr")
"""Languages whose prefixes, case endings and elisions are known; others are searched for names as they stand."""


def is_parsed(document: Document) -> bool:
    """Tell whether a document is read whole by the parser: English, or too short to tell; rows of event tables need none."""
    return document.language in (None, ENGLISH) and not is_event_row(document)


def extract_parsed(document: Document, parsed: Any, book: ActorBook, gazetteer: Gazetteer, at: date | None) -> Reading:
    """
    Read an English passage.

    Parameters
    ----------
    document
        The passage.
    parsed
        Its spaCy ``Doc``.
    book, gazetteer
        The known actors and places.
    at
        Day that relative dates count from where the document has none.

    Returns
    -------
    reading
        With everything; places are phrases still.
    """
    actors = find_actors(_dated(document, at), parsed, book)
    places = find_places(document, parsed, gazetteer, [m.span for m in actors if not _may_be_place(m, gazetteer)])
    mentions = (*_without_places(actors, places), *places)
    times = find_times(document, parsed, at)
    claims = extract_claims(document, parsed, mentions, times, book)
    return Reading(
        document=document,
        mentions=mentions,
        times=times,
        entities=find_entities(document, parsed, mentions, times),
        claims=claims,
        relations=find_relations(document, parsed, mentions, claims),
        misses=skipped_by_parser(document, parsed),
    )


def extract_unparsed(document: Document, book: ActorBook, gazetteer: Gazetteer, at: date | None) -> Reading:
    """
    Read what needs no parser: a row of an event table; else, in another language, names, places and times, and a miss that says so.

    Parameters
    ----------
    document
        The passage; its ``language`` is not English, or it is a row.
    book, gazetteer
        The known actors and places.
    at
        Day that relative dates count from where the document has none.

    Returns
    -------
    reading
        Names that nobody knows are among its mentions only where a model of the language is installed.
    """
    if is_event_row(document):
        return extract_event_row(document, book)
    language = document.language or ""
    actors = find_names(_dated(document, at), book)
    places = find_foreign_places(document, gazetteer, [m.span for m in actors])
    unknown = _proposed(document, language, [m.span for m in (*actors, *places)])
    why = "claims are read in English only; its actors, places and times are here without them"
    if language not in READ_FOR_NAMES:
        why = "this language is not supported; only names written as the knowledge files write them were found"
    elif not has_name_model(language):
        why += "; unknown names were not looked for" + (
            f" (pip install 'wayout[{language}]' does)" if language in EXTRAS else ""
        )
    return Reading(
        document=document,
        mentions=tuple(sorted((*actors, *places, *unknown), key=lambda m: m.span)),
        times=find_times(document, document.text, at),
        misses=(Miss(what=f"the claims of '{document.title or document.id}' (language: {language})", why=why),),
    )


def _proposed(document: Document, language: str, taken: Sequence[Any]) -> list[Mention]:
    """Take what a model of the language proposes where nothing known stands."""
    found = []
    for name in propose_names(document.text, language):
        span = document.span(name.start, name.end)
        if any(span.overlaps(other) for other in taken):
            continue
        words = document.quote(span)
        if name.label == "place":
            found.append(Mention(span=span, text=words, kind="place", ref=None, route="statistical"))
        else:
            kind: MentionKind = "person" if name.label == "person" else "actor"
            ref = f"unknown:{fold_name(words)}"
            found.append(Mention(span=span, text=words, kind=kind, ref=ref, route="statistical"))
    return found


def _dated(document: Document, at: date | None) -> Document:
    """Give an undated page the day it is read for: actors are looked up by the years they were active."""
    if document.published is not None or at is None:
        return document
    return replace(document, published=datetime(at.year, at.month, at.day, tzinfo=UTC))


def _may_be_place(mention: Mention, gazetteer: Gazetteer) -> bool:
    """A name that nobody knows as an actor, but the gazetteer knows as a place, is not kept from being one."""
    return is_unknown(mention) and bool(gazetteer.find(mention.text))


def _without_places(actors: Sequence[Mention], places: Sequence[Mention]) -> tuple[Mention, ...]:
    """Drop unknown names that turned out to be places."""
    return tuple(m for m in actors if not (is_unknown(m) and any(m.span.overlaps(p.span) for p in places)))


def is_unknown(mention: Mention) -> bool:
    """Tell whether a mention names somebody the knowledge files do not hold."""
    return mention.ref is not None and mention.ref.startswith("unknown:")
