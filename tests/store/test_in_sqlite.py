"""The file's own troubles: each an error by name that says what to do."""

import multiprocessing
import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pysqlite3 import dbapi2

from wayout.errors import BackendError, InputError
from wayout.store import in_sqlite
from wayout.store.open import open_store


def test_a_folder_is_no_store(tmp_path):
    with pytest.raises(InputError, match="is a folder; name a file in it"):
        open_store(tmp_path)


def test_a_path_without_its_folder(tmp_path):
    with pytest.raises(InputError, match="make it first"):
        open_store(tmp_path / "nowhere" / "wayout.sqlite")


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="no file"):
        open_store(tmp_path / "pipe")


@pytest.mark.parametrize("name", ["a\x00b", "a" * 300])
def test_a_name_no_file_can_have(tmp_path, name):
    with pytest.raises(InputError, match="cannot be"):
        open_store(tmp_path / name)


@pytest.mark.parametrize("address", ["mysql://user:secret@host/db", "sqlite:///x.sqlite", "https://example.org/store"])
def test_an_address_of_another_kind(address):
    with pytest.raises(InputError, match=r"not \w+://") as caught:
        open_store(address)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("content", [b"PK\x03\x04 a zip", b"x", b"SQLite format 2\x00 and so on"])
def test_a_file_that_is_no_database_is_left_alone(tmp_path, content):
    path = tmp_path / "wayout.sqlite"
    path.write_bytes(content)
    with pytest.raises(InputError, match="no SQLite database"):
        open_store(path)
    assert path.read_bytes() == content


def test_a_database_cut_off_or_overwritten(tmp_path):
    path = tmp_path / "wayout.sqlite"
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    with pytest.raises((InputError, BackendError), match=r"wayout\.sqlite: .*; "):
        open_store(path)


def test_a_database_of_another_program_is_left_alone(tmp_path):
    path = tmp_path / "photos.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE photos (name)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(InputError, match="another program"):
        open_store(path)
    assert path.read_bytes()[:18] == before[:18]
    with sqlite3.connect(path) as other:
        assert [row[0] for row in other.execute("SELECT name FROM sqlite_schema")] == ["photos"]
    other.close()


@pytest.mark.parametrize(
    "name",
    ["a?mode=ro.sqlite", "100%25.sqlite", "file:x.sqlite", ":memory:", "\u062d\u0644\u0628 .sqlite", "a;b'\".sqlite"],
)
def test_a_path_is_taken_as_it_is(tmp_path, monkeypatch, reports, name):
    monkeypatch.chdir(tmp_path)
    with open_store(Path(name)) as store:
        store.add_readings(reports.aleppo_and_homs(), "1")
    assert {path.name.removesuffix("-wal").removesuffix("-shm") for path in tmp_path.iterdir()} == {name}


def test_memory_leaves_no_file(tmp_path, monkeypatch, reports):
    monkeypatch.chdir(tmp_path)
    with open_store(":memory:") as store:
        store.add_readings(reports.aleppo_and_homs(), "1")
        assert len(store.documents()) == 2
    assert list(tmp_path.iterdir()) == []


def open_as_nobody(path, pipe):
    if os.getuid() == 0:  # root may write anywhere
        os.setgid(65534)
        os.setuid(65534)
    try:
        open_store(path).close()
    except InputError as error:
        pipe.send(str(error))


@pytest.mark.parametrize(("what", "remedy"), [("file", "chmod u\\+w"), ("folder", "look at the path")])
def test_what_may_not_be_written(tmp_path, what, remedy):
    path = tmp_path / "wayout.sqlite"
    open_store(path).close()  # and what makes a store is loaded
    if what == "file":
        path.chmod(0o444)
    else:
        path.unlink()
    for folder in tmp_path, *tmp_path.parents[:2]:
        folder.chmod(0o755)
    tmp_path.chmod(0o555)
    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe(duplex=False)
    process = fork.Process(target=open_as_nobody, args=(path, there))
    process.start()
    there.close()
    with closing(here):
        said = here.recv()
    process.join(60)
    tmp_path.chmod(0o755)
    assert str(path) in said
    assert re.search(remedy, said)


def test_an_old_sqlite_is_refused_by_name(monkeypatch, tmp_path):
    monkeypatch.setattr(dbapi2, "sqlite_version_info", (3, 40, 1))
    monkeypatch.setattr(dbapi2, "sqlite_version", "3.40.1")
    with pytest.raises(BackendError, match=r"SQLite 3\.40\.1 can corrupt .* 3\.51\.3.* pip install"):
        open_store(tmp_path / "wayout.sqlite")


def test_it_writes_ahead_and_to_the_disk(tmp_path):
    with open_store(tmp_path / "wayout.sqlite") as store, store.door.reading() as connection:
        said = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "application_id")
        }
    assert said == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "application_id": in_sqlite.APPLICATION_ID,
    }


def test_a_writer_that_waits_too_long_says_so(tmp_path, monkeypatch, reports):
    monkeypatch.setattr(in_sqlite, "BUSY_MS", 1)
    path = tmp_path / "wayout.sqlite"
    with open_store(path) as one, open_store(path) as other, one.door.writing():
        with pytest.raises(BackendError, match="another process has been writing"):
            other.add_readings(reports.aleppo_and_homs(), "1")
        assert other.documents() == ()
