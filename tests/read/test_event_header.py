import gzip

import pytest

from wayout.errors import SourceError
from wayout.read.event_header import begins_event_table, read_header

UCDP = "id,type_of_violence,side_a,side_b,latitude,longitude,date_start,date_end"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("wrap", [bytes, gzip.compress, lambda b: b"\xef\xbb\xbf" + b, lambda b: b"\n" + b])
def test_a_table_is_known_by_its_header_whatever_its_form(separator, wrap):
    assert begins_event_table(wrap(UCDP.replace(",", separator).encode() + b"\n1"))


def test_the_rows_may_be_in_sixteen_bits():
    assert begins_event_table((UCDP + "\n").encode("utf-16"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"name,latitude,longitude\n",
        b"He spoke of side_a, side_b and date_start.\n",
        b"\x1f\x8b broken",
        b"a" * 50_000,
    ],
)
def test_other_bytes_are_no_event_table(content):
    assert not begins_event_table(content)


def test_older_spellings_and_any_case_are_the_same_column():
    header = read_header("Event ID;TYPE_OF_VIOLENCE;Side_A;side_b;lat;Lon;date_start;date_end", "file")
    assert header.format == "ucdp_ged"
    assert header.columns["id"] == 0
    assert header.columns["longitude"] == 5


def test_a_column_under_its_own_name_wins_over_an_older_spelling():
    assert read_header("event_id,id," + UCDP.removeprefix("id,"), "file").columns["id"] == 1


def test_all_missing_columns_are_named_at_once():
    with pytest.raises(SourceError, match="UCDP GED but lacks the columns side_b, longitude"):
        read_header("id,type_of_violence,side_a,latitude,date_start,date_end", "file")


def test_a_column_that_stands_twice_is_refused():
    with pytest.raises(SourceError, match="has the column side_a twice"):
        read_header(UCDP + ",side_a", "file")
