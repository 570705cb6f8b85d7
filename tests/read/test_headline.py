import pytest

from wayout.read.headline import clean_headline


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Ferry stopped at Kigoma | Africa | The Lake Herald", "Ferry stopped at Kigoma"),
        ("The Lake Herald | Ferry stopped at Kigoma after three days", "Ferry stopped at Kigoma after three days"),
        ("Ferry stopped at Kigoma - lakeherald.example", "Ferry stopped at Kigoma"),
        ("Ferry stopped at Kigoma – The Lake Herald", "Ferry stopped at Kigoma"),
        ("Ferry stopped - and nobody knows why", "Ferry stopped - and nobody knows why"),
        ("Cease-fire talks", "Cease-fire talks"),
        ("  ", None),
        (None, None),
    ],
)
def test_what_the_site_adds_goes_and_the_headline_stays(title, expected):
    assert clean_headline(title, [], "The Lake Herald", "https://www.lakeherald.example/a") == expected


def test_headline_as_printed_on_the_page_wins_over_the_longer_title():
    assert (
        clean_headline("Ferry stopped - Kigoma Region News", ["Africa", "Ferry stopped"], None, None) == "Ferry stopped"
    )


def test_broken_address_does_no_harm():
    assert clean_headline("Ferry stopped", [], None, "http://[") == "Ferry stopped"
