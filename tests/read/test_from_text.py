from datetime import UTC, datetime

import pytest

from wayout.errors import SourceError
from wayout.read.from_text import read_text
from wayout.read.raw_page import RawPage

BODY = "The bridge at Gao was closed on Monday. Traders were told to wait on the south bank."


def read(text, name="note.txt"):
    return read_text(RawPage(name=name, content=text.encode()), text)


def test_short_first_paragraph_without_full_stop_is_the_title():
    document = read(f"Bridge closed at Gao\n\n{BODY}\n")
    assert document.title == "Bridge closed at Gao"
    assert document.text == f"Bridge closed at Gao\n\n{BODY}"


def test_question_may_be_a_headline():
    assert read(f"Who closed the bridge at Gao?\n\n{BODY}").title == "Who closed the bridge at Gao?"


@pytest.mark.parametrize("first", ["The bridge fell.", "Sources in town said:", "word " * 60, "Mali"])
def test_sentences_lead_ins_single_words_and_long_paragraphs_are_no_title(first):
    assert read(f"{first}\n\n{BODY}").title is None


def test_lone_line_is_text_and_not_a_title():
    document = read("Bridge closed at Gao")
    assert document.title is None
    assert document.text == "Bridge closed at Gao"


def test_date_and_byline_above_the_title_do_not_become_the_title():
    document = read(f"13 March 2020\nBy Awa Example\nBridge closed at Gao\n\n{BODY}")
    assert document.title == "Bridge closed at Gao"
    assert document.published == datetime(2020, 3, 13, tzinfo=UTC)
    assert document.byline == "Awa Example"
    assert document.text.startswith("Bridge closed at Gao\n\n13 March 2020\n\n")


def test_text_without_date_has_no_date():
    assert read(f"Bridge closed at Gao\n\n{BODY}").published is None


def test_furniture_around_the_text_goes():
    document = read(f"skip to Main Content\n\nBridge closed at Gao\n\n{BODY}\n\nShare this\n\nBack To Top")
    assert document.text == f"Bridge closed at Gao\n\n{BODY}"


def test_markdown_marks_of_headings_go():
    assert read(f"# Bridge closed at Gao\n\n> {BODY}", "note.md").text == f"Bridge closed at Gao\n\n{BODY}"


def test_file_of_furniture_only_is_an_error():
    with pytest.raises(SourceError, match="no main text"):
        read("Home\n\nBack to top\n")


def test_source_is_the_file_and_unrated():
    source = read(BODY, "reports/note.txt").source
    assert (source.name, source.reliability, source.url) == ("note.txt", "F", None)
