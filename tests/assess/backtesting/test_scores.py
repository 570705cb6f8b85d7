import numpy as np
import pytest

from wayout.assess.backtesting.bootstrap import interval, resample
from wayout.assess.backtesting.recalibrate import fit_line, to_logit
from wayout.assess.backtesting.ridge import fit_ridge
from wayout.assess.backtesting.scores import calibration_error, rank, reliability, score


def all_of(happened, p):
    scored = np.ones_like(happened)
    return score(rank(happened, p, scored), np.ones(happened.shape[0]), np.ones(happened.shape[1]))


def test_a_perfect_ranking_scores_one_and_ties_are_the_base_rate():
    happened = np.array([[True, False, False, True]])
    assert all_of(happened, np.array([[0.9, 0.1, 0.2, 0.8]]))["AP"] == 1.0
    assert all_of(happened, np.full((1, 4), 0.3))["AP"] == 0.5


def test_average_precision_by_hand():
    happened = np.array([[True, False, True, False]])
    found = all_of(happened, np.array([[0.9, 0.8, 0.7, 0.1]]))
    assert found["AP"] == pytest.approx((1 + 2 / 3) / 2)
    assert found["Brier"] == pytest.approx((0.01 + 0.64 + 0.09 + 0.01) / 4)


def test_a_surprise_is_cut_in_the_log_score():
    assert all_of(np.array([[True]]), np.array([[0.0]]))["log"] == pytest.approx(-np.log(1e-3))


def test_ten_highest_share_ties():
    happened = np.zeros((1, 20), bool)
    happened[0, :5] = True
    assert all_of(happened, np.full((1, 20), 0.5))["P@10"] == pytest.approx(0.25)


def test_counting_a_cell_twice_is_listing_it_twice():
    rng = np.random.default_rng(1)
    happened, p = rng.random((6, 5)) < 0.4, rng.random((6, 5))
    doubled = score(rank(happened, p, np.ones_like(happened)), np.ones(6), np.array([2.0, 1, 1, 1, 1]))
    listed = all_of(np.c_[happened, happened[:, :1]], np.c_[p, p[:, :1]])
    for key in ("AP", "Brier", "log"):
        assert doubled[key] == pytest.approx(listed[key])


def test_seventy_per_cent_that_means_seventy_has_no_calibration_error():
    p = np.full((10, 10), 0.7)
    happened = (np.arange(100) % 10 < 7).reshape(10, 10)
    assert calibration_error(reliability(happened, p, np.ones_like(happened))) == pytest.approx(0.0)
    assert calibration_error(reliability(~happened, p, np.ones_like(happened))) == pytest.approx(0.4)


def test_draws_are_the_same_for_all_and_on_every_run():
    rng = np.random.default_rng(2)
    happened, p = rng.random((20, 6)) < 0.3, rng.random((20, 6))
    ranked = rank(happened, p, np.ones_like(happened))
    block = np.array([0, 0, 1, 1, 2, 2])
    first = resample({"a": ranked, "b": ranked}, block, 20, 30, 8)
    assert np.array_equal(first["a"]["AP"], first["b"]["AP"])
    assert np.array_equal(first["a"]["AP"], resample({"a": ranked}, block, 20, 30, 8)["a"]["AP"])
    assert interval(first["a"]["AP"] - first["b"]["AP"]) == (0.0, 0.0)


def test_a_forecaster_that_is_right_is_not_bent_and_one_that_shouts_is():
    rng = np.random.default_rng(3)
    p = rng.uniform(0.05, 0.95, 4000)
    outcome = (rng.random(4000) < p).astype(float)
    intercept, slope = fit_line(to_logit(p), outcome, np.ones(4000), hold=30.0)
    assert abs(intercept) < 0.15
    assert slope == pytest.approx(1.0, abs=0.1)
    assert fit_line(2 * to_logit(p), outcome, np.ones(4000), hold=30.0)[1] == pytest.approx(0.5, abs=0.1)


def test_the_ridge_finds_the_odds_and_survives_outcomes_all_alike():
    rng = np.random.default_rng(4)
    x = rng.normal(size=(5000, 2))
    y = (rng.random(5000) < 1 / (1 + np.exp(-(x[:, 0] - 0.5)))).astype(float)
    p = fit_ridge(x, y, l2=1.0)(np.array([[0.5, 0.0], [2.5, 0.0]]))
    assert p == pytest.approx([0.5, 1 / (1 + np.exp(-2))], abs=0.05)
    assert (fit_ridge(x, np.zeros(5000), l2=1.0)(x) < 0.01).all()
