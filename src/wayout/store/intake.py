"""Put readings into the tables: everything once, by its hash; numbers of rows are given here, for one writes at a time."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table, func, insert, select

from wayout.errors import ProvenanceError
from wayout.model import Document, Reading, content_id
from wayout.store import schema
from wayout.store.records import Shapes, claim_text, document_text, dumps, reading_text, source_text
from wayout.store.rows import check_document, check_reading, claim_row, digest, known_from
from wayout.store.wording import Wording
from wayout.store.words import claim_words

IDS_A_QUERY = 500
"""Ids asked for at a time."""


class Intake:
    """
    What one transaction adds.

    Parameters
    ----------
    connection
        A writer's: nobody else writes until it ends.
    wording
        The backend's own.
    """

    def __init__(self, connection: Connection, wording: Wording) -> None:
        self._connection = connection
        self._wording = wording
        self._rows: dict[str, list[dict[str, Any]]] = {}
        self._next: dict[str, int] = {}
        self._words: list[tuple[int, tuple[str, ...]]] = []
        self._shapes = Shapes()
        self._on: list[tuple[int, frozenset[str]]] = []

    def add(
        self, documents: Sequence[Document], readings: Sequence[Reading | None], reader: str
    ) -> tuple[list[bool], list[bool]]:
        """
        Add appearances of documents and their readings.

        Parameters
        ----------
        documents
            What appeared.
        readings
            The reading of each, or ``None``.
        reader
            Version of the reader.

        Returns
        -------
        new_appearances, new_readings
            Which of them were not there, one a document.
        """
        for document, reading in zip(documents, readings, strict=True):
            check_document(document)
            if reading is not None:
                check_reading(reading)
        sources = {content_id("source", body): body for body in map(source_text, (d.source for d in documents))}
        source_numbers = self._keep_all(schema.sources, {i: {"body": body} for i, body in sources.items()})
        known_before = self._known(schema.documents, {str(d.id) for d in documents})
        self._check_texts(documents, known_before)
        numbers = self._keep_all(
            schema.documents, {str(d.id): {"text": dumps(d.text)} for d in documents}, known_before
        )
        new_appearances = self._appear(documents, numbers, source_numbers)
        new_readings = self._read(readings, numbers, reader)
        self._write()
        return new_appearances, new_readings

    def _appear(self, documents: Sequence[Document], numbers: dict[str, int], sources: dict[str, int]) -> list[bool]:
        rows: dict[str, dict[str, Any]] = {}
        named = []
        for document in documents:
            source = content_id("source", source_text(document.source))
            published = document.published.isoformat() if document.published else None
            name = content_id("appearance", document.id, source, document.url, published)
            body = document_text(document)
            named.append(name)
            rows.setdefault(
                name,
                {
                    "document": numbers[document.id],
                    "source": sources[source],
                    "published": document.published,
                    "retrieved": document.retrieved,
                    "known": known_from(document),
                    "body": body,
                    "digest": digest(body),
                },
            )
        before = self._known(schema.appearances, rows)
        self._keep_all(schema.appearances, rows, before)
        firsts = _firsts(named)
        return [first and name not in before for first, name in zip(firsts, named, strict=True)]

    def _read(self, readings: Sequence[Reading | None], numbers: dict[str, int], reader: str) -> list[bool]:
        wanted = {numbers[r.document.id] for r in readings if r is not None}
        readers = schema.readings.c
        done: set[int] = set()
        for some in _some(sorted(wanted)):
            asked = select(readers.document).where(readers.document.in_(some), readers.reader == reader)
            done.update(self._connection.scalars(asked))
        new = []
        for reading in readings:
            number = None if reading is None else numbers[reading.document.id]
            new.append(number is not None and number not in done)
            if reading is not None and number is not None and number not in done:
                done.add(number)
                self._add_reading(reading, number, reader)
        return new

    def _add_reading(self, reading: Reading, document: int, reader: str) -> None:
        number = self._number(schema.readings)
        body = reading_text(reading.document.id, reading.mentions, reading.times, reading.misses)
        seal = hashlib.sha256(dumps([reading.document.id, reader, body]).encode())
        for ordinal, claim in enumerate(reading.claims):
            written, on = claim_text(claim, self._shapes)
            seal.update(written.encode())
            row = claim_row(claim, written)
            row.update(number=self._number(schema.claims), reading=number, document=document, ordinal=ordinal)
            self._row(schema.claims, row)
            self._words.append((row["number"], claim_words(claim, reading.document)))
            self._on.append((row["number"], on))
        row = {"number": number, "document": document, "reader": reader, "n_claims": len(reading.claims)}
        self._row(schema.readings, {**row, "body": body, "digest": seal.hexdigest()})

    def _write(self) -> None:
        """Write all rows, those that others point to first."""
        before = self._known(schema.geometries, self._shapes.wkb)
        shapes = self._keep_all(schema.geometries, {k: {"wkb": wkb} for k, wkb in self._shapes.wkb.items()}, before)
        for claim, on in self._on:
            for key in sorted(on):
                self._row(schema.claim_places, {"geometry": shapes[key], "claim": claim})
        for table in schema.metadata.sorted_tables:
            if rows := self._rows.pop(table.name, None):
                self._connection.execute(insert(table), rows)
        fresh = {shapes[key]: wkb for key, wkb in self._shapes.wkb.items() if key not in before}
        self._wording.keep_shapes(self._connection, fresh)
        self._wording.keep_words(self._connection, self._words)

    def _keep_all(
        self, table: Table, rows: dict[str, dict[str, Any]], known: dict[str, int] | None = None
    ) -> dict[str, int]:
        """Plan rows whose ids are not there yet; return all their numbers by id."""
        numbers = dict(self._known(table, rows) if known is None else known)
        for name, row in rows.items():
            if name not in numbers:
                numbers[name] = self._number(table)
                self._row(table, {"number": numbers[name], "id": name, **row})
        return numbers

    def _known(self, table: Table, ids: Iterable[str]) -> dict[str, int]:
        """Return the numbers of the rows that are there, by id."""
        found: dict[str, int] = {}
        for some in _some(sorted(ids)):
            asked = select(table.c.id, table.c.number).where(table.c.id.in_(some))
            found.update((row.id, row.number) for row in self._connection.execute(asked))
        return found

    def _check_texts(self, documents: Iterable[Document], known: dict[str, int]) -> None:
        """Refuse another text under a known id: at 64 bits that is no accident."""
        table = schema.documents.c
        texts = {str(d.id): dumps(d.text) for d in documents}
        for some in _some(sorted(known)):
            for row in self._connection.execute(select(table.id, table.text).where(table.id.in_(some))):
                if texts[row.id] != row.text:
                    raise ProvenanceError(
                        f"document {row.id} is kept with another text; an id stands for one text only"
                    )

    def _row(self, table: Table, row: dict[str, Any]) -> None:
        self._rows.setdefault(table.name, []).append(row)

    def _number(self, table: Table) -> int:
        """Give the next number of a table."""
        if table.name not in self._next:
            number: Column[int] = table.c.number
            self._next[table.name] = (self._connection.scalar(select(func.max(number))) or 0) + 1
        given = self._next[table.name]
        self._next[table.name] += 1
        return given


def _some(ids: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (ids[i : i + IDS_A_QUERY] for i in range(0, len(ids), IDS_A_QUERY))


def _firsts(names: Sequence[str]) -> list[bool]:
    """Tell which names are met for the first time."""
    first = {name: i for i, name in reversed(list(enumerate(names)))}
    return [first[name] == i for i, name in enumerate(names)]
