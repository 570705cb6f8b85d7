import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.errors import InputError
from wayout.move.flight.doubt import interval_coverage, share_interval


@settings(deadline=None)
@given(st.floats(0, 1))
def test_an_interval_holds_its_share_and_stays_a_share(share):
    low, high = share_interval(share)
    assert 0 <= low <= share <= high <= 1
    assert high - low > 0.02


def test_larger_shares_have_higher_intervals():
    assert share_interval(0.2)[1] < share_interval(0.6)[1]


def test_coverage_is_a_share():
    assert 0.5 < interval_coverage() < 1


def test_what_is_no_share_is_refused():
    with pytest.raises(InputError, match=r"\[0, 1\]"):
        share_interval(1.2)
