from hypothesis import given
from hypothesis import strategies as st

from wayout.locate.looking_up.misspelling import halves, halves_near

LETTERS = st.text(alphabet="abdeikmnorstuz", min_size=5, max_size=14)


@given(LETTERS, st.data())
def test_one_wrong_missing_or_added_letter_leaves_a_half(name, data):
    i = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from("abdeikmnorstuz"))
    for wrong in (name[:i] + letter + name[i + 1 :], name[:i] + name[i + 1 :], name[:i] + letter + name[i:]):
        assert len(wrong) < 5 or set(halves(name)) & set(halves_near(wrong))


def test_articles_and_blanks_do_not_count():
    assert halves("al fashir") == halves("fashir")
    assert halves("deir ez zor") == halves("deirzor")


def test_a_lost_letter_that_leaves_an_article():
    assert set(halves("hpa yar ngoke")) & set(halves_near("hpa ar ngoke"))


def test_short_names_have_no_halves():
    assert halves("gao") == halves_near("goa") == ()
    assert len(halves("kidal")) == 2
