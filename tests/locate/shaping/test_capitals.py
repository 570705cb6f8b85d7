import pytest

from wayout.locate.gazetteer import open_gazetteer
from wayout.locate.phrases import PhraseContext, locate_phrase


@pytest.mark.parametrize(
    ("phrase", "town"),
    [
        ("the capital of Niger", "Niamey"),
        ("Somalia's capital", "Mogadishu"),
        ("the capital of North Darfur", "El Fasher"),
    ],
)
def test_a_capital_is_a_town(phrase: str, town: str) -> None:
    region = locate_phrase(phrase, open_gazetteer(), PhraseContext())
    assert region.places[0].name == town
    assert region.where_prec == 1


def test_a_division_keeps_the_whole_of_it_as_second_reading() -> None:
    region = locate_phrase("the provincial capital of Helmand", open_gazetteer(), PhraseContext(countries={"AF": 1.0}))
    assert len(region.parts) > 1
    assert region.parts[1].geometry.area > region.parts[0].geometry.area
    assert "largest town" in region.why
