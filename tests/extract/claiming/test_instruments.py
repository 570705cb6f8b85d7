"""What a deed is done with."""

import pytest

from wayout.extract.claiming.instruments import instrument_of
from wayout.text.english import parse_text


@pytest.fixture
def instrument(make_document):
    def of(text, word):
        document = make_document(text)
        token = next(t for t in parse_text(text) if t.text == word)
        span = instrument_of(token, document)
        return document.quote(span) if span is not None else None

    return of


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("The RSF attacked El Fasher with armed drones.", "attacked", "armed drones"),
        ("A car bomb killed six people in Mogadishu.", "killed", "car bomb"),
        ("The army shelled the town using artillery.", "shelled", "artillery"),
        ("Drone strikes hit the depot near Odesa.", "strikes", "Drone"),
        ("Police dispersed the crowd with tear gas.", "dispersed", "tear gas"),
        ("The town was bombarded by warplanes.", "bombarded", "warplanes"),
        ("The army attacked the town at dawn.", "attacked", None),
    ],
)
def test_the_means_is_read_beside_the_deed(instrument, text, word, found):
    assert instrument(text, word) == found
