"""How much of one text stands in another, weighed by how much the shared words say."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayout.fuse.origins.shingles import Shingles
from wayout.fuse.origins.stock import Weights

LEAD = 0.5
"""Part of a text that tells the news; what follows is more and more background (the inverted pyramid of news writing)."""


@dataclass(frozen=True, slots=True)
class Told:
    """A text as it is compared: its run hashes, sorted; which of them stand in its leading part; what each weighs."""

    runs: Shingles
    leads: NDArray[np.bool_]
    weights: Weights


@dataclass(frozen=True, slots=True)
class Shared:
    """What two texts share: the share (0-1) of the poorer one, its weight, and the weight that stands in a leading part."""

    share: float
    weight: float
    news: float


def sorted_runs(told: Shingles) -> tuple[Shingles, NDArray[np.bool_]]:
    """Sort the runs of a text, given in its own order, and mark those of its leading part."""
    order = np.argsort(told)
    return told[order], order < LEAD * len(order)


def compare(a: Told, b: Told) -> Shared:
    """
    Measure how much of the poorer text stands in the other.

    ``share = w(shared) / min(w(a), w(b))``: Broder's containment with weighted runs. A shared run weighs what it does in the text
    where it weighs less.

    Parameters
    ----------
    a, b
        The two texts.

    Returns
    -------
    shared
        Share, weight, and weight of what stands in the leading part of either.

    References
    ----------
    Broder (1997), On the resemblance and containment of documents, doi:10.1109/SEQUEN.1997.666900.
    """
    _, in_a, in_b = np.intersect1d(a.runs, b.runs, assume_unique=True, return_indices=True)
    shared = np.minimum(a.weights[in_a], b.weights[in_b])
    weight = float(shared.sum())
    left = min(float(a.weights.sum() - a.weights[in_a].sum()), float(b.weights.sum() - b.weights[in_b].sum()))
    news = float(shared[a.leads[in_a] | b.leads[in_b]].sum())
    return Shared(weight / (weight + max(left, 0.0)) if weight else 0.0, weight, news)


def resemblance(a: Shingles, b: Shingles) -> float:
    """Return the Jaccard similarity of two sorted sets of runs, not weighed."""
    shared = len(np.intersect1d(a, b, assume_unique=True))
    return shared / max(1, len(a) + len(b) - shared)
