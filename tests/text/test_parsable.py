"""Any string can be given to the parser, and its tokens are still where the text has them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.text.english import parse_text
from wayout.text.parsable import MAX_WORD_CHARACTERS, parsable

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))
HOSTILE = st.lists(
    st.sampled_from(
        [
            "\x00",
            "\ud800",
            "\u202e",
            "\u200d",
            "\n\n",
            " ",
            "Kosti",
            "the army ",
            "حمص",
            "\U0001f525",
            '"',
            "(",
            "a" * 900,
        ]
    )
).map("".join)


@given(ANY_TEXT | HOSTILE)
def test_the_length_stays_and_plain_characters_too(text):
    shown, skipped = parsable(text)
    assert len(shown) == len(text)
    shown.encode("utf-8")
    assert max(map(len, shown.split()), default=0) <= MAX_WORD_CHARACTERS
    kept = [i for i in range(len(text)) if not any(a <= i < b for a, b in skipped)]
    assert all(shown[i] == text[i] or ord(text[i]) < 32 or 0xD800 <= ord(text[i]) < 0xE000 for i in kept)


@settings(max_examples=30, deadline=None)
@given(HOSTILE)
def test_every_token_stands_where_the_text_has_it(text):
    shown, _ = parsable(text)
    for token in parse_text(text):
        assert shown[token.idx : token.idx + len(token.text)] == token.text


def test_what_is_blanked_is_told():
    shown, skipped = parsable("See " + "x" * 1000 + " now")
    assert skipped == [(4 + MAX_WORD_CHARACTERS, 1004)]
    assert shown.endswith(" now")
