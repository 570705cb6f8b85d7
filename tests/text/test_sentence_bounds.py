"""No sentence grows without bound, and a sentence that has its marks is left to the parser."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from wayout.text.sentence_bounds import MAX_MARKED_TOKENS, MAX_SENTENCE_TOKENS, sentence_starts

TOKENS = st.lists(st.sampled_from(["the", "army", ".", ",", "\n", "\n\n", "…", ""]), max_size=30).map(lambda t: t * 60)


@given(TOKENS)
def test_no_stretch_is_longer_than_the_bounds(words):
    starts, cuts = sentence_starts(words)
    edges = sorted({0, *starts, *cuts, len(words)})
    assert starts == sorted(set(starts))
    assert not set(starts) & set(cuts)
    assert all(b - a <= MAX_MARKED_TOKENS + MAX_SENTENCE_TOKENS for a, b in pairwise(edges))


def test_a_text_of_usual_sentences_is_left_alone():
    assert sentence_starts(["The", "army", "left", "."] * 50) == ([], [])


def test_a_long_list_is_cut_at_a_comma_and_said():
    starts, cuts = sentence_starts(["town", ","] * 150)
    assert starts == []
    assert cuts
    assert cuts[0] <= MAX_SENTENCE_TOKENS
    assert cuts[0] % 2 == 0


def test_a_long_line_with_marks_starts_after_one_of_them():
    starts, cuts = sentence_starts(["It", "fell", "fast", "."] * 400)
    assert cuts == []
    assert starts
    assert all(s % 4 == 0 for s in starts)
