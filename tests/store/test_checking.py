"""Evidence cannot be changed through the store's own database, and a change past its triggers is found."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from wayout.errors import BackendError
from wayout.model import make_judgement
from wayout.store import schema
from wayout.store.checking import check_store
from wayout.store.door import WRITES


@pytest.fixture
def filled(store, reports, build):
    store.add_readings(reports.aleppo_and_homs(), "1")
    for value in range(3):
        store.add_judgement(make_judgement(kind="rating", about="x", made_at=build.at, by="b", value=value))
    return store


@pytest.mark.parametrize("table", schema.EVIDENCE)
@pytest.mark.parametrize("change", ["UPDATE {} SET number = number + 100", "DELETE FROM {}"])
def test_evidence_is_append_only(filled, table, change):
    before = list(filled.export())
    with pytest.raises(BackendError, match="append-only"), filled.door.writing() as connection:
        connection.execute(text(change.format(table)))
    assert list(filled.export()) == before


def test_evidence_cannot_be_emptied_or_replaced(filled):
    before = list(filled.export())
    tricks = (
        [f"TRUNCATE {table} CASCADE" for table in schema.EVIDENCE]
        if filled.door.wording.backend == "postgresql"
        else [f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1" for table in schema.EVIDENCE]
    )
    for trick in tricks:
        with pytest.raises(BackendError, match="append-only"), filled.door.writing() as connection:
            connection.execute(text(trick))
    assert list(filled.export()) == before


TAMPERED = {
    "judgements": ("UPDATE judgements SET body = '\"X\"' WHERE number = 2", "judgement"),
    "judgements cut out": ("DELETE FROM judgements WHERE number = 2", "judgement"),
    "documents": ("UPDATE documents SET text = '\"Other words.\"' WHERE number = 1", "text of document"),
    "documents no JSON": ("UPDATE documents SET text = 'x' WHERE number = 1", "text of document"),
    "claims": (
        "UPDATE claims SET body = replace(body, 'takes', 'loses') WHERE predicate = 'takes'",
        "reading of document",
    ),
    "claims cut out": ("DELETE FROM claims WHERE predicate = 'takes'", "reading of document"),
    "claims at the end": ("DELETE FROM claims WHERE number = 3", "reading of document"),
    "readings": ("UPDATE readings SET reader = 'other' WHERE number = 1", "reading of document"),
    "sources": ('UPDATE sources SET body = \'{"name":"Other"}\'', "source"),
    "appearances": ("UPDATE appearances SET body = replace(body, '2024', '2023')", "appearance"),
}


@pytest.mark.parametrize("change", TAMPERED)
def test_a_change_past_the_triggers_is_found(filled, change):
    assert filled.check().problems == ()
    sentence, said = TAMPERED[change]
    problems = checked_after(filled, sentence).problems
    assert any(said in problem and "restore a backup" in problem for problem in problems), problems
    assert filled.check().problems == ()


def test_a_chain_cut_off_at_its_end_shows_by_its_head(filled):
    check = checked_after(filled, "DELETE FROM judgements WHERE number = 3")
    assert check.problems == ()
    assert check.head != filled.head()


def test_counts(filled):
    counts = dict(filled.check().counts)
    assert counts == {
        "sources": 1,
        "documents": 2,
        "appearances": 2,
        "geometries": 2,
        "readings": 2,
        "claims": 3,
        "judgements": 3,
        "derived": 0,
    }


def test_a_lost_search_index_is_found(filled):
    lose = "DELETE FROM claim_words WHERE number = 1"
    if filled.door.wording.backend == "sqlite":
        lose = "INSERT INTO claim_words (claim_words) VALUES ('delete-all')"
    assert any("found by word" in problem for problem in checked_after(filled, lose).problems)


def checked_after(store, sentence):
    """What the check says after a change past the triggers; the change is taken back."""
    with store.door.engine.connect() as connection:
        writer = connection.execution_options(**{WRITES: True})
        transaction = writer.begin()
        _without_triggers(writer, store.door.wording.backend)
        writer.execute(text(sentence))
        found = check_store(writer, store.door.wording)
        transaction.rollback()
    return found


def _without_triggers(connection, backend):
    if backend == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        return
    # A schema change is part of the transaction, which is rolled back.
    names = connection.execute(text("SELECT name FROM sqlite_schema WHERE type = 'trigger'")).scalars().all()
    for name in names:
        connection.execute(text(f"DROP TRIGGER {name}"))
    connection.execute(text("PRAGMA defer_foreign_keys = ON"))


def test_an_error_not_foreseen_is_still_ours(filled):
    with pytest.raises(BackendError, match="nothing was written") as caught, filled.door.writing() as connection:
        connection.execute(text("SELECT no_such_column FROM claims"))
    assert isinstance(caught.value.__cause__, DBAPIError)
