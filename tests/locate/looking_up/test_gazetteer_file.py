import sqlite3

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from wayout.locate.looking_up.gazetteer_file import ALIAS, OWN_NAME, SCHEMA_VERSION, STRIPPED, Entry, write


def village(name: str = "Kafr Test", **more: object) -> Entry:
    entry = Entry(f"test:{name}", name, "populated_place", "SD", "SD-DN", 25.123456789, 13.5)
    entry.call([name], OWN_NAME)
    for key, value in more.items():
        setattr(entry, key, value)
    return entry


def rows(path, query):
    with sqlite3.connect(path) as base:
        return base.execute(query).fetchall()


def test_a_place_is_written_with_its_code_and_source(tmp_path):
    path = tmp_path / "one.sqlite"
    assert write(path, [village(pcode="SD0401", source="survey", population=300)]) == 1
    assert rows(path, "SELECT * FROM places") == [
        (1, "test:Kafr Test", "Kafr Test", "populated_place", "SD", "SD-DN", 25.12346, 13.5, 300, "SD0401", "survey")
    ]
    assert rows(path, "PRAGMA user_version") == [(SCHEMA_VERSION,)]


def test_what_is_unknown_is_null(tmp_path):
    path = tmp_path / "one.sqlite"
    write(path, [village()])
    assert rows(path, "SELECT population, pcode, source FROM places") == [(None, None, None)]


def test_names_are_folded_and_found_by_skeleton(tmp_path):
    path = tmp_path / "one.sqlite"
    entry = village("Umm Dabbān")
    write(path, [entry])
    assert rows(path, "SELECT key, preference FROM names") == [("umm dabban", OWN_NAME)]
    assert rows(path, "SELECT key FROM skeletons") == [("umm dabban",)]


def test_a_shape_comes_back_as_written(tmp_path):
    path = tmp_path / "one.sqlite"
    square = shapely.box(25, 13, 26, 14)
    write(path, [village("A"), village("B", shape=square)])
    ((place, wkb),) = rows(path, "SELECT place, wkb FROM shapes")
    assert place == 2
    assert shapely.from_wkb(wkb).equals(square)


def test_the_same_entries_give_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        write(
            tmp_path / name, [village("A"), village("B", shape=shapely.box(25, 13, 26, 14))], continents=[("AF", "SD")]
        )
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_file_that_exists_is_not_written_over(tmp_path):
    path = tmp_path / "one.sqlite"
    write(path, [village()])
    with pytest.raises(sqlite3.OperationalError):
        write(path, [village()])


@given(st.permutations([OWN_NAME, ALIAS, STRIPPED]))
def test_the_best_preference_of_a_spelling_stays(order):
    entry = Entry("test:1", "Tawila", "populated_place", "SD", None, 24.9, 13.5)
    for preference in order:
        entry.call(["Tawila", "TAWILA"], preference)
    assert entry.names == {"tawila": OWN_NAME}


def test_a_name_of_signs_only_is_no_name():
    entry = Entry("test:1", "?", "populated_place", "SD", None, 24.9, 13.5)
    entry.call(["...", " ", ""], OWN_NAME)
    assert entry.names == {}
