"""Words of a text and their folded keys."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from wayout.extract.tokens import cut_words


def keys(text: str) -> list[str]:
    return [w.key for w in cut_words(text)]


def test_marks_case_and_sun_letters_do_not_count() -> None:
    assert keys("Hay\u2019at al-Sh\u0101m") == keys("HAYAT ash-Sham")
    assert keys("as at an") == ["as", "at", "an"]


def test_possessive_is_cut_off_and_noted() -> None:
    (owner, owned) = cut_words("Iraq\u2019s army")
    assert (owner.text, owner.owns, owned.owns) == ("Iraq", True, False)
    assert owned.joined
    assert cut_words("the Houthis' ship")[1].owns


def test_punctuation_breaks_a_name_and_initials_do_not() -> None:
    assert not cut_words("Syria, army")[1].joined
    assert not cut_words("Iraq. Islamic")[1].joined
    assert all(w.joined for w in cut_words("U.S. Marines")[1:])
    assert all(w.joined for w in cut_words("Deir-ez-Zor")[1:])


@given(st.text(max_size=80))
def test_words_slice_back(text: str) -> None:
    words = cut_words(text)
    assert all(text[w.start : w.end] == w.text for w in words)
    assert all(a.end <= b.start for a, b in pairwise(words))
