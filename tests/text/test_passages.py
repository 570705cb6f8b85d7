"""Passages cover a text without gap or overlap, and are cut where it hurts least."""

from hypothesis import given
from hypothesis import strategies as st

from wayout.text.passages import MAX_PASSAGE_PIECES, cut_passages


@given(st.text(alphabet="ab. \n\u0301\u200d", max_size=200), st.integers(4, 50))
def test_passages_cover_the_text(text, limit):
    passages = cut_passages(text, limit)
    assert "".join(text[a:b] for a, b in passages) == text
    assert all(a < b <= a + limit for a, b in passages) or passages == [(0, 0)]


def test_a_blank_line_is_the_best_cut():
    text = "One. Two. Three.\n\nFour. Five."
    assert [text[a:b] for a, b in cut_passages(text, 24)] == ["One. Two. Three.\n\n", "Four. Five."]


def test_a_letter_keeps_its_marks():
    text = "a" * 9 + "\u0301\u0301" + "b" * 9
    assert cut_passages(text, 10)[0] == (0, 8)


def test_a_passage_has_no_more_pieces_than_a_parser_can_hold():
    text = ". " * (2 * MAX_PASSAGE_PIECES)
    passages = cut_passages(text)
    assert "".join(text[a:b] for a, b in passages) == text
    assert max(b - a for a, b in passages) <= 2 * MAX_PASSAGE_PIECES + 2
