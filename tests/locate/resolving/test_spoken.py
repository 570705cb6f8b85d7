from types import SimpleNamespace

import pytest

from wayout.locate.resolving.spoken import countries_of_claims, countries_spoken_of


def test_names_adjectives_and_peoples_count(build: SimpleNamespace) -> None:
    weights = countries_spoken_of(
        build.document("Chadian officers met Sudanese envoys. Chad agreed. Chadians cheered.")
    )
    assert weights == pytest.approx({"SD": 0.25, "TD": 0.75})


def test_a_capital_counts_less_and_least_alone(build: SimpleNamespace) -> None:
    named = countries_spoken_of(build.document("Mali. Bamako. Niger. Niger."))
    alone = countries_spoken_of(build.document("Bamako. Niger. Niger."))
    assert 0 < alone["ML"] < named["ML"] < named["NE"]


def test_longer_names_are_not_cut(build: SimpleNamespace) -> None:
    assert set(countries_spoken_of(build.document("South Sudan and Guinea-Bissau."))) == {"SS", "GW"}


def test_nothing_named_is_empty(build: SimpleNamespace) -> None:
    assert countries_spoken_of(build.document("Nobody was there.")) == {}
    assert countries_of_claims([]) == {}
