"""Tables of events among what a user gives: files of any name, folders, packed, and longer than a page may be."""

import gzip
import io
from datetime import UTC, datetime

import pytest

from wayout.cli.gather import TABLE_PART_BYTES, GatherOptions, gather
from wayout.model import Miss
from wayout.read.pages import read_pages

HEADER = "event_id_cnty,event_date,event_type,sub_event_type,actor1,latitude,longitude,notes\n"
CLOCK = GatherOptions(now=lambda: datetime(2020, 1, 1, 11, tzinfo=UTC))


def table(*days, notes="x"):
    return HEADER + "".join(f"A{i},{day},Battles,Armed clash,Hill Front,34,40,{notes}\n" for i, day in enumerate(days))


def read(*sources, stdin=None):
    return read_pages(gather([str(s) for s in sources], stdin, CLOCK))


@pytest.mark.parametrize("name", ["events.csv", "events.dat", "events.txt", "no-ending"])
def test_a_table_is_one_whatever_it_is_called(tmp_path, name):
    (tmp_path / name).write_text(table("2019-05-01", "2019-05-02"))
    documents, misses = read(tmp_path / name)
    assert len(documents) == 2
    assert not misses
    assert documents[0].retrieved is None


def test_packed_and_piped_tables_are_the_same_reports(tmp_path):
    content = table("2019-05-01").encode()
    (tmp_path / "events.csv.gz").write_bytes(gzip.compress(content))
    assert read(tmp_path / "events.csv.gz") == read("-", stdin=io.BytesIO(content))


def test_in_a_folder_tables_of_events_are_read_and_other_tables_left(tmp_path):
    (tmp_path / "events.csv").write_text(table("2019-05-01"))
    (tmp_path / "more.tsv").write_text(table("2019-05-02").replace(",", "\t"))
    (tmp_path / "prices.csv").write_text("day,price\n2019-05-01,4\n")
    documents, misses = read(tmp_path)
    assert len(documents) == 2
    assert not misses


def test_no_event_is_later_than_the_clock_anywhere_on_earth(tmp_path):
    (tmp_path / "events.csv").write_text(table("2020-01-01", "2020-01-02", "2020-01-03"))
    documents, (miss,) = read(tmp_path / "events.csv")
    assert len(documents) == 2
    assert miss.what.endswith("row 4")
    assert "future" in miss.why


def test_a_table_longer_than_a_page_comes_in_parts_under_its_own_row_numbers(tmp_path):
    notes = "y" * 50_000
    n = 2 * TABLE_PART_BYTES // len(notes) + 30
    days = ["2019-05-01"] * n + ["2019-13-01"]
    (tmp_path / "events.csv").write_text(table(*days, notes=notes))
    pages = list(gather([str(tmp_path / "events.csv")], None, CLOCK))
    assert len(pages) > 2
    assert all(not isinstance(page, Miss) and len(page.content) < 2 * TABLE_PART_BYTES for page in pages)
    documents, (miss,) = read_pages(pages)
    assert len(documents) == n
    assert miss.what.endswith(f"row {n + 2}")


def test_a_damaged_archive_is_a_miss_and_what_came_before_is_kept(tmp_path):
    packed = gzip.compress(table("2019-05-01").encode())
    (tmp_path / "events.csv.gz").write_bytes(packed[:-6])
    _, misses = read(tmp_path / "events.csv.gz")
    assert any("cut short" in miss.why for miss in misses)
