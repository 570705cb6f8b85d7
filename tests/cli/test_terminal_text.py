"""Text from outside cannot steer a terminal or hide what it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.cli.terminal_text import isolated, safe

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


@given(ANY_TEXT)
def test_nothing_that_steers_is_left_and_offsets_stay(text):
    shown = safe(text)
    assert len(shown) == len(text)
    assert all(c.isprintable() or c in "\u200c\u200d" for c in shown)
    shown.encode("utf-8")


@given(st.text(st.characters(categories=("Lu", "Ll", "Lo", "Nd", "Po"))))
def test_plain_words_are_shown_as_they_are(text):
    assert safe(text) == text


@pytest.mark.parametrize("hostile", ["\x1b[2J", "\x9b31m", "\u202e", "\u2066", "\ud800", "\x07", "\U000e0041"])
def test_what_steers_becomes_visible(hostile):
    assert "\ufffd" in safe(f"Kosti {hostile} fell")


def test_words_from_right_to_left_do_not_turn_round_their_neighbours():
    assert isolated("\u062d\u0645\u0635") == "\u2068\u062d\u0645\u0635\u2069"
    assert isolated("Kosti") == "Kosti"
