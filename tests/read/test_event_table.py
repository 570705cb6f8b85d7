import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.errors import SourceError
from wayout.model import document_id
from wayout.read.event_table import split_event_table
from wayout.read.pages import read_page, read_pages
from wayout.read.raw_page import RawPage


@pytest.mark.parametrize(
    "change",
    [
        {"date_start": "2019-02-30"},
        {"date_end": "2019-04-01"},
        {"latitude": "95"},
        {"best": "-3"},
        {"best": "many"},
        {"date_start": "2031-01-01", "date_end": "2031-01-01"},
        {"date_start": "1970-01-01"},
        {"where_prec": "9"},
        {"type_of_violence": "7"},
        {"side_a": "", "side_b": ""},
    ],
)
def test_one_bad_row_is_a_miss_with_its_number_and_never_loses_the_rest(events, change):
    documents, (miss,) = events.read(events.ucdp({}, change, {}), retrieved=datetime(2020, 1, 1, tzinfo=UTC))
    assert len(documents) == 2
    assert miss.what == "file row 3"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_separators_and_line_ends_make_no_difference(events, separator, line_end):
    plain, _ = events.read(events.ucdp({}, {}))
    text = events.ucdp({}, {}, separator=separator).replace("\r\n", "\n").replace("\n", line_end)
    assert events.read(text)[0] == plain
    assert events.read(b"\xef\xbb\xbf" + text.encode())[0] == plain
    assert events.read(gzip.compress(text.encode()))[0] == plain


def test_a_line_break_inside_quotation_marks_is_part_of_the_value(events):
    documents, misses = events.read(events.acled({"notes": 'They said "go",\nand left.'}, {}))
    assert len(documents) == 2
    assert not misses
    assert 'They said "go", and left.' in documents[0].text


def test_a_quotation_mark_left_open_loses_its_own_row_only(events):
    rows = events.acled({}, {"notes": "MARK"}, {}, {}).replace("MARK", '"open, and never closed')
    documents, misses = events.read(rows)
    assert len(documents) == 3
    assert len(misses) == 1
    assert "cells where the header has" in misses[0].why


def test_the_hashtags_below_a_header_are_no_row(events):
    lines = events.ucdp({}).splitlines()
    tags = ",".join("#event+x" for _ in lines[0].split(","))
    documents, misses = events.read("\n".join((lines[0], tags, lines[1])))
    assert len(documents) == 1
    assert not misses


def test_missing_columns_are_one_miss_for_the_table(events):
    text = events.ucdp({}, {}).replace("latitude", "somewhere")
    assert events.read(text)[0] == ()
    ((miss,)) = events.read(text)[1]
    assert "lacks the column latitude" in miss.why


def test_the_same_row_twice_counts_once_and_is_told(events):
    documents, (miss,) = events.read(events.ucdp({}, {"id": "1"}))
    assert len(documents) == 1
    assert miss.what == "file row 3"
    assert "same text as file row 2" in miss.why


def test_the_same_event_in_another_release_with_other_columns_beside_is_the_same_report(events):
    one, _ = events.read(events.ucdp({}))
    other, _ = events.read(events.ucdp({"year": "2019", "priogrid_gid": "7"}))
    assert one == other
    assert one[0].id == document_id(one[0].text)


def test_a_table_is_no_single_page(events):
    with pytest.raises(SourceError, match="table of events"):
        read_page(RawPage(name="file", content=events.ucdp({}).encode()))


@given(st.integers(100, 4000), st.lists(st.sampled_from(["", 'a "quoted"\nline', "plain"]), min_size=1, max_size=12))
def test_parts_of_a_table_hold_the_same_rows_under_the_same_numbers(size, notes):
    import csv
    import io

    header = ["event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1", "latitude", "longitude", "notes"]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for i, note in enumerate(notes):
        latitude = "99" if note == "plain" else "9"
        writer.writerow([f"A{i}", "2019-05-01", "Battles", "Armed clash", "Hill Front", latitude, "9", note])
    whole = RawPage(name="file", content=out.getvalue().encode())
    parts = split_event_table(out.getvalue().encode().split(b"\n")[:-1], "file", None, size)
    assert read_pages(parts) == read_pages([whole])


@given(st.binary(max_size=400))
def test_any_bytes_below_a_header_are_rows_or_misses(rubbish):
    header = b"id,type_of_violence,side_a,side_b,latitude,longitude,date_start,date_end\n"
    documents, misses = read_pages([RawPage(name="file", content=header + rubbish)])
    assert all(document.text.startswith(document.title) for document in documents)
    assert all(miss.why and miss.what.startswith("file") for miss in misses)
