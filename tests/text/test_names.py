import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.text.names import fold_name


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Hay\u2019at  Tahrir al-Sh\u0101m", "hayat tahrir al sham"),
        ("Diyarbak\u0131r", "diyarbakir"),
        ("\u0130zmir", "izmir"),
        ("\u0198aura Namoda", "kaura namoda"),
        ("Be'er Sheva", "beer sheva"),
        ("Ma\u02bfrib", "marib"),
        ("Kup\u02b9yans\u02b9k", "kupyansk"),
        ("St. Louis", "st louis"),
        ("\u06a9\u0631\u06a9\u0648\u06a9", "\u0643\u0631\u0643\u0648\u0643"),
        ("\u00d8rsta", "orsta"),
    ],
)
def test_marks_case_and_punctuation_go(written, folded):
    assert fold_name(written) == folded


@given(st.text(max_size=20))
def test_folding_twice_is_folding_once(name):
    assert fold_name(fold_name(name)) == fold_name(name)
    assert fold_name(f"  {name} ") == fold_name(name)
