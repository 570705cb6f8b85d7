import json
from datetime import UTC, datetime

from wayout.model import Miss
from wayout.read.from_jsonl import split_records
from wayout.read.raw_page import RawPage

RECORD = {
    "id": "r1",
    "text": "The gate is shut.",
    "title": "Gate shut",
    "date": "2020-03-13",
    "url": "https://a.example/1",
    "outlet": "Lake Herald",
}


def split(*lines):
    return list(
        split_records([line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines], "feed.jsonl")
    )


def test_record_carries_what_it_says_of_itself():
    (page,) = split(RECORD)
    assert isinstance(page, RawPage)
    assert page.content == b"The gate is shut."
    assert (page.title, page.outlet, page.url) == ("Gate shut", "Lake Herald", "https://a.example/1")
    assert page.published == datetime(2020, 3, 13, tzinfo=UTC)
    assert page.name == "r1 (feed.jsonl line 1)"


def test_times_become_utc_and_bad_dates_unknown():
    pages = split(
        {"text": "a", "date": "2020-03-13T10:00:00+03:00"}, {"text": "a", "date": "last week"}, {"text": "a", "date": 7}
    )
    assert [p.published for p in pages] == [datetime(2020, 3, 13, 7, tzinfo=UTC), None, None]


def test_bad_lines_are_misses_that_name_the_line_and_the_rest_goes_on():
    found = split(b"{not json", b"", [1, 2], {"title": "no text"}, b"\xff\xfe", {"text": "   "}, RECORD)
    assert [type(f) for f in found] == [Miss, Miss, Miss, Miss, Miss, RawPage]
    assert [f.what for f in found[:5]] == [f"feed.jsonl line {n}" for n in (1, 3, 4, 5, 6)]


def test_lone_surrogates_do_not_break_a_record():
    (page,) = split(b'{"text": "Go\\ud800ma"}')
    assert page.content == b"Goma"
