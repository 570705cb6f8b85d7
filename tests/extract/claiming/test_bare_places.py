"""Unknown names where only a place can stand are places; persons and dates are not."""

import pytest


@pytest.mark.parametrize(
    ("text", "predicate", "place"),
    [
        ("RSF deployed two brigades to Qarnamoul.", "deploys", ("to", "Qarnamoul")),
        ("M23 has seized Lubakira and the hills around it.", "takes", ("at", "Lubakira")),
        ("Hundreds of families left Darmuk for Zentil.", "moves", ("to", "Zentil")),
        ("JNIM fighters are hiding in the mountains of Tiharaq.", "present", ("at", "Tiharaq")),
    ],
)
def test_a_name_in_the_place_of_a_place(claims_of, places_of, text, predicate, place):
    found = [c for c in claims_of(text) if c.predicate == predicate]
    assert any(place in places_of(c) for c in found)


@pytest.mark.parametrize("text", ["RSF attacked on Monday.", "Hamas released General Qarnam in March."])
def test_days_and_persons_are_no_places(claims_of, text):
    assert not any(c.places for c in claims_of(text))
