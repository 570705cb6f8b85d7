"""Questions to the tables: what was known by when, claims by place, word and party, of the newest reading of each document."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain, islice
from typing import Any

from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, Select, exists, func, select

from wayout.errors import InputError
from wayout.model import Claim, Document, DocumentId
from wayout.store import schema
from wayout.store.base import ClaimFilter
from wayout.store.records import claims_of, document_of
from wayout.store.rows import column_text
from wayout.store.shapes import boxes_of, geometries_of
from wayout.store.wording import Wording
from wayout.store.words import words_of

MOST_IDS = 10_000
"""Ids told to the database at a time; it takes some 30,000 parameters at most (PostgreSQL)."""


def ask_documents(
    connection: Connection, ids: Iterable[DocumentId] | None, until: datetime | None, *, first_only: bool
) -> Iterator[Document]:
    """Yield appearances by when they were known (undated last), then by id; only the first of each text, or all."""
    made, documents = schema.appearances.c, schema.documents.c
    order = (made.known.is_(None), made.known, made.id)
    # Ranks are given to narrow rows; each text is fetched once, however often it appeared.
    ranked = select(
        made.number, made.document, func.row_number().over(partition_by=made.document, order_by=order).label("place")
    )
    if until is not None:
        ranked = ranked.where(made.known <= until)
    rows: list[Any] = []
    texts: dict[str, str] = {}
    for some in _portions(ids):
        wanted = select(documents.number).where(documents.id.in_(some or ()))
        chosen = (ranked if some is None else ranked.where(made.document.in_(wanted))).subquery()
        asked = (
            select(made.body, made.known, chosen.c.place, documents.id, schema.sources.c.body.label("source"))
            .join(chosen, chosen.c.number == made.number)
            .join(schema.documents, documents.number == made.document)
            .join(schema.sources, schema.sources.c.number == made.source)
        )
        rows += connection.execute(asked.where(chosen.c.place == 1) if first_only else asked)
        said = select(documents.id, documents.text).where(documents.number.in_(select(chosen.c.document)))
        texts.update((row.id, json.loads(row.text)) for row in connection.execute(said))
    rows.sort(key=lambda row: (row.known is None, row.known or 0, row.id, row.place))
    for row in rows:
        yield document_of(row.body, DocumentId(row.id), texts[row.id], row.source)


def ask_has(connection: Connection, document: DocumentId, reader: str) -> bool:
    """Tell whether a reader has read a document."""
    asked = select(exists().where(schema.documents.c.id == column_text(document), _read_by(column_text(reader))))
    return bool(connection.scalar(asked))


def _read_by(reader: str | None) -> Any:
    read = schema.readings.c
    return exists().where(read.document == schema.documents.c.number, read.reader == reader)


def ask_claims(connection: Connection, wording: Wording, which: ClaimFilter) -> tuple[Claim, ...]:
    """Return claims by document id, then in the reading's order."""
    if which.ids is not None and len(which.ids) > MOST_IDS:
        wanted = frozenset(which.ids)
        others = replace(which, ids=None, limit=None, offset=0)
        chosen = (claim for claim in ask_claims(connection, wording, others) if claim.id in wanted)
        return tuple(islice(chosen, which.offset, None if which.limit is None else which.offset + which.limit))
    if which.documents is not None and len(which.documents) > MOST_IDS:
        stop = None if which.limit is None else which.offset + which.limit
        parts = (
            replace(which, documents=tuple(DocumentId(i) for i in some or ()), limit=stop, offset=0)
            for some in _portions(which.documents)
        )
        every = chain.from_iterable(ask_claims(connection, wording, part) for part in parts)
        return tuple(islice(every, which.offset, stop))
    found = _claims_that(which, wording)
    if which.limit is None and not which.offset:
        # A whole answer is put in order here: the database would carry every body through its sort.
        found = found.order_by(None)
    shapes = shapes_of(connection, found)
    claims = schema.claims.c
    asked = found.with_only_columns(claims.body, schema.documents.c.id, claims.ordinal)
    rows = sorted(connection.execute(asked).all(), key=lambda row: (row.id, row.ordinal))
    return claims_of(((row.body, DocumentId(row.id)) for row in rows), shapes)


def shapes_of(connection: Connection, claims: Select[Any]) -> Mapping[str, BaseGeometry]:
    """Return the geometries that claims lie on, by key."""
    places, kept = schema.claim_places.c, schema.geometries.c
    on = select(places.geometry).where(places.claim.in_(claims))
    rows = connection.execute(select(kept.id, kept.wkb).where(kept.number.in_(on))).all()
    return dict(zip((row.id for row in rows), geometries_of([row.wkb for row in rows]), strict=True))


def ask_reading_parts(connection: Connection, ids: Iterable[DocumentId] | None) -> Iterator[tuple[DocumentId, str]]:
    """Yield what the newest readings hold beside claims, by document id."""
    asked = (
        select(schema.documents.c.id, schema.readings.c.body)
        .join(schema.documents, schema.documents.c.number == schema.readings.c.document)
        .where(is_newest(schema.readings.c.document, schema.readings.c.number))
        .order_by(schema.documents.c.id)
    )
    for some in _portions(ids):
        for row in connection.execute(asked if some is None else asked.where(schema.documents.c.id.in_(some))):
            yield DocumentId(row.id), row.body


def is_newest(document: Any, reading: Any) -> Any:
    """Say that no reading of the document was added after this one."""
    later = schema.readings.alias("later")
    return ~exists().where(later.c.document == document, later.c.number > reading)


def _claims_that(which: ClaimFilter, wording: Wording) -> Select[Any]:
    claims, documents = schema.claims.c, schema.documents.c
    found: Select[Any] = (
        select(claims.number)
        .join(schema.documents, documents.number == claims.document)
        .where(claims.reading.in_(_newest_readings(which)))
        .order_by(documents.id, claims.ordinal)
    )
    if which.bbox is not None:
        found = found.where(wording.touches(boxes_of(which.bbox)))
    if which.actors is not None:
        actors = sorted({column_text(actor) or "" for actor in which.actors})
        found = found.where(claims.subject.in_(actors) | claims.object.in_(actors))
    if which.predicates is not None:
        found = found.where(claims.predicate.in_(sorted(set(which.predicates))))
    if which.text is not None:
        words = words_of([which.text])
        if not words:
            raise InputError(f"text {which.text!r} has no word to look for; give letters or digits")
        found = found.where(wording.says(words))
    if which.ids is not None:
        found = found.where(claims.id.in_(sorted({column_text(i) or "" for i in which.ids})))
    return found.limit(which.limit).offset(which.offset) if which.limit is not None or which.offset else found


def _newest_readings(which: ClaimFilter) -> Select[Any]:
    """Choose readings, not claims, by document and time: there are a tenth as many, and their rows are narrow."""
    read, documents, made = schema.readings.c, schema.documents.c, schema.appearances.c
    newest = select(func.max(read.number)).group_by(read.document)
    if which.until is not None:
        newest = newest.where(read.document.in_(select(made.document).where(made.known <= which.until)))
    if which.documents is not None:
        wanted = sorted({column_text(i) or "" for i in which.documents})
        newest = newest.where(read.document.in_(select(documents.number).where(documents.id.in_(wanted))))
    return newest


def _portions(ids: Iterable[DocumentId] | None) -> Iterator[Sequence[str] | None]:
    if ids is None:
        yield None
        return
    wanted = sorted({column_text(i) or "" for i in ids})
    yield from (wanted[i : i + MOST_IDS] for i in range(0, len(wanted), MOST_IDS))
