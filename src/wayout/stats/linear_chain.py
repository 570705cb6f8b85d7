"""Linear-chain conditional random field: fit its weights, and find the best labels of many sequences at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
IMPOSSIBLE = -1e4
"""Log weight of a step that is forbidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chains:
    """
    Training sequences, one after the other: ``features`` (positions x features, sparse), ``labels`` and ``prior`` scores.

    ``ends`` are the positions after the last of each sequence.
    """

    features: Any
    labels: Ints
    prior: Floats
    ends: Ints


def best_labels(scores: Floats, ends: Sequence[int], steps: Floats, starts: Floats) -> Ints:
    """
    Find the most probable labels of sequences by dynamic programming.

    Parameters
    ----------
    scores
        Positions x labels, log weights; sequences one after the other.
    ends
        Position after the last of each sequence, ascending.
    steps
        Labels x labels, log weight of going from the first to the second.
    starts
        Log weight of beginning with a label.

    Returns
    -------
    labels
        One a position.

    References
    ----------
    Viterbi, A. (1967). Error bounds for convolutional codes. IEEE Trans. Information Theory 13, 260-269.
    """
    labels = np.zeros(len(scores), dtype=np.int64)
    for rows in _batches(ends):
        padded, lengths = _pad(scores, rows)
        n, longest, k = padded.shape
        back = np.zeros((longest, n, k), dtype=np.int64)
        total = padded[:, 0] + starts
        into = np.ascontiguousarray(steps.T)
        begins = np.array([a for a, _ in rows])
        for t in range(1, longest):
            first = int(np.searchsorted(lengths, t, side="right"))  # sequences stand in order of length
            ways = total[first:, None, :] + into
            best = ways.argmax(2)
            back[t, :first] = np.arange(k)
            back[t, first:] = best
            total[first:] = np.take_along_axis(ways, best[:, :, None], 2)[:, :, 0] + padded[first:, t]
        at = total.argmax(1)
        for t in range(longest - 1, -1, -1):
            live = t < lengths
            labels[begins[live] + t] = at[live]
            at = back[t][np.arange(n), at]
    return labels


def _batches(ends: Sequence[int], size: int = 64) -> list[list[tuple[int, int]]]:
    """Group sequences of like length."""
    begins = [0, *ends[:-1]]
    rows = sorted(((a, b) for a, b in zip(begins, ends, strict=True) if b > a), key=lambda r: (r[1] - r[0], r[0]))
    return [rows[i : i + size] for i in range(0, len(rows), size)]


def _pad(scores: Floats, rows: Sequence[tuple[int, int]]) -> tuple[Floats, Ints]:
    lengths = np.array([b - a for a, b in rows], dtype=np.int64)
    padded = np.zeros((len(rows), int(lengths.max()), scores.shape[1]))
    for i, (a, b) in enumerate(rows):
        padded[i, : b - a] = scores[a:b]
    return padded, lengths


def fit_chains(chains: Chains, allowed: NDArray[np.bool_], l2: float, n_rounds: int) -> tuple[Floats, Floats, Floats]:
    """
    Fit a conditional random field by maximum likelihood with a Gaussian prior on the weights.

    Parameters
    ----------
    chains
        Training sequences; ``prior`` is added to the scores and not learned.
    allowed
        Labels x labels: which steps are possible.
    l2
        Strength of the prior: ``l2 / 2`` times the squared weights is taken off the log likelihood.
    n_rounds
        Rounds of L-BFGS at most.

    Returns
    -------
    weights, steps, starts
        Features x labels, labels x labels, labels.

    References
    ----------
    Lafferty, J., McCallum, A., Pereira, F. (2001). Conditional random fields. ICML, 282-289.
    """
    from scipy.optimize import minimize

    n_features, k = chains.features.shape[1], len(allowed)
    shape = (n_features + k + 1, k)
    batches = _batches([int(e) for e in chains.ends], 128)

    def cost(flat: Floats) -> tuple[float, Floats]:
        theta = flat.reshape(shape)
        steps = np.where(allowed, theta[n_features:-1], IMPOSSIBLE)
        scores = chains.features @ theta[:n_features] + chains.prior
        minus_log, toward, step_counts, start_counts = _expected(chains, scores, steps, theta[-1], batches)
        gradient = np.empty(shape)
        gradient[:n_features] = chains.features.T @ toward
        gradient[n_features:-1] = np.where(allowed, step_counts, 0.0)
        gradient[-1] = start_counts
        return minus_log + 0.5 * l2 * float(flat @ flat), (gradient + l2 * theta).ravel()

    found = minimize(cost, np.zeros(shape[0] * k), jac=True, method="L-BFGS-B", options={"maxiter": n_rounds})
    theta = found.x.reshape(shape)
    return theta[:n_features], np.where(allowed, theta[n_features:-1], IMPOSSIBLE), theta[-1]


def _expected(
    chains: Chains, scores: Floats, steps: Floats, starts: Floats, batches: Sequence[Sequence[tuple[int, int]]]
) -> tuple[float, Floats, Floats, Floats]:
    """Return minus the log likelihood, and expected less observed counts: of labels, steps and starts."""
    k = scores.shape[1]
    toward = np.zeros_like(scores)
    step_counts, start_counts = np.zeros((k, k)), np.zeros(k)
    weights = np.exp(steps)
    minus_log = 0.0
    for rows in batches:
        padded, lengths = _pad(scores, rows)
        p_label, step_sum, log_z = _forward_backward(padded, lengths, weights, starts)
        step_counts += step_sum
        start_counts += p_label[:, 0].sum(0)
        minus_log += float(log_z.sum())
        for i, (a, b) in enumerate(rows):
            gold = chains.labels[a:b]
            toward[a:b] = p_label[i, : b - a]
            toward[np.arange(a, b), gold] -= 1.0
            minus_log -= float(scores[np.arange(a, b), gold].sum() + starts[gold[0]] + steps[gold[:-1], gold[1:]].sum())
            np.add.at(step_counts, (gold[:-1], gold[1:]), -1.0)
            start_counts[gold[0]] -= 1.0
    return minus_log, toward, step_counts, start_counts


def _forward_backward(padded: Floats, lengths: Ints, weights: Floats, starts: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the probability of each label at each position, the sum of those of steps, and the log of the norm."""
    n, longest, k = padded.shape
    top = padded.max(2, keepdims=True)
    emit = np.exp(padded - top)
    ahead, scale = np.zeros_like(padded), np.ones((n, longest))
    now = emit[:, 0] * np.exp(starts)
    for t in range(longest):
        if t:
            now = (ahead[:, t - 1] @ weights) * emit[:, t]
        scale[:, t] = now.sum(1)
        ahead[:, t] = now / scale[:, t, None]
    live = np.arange(longest)[None] < lengths[:, None]
    log_z = np.where(live, np.log(scale) + top[:, :, 0], 0.0).sum(1)
    behind = np.ones((n, k))
    p_label, step_sum = np.zeros_like(padded), np.zeros((k, k))
    for t in range(longest - 1, -1, -1):
        p_label[:, t] = np.where(live[:, t, None], ahead[:, t] * behind, 0.0)
        if t:
            inner = emit[:, t] * behind / scale[:, t, None] * live[:, t, None]
            step_sum += weights * (ahead[:, t - 1].T @ inner)
            behind = np.where(live[:, t, None], inner @ weights.T, behind)
    return p_label, step_sum, log_z
