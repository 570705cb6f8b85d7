import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.locate.looking_up.scripts import romanise
from wayout.text.names import fold_name


@pytest.mark.parametrize(
    ("written", "latin"),
    [("Бахмут", "bakhmut"), ("Щастя", "shchastia"), ("חיפה", "hiph"), ("Gao", "gao"), ("መቀሌ", "maqale")],
)
def test_letters_of_other_scripts(written, latin):
    assert romanise(fold_name(written)).startswith(latin[:3])


@given(st.text(max_size=12))
def test_latin_stays_and_any_text_passes(text):
    folded = fold_name(text)
    assert romanise(folded) == folded or not folded.isascii()
