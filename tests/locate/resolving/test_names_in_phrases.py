import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.locate.resolving.names_in_phrases import names_in_phrases

KNOWN = {"mopti", "douentza", "south sudan", "deir ez zor", "homs", "al bab", "north kivu", "gao"}


def names(phrase, text=None):
    text = text or phrase
    start = text.index(phrase)
    return [text[a:b] for a, b in names_in_phrases(text, [(start, start + len(phrase))], KNOWN.__contains__)]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("between Mopti and Douentza", ["Mopti", "Douentza"]),
        ("the Deir ez-Zor/Homs border", ["Deir ez-Zor", "Homs"]),
        ("South Sudan", ["South Sudan"]),
        ("30 km west of al-Bab", ["al-Bab"]),
        ("the road to Qwertz Uiop", ["Qwertz Uiop"]),
        ("the north", []),
        ("Gao-Ville", ["Gao-Ville"]),  # half of a name that is joined by a hyphen is no name
        ("the Mopti-Gao road", ["Mopti", "Gao"]),
        ("The road to Gao", ["Gao"]),
        ("إلى الموصل", ["إلى الموصل"]),
    ],
)
def test_the_longest_known_names_and_runs_of_capitals(phrase, expected):
    assert names(phrase) == expected


def test_spans_are_of_the_document():
    assert names("north of Gao", "Clashes were heard north of Gao on Friday.") == ["Gao"]


@given(st.text(max_size=60))
def test_spans_never_leave_the_phrase(text):
    for start, end in names_in_phrases(text, [(0, len(text))], KNOWN.__contains__):
        assert 0 <= start < end <= len(text)
