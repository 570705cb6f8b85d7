import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.errors import InputError
from wayout.move.flight.constants import shipped_earlier
from wayout.move.flight.earlier import shares_from_earlier

CONSTANTS = shipped_earlier()
KM = np.array([20.0, 60.0, 80.0, 300.0])
HOME = np.array([True, True, False, False])
NONE = np.zeros(4)


def expect(stock=NONE, recent=NONE, home=HOME):
    return shares_from_earlier(KM, home, np.asarray(stock), np.asarray(recent), CONSTANTS)


@settings(deadline=None)
@given(st.lists(st.floats(0, 1e5), min_size=8, max_size=8))
def test_shares_sum_to_one(values):
    shares = expect(values[:4], values[4:])
    assert shares.sum() == pytest.approx(1)
    assert (shares >= 0).all()


def test_without_any_count_the_prior_stays_inside_and_nearness_decides():
    shares = expect()
    assert shares[:2].sum() == pytest.approx(CONSTANTS.inside_share)
    assert shares[0] > shares[1]
    assert shares[2] > shares[3]


def test_outside_they_go_where_those_before_them_went():
    shares = expect(stock=[0, 0, 100, 5000])
    assert shares[3] > 10 * shares[2]


def test_many_recent_arrivals_outside_say_that_people_leave():
    assert expect(recent=[0, 0, 5e4, 0])[:2].sum() < 0.1
    assert expect(recent=[5e4, 0, 0, 0])[:2].sum() > 0.9


def test_a_region_without_districts_of_its_own_sends_all_out_and_one_that_is_all_keeps_them():
    assert expect(home=np.zeros(4, bool)).sum() == pytest.approx(1)
    assert expect(home=np.ones(4, bool)).sum() == pytest.approx(1)


@pytest.mark.parametrize("stock", [np.zeros(3), np.array([1.0, -1.0, 0.0, 0.0]), np.array([np.nan, 0, 0, 0])])
def test_counts_that_are_none_are_refused(stock):
    with pytest.raises(InputError, match="give"):
        expect(stock=stock)
