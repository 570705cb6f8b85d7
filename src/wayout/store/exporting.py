"""The whole content of a store as text, and as readings to be kept elsewhere."""

import json
from collections.abc import Iterator
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Connection, select

from wayout.model import Claim, Document, DocumentId, Reading, canonical_json
from wayout.store import schema
from wayout.store.asking import ask_documents, is_newest, shapes_of
from wayout.store.base import Store
from wayout.store.chain import ask_judgements
from wayout.store.records import claims_of, reading_part

READINGS_AT_A_TIME = 200


def export_lines(connection: Connection) -> Iterator[str]:
    """Yield sources, documents, appearances, geometries, readings, claims and judgements as JSON, each by its ids."""
    streamed = connection.execution_options(yield_per=READINGS_AT_A_TIME)
    documents, made, read, said = (t.c for t in (schema.documents, schema.appearances, schema.readings, schema.claims))
    for row in streamed.execute(select(schema.sources).order_by(schema.sources.c.id)):
        yield _line("sources", id=row.id, body=json.loads(row.body))
    for row in streamed.execute(select(schema.documents).order_by(documents.id)):
        yield _line("documents", id=row.id, text=json.loads(row.text))
    asked = select(made.id, documents.id.label("document"), schema.sources.c.id.label("source"), made.body)
    asked = asked.join(schema.documents, documents.number == made.document)
    asked = asked.join(schema.sources, schema.sources.c.number == made.source).order_by(made.id)
    for row in streamed.execute(asked):
        yield _line("appearances", id=row.id, document=row.document, source=row.source, body=json.loads(row.body))
    for row in streamed.execute(select(schema.geometries).order_by(schema.geometries.c.id)):
        yield _line("geometries", id=row.id, wkb=bytes(row.wkb).hex())
    newest = is_newest(read.document, read.number).label("newest")
    asked = select(documents.id, read.reader, read.body, newest).join(
        schema.readings, read.document == documents.number
    )
    for row in streamed.execute(asked.order_by(documents.id, read.reader)):
        body = json.loads(row.body)
        yield _line("readings", document=row.id, reader=row.reader, newest=bool(row.newest), body=body)
    asked = select(documents.id, read.reader, said.ordinal, said.body).join(
        schema.readings, said.reading == read.number
    )
    asked = asked.join(schema.documents, documents.number == said.document)
    for row in streamed.execute(asked.order_by(documents.id, read.reader, said.ordinal)):
        yield _line("claims", document=row.id, reader=row.reader, ordinal=row.ordinal, body=json.loads(row.body))
    for judgement in ask_judgements(connection):
        fields = {name: getattr(judgement, name) for name in ("id", "kind", "about", "by", "previous")}
        yield _line("judgements", **fields, made_at=judgement.made_at.isoformat(), body=judgement.value())


def ask_readings(connection: Connection) -> Iterator[tuple[str, Reading]]:
    """Yield every reading of every version with its reader, in the order they were added."""
    documents, read = schema.documents.c, schema.readings.c
    asked = select(read.number, read.reader, read.body, documents.id).join(
        schema.documents, documents.number == read.document
    )
    rows = iter(connection.execute(asked.order_by(read.number)).all())
    while some := list(islice(rows, READINGS_AT_A_TIME)):
        numbers = [row.number for row in some]
        claims = _claims_by_reading(connection, numbers)
        ids = [DocumentId(row.id) for row in some]
        known = {d.id: d for d in ask_documents(connection, ids, None, first_only=True)}
        for row in some:
            yield row.reader, _reading(row, known[row.id], claims.get(row.number, ()))


def copy_store(source: Store, target: Store) -> None:
    """
    Put everything a store holds into another: SQLite to PostgreSQL, or back, or into a new file with new indexes.

    What is derived is left out: it is made again. What the target holds already is passed over, so that a copy that was cut off
    may be begun again.

    Raises
    ------
    ProvenanceError
        If the target holds judgements of its own: two chains cannot be joined.
    """
    appeared = iter(source.appearances())
    while some := list(islice(appeared, READINGS_AT_A_TIME)):
        target.add_documents(some)
    for reader, group in groupby(source.readings(), key=lambda pair: pair[0]):
        readings = (reading for _, reading in group)
        while many := list(islice(readings, READINGS_AT_A_TIME)):
            target.add_readings(many, reader)
    target.add_judgements(source.judgements())


def _line(table: str, **fields: Any) -> str:
    return canonical_json({"table": table, **fields})


def _claims_by_reading(connection: Connection, readings: list[int]) -> dict[int, tuple[Claim, ...]]:
    said = schema.claims.c
    numbers = select(said.number).where(said.reading.in_(readings))
    asked = select(said.reading, said.body, schema.documents.c.id).where(said.reading.in_(readings))
    asked = asked.join(schema.documents, schema.documents.c.number == said.document)
    rows = connection.execute(asked.order_by(said.reading, said.ordinal)).all()
    shapes = shapes_of(connection, numbers)
    return {
        number: claims_of(((row.body, DocumentId(row.id)) for row in group), shapes)
        for number, group in groupby(rows, key=lambda row: row.reading)
    }


def _reading(row: Any, document: Document, claims: tuple[Claim, ...]) -> Reading:
    return Reading(
        document=document,
        mentions=reading_part(row.body, document.id, "mentions"),
        times=reading_part(row.body, document.id, "times"),
        misses=reading_part(row.body, document.id, "misses"),
        claims=claims,
    )
