"""Arabic and Latin spellings of one name, compared consonant by consonant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.locate.looking_up.spelling import nearness
from wayout.text.names import fold_name


@pytest.mark.parametrize(
    ("arabic", "latin", "other"),
    [
        ("سورداش", "Surdash", "Saradash"),
        ("بازار", "Bazar", "Bizir"),
        ("نجيبية", "Najibiah", "Najabah"),
        ("كارا", "Kara", "Kirkuk"),
        ("البو موسى", "Albu Musa", "Albamis"),
    ],
)
def test_the_written_vowels_decide_between_names_of_the_same_consonants(arabic: str, latin: str, other: str) -> None:
    own, wrong = (nearness(fold_name(arabic), fold_name(name)) for name in (latin, other))
    assert own > wrong


def test_short_names_without_written_vowels_prove_less() -> None:
    assert nearness("كرك", "karak") < nearness("كاريك", "karik")


def test_an_open_end_goes_before_a_shut_one() -> None:
    assert nearness("بازار", "bazar") > nearness("بازار", "bazara")


@given(st.text(alphabet="ابتثسشكورد ين ه", max_size=12), st.text(alphabet="abtskurdin hj", max_size=12))
def test_any_two_names_can_be_compared_either_way(arabic: str, latin: str) -> None:
    one, other = fold_name(arabic), fold_name(latin)
    assert 0 <= nearness(one, other) <= 100
    assert 0 <= nearness(other, one) <= 100
