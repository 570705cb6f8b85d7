import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wayout.fuse.origins.shingles import from_signature, shingles, signature


def test_marks_case_and_line_breaks_do_not_count():
    assert signature("The Bridge, at the town,\nis \u201cshut\u201d.") == signature("the bridge at the town is shut")


def test_a_repeated_run_counts_once_and_order_is_kept():
    runs = shingles("a b c d e a b c d e")
    assert len(runs) == 5
    assert runs[0] == shingles("a b c d e")[0]


def test_the_numbers_are_the_same_on_every_machine():
    assert signature("one two three four five").hex() == "c236f964d34d053f"


def test_a_short_text_is_one_run_and_no_word_is_none():
    assert len(shingles("shut")) == 1
    assert signature(" ... ") == b""


def test_a_script_without_blanks_is_taken_character_by_character():
    assert len(shingles("\u6865\u6881\u5df2\u7ecf\u5173\u95ed\u4e86")) == 3


@given(st.text(max_size=200))
def test_a_signature_gives_back_its_runs(text):
    assert np.array_equal(from_signature(signature(text)), shingles(text))
