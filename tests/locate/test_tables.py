"""Rows of a table are located once a string, in order, in memory that does not grow with the table."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.locate.gazetteer import open_gazetteer
from wayout.locate.table_cells import COLUMNS, unlocated_cells
from wayout.locate.tables import Layout, Query, RowLocator, is_missing, read_countries, stream_rows

LAYOUT = Layout(place=1, country=2, divisions=(3,), width=4)


@pytest.fixture(scope="module")
def locator():
    return RowLocator(open_gazetteer())


def cells(locator, *query):
    return dict(zip(COLUMNS, locator.answer(Query(*query)), strict=True))


class Asked:
    """Answers with the query itself, and remembers what was asked."""

    def __init__(self):
        self.batches = []

    def __call__(self, batches):
        for batch in batches:
            self.batches.append(batch)
            yield [unlocated_cells(query.place) for query in batch]


@given(st.lists(st.sampled_from("abcdefgh"), max_size=60), st.integers(1, 5))
@settings(max_examples=80, deadline=None)
def test_every_row_gets_the_answer_to_its_own_query(names, remembered):
    rows = [[str(i), name, "", ""] for i, name in enumerate(names)]
    done = list(stream_rows(iter(rows), LAYOUT, Asked(), remembered))
    assert [row for row, _ in done] == rows
    assert [answer[-1] for _, answer in done] == names


def test_a_string_is_located_once():
    asked = Asked()
    rows = [["", "Goma", "", ""], ["", " Goma ", "", ""], ["", "Goma", "CD", ""]] * 50
    list(stream_rows(rows, LAYOUT, asked))
    assert [q for batch in asked.batches for q in batch] == [Query("Goma", "", ("",)), Query("Goma", "CD", ("",))]


def test_rows_are_taken_as_they_are_needed():
    taken = 0

    def endless():
        nonlocal taken
        while True:
            taken += 1
            yield ["", f"name {taken}", "", ""]

    done = stream_rows(endless(), LAYOUT, Asked())
    for _ in range(10):
        next(done)
    assert taken < 2000


@pytest.mark.parametrize("cell", ["", "N/A", "  unknown ", "غير معروف", "-", "Inconnu", "#N/A"])
def test_what_stands_for_no_place_is_not_looked_up(locator, cell):
    assert is_missing(cell)
    assert cells(locator, cell.strip())["lat"] == ""


@pytest.mark.parametrize("cell", ["SY", "syr", "Syria", "Syrian Arab Republic", "سوريا", "Syrie"])
def test_a_country_is_read_however_it_is_written(cell):
    assert read_countries(cell, open_gazetteer()) == ("SY",)


def test_several_countries_in_a_cell():
    assert read_countries("Mali; Niger", open_gazetteer()) == ("ML", "NE")
    assert read_countries("Mali / Narnia", open_gazetteer()) == ()


def test_the_country_decides_between_namesakes(locator):
    assert cells(locator, "Tripoli", "LB")["country"] == "LB"
    assert cells(locator, "Tripoli", "LY")["country"] == "LY"


def test_a_country_leaves_no_reading_abroad(locator):
    found = cells(locator, "Tripoli", "LB")
    assert "LY" not in found["others"]


def test_the_division_decides_and_stands_in(locator):
    inside = cells(locator, "Kutum", "SD", ("North Darfur",))
    assert (inside["name_found"], inside["method"]) == ("Kutum", "name")
    unknown = cells(locator, "Xyzzyville", "SD", ("North Darfur",))
    assert (unknown["name_found"], unknown["method"], unknown["where_prec"]) == ("North Darfur", "division", "4")
    assert "Xyzzyville" in unknown["why"]
    elsewhere = cells(locator, "Kutum", "SD", ("Khartoum",))
    assert (elsewhere["name_found"], elsewhere["kind"], elsewhere["where_prec"]) == ("Khartoum", "admin1", "4")


def test_a_division_that_is_not_known_changes_nothing(locator):
    assert cells(locator, "Kutum", "SD", ("Nowhereshire",))["name_found"] == "Kutum"
    assert cells(locator, "Kutum", "SD", ("N/A",)) == cells(locator, "Kutum", "SD")


def test_a_relative_phrase_names_what_it_rests_on(locator):
    found = cells(locator, "between Bunia and Goma", "CD")
    assert found["kind"] == "phrase"
    assert found["name_found"] == "Bunia; Goma"
    assert "North Kivu" in found["admin1"]
    assert float(found["radius90_km"]) > 20


def test_a_whole_country_says_so_by_its_precision(locator):
    found = cells(locator, "Haiti")
    assert (found["where_prec"], found["kind"], found["admin1"]) == ("6", "country", "")
    assert float(found["radius90_km"]) > 100
