"""People who flee and are named by nothing else are civilians; people of a group are not."""

import pytest


@pytest.mark.parametrize(
    "text",
    ["About 3,000 people fled El Fasher.", "Thousands have fled to Chad.", "Many people cannot leave Taiz."],
)
def test_bare_people_are_civilians(claims_of, text):
    (claim,) = claims_of(text)
    assert claim.subject == "civilians"


def test_people_driven_out_are_civilians(claims_of):
    (claim,) = claims_of("More than 12,000 people were displaced from Goma to Bukavu.")
    assert claim.object == "civilians"


@pytest.mark.parametrize("text", ["Hundreds of gunmen fled to Chad.", "Armed people fled to Chad."])
def test_armed_people_are_not(claims_of, text):
    assert [c.subject for c in claims_of(text)] == [None]
