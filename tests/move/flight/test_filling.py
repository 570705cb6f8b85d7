import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.model import Refuge
from wayout.move.flight.constants import shipped_constants
from wayout.move.flight.filling import filled_shares

CONSTANTS = shipped_constants()
REFUGES = (
    Refuge(id="1", name="One", country="Small", country_population=1e6),
    Refuge(id="2", name="Two", country="Small", country_population=1e6),
    Refuge(id="3", name="Three", country="Large", country_population=1e8),
)
EVEN = np.full(3, 1 / 3)


@settings(deadline=None)
@given(st.floats(0, 1e8))
def test_shares_still_sum_to_one_and_the_large_country_only_gains(people):
    shares = filled_shares(EVEN, REFUGES, CONSTANTS, people)
    assert shares.sum() == pytest.approx(1)
    assert shares[2] >= 1 / 3 - 1e-12


def test_refuges_of_one_country_fill_together():
    shares = filled_shares(np.array([0.5, 0.2, 0.3]), REFUGES, CONSTANTS, 1e6)
    assert shares[0] / shares[1] == pytest.approx(2.5)
    assert shares[2] > 0.5


@pytest.mark.parametrize("people", [None, 0.0])
def test_too_few_to_matter_change_nothing(people):
    assert (filled_shares(EVEN, REFUGES, CONSTANTS, people) == EVEN).all()
