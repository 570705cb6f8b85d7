from dataclasses import replace

import numpy as np
import pytest
import scipy.special  # noqa: F401 -- loaded on first use otherwise, inside a timed example
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from wayout.move.ensemble import Fresh, Outcome, States
from wayout.move.mobility import elapsed_hours, profile_for
from wayout.move.ways.times import MOST_STEPS, Times

ON_FOOT = profile_for("armed_group", "on_foot")
INF = float("inf")


def times(moving_h, weights=None, *, n_draws=None, pace_sd=0.0, fresh=None):
    moving_h = np.asarray(moving_h, dtype=float)
    weights = np.full(moving_h.size, 1 / moving_h.size) if weights is None else np.asarray(weights)
    states = States(groups=(), choices=np.zeros((moving_h.size, 0), dtype=int), weights=weights, n_draws=n_draws)
    outcome = Outcome(states=states, arrivals=moving_h[:, None], p_cell=np.zeros((1, 1)), fresh=fresh)
    return Times(outcome=outcome, pace_sd=pace_sd)


some_times = arrays(float, st.integers(1, 200), elements=st.one_of(st.floats(0.01, 500.0), st.just(INF)))


@given(some_times, st.floats(0.1, 600.0), st.sampled_from([0.0, 0.05, 0.4]))
def test_a_curve_rises_holds_the_answer_and_ends_with_all_that_arrive(moving_h, horizon_h, pace_sd):
    t = times(moving_h, pace_sd=pace_sd)
    curve = t.curve(horizon_h, ON_FOOT)
    hours, p = [h for h, _ in curve], [q for _, q in curve]
    assert hours == sorted(set(hours))
    assert p == sorted(set(p))
    assert len(curve) <= MOST_STEPS + 2
    assert (p[-1] if p else 0.0) == pytest.approx(t.p_ever, abs=0.002)
    clock = float(elapsed_hours(np.array([horizon_h]), ON_FOOT)[0])
    by_then = [q for h, q in curve if h <= clock * (1 + 1e-9)]
    assert (by_then[-1] if by_then else 0.0) == t.p_within(horizon_h)


@given(some_times, st.floats(0.1, 600.0))
def test_between_its_steps_a_curve_is_a_fiftieth_below_the_truth_at_most(moving_h, at):
    t = times(moving_h)
    clock = float(elapsed_hours(np.array([at]), ON_FOOT)[0])
    step = max((q for h, q in t.curve(100.0, ON_FOOT) if h <= clock), default=0.0)
    assert -1e-9 <= t.p_within(at) - step <= 1 / 50


def test_a_doubted_pace_widens_the_times_round_the_same_median():
    sure, doubted = times([10.0]), times([10.0], pace_sd=0.3)
    assert (sure.p_within(9.99), sure.p_within(10.0)) == (0.0, 1.0)
    assert doubted.p_within(10.0) == pytest.approx(0.5)
    assert doubted.p_within(10.0 * np.exp(0.3)) == pytest.approx(0.8413, abs=1e-4)
    (p10, p50, p90), _ = doubted.quantiles(profile_for("armed_group", "light_vehicle"))
    assert p10 < p50 < p90
    profile = profile_for("civilians")
    assert doubted.quantiles(profile)[0][1] == pytest.approx(sure.quantiles(profile)[0][1], rel=0.01)


@given(some_times)
def test_no_doubt_is_the_limit_of_a_small_one(moving_h):
    at = 137.123456  # no time of the strategy is as near to it as a tenth of a millionth
    exact, nearly = times(moving_h), times(moving_h, pace_sd=1e-9)
    assert nearly.p_within(at) == pytest.approx(exact.p_within(at))


def test_quantiles_are_those_of_the_worlds_in_which_it_arrives():
    found, intervals = times([1.0, 2.0, 3.0, INF], [0.1, 0.2, 0.2, 0.5]).quantiles(ON_FOOT)
    assert found == pytest.approx((1.0, 2.0, 3.0))
    assert intervals == tuple((q, q) for q in found)
    assert times([INF]).quantiles(ON_FOOT) == ((None,) * 3, (None,) * 3)


def test_drawn_quantiles_have_an_interval_that_holds_the_truth_as_often_as_it_says():
    held = []
    for seed in range(200):
        drawn = np.random.default_rng(seed).lognormal(1.0, 0.5, 100)
        _, intervals = times(drawn, n_draws=100).quantiles(ROUND_THE_CLOCK)
        held.append([low <= truth <= high for truth, (low, high) in zip(TRUTH, intervals, strict=True)])
    assert (np.mean(held, axis=0) > 0.9).all()
    assert (np.mean(held, axis=0) < 1.0).any()


TRUTH = tuple(float(np.exp(1.0 + 0.5 * z)) for z in (-1.2816, 0.0, 1.2816))
ROUND_THE_CLOCK = replace(ON_FOOT, hours_per_day=24.0)


@pytest.mark.parametrize("pace_sd", [0.0, 0.3])
def test_more_draws_narrow_the_intervals(pace_sd):
    rng = np.random.default_rng(0)
    widths = []
    for n in (50, 5000):
        _, intervals = times(rng.uniform(1, 7, n), n_draws=n, pace_sd=pace_sd).quantiles(ON_FOOT)
        widths.append([high - low for low, high in intervals])
    assert (np.array(widths[1]) < np.array(widths[0])).all()


def test_a_target_within_no_time_is_reached_at_once():
    assert times([0.0], pace_sd=0.4).p_within(0.1) == 1.0
    assert times([0.0]).curve(5.0, ON_FOOT)[-1][1] == 1.0


@pytest.mark.parametrize("pace_sd", [0.0, 0.3])
def test_what_fresh_draws_correct_is_corrected_along_the_whole_curve(pace_sd):
    """The graph finds a slower way in every tenth draw; the fresh draws tell."""
    exact = np.tile(np.arange(1.0, 11.0), 20)
    graph = np.where(np.arange(200) % 10 == 4, exact + 2, exact)
    fresh = Fresh(exact=exact[:, None], graph=graph[:, None])
    plain = times(graph, n_draws=200, pace_sd=pace_sd)
    corrected = times(graph, n_draws=200, pace_sd=pace_sd, fresh=fresh)
    truth = times(exact, n_draws=200, pace_sd=pace_sd)
    for at in (5.5, 6.5):
        assert plain.p_within(at) < corrected.p_within(at)
        assert corrected.p_within(at) == pytest.approx(truth.p_within(at))
    curve = corrected.curve(8.0, ROUND_THE_CLOCK)
    assert [q for _, q in curve] == sorted(q for _, q in curve)
    by_then = [q for h, q in curve if h <= 5.5]
    assert by_then[-1] == pytest.approx(truth.p_within(5.5), abs=0.02)
