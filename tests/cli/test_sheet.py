"""Sheets as people have them are read: encodings, delimiters, quoted line ends, ragged rows, stray quotes."""

import codecs
import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.cli import sheet as module
from wayout.cli.sheet import Sheet, find_delimiter
from wayout.errors import SourceError


class Pipe(io.RawIOBase):
    """A stream that hands out a few bytes at a time and cannot be read twice."""

    def __init__(self, content, step=7):
        self._rest, self._step = content, step

    def readable(self):
        return True

    def read(self, size=-1):
        n = min(self._step, size if size > 0 else self._step)
        part, self._rest = self._rest[:n], self._rest[n:]
        return part


def read(content, **options):
    sheet = Sheet(io.BytesIO(content), "t.csv", **options)
    return sheet, list(sheet.rows())


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "windows-1256"])
def test_arabic_in_the_usual_encodings(codec):
    text = "التاريخ,المكان\r\n" + "الاثنين,دير الزور في شرق سوريا\r\nالثلاثاء,مدينة الرقة على نهر الفرات\r\n" * 20
    sheet, rows = read(text.encode(codec))
    assert sheet.columns == ("التاريخ", "المكان")
    assert rows[0] == ["الاثنين", "دير الزور في شرق سوريا"]


def test_french_in_windows_1252():
    text = "date;lieu\r\n" + "lundi;Ségou, près du fleuve\r\nmardi;Gossi où la route est coupée\r\n" * 20
    sheet, rows = read(text.encode("windows-1252"))
    assert (sheet.form.delimiter, sheet.columns) == (";", ("date", "lieu"))
    assert rows[0] == ["lundi", "Ségou, près du fleuve"]


def test_a_letter_beyond_the_sample_does_not_spoil_the_encoding(monkeypatch):
    monkeypatch.setattr(module, "SAMPLE_BYTES", 64)
    text = "date,place\n" + "monday,Goma\n" * 20 + "tuesday,Ségou\n" * 5
    for codec in ("utf-8", "windows-1252"):
        _, rows = read(text.encode(codec))
        assert rows[-1] == ["tuesday", "Ségou"]


def test_a_letter_torn_at_the_samples_edge(monkeypatch):
    text = "place\n" + "é" * 100 + "\n"
    for size in range(20, 30):
        monkeypatch.setattr(module, "SAMPLE_BYTES", size)
        assert read(text.encode())[1] == [["é" * 100]]


def test_a_pipe_gives_the_same_rows():
    content = b'place,n\n"Bria,\nthe town",1\nKutum,2\n'
    assert list(Sheet(Pipe(content), "-").rows()) == read(content)[1] == [["Bria,\nthe town", "1"], ["Kutum", "2"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter):
    text = f"id{delimiter}place{delimiter}n\n" + f'1{delimiter}"Goma, by the lake; north"{delimiter}3\n' * 3
    assert find_delimiter(text) == delimiter


def test_one_column_and_the_hint_of_a_spreadsheet_program():
    assert read(b"place\nDjibo\n")[1] == [["Djibo"]]
    sheet, rows = read(b"sep=;\nplace;n\nDjibo;1\n")
    assert (sheet.columns, rows) == (("place", "n"), [["Djibo", "1"]])


def test_ragged_rows_keep_their_cells_and_are_counted():
    sheet, rows = read(b"a,b,c\n1,2\n1,2,3,4,5\n\n1,2,3,,\n1,2,3\n")
    assert rows == [["1", "2", ""], ["1", "2", "3,4,5"], ["1", "2", "3"], ["1", "2", "3"]]
    assert sheet.n_ragged == 3


def test_a_stray_quote_costs_its_own_line_only():
    lines = ["id,place"] + [f"{i},Goma" for i in range(2000)]
    lines[3] = '3,"Gom'
    _, rows = read("\n".join(lines).encode())
    assert len(rows) == 2000
    assert rows[2] == ["3", '"Gom']
    assert rows[1999] == ["1999", "Goma"]


def test_a_stray_quote_near_the_end():
    _, rows = read(b'id,place\n1,Goma\n2,"Bria\n3,Kutum\n')
    assert rows == [["1", "Goma"], ["2", '"Bria'], ["3", "Kutum"]]


def test_many_stray_quotes_do_not_stop_it():
    content = "id,place\n" + "".join(f'{i},"x\n{i},y\n{i},z" q"\n' for i in range(400))
    assert len(read(content.encode())[1]) >= 400


def test_a_sheet_without_header():
    sheet, rows = read(b"1,Goma\n2,Bria\n", header=False)
    assert sheet.columns == ("column_1", "column_2")
    assert rows == [["1", "Goma"], ["2", "Bria"]]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"PK\x03\x04xxxx", "save its sheet as CSV"),
        (b"\x7fELF" + bytes(range(256)) * 8, "give a CSV"),
    ],
)
def test_what_is_no_sheet_says_what_to_do(content, told):
    with pytest.raises(SourceError, match=told):
        read(content)


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=8) | st.sampled_from(
    ['a"b', "x\ny", "p,q", "r;s"]
)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_what_was_written_by_a_program_is_read_back(rows):
    out = io.StringIO()
    csv.writer(out).writerows([["a", "b", "c"], *rows])
    sheet = Sheet(io.BytesIO(codecs.BOM_UTF8 + out.getvalue().encode()), "t.csv", delimiter=",")
    assert list(sheet.rows()) == rows
