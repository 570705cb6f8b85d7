import sqlite3

import pytest

from wayout.errors import BackendError
from wayout.locate.gazetteer import open_gazetteer
from wayout.locate.looking_up.gazetteer_file import ALIAS, OWN_NAME, Entry, write


def entry(id, name, lon, lat, *others, **columns):
    made = Entry(id, name, "populated_place", "SD", None, lon, lat, **columns)
    made.call([name], OWN_NAME)
    made.call(others, ALIAS)
    return made


@pytest.fixture
def edition(tmp_path):
    path = tmp_path / "SD.sqlite"
    write(
        path,
        [
            entry("geonames:372753", "Kassala", 36.4, 15.45, "Kasala Town", population=401477, pcode="SD11001"),
            entry("list:1", "Umm Zarzur", 24.5, 12.5, "أم زرزور"),
        ],
    )
    return path


def test_an_edition_answers_together_with_the_base(edition):
    gazetteer = open_gazetteer((edition,))
    assert gazetteer.find("Umm Zarzur", countries=("SD",))[0].id == "list:1"
    assert gazetteer.find("Um Zarzoor", countries=("SD",))[0].id == "list:1"
    assert gazetteer.find("أمّ زرزور", countries=("SD",))[0].id == "list:1"
    assert gazetteer.find("Umm Zarzux", countries=("SD",), fuzzy=True)[0].id == "list:1"
    assert gazetteer.find("El Fasher", countries=("SD",))[0].country == "SD"
    assert open_gazetteer().find("Umm Zarzur") == ()


def test_one_id_is_one_place_under_all_its_names(edition):
    base, both = open_gazetteer(), open_gazetteer((edition,))
    old = base.find("Kassala", kinds=("populated_place",))[0]
    assert old.id == "geonames:372753", "the id this test rests on"
    for name in ("Kassala", "Kasala Town", "كسلا"):
        found = [p for p in both.find(name, countries=("SD",), kinds=("populated_place",)) if p.id == old.id]
        assert len(found) == 1
        assert found[0].pcode == "SD11001", "the edition's entry stands for the place, by whatever name it is found"
    assert old.pcode is None


def test_the_same_editions_are_opened_once(edition):
    assert open_gazetteer((edition,)) is open_gazetteer((edition,))
    assert open_gazetteer((edition,)) is not open_gazetteer()


def test_a_damaged_edition_is_named(tmp_path):
    path = tmp_path / "ML.sqlite"
    path.write_bytes(b"no database, but long enough to be looked at" * 100)
    with pytest.raises(BackendError, match=r"ML\.sqlite cannot be read.*get this edition again"):
        open_gazetteer((path,))


def test_an_edition_of_another_version_is_named(edition):
    with sqlite3.connect(edition) as base:
        base.execute("PRAGMA user_version = 1")
    base.close()
    with pytest.raises(BackendError, match=r"SD\.sqlite has version 1.*get this edition again"):
        open_gazetteer((edition,))


def test_a_missing_edition_is_named(tmp_path):
    with pytest.raises(BackendError, match=r"UA\.sqlite"):
        open_gazetteer((tmp_path / "UA.sqlite",))
