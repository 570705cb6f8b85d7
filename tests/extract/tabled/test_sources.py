import pytest

from wayout.extract.tabled.sources import is_somebody


@pytest.mark.parametrize(
    "words",
    [
        "Police",
        "police and medical sources",
        "a doctor",
        "Local media",
        "Kurdish media",
        "Fallujah officials",
        "the",
        "two officers",
    ],
)
def test_people_and_outlets_of_a_kind_are_nobody_in_particular(words):
    assert not is_somebody(words)


@pytest.mark.parametrize(
    "words", ["Waha Report", "Hill Radio", "Interior ministry spokesman Ali Brook", "Enab Baladi newspaper"]
)
def test_names_are_somebody(words):
    assert is_somebody(words)
