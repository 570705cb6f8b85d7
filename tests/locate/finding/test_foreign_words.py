"""Words that lead to a place in French and Arabic."""

import pytest

from wayout.locate.finding.foreign_words import foreign_words


@pytest.mark.parametrize(
    ("language", "before"),
    [
        ("fr", "dans la province du "),
        ("fr", "à l'ouest de "),
        ("fr", "au nord d’"),
        ("fr", "Entre "),
        ("ar", "في محافظة "),
        ("ar", "وبمحافظة "),
        ("ar", "بالقرب من "),
        ("ar", "جنوب شرق "),
        ("ru", "под "),
    ],
)
def test_a_place_comes_after_words_that_lead_to_it(language: str, before: str) -> None:
    assert foreign_words(language).leads_to(before)


@pytest.mark.parametrize(("language", "before"), [("fr", "le ministre "), ("ar", "قال "), ("fr", ""), ("xx", "near ")])
def test_other_words_do_not(language: str, before: str) -> None:
    assert not foreign_words(language).leads_to(before)


def test_directions_and_kinds_alone_are_no_names() -> None:
    assert foreign_words("ar").is_common("جنوب شرق")
    assert not foreign_words("ar").is_common("جنوب كردفان")
    assert foreign_words("ar").opens_with_kind("قضاء الحويجة")
    assert not foreign_words("ar").opens_with_kind("قضاء")
    assert foreign_words("fr").is_road("sur l'axe ")
