"""
Version 1: evidence, judgements, derived columns; triggers that keep evidence; search by place and by word.

It stands on its own: what ``schema.py`` says later must not change how old stores are made.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

EVIDENCE = ("sources", "documents", "appearances", "geometries", "readings", "claims", "judgements")
APPLICATION_ID = 0x5741594F
NAME = sa.TEXT().with_variant(sa.TEXT(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Make all tables."""
    _make_documents()
    _make_readings()
    _make_judgements()
    _make_derived()
    (_for_postgres if op.get_bind().dialect.name == "postgresql" else _for_sqlite)()


def _column(name: str, kind: Any, *, nullable: bool = False, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=nullable, **more)


def _number() -> sa.Column[Any]:
    return sa.Column("number", NUMBER, primary_key=True, autoincrement=False)


def _id(table: str) -> tuple[sa.Column[Any], sa.UniqueConstraint]:
    return _column("id", NAME), sa.UniqueConstraint("id", name=f"uq_{table}_id")


def _of(name: str, table: str) -> sa.Column[Any]:
    return sa.Column(name, NUMBER, sa.ForeignKey(f"{table}.number"), nullable=False)


def _make_documents() -> None:
    op.create_table("sources", _number(), *_id("sources"), _column("body", sa.TEXT))
    op.create_table("documents", _number(), *_id("documents"), _column("text", sa.TEXT))
    op.create_table(
        "appearances",
        _number(),
        *_id("appearances"),
        _of("document", "documents"),
        _of("source", "sources"),
        _column("published", TIME, nullable=True),
        _column("retrieved", TIME, nullable=True),
        _column("known", TIME, nullable=True),
        _column("body", sa.TEXT),
        _column("digest", NAME),
    )
    op.create_index("ix_appearances_document_known", "appearances", ["document", "known"])
    op.create_index("ix_appearances_known_document", "appearances", ["known", "document"])
    op.create_table("geometries", _number(), *_id("geometries"), _column("wkb", sa.LargeBinary))


def _make_readings() -> None:
    op.create_table(
        "readings",
        _number(),
        _of("document", "documents"),
        _column("reader", NAME),
        _column("n_claims", sa.Integer),
        _column("body", sa.TEXT),
        _column("digest", NAME),
        sa.UniqueConstraint("document", "reader", name="uq_readings_document_reader"),
    )
    op.create_index("ix_readings_document_number", "readings", ["document", "number"])
    op.create_table(
        "claims",
        _number(),
        _of("reading", "readings"),
        _of("document", "documents"),
        _column("ordinal", sa.Integer),
        _column("id", NAME),
        _column("predicate", NAME),
        _column("subject", NAME, nullable=True),
        _column("object", NAME, nullable=True),
        _column("event_start", sa.Date, nullable=True),
        _column("event_end", sa.Date, nullable=True),
        _column("body", sa.TEXT),
        sa.UniqueConstraint("reading", "ordinal", name="uq_claims_reading_ordinal"),
    )
    for name in ("document", "id", "predicate", "subject", "object"):
        op.create_index(f"ix_claims_{name}", "claims", [name])
    op.create_table(
        "claim_places",
        sa.Column("geometry", NUMBER, sa.ForeignKey("geometries.number"), primary_key=True),
        sa.Column("claim", NUMBER, sa.ForeignKey("claims.number"), primary_key=True),
    )
    op.create_index("ix_claim_places_claim", "claim_places", ["claim"])


def _make_judgements() -> None:
    op.create_table(
        "judgements",
        _number(),
        *_id("judgements"),
        _column("kind", NAME),
        _column("about", NAME),
        _column("made_at", TIME),
        _column("by", sa.TEXT),
        _column("body", sa.TEXT),
        _column("previous", NAME),
    )
    for name in ("kind", "about"):
        op.create_index(f"ix_judgements_{name}", "judgements", [name])


def _make_derived() -> None:
    op.create_table(
        "derived",
        sa.Column("name", NAME, primary_key=True),
        _column("basis", sa.TEXT),
        _column("n_rows", NUMBER),
        _column("n_chunks", sa.Integer),
    )
    op.create_table(
        "derived_chunks",
        sa.Column("name", NAME, sa.ForeignKey("derived.name"), primary_key=True),
        sa.Column("chunk", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        _column("column", sa.TEXT),
        _column("dtype", sa.TEXT),
        _column("shape", sa.TEXT),
        _column("data", sa.LargeBinary),
    )


def _for_sqlite() -> None:
    op.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    op.execute("CREATE VIRTUAL TABLE geometry_boxes USING rtree(number, west, east, south, north)")
    # We cut and fold words ourselves: this tokenizer splits at blanks and touches no letter beyond ASCII.
    op.execute("CREATE VIRTUAL TABLE claim_words USING fts5(words, content='', detail='none', tokenize='ascii')")
    refuse = "SELECT RAISE(ABORT, 'evidence is append-only')"
    for table in EVIDENCE:
        for change in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} BEGIN {refuse}; END")
        # INSERT OR REPLACE removes a row without asking the trigger for DELETE.
        same = "reading = NEW.reading AND ordinal = NEW.ordinal" if table == "claims" else "id = NEW.id"
        if table == "readings":
            same = "document = NEW.document AND reader = NEW.reader"
        there = f"EXISTS (SELECT 1 FROM {table} WHERE number = NEW.number OR ({same}))"  # noqa: S608 - names of ours
        op.execute(f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} BEGIN {refuse}; END")


def _for_postgres() -> None:
    bind = op.get_bind()
    if not bind.execute(sa.text("SELECT 1 FROM pg_extension WHERE extname = 'postgis'")).scalar():
        op.execute("CREATE EXTENSION postgis")
    op.execute("CREATE TABLE geometry_shapes (number bigint PRIMARY KEY, shape geometry(Geometry, 4326) NOT NULL)")
    op.execute("CREATE INDEX ix_geometry_shapes_shape ON geometry_shapes USING gist (shape)")
    op.execute("CREATE TABLE claim_words (number bigint PRIMARY KEY, words tsvector NOT NULL)")
    op.execute("CREATE INDEX ix_claim_words_words ON claim_words USING gin (words)")
    op.execute(
        "CREATE FUNCTION wayout_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'evidence is append-only'; END $$"
    )
    for table in EVIDENCE:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION wayout_refuse()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION wayout_refuse()"
        )
