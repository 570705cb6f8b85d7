from hypothesis import given
from hypothesis import strategies as st

from wayout.text.event_rows import read_row, write_row

LINE = st.text(alphabet="ab: =,é'\"<>", min_size=1, max_size=12).map(str.strip).filter(bool)
NAME = st.text(alphabet="abc_1", min_size=1, max_size=6)


@given(LINE, st.dictionaries(NAME, LINE, max_size=6))
def test_what_is_written_is_read_again_and_stands_where_it_says(title, fields):
    text = write_row(title, fields.items())
    read = read_row(text)
    assert {name: field.value for name, field in read.items()} == fields
    assert all(text[field.start : field.end] == field.value for field in read.values())


def test_empty_values_leave_no_line_and_the_title_is_no_field():
    text = write_row("latitude: 9", [("latitude", "1"), ("notes", "")])
    assert text == "latitude: 9\n\nlatitude: 1"
    assert read_row(text)["latitude"].value == "1"
