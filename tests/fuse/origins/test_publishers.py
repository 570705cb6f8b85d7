import pytest

from wayout.fuse.origins.publishers import name_key, origin_key, publisher_of
from wayout.model import Source


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("AFP", "agence-france-presse"),
        ("Agence France Presse", "agence-france-presse"),
        ("reuters.com", "reuters"),
        ("SOHR", "syrian-observatory-for-human-rights"),
        ("the Syrian Observatory for Human Rights", "syrian-observatory-for-human-rights"),
        ("english.ahram.org.eg", "al-ahram"),
        ("The Village Voice", "village voice"),
    ],
)
def test_one_key_for_all_spellings(name, key):
    assert name_key(name) == key


@pytest.mark.parametrize("name", ["", "unknown", "N/A", "report_17.txt", "my notes.html", "-", "stdin"])
def test_what_names_nobody_has_no_key(name):
    assert publisher_of(Source(name=name)) is None


def test_the_address_says_who_it_is_where_the_name_does_not():
    assert publisher_of(Source(name="page.html", url="https://www.reuters.com")) == "reuters"
    assert publisher_of(Source(name="Our Own Feed", url="https://sana.sy")) == "sana"
    assert publisher_of(Source(name="Village Voice", url="https://voice.example")) == "village voice"


def test_an_agency_is_one_origin_as_publisher_and_as_mouth():
    assert origin_key(publisher_of(Source(name="Reuters News"))) == origin_key(name_key("Reuters"))
