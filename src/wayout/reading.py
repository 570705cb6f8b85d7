"""Stages 1 to 3 on documents: what `wayout read` prints and the whole chain begins with."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from wayout.extract.actor_book import ActorBook
from wayout.extract.actors import find_actors, open_actors
from wayout.extract.claims import extract_claims
from wayout.extract.time import find_times
from wayout.locate.claims import locate_claims
from wayout.locate.gazetteer import Gazetteer, open_gazetteer
from wayout.locate.toponyms import find_places
from wayout.model import Actor, ActorId, Document, Mention, Miss, Reading
from wayout.read.pages import read_pages
from wayout.read.raw_page import RawPage
from wayout.text.english import parse_text


def extract(
    documents: Sequence[Document], book: ActorBook, gazetteer: Gazetteer, at: date | None
) -> tuple[Reading, ...]:
    """
    Read documents for actors, places, times and claims; places are phrases still, LOCATE gives them ground.

    Parameters
    ----------
    documents
        What was read.
    book
        The known actors.
    gazetteer
        Tells which words are places.
    at
        Day that relative dates count from in a document without a date.

    Returns
    -------
    readings
        One a document, in the documents' order.
    """
    readings = []
    for document in documents:
        parsed = parse_text(document.text)
        actors = find_actors(_dated(document, at), parsed, book)
        places = find_places(document, parsed, gazetteer, [m.span for m in actors if not _may_be_place(m, gazetteer)])
        mentions = (*_without_places(actors, places), *places)
        times = find_times(document, parsed, at)
        claims = extract_claims(document, parsed, mentions, times, book)
        readings.append(Reading(document=document, mentions=mentions, times=times, claims=claims))
    return tuple(readings)


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


def read_claims(raws: Iterable[RawPage], at: datetime | None) -> Iterator[Reading | Miss]:
    """
    Run stages 1 to 3, one document after the other.

    Parameters
    ----------
    raws
        Pages as bytes.
    at
        Time that relative dates count from in a page without a date.

    Yields
    ------
    reading
        A document with its located claims, or why a page could not be read.
    """
    book, gazetteer = open_actors(), open_gazetteer()
    documents, unread = read_pages(raws)
    yield from unread
    for document in documents:
        day = document.published or at
        (reading,) = extract([document], book, gazetteer, day.date() if day else None)
        claims, unlocated = locate_claims(reading.claims, [document], gazetteer)
        yield replace(reading, claims=claims, misses=(*reading.misses, *unlocated))


def with_parents(ids: Iterable[ActorId], book: ActorBook) -> dict[ActorId, Actor]:
    """Look up actors and everything above them, by id."""
    found: dict[ActorId, Actor] = {}
    waiting = sorted(set(ids))
    while waiting:
        actor = book.actor(waiting.pop())
        found[actor.id] = actor
        if actor.parent is not None and actor.parent not in found:
            waiting.append(actor.parent)
    return found
