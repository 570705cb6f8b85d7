"""Stages 1 to 3 on documents: what `wayout read` prints and the whole chain begins with."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from wayout.engine.on_one_machine import n_cores, spread
from wayout.extract.actors import open_actors
from wayout.extract.naming.actor_book import ActorBook
from wayout.extract.passages import join_passages, passages_of
from wayout.extraction import extract_parsed, extract_unparsed, is_parsed
from wayout.locate.claims import locate_claims
from wayout.locate.gazetteer import Gazetteer, open_gazetteer
from wayout.model import Actor, ActorId, Document, Miss, Reading
from wayout.read.pages import read_pages
from wayout.read.raw_page import RawPage
from wayout.text.english import open_english, parse_text, parse_texts

UNFORESEEN = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError)
"""What a mistake of ours in a rule looks like: it costs one passage, said in the log, never the rest of the run."""
BATCH_CHARACTERS = 20_000
"""Characters read at a time, some 3,000 words: enough for the parser to gain by it, little enough to share out evenly."""
MUCH_CHARACTERS = 60_000
"""From here on (some 10,000 words, three seconds on one core) it pays to start processes."""


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
    passages = [passages_of(document) for document in documents]
    parses = parse_texts([p[0][0].text for p in passages if len(p) == 1 and is_parsed(p[0][0])])

    def read(passage: Document, alone: bool) -> Reading:
        if not is_parsed(passage):
            return extract_unparsed(passage, book, gazetteer, at)
        # The passages of a long text one by one: a batch of them would not fit into memory.
        parsed = next(parses) if alone else parse_text(passage.text)
        try:
            return extract_parsed(passage, parsed, book, gazetteer, at)
        except UNFORESEEN as error:
            what = f"'{passage.title or passage.id}'"
            why = f"our own fault ({type(error).__name__}: {error}): nothing of it was read; please report it with the text"
            return Reading(document=passage, misses=(Miss(what=what, why=why),))

    return tuple(
        join_passages(document, [(read(passage, len(several) == 1), start) for passage, start in several])
        for document, several in zip(documents, passages, strict=True)
    )


def extract_all(documents: Sequence[Document], at: date | None, n_processes: int | None = None) -> tuple[Reading, ...]:
    """
    Do as :func:`extract` with the shipped actors and places, on all cores where there is much to read.

    Parameters
    ----------
    documents, at
        As for :func:`extract`.
    n_processes
        Processes to use; ``None`` decides by the length of the texts. The readings do not depend on it.

    Returns
    -------
    readings
        One a document, in the documents' order.
    """

    def make_work() -> Callable[[Sequence[Document]], tuple[Reading, ...]]:
        open_english()
        book, gazetteer = open_actors(), open_gazetteer()
        return lambda batch: extract(batch, book, gazetteer, at)

    n_processes = _enough(documents) if n_processes is None else n_processes
    return tuple(reading for readings in spread(make_work, _batches(documents), n_processes) for reading in readings)


def _enough(documents: Sequence[Document]) -> int:
    """Return the processes worth starting: one until there are a few seconds of work."""
    return n_cores() if sum(len(d.text) for d in documents) >= MUCH_CHARACTERS else 1


def _batches(documents: Iterable[Document]) -> Iterator[tuple[Document, ...]]:
    """Cut into batches of some size in characters, so that the parser works on many short texts at once."""
    batch: list[Document] = []
    for document in documents:
        batch.append(document)
        if sum(len(d.text) for d in batch) >= BATCH_CHARACTERS:
            yield tuple(batch)
            batch = []
    if batch:
        yield tuple(batch)


def read_claims(
    raws: Iterable[RawPage], at: datetime | None, n_processes: int | None = None
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

    Yields
    ------
    reading
        Why a page could not be read, or a document with its located claims.
    """

    def make_work() -> Callable[[Sequence[Document]], tuple[Reading, ...]]:
        open_english()
        book, gazetteer = open_actors(), open_gazetteer()

        def work(batch: Sequence[Document]) -> tuple[Reading, ...]:
            return tuple(_located(r, gazetteer) for r in extract(batch, book, gazetteer, at.date() if at else None))

        return work

    documents, unread = read_pages(raws)
    yield from unread
    n_processes = _enough(documents) if n_processes is None else n_processes
    for readings in spread(make_work, _batches(documents), n_processes):
        yield from readings


def _located(reading: Reading, gazetteer: Gazetteer) -> Reading:
    claims, unlocated = locate_claims(reading.claims, [reading.document], gazetteer)
    return replace(reading, claims=claims, misses=(*reading.misses, *unlocated))


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
