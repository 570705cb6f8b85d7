import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from wayout.read.tidy import tidy_text


@given(st.text(st.characters(), max_size=300))
def test_tidying_is_idempotent_and_leaves_nothing_unprintable(text):
    tidied = tidy_text(text)
    assert tidy_text(tidied) == tidied
    assert unicodedata.is_normalized("NFC", tidied)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in tidied if c != "\n")
    tidied.encode("utf-8")


def test_lone_surrogates_and_controls_go():
    assert tidy_text("Go\ud800ma\x00 \x07holds") == "Goma holds"


def test_line_ends_become_one_kind():
    assert tidy_text("a\r\nb\rc\u2028d\x0ce") == "a\nb\nc\nd\ne"


def test_blanks_become_one_and_margins_go():
    assert tidy_text("  the\u00a0\t road \n  is  open ") == "the road\nis open"


def test_hidden_marks_go_and_joiners_stay():
    assert tidy_text("\u202eKid\u200bal\u00ad") == "Kidal"
    assert tidy_text("می\u200cروند") == "می\u200cروند"
