import pytest

from wayout.locate.gazetteer import open_gazetteer
from wayout.locate.resolving.discussed import choose_places, discussed_countries


def test_shares_sum_to_one_and_follow_the_names():
    shares = discussed_countries(["Mali", "Gao", "Kidal", "Niger", "Mali"], open_gazetteer())
    assert sum(shares.values()) == pytest.approx(1)
    assert max(shares, key=shares.__getitem__) == "ML"


def test_nothing_named_nothing_discussed():
    assert discussed_countries([], open_gazetteer()) == {}


@pytest.mark.parametrize(
    ("company", "country"), [(["Lebanon", "Beirut", "Sidon"], "LB"), (["Libya", "Benghazi"], "LY")]
)
def test_company_decides_between_namesakes(company, country):
    assert choose_places([*company, "Tripoli"], open_gazetteer())["Tripoli"].country == country


def test_order_of_names_does_not_matter():
    names = ["Goma", "Rwanda", "Bukavu", "Kigali"]
    assert choose_places(names, open_gazetteer()) == choose_places(names[::-1], open_gazetteer())
