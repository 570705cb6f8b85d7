"""Reports come in: read, extracted, located and kept one after the other; what is there already is not read again."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from wayout.casebook.dates import doubts_of_date, known_from
from wayout.casebook.gathering import note_pending, refresh
from wayout.fuse.belief import Belief
from wayout.fuse.contradictions import find_contradictions
from wayout.fuse.echoes import find_origins
from wayout.manifest import reader_version
from wayout.model import Document, Miss, Reading
from wayout.read.pages import read_pages
from wayout.read.raw_page import RawPage
from wayout.reading import read_documents
from wayout.store.base import Store
from wayout.text.event_rows import is_event_row

BATCH_DOCUMENTS = 400
BATCH_CHARACTERS = 1_000_000
"""Read together at most, so that all cores have work and memory stays small."""
KEEP_TOGETHER = 16
"""Readings kept in one transaction: so many are read again, at most, after a crash."""
ROWS_TOGETHER = 256
"""... of rows of an event table, which are read a hundred times as fast."""

QUOTE_CHARACTERS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class AddOptions:
    """
    How reports are added.

    Attributes
    ----------
    today
        The day it is, aware: reports dated later are told.
    at
        The day an undated report is taken to be had on, aware: it is known from then, and its "yesterday" counts from it; ``None``: today.
    editions
        Files of the gazetteer's editions that the user has added.
    n_processes
        Processes that read; ``None`` decides by the length of the texts.
    """

    today: datetime
    at: datetime | None = None
    editions: tuple[Path, ...] = ()
    n_processes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSummary:
    """
    What came of adding.

    ``n_new`` documents were read and kept with ``n_claims`` claims; ``n_known`` were there; ``n_elsewhere`` of these turned up with another
    source, address or date, which is kept; ``n_unread`` sources or records gave no document.
    """

    n_new: int = 0
    n_claims: int = 0
    n_known: int = 0
    n_elsewhere: int = 0
    n_unread: int = 0
    misses: tuple[Miss, ...] = ()


def add_reports(
    pages: Iterable[RawPage | Miss],
    store: Store,
    options: AddOptions,
    tell: Callable[[Miss], None] = lambda _: None,
) -> AddSummary:
    """
    Read, extract, locate and keep reports; may be stopped at any moment and called again.

    Parameters
    ----------
    pages
        Pages as bytes, in any order, and sources that could not be had.
    store
        Where they are kept.
    options
        Today, the day of undated reports, editions.
    tell
        Told at once what could not be read or is odd.

    Returns
    -------
    summary
        A second call with the same pages adds nothing: what the same version has read is skipped before the long work.
    """
    adding = _Adding(store, options, tell)
    for batch in _batches(adding.documents(pages)):
        adding.add(batch)
    if adding.summary.n_new or adding.summary.n_elsewhere:
        refresh(store)
    return adding.summary


class _Adding:
    def __init__(self, store: Store, options: AddOptions, tell: Callable[[Miss], None]) -> None:
        self.summary = AddSummary()
        self._store, self._options, self._tell = store, options, tell
        self._reader = reader_version(options.editions)

    def documents(self, pages: Iterable[RawPage | Miss]) -> Iterator[Document]:
        """Read pages one by one; an undated one is dated by when it was had."""
        at = self._options.at or self._options.today
        for page in pages:
            documents, unread = read_pages([page])
            # Where documents came of it, a miss tells of a part of it: a row of a table, a cell.
            self._note(unread, n_unread=0 if documents else len(unread))
            for document in documents:
                undated = document.published is None and document.retrieved is None
                yield replace(document, retrieved=at) if undated else document

    def add(self, batch: Iterable[Document]) -> None:
        """Extract what is new of a batch and keep it; of what is known keep only where it turned up."""
        new: dict[str, Document] = {}
        again = []
        for document in batch:
            if document.id in new or self._store.has(document.id, self._reader):
                again.append(document)
            else:
                new[document.id] = document
        at = self._options.at or self._options.today
        editions = self._options.editions
        together = ROWS_TOGETHER if all(map(is_event_row, new.values())) else KEEP_TOGETHER
        ready: list[Reading] = []
        for reading in read_documents(tuple(new.values()), at, self._options.n_processes, editions):
            ready.append(reading)
            if len(ready) == together:
                self._keep(ready)
                ready = []
        self._keep(ready)
        if again:
            note_pending(self._store, {d.id for d in again})
        elsewhere = sum(self._store.add_documents(again))
        self._count(n_known=len(again), n_elsewhere=elsewhere)

    def _keep(self, readings: list[Reading]) -> None:
        if not readings:
            return
        note_pending(self._store, [r.document.id for r in readings])
        self._store.add_readings(readings, self._reader)
        for reading in readings:
            self._note((*doubts_of_date(reading.document, self._options.today), *_odd(reading)))
        self._count(n_new=len(readings), n_claims=sum(len(r.claims) for r in readings))

    def _note(self, misses: Iterable[Miss], n_unread: int = 0) -> None:
        told = tuple(misses)
        for miss in told:
            self._tell(miss)
        self.summary = replace(self.summary, misses=(*self.summary.misses, *told))
        self._count(n_unread=n_unread)

    def _count(self, **more: int) -> None:
        counted = {name: getattr(self.summary, name) + n for name, n in more.items()}
        self.summary = replace(self.summary, **counted)


def _odd(reading: Reading) -> Iterator[Miss]:
    """Tell what was not read of a document, and whether it contradicts itself."""
    yield from reading.misses
    document, claims = reading.document, {c.id: c for c in reading.claims}
    known = known_from(document)
    if known is None or len(claims) < 2:
        return
    alone = find_origins([document], reading.claims, links=())
    quarrels = find_contradictions(reading.claims, Belief(reading.claims, [document], known, origins=alone))
    if quarrels:
        first, second = claims[quarrels[0].first], claims[quarrels[0].second]
        pair = " / ".join(repr(document.quote(c.evidence[0])[:QUOTE_CHARACTERS]) for c in (first, second))
        more = f", and {len(quarrels) - 1} more" if len(quarrels) > 1 else ""
        yield Miss(what=f"'{name_of(document)}'", why=f"contradicts itself ({pair}{more}); both sides are kept")


def name_of(document: Document) -> str:
    """Name a document for people: its title, else the publisher, else the id."""
    return document.title or f"{document.source.name} ({document.id})"


def _batches(documents: Iterable[Document]) -> Iterator[tuple[Document, ...]]:
    batch: list[Document] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.text)
        if len(batch) == BATCH_DOCUMENTS or size >= BATCH_CHARACTERS:
            yield tuple(batch)
            batch, size = [], 0
    if batch:
        yield tuple(batch)
