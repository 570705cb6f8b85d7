"""Stages 1 to 3 on documents: what `wayout read` prints and the whole chain begins with."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from wayout.engine.on_one_machine import n_cores, spread
from wayout.extract.actors import open_actors
from wayout.extract.naming.actor_book import ActorBook
from wayout.extract.passages import join_passages, passages_of
from wayout.extraction import extract_parsed, extract_unparsed, is_parsed
from wayout.locate.claims import locate_claims
from wayout.locate.gazetteer import Gazetteer, open_gazetteer
from wayout.model import Document, Miss, Reading
from wayout.read.pages import read_pages
from wayout.read.raw_page import RawPage
from wayout.text.english import open_english, parse_texts
from wayout.text.event_rows import is_event_row

UNFORESEEN = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError)
"""What a mistake of ours in a rule looks like: it costs one passage, said in the log, never the rest of the run."""
BATCH_CHARACTERS = 20_000
"""Characters read at a time, some 3,000 words: enough for the parser to gain by it, little enough to share out evenly."""
LAST = datetime.max.replace(tzinfo=UTC)
MUCH_CHARACTERS = 60_000
"""From here on (some 10,000 words, three seconds on one core) it pays to start processes."""


class Passage(NamedTuple):
    """A document or a part of one: the document's number, where in the whole the part begins, whether it is the whole."""

    number: int
    document: Document
    start: int
    whole: bool


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
    passages = _passages(documents)
    return tuple(_joined(documents, passages, iter(_read(passages, book, gazetteer, at))))


def extract_all(
    documents: Sequence[Document],
    at: date | None,
    n_processes: int | None = None,
    editions: tuple[Path, ...] = (),
) -> tuple[Reading, ...]:
    """
    Do as :func:`extract` with the shipped actors and places, on all cores where there is much to read.

    Parameters
    ----------
    documents, at
        As for :func:`extract`.
    n_processes
        Processes to use; ``None`` decides by the length of the texts. The readings do not depend on it.
    editions
        Files of the gazetteer's editions that the user has added.

    Returns
    -------
    readings
        One a document, in the documents' order.
    """

    def make_work() -> Callable[[Sequence[Passage]], list[Reading]]:
        if any(map(is_parsed, documents)):
            open_english()
        book, gazetteer = open_actors(), open_gazetteer(editions)
        return lambda batch: _read(batch, book, gazetteer, at)

    return tuple(_spread(make_work, documents, n_processes))


def _passages(documents: Iterable[Document]) -> list[Passage]:
    found = []
    for number, document in enumerate(documents):
        parts = passages_of(document)
        found += [Passage(number, part, start, len(parts) == 1) for part, start in parts]
    return found


def _read(passages: Sequence[Passage], book: ActorBook, gazetteer: Gazetteer, at: date | None) -> list[Reading]:
    """Read passages one after the other; a mistake of ours costs one of them."""
    parses = parse_texts(p.document.text for p in passages if is_parsed(p.document))
    readings = []
    for _, document, _, _ in passages:
        if not is_parsed(document):
            readings.append(extract_unparsed(document, book, gazetteer, at))
            continue
        parsed = next(parses)
        try:
            readings.append(extract_parsed(document, parsed, book, gazetteer, at))
        except UNFORESEEN as error:
            why = f"our own fault ({type(error).__name__}: {error}): nothing of it was read; please report it with the text"
            miss = Miss(what=f"'{document.title or document.id}'", why=why)
            readings.append(Reading(document=document, misses=(miss,)))
    return readings


def _joined(
    documents: Sequence[Document], passages: Iterable[Passage], readings: Iterator[Reading]
) -> Iterator[Reading]:
    """Put the readings of each document's passages together again."""
    for document, (_, parts) in zip(documents, groupby(passages, lambda p: p.number), strict=True):
        yield join_passages(document, [(next(readings), part.start) for part in parts])


def _spread(
    make_work: Callable[[], Callable[[Sequence[Passage]], list[Reading]]],
    documents: Sequence[Document],
    n_processes: int | None,
) -> Iterator[Reading]:
    """Share the passages of all documents out, and put them together in order."""
    passages = _passages(documents)
    n_processes = _enough(documents) if n_processes is None else n_processes
    read = (r for batch in spread(make_work, _batches(passages), n_processes) for r in batch)
    yield from _joined(documents, passages, read)


def _enough(documents: Sequence[Document]) -> int:
    """Return the processes worth starting: one until there are a few seconds of work; rows of event tables are hardly any."""
    return n_cores() if sum(len(d.text) for d in documents if not is_event_row(d)) >= MUCH_CHARACTERS else 1


def _batches(passages: Iterable[Passage]) -> Iterator[tuple[Passage, ...]]:
    """Cut into batches of some size in characters, so that the parser works on many short texts at once."""
    batch: list[Passage] = []
    for passage in passages:
        batch.append(passage)
        if sum(len(p.document.text) for p in batch) >= BATCH_CHARACTERS:
            yield tuple(batch)
            batch = []
    if batch:
        yield tuple(batch)


def read_claims(
    raws: Iterable[RawPage],
    at: datetime | None,
    n_processes: int | None = None,
    editions: tuple[Path, ...] = (),
) -> Iterator[Reading | Miss]:
    """
    Run stages 1 to 3, a batch of documents after the other, on all cores where there is much to read.

    Parameters
    ----------
    raws
        Pages as bytes.
    at
        Time that relative dates count from in a page without a date.
    n_processes
        Processes to use; ``None`` decides by the length of the texts. The readings do not depend on it.
    editions
        Files of the gazetteer's editions that the user has added.

    Yields
    ------
    reading
        Why a page could not be read, or a document with its located claims.
    """
    documents, unread = read_pages(raws)
    yield from unread
    yield from read_documents(documents, at, n_processes, editions)


def read_documents(
    documents: Sequence[Document],
    at: datetime | None,
    n_processes: int | None = None,
    editions: tuple[Path, ...] = (),
) -> Iterator[Reading]:
    """
    Run stages 2 and 3 on documents; parameters as for :func:`read_claims`.

    Yields
    ------
    reading
        One a document, in the documents' order, as it is ready; claims are located.
    """

    def make_work() -> Callable[[Sequence[Passage]], list[Reading]]:
        if any(map(is_parsed, documents)):
            open_english()
        book, gazetteer = open_actors(), open_gazetteer(editions)

        def work(batch: Sequence[Passage]) -> list[Reading]:
            readings = _read(batch, book, gazetteer, at.date() if at else None)
            # A part of a text does not know what the whole speaks of: its places wait until it is joined.
            return [_located(r, gazetteer) if p.whole else r for p, r in zip(batch, readings, strict=True)]

        return work

    for document, reading in zip(documents, _spread(make_work, documents, n_processes), strict=True):
        yield reading if len(passages_of(document)) == 1 else _located(reading, open_gazetteer(editions))


def _located(reading: Reading, gazetteer: Gazetteer) -> Reading:
    claims, unlocated = locate_claims(reading.claims, [reading.document], gazetteer, mentions=reading.mentions)
    return replace(reading, claims=claims, misses=(*reading.misses, *unlocated))


def in_order(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Put readings in the order of their documents' dates, undated ones last, then of their ids: no result depends on the order given."""
    return tuple(sorted(readings, key=lambda r: (r.document.published or LAST, r.document.id)))
