import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.locate.resolving.capitalised_words import CapitalisedWords

WORDS = CapitalisedWords(
    {
        "Mali": 1,
        "South Sudan": 2,
        "CAR": 3,
        "Trinidad and Tobago": 4,
        "Sudan": 5,
        "Guinea-Bissau": 6,
        "Côte d'Ivoire": 7,
    }
)


def found(text):
    return [(text[start:end], value) for start, end, value in WORDS.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mali and Sudan", [("Mali", 1), ("Sudan", 5)]),
        ("South Sudan, not Sudan", [("South Sudan", 2), ("Sudan", 5)]),
        ("Mali's army", [("Mali", 1)]),
        ("MALI", [("MALI", 1)]),
        ("Car bombs in CAR", [("CAR", 3)]),
        ("Trinidad and Tobago", [("Trinidad and Tobago", 4)]),
        ("Guinea\u2011Bissau, Cote d'Ivoire", [("Guinea\u2011Bissau", 6), ("Cote d'Ivoire", 7)]),
        ("mali, Malian", []),
        ("South\n\nSudan", [("Sudan", 5)]),
    ],
)
def test_the_longest_name_counts(text, expected):
    assert found(text) == expected


def test_one_word():
    assert (WORDS.get("Mali's"), WORDS.get("Car"), WORDS.get("Chad")) == (1, None, None)


@given(st.text(max_size=80))
def test_spans_slice_and_never_overlap(text):
    last = 0
    for start, end, _ in WORDS.find(text):
        assert last <= start < end <= len(text)
        last = end
