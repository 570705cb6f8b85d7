import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.errors import InputError
from wayout.move.flight.choice import origin_weights, pull_by_distance, shares_of
from wayout.move.flight.constants import shipped_constants

CONSTANTS = shipped_constants()
km = st.floats(1, 3000)


def test_the_nearer_refuge_draws_more_and_nobody_goes_where_no_way_leads():
    near, far, none = pull_by_distance(np.array([[50.0, 100.0, np.inf]]), CONSTANTS)[0]
    assert near > far > 0
    assert none == 0


def test_an_origin_next_to_a_refuge_sends_more_than_one_far_off():
    close, remote = pull_by_distance(np.array([[20.0, 500.0], [400.0, 500.0]]), CONSTANTS).sum(axis=1)
    assert close > 10 * remote


def test_far_from_every_refuge_farther_no_longer_keeps_people_from_leaving():
    sent = pull_by_distance(np.array([[10.0], [1000.0], [2000.0]]), CONSTANTS)[:, 0]
    assert sent[0] > 100 * sent[1]
    assert sent[1] == pytest.approx(sent[2], rel=0.01)


@settings(deadline=None)
@given(st.lists(km, min_size=2, max_size=6), st.floats(1.01, 5))
def test_a_longer_way_never_raises_a_refuges_share(distances, longer):
    before = shares_of(pull_by_distance(np.array([distances]), CONSTANTS))[0]
    after = shares_of(pull_by_distance(np.array([[distances[0] * longer, *distances[1:]]]), CONSTANTS))[0]
    assert after[0] <= before[0] + 1e-12
    assert np.isclose(after.sum(), 1.0)


@settings(deadline=None)
@given(st.lists(km, min_size=3, max_size=6))
def test_closing_a_refuge_raises_every_other_share_of_one_origin(distances):
    before = shares_of(pull_by_distance(np.array([distances]), CONSTANTS))[0]
    after = shares_of(pull_by_distance(np.array([[np.inf, *distances[1:]]]), CONSTANTS))[0]
    assert after[0] == 0
    assert (after[1:] >= before[1:]).all()


def test_an_origin_that_reaches_nothing_sends_nobody():
    assert not pull_by_distance(np.array([[np.inf, np.inf]]), CONSTANTS).any()


@pytest.mark.parametrize("wrong", [-1.0, np.nan])
def test_a_distance_that_is_none_is_refused(wrong):
    with pytest.raises(InputError, match="negative or not a number"):
        pull_by_distance(np.array([[wrong, 5.0]]), CONSTANTS)


def test_fighting_and_people_make_an_origin_weigh_and_unknown_people_count_as_the_median():
    fought, quiet, large, unknown = origin_weights(
        np.array([1e4, 1e4, 9e4, np.nan]), np.array([1.0, 0.0, 1.0, 1.0]), CONSTANTS
    )
    assert large > fought == unknown > quiet > 0
