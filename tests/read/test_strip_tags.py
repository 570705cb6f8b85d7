from hypothesis import given
from hypothesis import strategies as st

from wayout.read.strip_tags import strip_tags

LINE = "The ferry has not left the island since the guns on the hill began to fire on it."


def test_blocks_become_paragraphs_and_inline_tags_vanish():
    assert strip_tags("<div>Two <b>roads</b> &amp; a ford</div><p>are open<br>today") == [
        "Two roads & a ford",
        "are open",
        "today",
    ]


def test_frames_scripts_and_comments_are_silent():
    assert strip_tags(f"<nav>Home</nav><script>if (a<b) x()</script><!-- no --><p>{LINE}</p><footer>Us</footer>") == [
        LINE
    ]


def test_navigation_that_is_never_closed_does_not_swallow_the_page():
    assert LINE in strip_tags(f"<nav><p>{LINE}</p>")


def test_prose_is_preferred_to_short_blocks():
    assert strip_tags(f"<div>Menu</div><p>{LINE}</p>") == [LINE]


def test_lone_less_than_sign_is_text():
    assert strip_tags("<p>fewer than < 5 people</p>") == ["fewer than < 5 people"]


@given(st.text(st.sampled_from("<>/!-p divscript&;\"'= a"), max_size=200))
def test_any_markup_gives_clean_paragraphs(markup):
    assert all(b == " ".join(b.split()) and b for b in strip_tags(markup))
