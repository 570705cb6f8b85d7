import textwrap

from hypothesis import given
from hypothesis import strategies as st

from wayout.read.unwrap import split_paragraphs

LONG = (
    "Fighters of the northern column left the well before dawn and drove along the dry river towards the pass. "
    "Herders who met them said they carried fuel for four days. The garrison at the pass had been sent two companies "
    "the week before, and the bridge below it was mined. Nobody answered the radio on Friday."
)


def test_blank_lines_separate():
    assert split_paragraphs("One.\n\n\nTwo.") == ["One.", "Two."]


def test_single_line_ends_separate_in_texts_that_are_not_wrapped():
    assert split_paragraphs("Gate shut\nThe gate is shut.\nNobody may pass.") == [
        "Gate shut",
        "The gate is shut.",
        "Nobody may pass.",
    ]


def test_wrapped_paragraphs_are_joined():
    other = LONG.replace("northern", "southern")
    wrapped = "\n\n".join(textwrap.fill(p, 72) for p in ("Column on the move", LONG, other))
    assert split_paragraphs(wrapped) == ["Column on the move", LONG, other]


def test_wrapped_text_without_blank_lines_breaks_where_a_paragraph_ended_early():
    wrapped = textwrap.fill(LONG, 70) + "\n" + textwrap.fill(LONG, 70)
    assert split_paragraphs(wrapped) == [LONG, LONG]


def test_list_of_short_lines_stays_a_list():
    lines = ["Tabqa", "Maskana", "Jarabulus", "Manbij", "Al-Bab"]
    assert split_paragraphs("\n".join(lines)) == lines


def test_word_broken_at_its_hyphen_is_joined_without_blank():
    text = "The council of the three valleys met on Sunday and named the well-\nknown smuggler of the border post as its envoy to the government-\nheld town on the lake, which answered within the day, said two tea-\ntraders who were there."
    assert "well-known smuggler" in split_paragraphs(text)[0]


@given(
    st.lists(
        st.text(st.characters(whitelist_categories=["L", "P"]), min_size=1, max_size=12), min_size=1, max_size=120
    ),
    st.integers(40, 100),
)
def test_no_word_is_lost_or_moved(words, width):
    text = "\n".join(textwrap.wrap(" ".join(words), width, break_on_hyphens=False, break_long_words=False))
    joined = " ".join(split_paragraphs(text))
    assert joined.replace(" ", "") == "".join(words)
