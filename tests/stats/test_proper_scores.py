"""Scores equal their definitions and the library's, are proper, and refuse what is no probability."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.errors import InputError
from wayout.stats.proper_scores import brier_scores, crps_of_draws, log_scores, skill

P = st.floats(0.0, 1.0)


def test_brier_is_that_of_the_library():
    import xarray
    from scores.probability import brier_score

    rng = np.random.default_rng(3)
    p, o = rng.random(50), rng.integers(0, 2, 50).astype(float)
    theirs = brier_score(xarray.DataArray(p), xarray.DataArray(o), preserve_dims="all").values
    np.testing.assert_allclose(brier_scores(p, o), theirs)


def test_crps_is_its_definition_and_raises_no_warning():
    draws, y = np.array([[0.0, 1.0, 4.0]]), np.array([2.0])
    spread = np.mean([abs(a - b) for i, a in enumerate(draws[0]) for j, b in enumerate(draws[0]) if i != j])
    np.testing.assert_allclose(crps_of_draws(draws, y), np.abs(draws[0] - 2).mean() - spread / 2)


def test_always_half_earns_a_quarter_and_ln_2():
    assert brier_scores([0.5, 0.5], [0, 1]).tolist() == [0.25, 0.25]
    assert log_scores([0.5], [1])[0] == pytest.approx(math.log(2))


@given(P, P)
def test_saying_what_one_believes_is_best(belief, said):
    def expected(score, p):
        return belief * score([p], [1])[0] + (1 - belief) * score([p], [0])[0]

    assert expected(brier_scores, belief) <= expected(brier_scores, said) + 1e-9
    if 0.001 <= belief <= 0.999:
        assert expected(log_scores, belief) <= expected(log_scores, said) + 1e-9


@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=6), st.integers(0, 5))
def test_two_forms_of_one_forecast_score_alike(weights, which):
    p = np.asarray(weights) / sum(weights)
    o = np.eye(len(p))[which % len(p)]
    assert 0 <= brier_scores([p], [o])[0] <= 1
    two, outcome = np.array([[1 - p[0], p[0]]]), np.array([[0.0, 1.0]])
    assert brier_scores(two, outcome)[0] == pytest.approx(brier_scores([p[0]], [1])[0])
    assert log_scores(two, outcome)[0] == pytest.approx(log_scores([p[0]], [1])[0])


@pytest.mark.parametrize(("p", "o"), [([1.2], [1]), ([0.3], [2]), ([float("nan")], [1]), ([0.3, 0.4], [1]), ([], [])])
def test_what_is_no_probability_is_refused(p, o):
    with pytest.raises(InputError):
        brier_scores(p, o)


def test_skill_is_the_share_of_the_loss_that_is_saved():
    assert skill(np.array([0.1]), np.array([0.2])) == pytest.approx(0.5)
    assert math.isnan(skill(np.array([0.0]), np.array([0.0])))


def test_certainty_of_the_wrong_thing_stays_finite():
    assert log_scores([0.0, 1.0], [1, 0]) == pytest.approx([-math.log(0.001)] * 2)
