import numpy as np
import pytest

from wayout.model import Refuge
from wayout.move.flight.constants import shipped_constants
from wayout.move.flight.newest import drawn_to_newest

CONSTANTS = shipped_constants()
REFUGES = tuple(Refuge(id=i, name=i, country=c) for i, c in (("a", "One"), ("b", "One"), ("c", "One"), ("d", "Two")))


def drawn(*days):
    return drawn_to_newest(np.array(days), REFUGES, CONSTANTS)


def test_the_refuge_that_opened_last_draws_the_newcomers_of_its_country_and_of_no_other():
    before, after = drawn([0.4, 0.4, 0.0, 0.2], [0.3, 0.3, 0.2, 0.2])
    assert before.tolist() == [0.4, 0.4, 0.0, 0.2]
    assert after[2] / after[0] == pytest.approx(CONSTANTS.newest_pull * 2 / 3)
    assert after[0] == after[1]
    assert after[:3].sum() == pytest.approx(0.8)
    assert after[3] == 0.2


def test_the_next_to_open_takes_over_and_when_it_closes_the_one_before_does_again():
    days = drawn([1, 0, 0, 0], [0.5, 0.5, 0, 0], [0.4, 0.3, 0.3, 0], [0.5, 0.5, 0, 0])
    assert days[1].argmax() == 1
    assert days[2].argmax() == 2
    assert days[3] == pytest.approx(days[1])


def test_refuges_that_all_open_on_one_day_share_as_before():
    opened = [0.2, 0.5, 0.3, 0.0]
    assert drawn([0, 0, 0, 1.0], opened)[1] == pytest.approx(opened)


def test_a_refuge_that_reopens_is_not_new():
    again = [0.5, 0.3, 0.2, 0.0]
    assert drawn([0.5, 0.3, 0.2, 0.0], [0.6, 0.4, 0.0, 0.0], again)[2] == pytest.approx(again)
