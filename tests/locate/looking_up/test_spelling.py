import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.locate.looking_up.spelling import likeness, skeleton, without_articles
from wayout.text.names import fold_name


@pytest.mark.parametrize(
    "family",
    [
        ("Deir ez-Zor", "Deir Ezzor", "Dayr az Zawr", "Deir al-Zour", "Der Zor", "دير الزور"),
        ("Raqqa", "Ar Raqqah", "Rakka", "الرقة"),
        ("Al-Bukamal", "Abu Kamal", "Albu Kamal", "البوكمال"),
        ("Ras al-Ain", "Ra's al-'Ayn", "رأس العين"),
        ("Gedaref", "Al Qadarif", "Qadarif"),
        ("Jebel Marra", "Jabal Marrah", "Gebel Marra"),
        ("Hodeidah", "Al Hudaydah", "Hudayda"),
        ("Sulaymaniyah", "Sulaimaniya", "As Sulaymaniyah"),
    ],
)
def test_spellings_of_one_name_meet(family):
    assert len({skeleton(name) for name in family}) == 1


@pytest.mark.parametrize(
    ("first", "second"), [("Homs", "Hama"), ("Mosul", "Mocha"), ("Goma", "Gao"), ("Idlib", "Irbil")]
)
def test_different_names_stay_apart(first, second):
    assert skeleton(first) != skeleton(second)


@given(st.text(max_size=30))
def test_any_text_has_a_skeleton_and_folding_first_changes_nothing(name):
    assert skeleton(fold_name(name)) == skeleton(name)


@given(st.text(max_size=30))
def test_dropping_articles_twice_is_dropping_them_once(name):
    bare = without_articles(fold_name(name))
    assert without_articles(bare) == bare


@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_is_symmetric_and_bounded(first, second):
    assert likeness(first, second) == likeness(second, first)
    assert 0 <= likeness(first, second) <= 100
    assert likeness(first, first) >= 75
