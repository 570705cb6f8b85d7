"""Choices are checked before any work is done; unknown ones are named, with those there are."""

from datetime import date

import pytest

from wayout.errors import InputError, NotFoundError
from wayout.ways_out.choices import Choices, make_choices, make_party


def test_an_unknown_choice_is_named_with_those_there_are():
    with pytest.raises(InputError, match=r"'cell'; the choices are party, within_h"):
        make_choices({"cell": 3})


@pytest.mark.parametrize(
    "wrong",
    [
        {"within_h": 0},
        {"within_h": "10d"},
        {"cell_km": 0.0},
        {"cell_km": float("nan")},
        {"seed": -1},
        {"n_draws": 0},
        {"seed": "1"},
        {"n_draws": True},
        {"directions": 5},
        {"repair": "no"},
        {"title": 7},
        {"party": None},
        {"profile": 3},
        {"ground": {"roads": "/etc/passwd"}},
    ],
)
def test_numbers_that_make_no_sense_are_refused(wrong):
    with pytest.raises(InputError, match=next(iter(wrong))):
        make_choices(wrong)


@pytest.mark.parametrize("words", ["aid_convoy", "aid convoy", "Aid-Convoy"])
def test_a_party_may_be_written_in_words(words):
    party = make_party(Choices(party=words), "out")
    assert (party.kind, party.name) == ("aid_convoy", "aid convoy")


def test_an_unknown_party_or_profile_is_told_with_those_there_are():
    with pytest.raises(NotFoundError, match="civilians"):
        make_party(Choices(party="tourists"), "out")
    with pytest.raises(NotFoundError, match="truck_convoy"):
        make_party(Choices(profile="balloon"), "out")


def test_a_profile_may_be_given_as_numbers():
    numbers = {"speed_kmh": 3, "hours_per_day": 6, "slope_limit_deg": 25, "water_crossing_h": 10}
    mobility = make_party(Choices(profile=numbers), "out").mobility
    assert (mobility.speed_kmh, mobility.name) == (3, "own profile")


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"speed_kmh": 3}, "lacks hours_per_day"),
        ({"speed": 3}, "no 'speed'"),
        ({"speed_kmh": "fast", "hours_per_day": 6, "slope_limit_deg": 25, "water_crossing_h": 10}, "'fast'"),
        ({"speed_kmh": 500, "hours_per_day": 6, "slope_limit_deg": 25, "water_crossing_h": 10}, "speed_kmh"),
    ],
)
def test_a_profile_that_lacks_or_mistakes_a_number_is_refused(numbers, said):
    with pytest.raises(InputError, match=r"profile|Profile") as caught:
        make_party(Choices(profile=numbers), "out")
    assert said in str(caught.value)


def test_a_day_may_be_a_date():
    assert Choices(at=date(2031, 5, 2)).at == date(2031, 5, 2)
