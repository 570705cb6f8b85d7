"""Marking passages loses no character, whatever the spans."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from wayout.model import Span
from wayout.publish.marks import cut
from wayout.publish.quotes import is_quote_of, quoted, quotes_in, visible

TEXTS = st.text(min_size=1, max_size=60)


@st.composite
def text_and_spans(draw):
    text = draw(TEXTS)
    pairs = draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))), max_size=8))
    spans = {Span(document="doc-a", start=a, end=b) for a, b in pairs if a < b}
    return text, {span: n for n, span in enumerate(sorted(spans), start=1)}


@given(text_and_spans())
def test_pieces_together_are_the_text(case):
    text, numbered = case
    assert "".join(piece.text for piece in cut(text, numbered)) == text


@given(text_and_spans())
def test_every_passage_is_the_pieces_that_carry_its_number(case):
    text, numbered = case
    pieces = cut(text, numbered)
    for span, n in numbered.items():
        assert "".join(p.text for p in pieces if n in p.inside) == text[span.start : span.end]
        assert [n in p.starts for p in pieces].count(True) == 1
        assert [n in p.ends for p in pieces].count(True) == 1


@given(text_and_spans())
def test_rendering_as_html_reproduces_the_text_as_shown(case):
    text, numbered = case
    shown = visible(text)
    page = "".join(f"<mark>{escape(p.text)}</mark>" if p.inside else str(escape(p.text)) for p in cut(shown, numbered))
    assert html.unescape(re.sub(r"</?mark>", "", page)) == shown


@given(TEXTS)
def test_hidden_characters_are_replaced_one_for_one(text):
    shown = visible(text)
    assert len(shown) == len(text)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08]", shown)


@given(st.text(min_size=1, max_size=500))
def test_a_quotation_is_recognised_as_its_words(text):
    quote = quoted(text)
    assert quotes_in(quote) == (quote[1:-1],)
    if len(quote) > 2:
        assert is_quote_of(quote[1:-1], text)


def test_a_changed_quotation_is_not():
    assert not is_quote_of("the road is open", "the road is closed")
    assert not is_quote_of(" …", "anything")
