import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.locate.gazetteer import open_gazetteer
from wayout.locate.resolving.press_home import press_home


def countries(url):
    return [home[0].country for home in press_home(url, open_gazetteer())]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.example.ke/a", ["KE"]),
        ("https://example.co.uk/a", ["GB"]),
        ("https://example.io/a", []),
        ("https://example.com/mali", []),
        ("file:///home/mali/a.html", []),
        ("not an address", []),
        (None, []),
    ],
)
def test_the_ending_names_a_country(url, expected):
    assert countries(url) == expected


@pytest.mark.parametrize(
    ("host", "town"),
    [("kampalatimes.com", "Kampala"), ("thekhartoumpost.com", "Khartoum"), ("capetownherald.com", "Cape Town")],
)
def test_the_name_of_a_paper_holds_its_town(host, town):
    (home,) = press_home(f"https://www.{host}/a", open_gazetteer())
    assert town in {place.name for place in home}


@pytest.mark.parametrize("host", ["thestar.com", "dailypost.com", "reuters.com", "qwertzuiopas.com"])
def test_words_of_the_press_are_no_towns(host):
    assert press_home(f"https://www.{host}/a", open_gazetteer()) == ()


@given(st.text(max_size=80))
def test_no_address_breaks_it(text):
    assert isinstance(press_home(f"https://{text}", open_gazetteer()), tuple)
