"""Judgements in their chain: each stands behind the one before it, by its hash."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, Row, Select, insert, select

from wayout.errors import InputError
from wayout.model import Judgement, chained, judgement_hash
from wayout.store import schema
from wayout.store.rows import column_text

FIELDS = ("id", "kind", "about", "made_at", "by", "body", "previous")


def add_to_chain(connection: Connection, judgement: Judgement) -> Judgement:
    """Put a judgement at the end; return it as kept, or as it was kept before."""
    before = connection.execute(_judgements().where(schema.judgements.c.id == judgement.id)).one_or_none()
    if before is not None:
        kept = _record(before)
        if judgement_hash(chained_like(judgement, kept)) != judgement_hash(kept):
            raise InputError(f"judgement {judgement.id} is kept with other words; make its id with make_judgement()")
        return kept
    last = connection.execute(_judgements().order_by(schema.judgements.c.number.desc()).limit(1)).one_or_none()
    linked = chained(judgement, judgement_hash(_record(last)) if last is not None else "")
    values = {name: getattr(linked, name) for name in FIELDS}
    connection.execute(insert(schema.judgements), {"number": last.number + 1 if last is not None else 1, **values})
    return linked


def chained_like(judgement: Judgement, kept: Judgement) -> Judgement:
    """Return a judgement in another's place of the chain, unless it names a place itself."""
    return judgement if judgement.previous else chained(judgement, kept.previous)


def ask_judgements(
    connection: Connection, kind: str | None = None, until: datetime | None = None
) -> Iterator[Judgement]:
    """Yield judgements in the chain's order."""
    if until is not None and until.tzinfo is None:
        raise InputError(f"until is {until}, a time without a zone; give it in UTC")
    asked = _judgements().order_by(schema.judgements.c.number)
    if kind is not None:
        asked = asked.where(schema.judgements.c.kind == column_text(kind))
    if until is not None:
        asked = asked.where(schema.judgements.c.made_at <= until)
    for row in connection.execute(asked):
        yield _record(row)


def head_of(connection: Connection) -> str:
    """Return the hash of the last judgement, "" where there is none."""
    last = connection.execute(_judgements().order_by(schema.judgements.c.number.desc()).limit(1)).one_or_none()
    return judgement_hash(_record(last)) if last is not None else ""


def _judgements() -> Select[tuple[object, ...]]:
    return select(schema.judgements)


def _record(row: Row[tuple[object, ...]]) -> Judgement:
    return Judgement(**{name: getattr(row, name) for name in FIELDS})
