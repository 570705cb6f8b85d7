"""Names proposed by optional models: exact offsets where installed, nothing where not."""

import pytest

from wayout.text.name_models import has_name_model, propose_names

FRENCH = "Le maire Ousmane Diallo a quitté Boni, selon l'Agence malienne de presse."
RUSSIAN = "Иван Петренко уехал из Авдеевки, сообщил Укринформ."


def _needs(language):
    return pytest.mark.skipif(
        not has_name_model(language), reason=f"the model of '{language}' is an extra: pip install 'wayout[{language}]'"
    )


@pytest.mark.parametrize("language", ["en", "ar", "xx", ""])
def test_a_language_without_a_model_gives_nothing(language):
    assert not has_name_model(language)
    assert propose_names(FRENCH, language) == ()


@_needs("fr")
@pytest.mark.filterwarnings("ignore")  # the model's own packages warn of their age
def test_french_names_stand_in_the_text():
    found = {FRENCH[n.start : n.end]: n.label for n in propose_names(FRENCH, "fr")}
    assert found["Ousmane Diallo"] == "person"
    assert found["Agence malienne de presse"] == "organisation"


@_needs("ru")
@pytest.mark.filterwarnings("ignore")  # the model's own packages warn of their age
def test_russian_names_stand_in_the_text():
    found = {RUSSIAN[n.start : n.end]: n.label for n in propose_names(RUSSIAN, "ru")}
    assert found["Иван Петренко"] == "person"
    assert found["Авдеевки"] == "place"
