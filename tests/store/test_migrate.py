"""Every released version of the schema is brought to the newest and reads back equal."""

import json
from datetime import date, datetime
from functools import partial
from pathlib import Path
from zlib import crc32

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, Table, text

from wayout.errors import BackendError
from wayout.store import migrate, schema
from wayout.store.base import ClaimFilter
from wayout.store.in_postgres import open_postgres
from wayout.store.in_sqlite import open_sqlite
from wayout.store.migrate import bring_up_to_date
from wayout.store.open import open_store

VERSIONS = sorted(Path(__file__).with_name("versions").glob("*.json"))
"""Rows as that version kept them, and what its export said; one file a released version, never changed."""


def test_there_are_rows_of_every_version():
    script = ScriptDirectory(str(migrate.FOLDER))
    assert sorted(r.revision for r in script.walk_revisions()) == [path.stem for path in VERSIONS]
    assert script.get_current_head() == migrate.NEWEST


@pytest.fixture
def empty(request):
    """Where a store of any version may be made: nothing is there yet."""

    def place(backend):
        if backend == "sqlite":
            return str(request.getfixturevalue("tmp_path") / "old.sqlite")
        server = request.getfixturevalue("server")
        name = f"old_{crc32(request.node.name.encode())}"
        server.say(f"DROP SCHEMA IF EXISTS {name} CASCADE", f"CREATE SCHEMA {name}")
        return f"{server.address}&options=-csearch_path%3D{name},public"

    return place


@pytest.mark.parametrize("version", VERSIONS, ids=lambda path: path.stem)
@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
def test_an_old_store_reads_back_equal(empty, backend, version, monkeypatch):
    where = empty(backend)
    kept = json.loads(version.read_text(encoding="utf-8"))
    with monkeypatch.context() as patch:
        old = partial(bring_up_to_date, to=version.stem)
        patch.setattr("wayout.store.in_sqlite.bring_up_to_date", old)
        patch.setattr("wayout.store.in_postgres.bring_up_to_date", old)
        with open_store(where) as store:
            fill(store, kept["rows"])
    with open_store(where) as store:
        assert list(store.export()) == kept["export"]
        assert store.check().problems == ()
        assert [c.predicate for c in store.claims(ClaimFilter(text="aleppo", bbox=(37, 36, 38, 37)))] == ["takes"]
        assert store.claims(ClaimFilter(predicates=("moves",))) == ()
        (reader, first), (_, second) = store.readings()
        assert reader == "reader 1"
        assert first.claims[:2] == second.claims
        assert first.claims[2].quantity.value == 4
        assert first.claims[0].attributed_to.via.actor == "media"
        assert len(store.appearances()) == 2


def fill(store, rows):
    """Put rows into tables as they were then, whatever they are now."""
    wkb = {}
    with store.door.writing() as connection:
        tables = {
            name: Table(name, MetaData(), autoload_with=connection) for name in rows if name in schema.metadata.tables
        }
        for name, table in tables.items():
            found = [
                {k: bytes.fromhex(v) if k == "wkb" else moment(v, k, connection) for k, v in row.items()}
                for row in rows[name]
            ]
            if name == "geometries":
                wkb = {row["number"]: row["wkb"] for row in found}
            if found:
                connection.execute(table.insert(), found)
        store.door.wording.keep_shapes(connection, wkb)
        said = [(row["number"], tuple(row["words"].split())) for row in rows["claim_words"]]
        store.door.wording.keep_words(connection, said)


def moment(value, column, connection):
    """A value as its column takes it: days and times are ISO text in the file."""
    if value is None:
        return None
    if column in ("event_start", "event_end"):
        return date.fromisoformat(value)
    if column in ("published", "retrieved", "known", "made_at"):
        when = datetime.fromisoformat(value)
        return when if connection.dialect.name == "postgresql" else when.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return value


def test_the_migrations_make_what_the_schema_says(store):
    def ours(name, kind, _):
        return kind != "table" or name in schema.metadata.tables

    with store.door.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": ours, "compare_type": True})
        assert compare_metadata(context, schema.metadata) == []


@pytest.mark.parametrize("opener", [open_sqlite, open_postgres], ids=["sqlite", "postgresql"])
def test_a_newer_store_is_refused_by_name(opener, empty, monkeypatch):
    where = empty("sqlite" if opener is open_sqlite else "postgresql")
    given = Path(where) if opener is open_sqlite else where
    with opener(given) as store, store.door.writing() as connection:
        connection.execute(text(f"UPDATE {migrate.VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(BackendError, match=r"schema 9999.*update Wayout"):
        opener(given)


def test_opening_again_changes_nothing(tmp_path):
    path = tmp_path / "wayout.sqlite"
    open_store(path).close()
    before = path.read_bytes()
    open_store(path).close()
    assert path.read_bytes() == before
