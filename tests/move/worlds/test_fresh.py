import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.move.worlds.fresh import Fresh


def in_time(hours):
    return (hours <= 1.0).astype(float)


def fresh(exact, graph):
    return Fresh(exact=np.array(exact)[:, None], graph=np.array(graph)[:, None])


def test_what_agrees_and_by_how_much_the_rest_is_too_slow():
    inf = np.inf
    held_out = fresh([1.0, 2.0, inf, 3.0, 0.0], [1.0, 2.5, inf, inf, 0.0])
    assert held_out.excess[:, 0].tolist() == [0.0, 0.25, 0.0, inf, 0.0]
    assert held_out.p_exact == pytest.approx(3 / 5)
    assert held_out.max_excess == pytest.approx(0.25)


def test_a_probability_is_raised_by_what_the_graph_misses():
    graph = np.array([0.5] * 60 + [2.0] * 40)
    held_out = fresh([0.5] * 14 + [2.0] * 6, [0.5] * 12 + [1.5] * 2 + [2.0] * 6)
    p, low, high = held_out.correct(0, graph, in_time)
    assert p == pytest.approx(0.7)
    assert low < 0.6 < 0.7 < 0.8 < high


@given(n=st.integers(1, 50), k=st.integers(0, 50))
def test_an_interval_holds_its_probability_and_stays_one(n, k):
    k = min(k, n)
    exact = [0.5] * k + [3.0] * (n - k)
    p, low, high = fresh(exact, exact).correct(0, np.array(exact * 4), in_time)
    assert 0 <= low <= p <= high <= 1
    assert p == pytest.approx(k / n)
    assert high > low


def test_the_interval_holds_the_truth_in_some_ninety_five_of_a_hundred_samples():
    rng = np.random.default_rng(3)
    held = 0
    for _ in range(400):
        # The truth: reached in time with 0.5; the graph misses a fifth of that.
        exact = np.where(rng.random(500) < 0.5, 0.5, 3.0)
        graph = np.where((exact < 1) & (rng.random(500) < 0.2), 2.0, exact)
        _, low, high = fresh(exact[:60], graph[:60]).correct(0, graph[60:], in_time)
        held += low <= 0.5 <= high
    assert 0.92 <= held / 400 <= 0.99
