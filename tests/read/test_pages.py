import gzip
import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wayout.errors import SourceError
from wayout.model import Document, document_id
from wayout.read.pages import read_page, read_pages
from wayout.read.raw_page import MAX_PAGE_BYTES, RawPage

TEXT = "Pass closed\n\nThe pass above the monastery was closed on Sunday. Families turned back at the first gate."


def page(content, name="page", **facts):
    return RawPage(name=name, content=content if isinstance(content, bytes) else content.encode(), **facts)


def check(raw):
    """Whatever comes in: a document that keeps its promises, twice the same, or a source error."""
    try:
        document = read_page(raw)
    except SourceError as error:
        message = str(error)
    else:
        return check_document(raw, document)
    assert raw.name in message
    return None


def check_document(raw, document):
    assert document == read_page(raw)
    assert document.id == document_id(document.text)
    assert any(c.isalpha() for c in document.text)
    paragraphs = document.text.split("\n\n")
    assert all(p == p.strip() and p and "\n" not in p for p in paragraphs)
    assert document.title is None or paragraphs[0] == document.title
    start = 0
    for paragraph in paragraphs:
        assert document.quote(document.span(start, start + len(paragraph))) == paragraph
        start += len(paragraph) + 2
    return document


@given(st.binary(max_size=2000))
@example(b"\xff\xfe\x00")
@example(b"\x1f\x8b\x08")
@example(b"{")
@example(b"[[[[")
@example(b"<!--")
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_a_document_or_a_source_error(content):
    check(page(content))


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<div>", "<html>", "<body>", "<h1>", "</h1>", "<table><tr><td>", "<!--", "-->", "<script>", "&#0;",
             "&#xD800;", "&nbsp;", "The bridge is closed. ", "Skip to content", "Back to top", "\n", "\x00", "é", "<a href='", "<meta charset=utf-16>"]
        ),
        max_size=40,
    )
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_any_markup_gives_a_document_or_a_source_error(pieces):
    check(page("".join(pieces), name="page.html"))


@given(st.text(st.characters(), max_size=500))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_a_document_or_a_source_error(text):
    check(page(text.encode("utf-8", "surrogatepass"), name="note.txt"))


def test_text_and_html_are_told_apart_by_content():
    assert read_page(page(TEXT)).title == "Pass closed"
    html = f"<!DOCTYPE html><html><head><title>Pass closed</title></head><body><p>{TEXT[13:]}</p></body></html>"
    assert read_page(page(html)).text == TEXT
    assert read_page(page("Losses were < 5 and > 2 in the pass, he said.")).text.startswith("Losses were < 5")


def test_packed_pages_are_read():
    assert read_page(page(gzip.compress(TEXT.encode()), "note.txt.gz")).text == TEXT


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t ", "is empty"),
        (b"12 34 56", "no main text"),
        (b"a" * (MAX_PAGE_BYTES + 1), "over the limit of 10 MB"),
        (gzip.compress(bytes(MAX_PAGE_BYTES + 1)), "more than 10 MB"),
        (b"%PDF-1.4 x", "PDF"),
        (b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>", "feed"),
        (b'{"a": [1, 2]}', "JSON lines"),
        (b"x\n\n" * 60_000, "paragraphs"),
    ],
)
def test_refusals_name_the_source_the_reason_and_the_remedy(content, reason):
    with pytest.raises(SourceError, match=reason) as caught:
        read_page(page(content, "src-7"))
    assert "src-7" in str(caught.value)
    assert ";" in str(caught.value)


def test_one_bad_page_never_loses_the_rest():
    documents, misses = read_pages(
        [page(b"", "a"), page(TEXT, "b"), page(b"%PDF-", "c"), page("Gate shut. It is late.", "d")]
    )
    assert [d.text[:4] for d in documents] == ["Pass", "Gate"]
    assert [m.what for m in misses] == ["a", "c"]


def test_json_lines_give_a_document_a_record():
    lines = [
        {"text": TEXT, "outlet": "Lake Herald", "date": "2020-03-13"},
        {"nothing": 1},
        {"text": "Gate shut. It is late."},
    ]
    content = "\n".join(json.dumps(line) for line in lines).encode()
    for raw in (page(content, "feed.jsonl"), page(gzip.compress(content), "feed.jsonl.gz"), page(content, "feed")):
        documents, misses = read_pages([raw])
        assert documents[0].source.name == "Lake Herald"
        assert len(documents) == 2
        assert [m.what for m in misses] == [f"{raw.name} line 2"]


def test_title_of_a_record_is_put_first_once():
    (document,), _ = read_pages([page(json.dumps({"text": TEXT, "title": "Pass closed"}), "feed.jsonl")])
    assert document.text == TEXT


def test_the_same_text_under_two_names_counts_once():
    documents, misses = read_pages([page(TEXT, "a"), page(TEXT + "\n\nBack to top", "b")])
    assert len(documents) == 1
    assert "the same text as a" in misses[0].why


def test_order_of_pages_does_not_change_a_document():
    raws = [page(TEXT, "a"), page("Gate shut. It is late.", "b")]
    assert {d.id for d in read_pages(raws)[0]} == {d.id for d in read_pages(raws[::-1])[0]}


def test_documents_are_told_what_made_them():
    document = read_page(page(TEXT))
    assert isinstance(document, Document)
    assert document.made_by.name == "read"
    assert dict(document.made_by.parameters)["extractor"] == "text"
