"""The chain model: best labels agree with trying all, and fitting finds what the data say."""

from itertools import pairwise, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from wayout.stats.linear_chain import IMPOSSIBLE, Chains, best_labels, fit_chains


@given(st.integers(0, 10_000), st.integers(1, 5), st.integers(2, 3))
@settings(max_examples=30, deadline=None)
def test_best_labels_are_the_best_of_all(seed: int, n: int, k: int) -> None:
    rng = np.random.default_rng(seed)
    scores, steps, starts = rng.normal(size=(n, k)), rng.normal(size=(k, k)), rng.normal(size=k)

    def weight(path: tuple[int, ...]) -> float:
        inner = sum(steps[a, b] for a, b in pairwise(path))
        return float(starts[path[0]] + sum(scores[i, p] for i, p in enumerate(path)) + inner)

    best = max(product(range(k), repeat=n), key=weight)
    assert tuple(best_labels(scores, [n], steps, starts)) == best


def test_sequences_do_not_touch_each_other() -> None:
    rng = np.random.default_rng(1)
    scores, steps, starts = rng.normal(size=(9, 3)), rng.normal(size=(3, 3)), rng.normal(size=3)
    together = best_labels(scores, [2, 5, 9], steps, starts)
    apart = [best_labels(scores[a:b], [b - a], steps, starts) for a, b in ((0, 2), (2, 5), (5, 9))]
    assert together.tolist() == np.concatenate(apart).tolist()


def test_fit_learns_a_rule_and_keeps_forbidden_steps_forbidden() -> None:
    seen = np.array([0, 1, 0, 0, 1, 1, 0, 1] * 5)
    features = csr_matrix(np.eye(2)[seen])
    chains = Chains(features=features, labels=seen, prior=np.zeros((40, 2)), ends=np.arange(4, 41, 4))
    allowed = np.array([[True, True], [True, False]])
    chains_ok = Chains(features=features, labels=seen, prior=np.zeros((40, 2)), ends=np.arange(1, 41))
    weights, steps, starts = fit_chains(chains_ok, allowed, 0.1, 50)
    assert steps[1, 1] == IMPOSSIBLE
    assert best_labels(features @ weights, list(range(1, 41)), steps, starts).tolist() == seen.tolist()
    free, _, _ = fit_chains(chains, np.ones((2, 2), dtype=bool), 0.1, 50)
    assert free[0, 0] > free[0, 1]
    assert free[1, 1] > free[1, 0]


def test_stronger_prior_gives_smaller_weights() -> None:
    features = csr_matrix(np.eye(2)[[0, 1, 0, 1]])
    chains = Chains(features=features, labels=np.array([0, 1, 0, 1]), prior=np.zeros((4, 2)), ends=np.array([2, 4]))
    sizes = [float(np.abs(fit_chains(chains, np.ones((2, 2), dtype=bool), l2, 50)[0]).sum()) for l2 in (0.1, 1.0, 10.0)]
    assert sizes == sorted(sizes, reverse=True)
