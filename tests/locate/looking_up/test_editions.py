import json
import sqlite3

import pytest

from wayout.errors import InputError, NotFoundError
from wayout.locate.looking_up.editions import (
    EditionSource,
    edition_files,
    edition_path,
    read_editions,
    remove_edition,
    write_edition,
)
from wayout.locate.looking_up.gazetteer_file import OWN_NAME, Entry

SOURCE = EditionSource(title="a list", address="list.csv", sha256="0" * 64, retrieved="2026-01-01", licence="ours")


def places(*names):
    found = []
    for i, name in enumerate(names):
        entry = Entry(f"list:{i}", name, "populated_place", "SD", None, 25.0 + i, 13.0)
        entry.call([name], OWN_NAME)
        found.append(entry)
    return found


def make(folder, name="SD", entries=None):
    return write_edition(
        folder, name, entries or places("Kafod", "Shagra"), sources=[SOURCE], left_out={"outside SD": 2}
    )


def test_an_edition_is_listed_as_it_was_written(tmp_path):
    made = make(tmp_path / "gazetteer")
    assert read_editions(tmp_path / "gazetteer") == (made,)
    assert (made.country, made.n_places, made.n_names, made.whole) == ("SD", 2, 2, True)
    assert made.sources == (SOURCE,)
    assert made.left_out == {"outside SD": 2}


def test_the_same_places_in_any_order_give_the_same_bytes(tmp_path):
    one = make(tmp_path / "a", entries=places("Kafod", "Shagra"))
    other = make(tmp_path / "b", entries=places("Kafod", "Shagra")[::-1])
    assert one.path.read_bytes() == other.path.read_bytes()
    assert one.sha256 == other.sha256


def test_a_newer_edition_replaces_the_older_and_leaves_nothing_else(tmp_path):
    make(tmp_path)
    made = make(tmp_path, entries=places("Tawila"))
    assert read_editions(tmp_path) == (made,)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["SD.json", "SD.sqlite"]


def test_an_interrupted_run_leaves_the_old_edition(tmp_path, monkeypatch):
    made = make(tmp_path)

    def fail(*_args, **_more):
        raise OSError("no room")

    monkeypatch.setattr("wayout.locate.looking_up.editions.write", fail)
    with pytest.raises(OSError, match="no room"):
        make(tmp_path, entries=places("Tawila"))
    assert read_editions(tmp_path) == (made,)


def test_a_file_that_was_changed_is_told(tmp_path):
    made = make(tmp_path)
    with made.path.open("ab") as file:
        file.write(b"x")
    assert not read_editions(tmp_path)[0].whole


@pytest.mark.parametrize("record", [None, "{", "[]", '{"sources": 1}'])
def test_a_file_without_a_readable_record_is_listed_without_one(tmp_path, record):
    made = make(tmp_path)
    made.path.with_suffix(".json").unlink()
    if record is not None:
        made.path.with_suffix(".json").write_text(record)
    (found,) = read_editions(tmp_path)
    assert (found.name, found.country, found.whole) == ("SD", None, False)


@pytest.mark.parametrize("name", ["", "../SD", "a/b", "/etc/x", ".hidden", "a b", "x" * 65, "SD\n", "SD.sqlite"])
def test_a_name_never_leads_out_of_the_folder(tmp_path, name):
    with pytest.raises(InputError, match="cannot name an edition"):
        edition_path(tmp_path, name)
    with pytest.raises(InputError):
        remove_edition(tmp_path, name)


def test_removing_takes_file_and_record(tmp_path):
    make(tmp_path)
    make(tmp_path, "SD-sites")
    remove_edition(tmp_path, "SD")
    assert [p.name for p in edition_files(tmp_path)] == ["SD-sites.sqlite"]
    with pytest.raises(NotFoundError, match="there are: SD-sites"):
        remove_edition(tmp_path, "SD")


def test_a_missing_folder_has_no_editions(tmp_path):
    assert read_editions(tmp_path / "absent") == ()


def test_a_name_cannot_steer_a_terminal(tmp_path):
    entry = places("Kafod")[0]
    entry.name, entry.pcode = "\x1b[31mKa\u202efod\n East", "SD\x0701" + "9" * 100
    make(tmp_path, entries=[entry])
    with sqlite3.connect(tmp_path / "SD.sqlite") as base:
        ((name, pcode),) = base.execute("SELECT name, pcode FROM places").fetchall()
    assert name == "[31mKafod East"
    assert pcode == "SD01" + "9" * 36


def test_an_empty_edition_is_refused(tmp_path):
    with pytest.raises(InputError, match="empty"):
        write_edition(tmp_path, "SD", [], sources=[SOURCE], left_out={})


def test_the_record_says_source_and_licence(tmp_path):
    record = json.loads(make(tmp_path).path.with_suffix(".json").read_text())
    assert record["sources"][0]["licence"] == "ours"
    assert record["sources"][0]["retrieved"] == "2026-01-01"
