"""
The one schema of both backends: evidence and judgements, which are only ever added, and what is derived from them.

Numbers of rows are given by the writer, of whom there is one at a time. Words of others lie in JSON text only, never in a column of
their own: no database takes every character. What a backend needs to search by place and by word is in ``in_sqlite`` and ``in_postgres``.
Changes of this file go with a migration (``store/migrations``); a test compares the two.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    TEXT,
    BigInteger,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

EVIDENCE = ("sources", "documents", "appearances", "geometries", "readings", "claims", "judgements")
"""Tables whose rows are never changed nor removed: triggers refuse it."""


class UtcTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC to the microsecond: ``timestamptz`` on PostgreSQL, sortable ISO text on SQLite."""

    impl = String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Choose the column's type."""
        return dialect.type_descriptor(DateTime(timezone=True) if dialect.name == "postgresql" else String(27))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Turn into UTC."""
        if value is None:
            return None
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.isoformat(timespec="microseconds")[:26] + "Z"

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Read as UTC."""
        if value is None:
            return None
        return (value if isinstance(value, datetime) else datetime.fromisoformat(value)).astimezone(UTC)


Name = TEXT().with_variant(TEXT(collation="C"), "postgresql")
"""Text compared by its bytes, so that both backends sort alike."""
Number = BigInteger().with_variant(Integer(), "sqlite")
metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s"}
)


def _number() -> Column[int]:
    return Column("number", Number, primary_key=True, autoincrement=False)


def _of(name: str, table: str) -> Column[int]:
    return Column(name, Number, ForeignKey(f"{table}.number"), nullable=False)


sources = Table(
    "sources",
    metadata,
    _number(),
    Column("id", Name, nullable=False, unique=True),
    Column("body", TEXT, nullable=False),
)
documents = Table(
    "documents",
    metadata,
    _number(),
    Column("id", Name, nullable=False, unique=True),
    Column("text", TEXT, nullable=False),
)
appearances = Table(
    "appearances",
    metadata,
    _number(),
    Column("id", Name, nullable=False, unique=True),
    _of("document", "documents"),
    _of("source", "sources"),
    Column("published", UtcTime),
    Column("retrieved", UtcTime),
    Column("known", UtcTime),
    Column("body", TEXT, nullable=False),
    Column("digest", Name, nullable=False),
    Index(None, "document", "known"),
    Index(None, "known", "document"),
)
geometries = Table(
    "geometries",
    metadata,
    _number(),
    Column("id", Name, nullable=False, unique=True),
    Column("wkb", LargeBinary, nullable=False),
)
readings = Table(
    "readings",
    metadata,
    _number(),
    _of("document", "documents"),
    Column("reader", Name, nullable=False),
    Column("n_claims", Integer, nullable=False),
    Column("body", TEXT, nullable=False),
    Column("digest", Name, nullable=False),
    UniqueConstraint("document", "reader"),
    Index(None, "document", "number"),
)
claims = Table(
    "claims",
    metadata,
    _number(),
    _of("reading", "readings"),
    _of("document", "documents"),
    Column("ordinal", Integer, nullable=False),
    Column("id", Name, nullable=False, index=True),
    Column("predicate", Name, nullable=False, index=True),
    Column("subject", Name, index=True),
    Column("object", Name, index=True),
    Column("event_start", Date),
    Column("event_end", Date),
    Column("body", TEXT, nullable=False),
    UniqueConstraint("reading", "ordinal"),
    Index(None, "document"),
)
judgements = Table(
    "judgements",
    metadata,
    _number(),
    Column("id", Name, nullable=False, unique=True),
    Column("kind", Name, nullable=False, index=True),
    Column("about", Name, nullable=False, index=True),
    Column("made_at", UtcTime, nullable=False),
    Column("by", TEXT, nullable=False),
    Column("body", TEXT, nullable=False),
    Column("previous", Name, nullable=False),
)
claim_places = Table(
    "claim_places",
    metadata,
    Column("geometry", Number, ForeignKey("geometries.number"), primary_key=True),
    Column("claim", Number, ForeignKey("claims.number"), primary_key=True),
    Index(None, "claim"),
)
"""Which geometries a claim lies on: an index, made from the claims."""
derived = Table(
    "derived",
    metadata,
    Column("name", Name, primary_key=True),
    Column("basis", TEXT, nullable=False),
    Column("n_rows", Number, nullable=False),
    Column("n_chunks", Integer, nullable=False),
)
derived_chunks = Table(
    "derived_chunks",
    metadata,
    Column("name", Name, ForeignKey("derived.name"), primary_key=True),
    Column("chunk", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("column", TEXT, nullable=False),
    Column("dtype", TEXT, nullable=False),
    Column("shape", TEXT, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
