"""Is the store what was put into it: every text, geometry, reading and judgement against its hash, every index against its table."""

import hashlib
import json
from collections.abc import Iterator
from itertools import chain
from typing import Any

from sqlalchemy import Connection, func, select, text

from wayout.errors import WayoutError
from wayout.model import broken_links, content_id, document_id
from wayout.store import schema
from wayout.store.base import StoreCheck
from wayout.store.chain import ask_judgements, head_of
from wayout.store.records import dumps, geometry_key
from wayout.store.rows import digest
from wayout.store.wording import Wording

COUNTED = (*schema.EVIDENCE, "derived")
ROWS_AT_A_TIME = 2_000
RESTORE = "restore a backup and add what came after it again"


def check_store(connection: Connection, wording: Wording) -> StoreCheck:
    """Check everything; an altered or missing row is a problem said by name, never an exception."""
    problems = list(wording.problems(connection))
    for look in (_texts, _readings, _indexes):
        problems += look(connection)
    try:
        broken = broken_links(ask_judgements(connection))
        head = head_of(connection)
    except WayoutError as error:
        broken, head = (), ""
        problems.append(f"a judgement cannot be read ({error}); {RESTORE}")
    problems += [
        f"judgement {name} does not stand behind the one before it: one was altered or removed; {RESTORE}"
        for name in broken
    ]
    counts = {
        name: connection.scalar(select(func.count()).select_from(schema.metadata.tables[name])) or 0 for name in COUNTED
    }
    return StoreCheck(backend=wording.backend, counts=tuple(counts.items()), head=head, problems=tuple(problems))


def _texts(connection: Connection) -> Iterator[str]:
    streamed = connection.execution_options(yield_per=ROWS_AT_A_TIME)
    for row in streamed.execute(select(schema.documents)):
        if document_id(_loaded(row.text)) != row.id:
            yield f"the text of document {row.id} was altered; {RESTORE}"
    for row in streamed.execute(select(schema.sources)):
        if content_id("source", row.body) != row.id:
            yield f"source {row.id} was altered; {RESTORE}"
    for row in streamed.execute(select(schema.appearances)):
        if digest(row.body) != row.digest:
            yield f"appearance {row.id} of a document was altered; {RESTORE}"
    for row in streamed.execute(select(schema.geometries)):
        if geometry_key(row.wkb) != row.id:
            yield f"geometry {row.id} was altered; {RESTORE}"


def _loaded(written: str) -> str:
    try:
        return str(json.loads(written))
    except ValueError:
        return ""


def _readings(connection: Connection) -> Iterator[str]:
    """Seal each reading again: its claims in order, none missing, none added."""
    streamed = connection.execution_options(yield_per=ROWS_AT_A_TIME)
    read, said = schema.readings.c, schema.claims.c
    asked = (
        select(
            read.number,
            read.reader,
            read.n_claims,
            read.body,
            read.digest,
            schema.documents.c.id,
            said.body.label("claim"),
        )
        .join(schema.documents, schema.documents.c.number == read.document)
        .outerjoin(schema.claims, said.reading == read.number)
        .order_by(read.number, said.ordinal)
    )
    current: Any = None
    seal, n_claims = hashlib.sha256(), 0
    for row in chain(streamed.execute(asked), (None,)):
        ends = current is not None and (row is None or row.number != current.number)
        if ends and (seal.hexdigest(), n_claims) != (current.digest, current.n_claims):
            yield f"the reading of document {current.id} by {current.reader} was altered; {RESTORE}"
        if row is not None and (current is None or ends):
            current, n_claims = row, 0
            seal = hashlib.sha256(dumps([row.id, row.reader, row.body]).encode())
        if row is not None and row.claim is not None:
            seal.update(row.claim.encode())
            n_claims += 1


def _indexes(connection: Connection) -> Iterator[str]:
    n_claims = connection.scalar(text("SELECT count(*) FROM claims"))
    n_indexed = connection.scalar(text("SELECT count(*) FROM claim_words"))
    if n_claims != n_indexed:
        yield f"{n_indexed} of {n_claims} claims can be found by word; copy the store into a new one (copy_store)"
