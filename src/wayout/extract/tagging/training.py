"""Learn the weights of the tagger of entities from texts that people marked (``tools/train_entities.py``)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from wayout.extract.tagging.features import GROUPS, features, keys
from wayout.extract.tagging.tagger import LABELS, TAGGED_TYPES, Tagger, allowed_starts, allowed_steps, prior_scores
from wayout.extract.tagging.view import EntityView
from wayout.stats.linear_chain import Chains, fit_chains

SCALE = 0.001
"""Weights are kept as whole multiples of this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """
    How to learn: ``l2`` against large weights, rounds of optimisation, texts that a feature must occur in.

    Chosen by leaving out one source of re3d at a time.
    """

    l2: float = 5.0
    n_rounds: int = 60
    min_texts: int = 2


@dataclass(frozen=True, slots=True)
class Marked:
    """A text as the tagger sees it, and what people marked: characters ``start`` to ``end``, type."""

    view: EntityView
    spans: Sequence[tuple[int, int, str]]


def gold_labels(marked: Marked) -> list[str]:
    """
    Turn marked spans into a label a token.

    Parameters
    ----------
    marked
        A text. Of overlapping spans the longest counts; types the tagger does not learn are left out.

    Returns
    -------
    labels
        "B-" and "I-" with a type, or "O".
    """
    view = marked.view
    labels = ["O"] * len(view.tokens)
    for start, end, kind in sorted(set(marked.spans), key=lambda s: (s[0] - s[1], s)):
        if kind not in TAGGED_TYPES:
            continue
        inside = [i for i, (a, b) in enumerate(zip(view.starts, view.ends, strict=True)) if a < end and start < b]
        if all(labels[i] == "O" for i in inside):
            for n, i in enumerate(inside):
                labels[i] = f"{'I' if n else 'B'}-{kind}"
    return labels


def train_tagger(texts: Sequence[Marked], fit: Fit) -> Tagger:
    """
    Learn a tagger.

    Parameters
    ----------
    texts
        Marked texts.
    fit
        How.

    Returns
    -------
    tagger
        The same for the same texts, on one machine.
    """
    named = [list(_names(t.view)) for t in texts]
    n_texts = Counter(name for text in named for name in {n for names in text for n in names})
    rows = {name: i for i, name in enumerate(sorted(n for n, c in n_texts.items() if c >= fit.min_texts))}
    weights, steps, starts = fit_chains(_chains(texts, named, rows), allowed_steps(), fit.l2, fit.n_rounds)
    return Tagger(rows, weights.astype(np.float32), steps, starts + allowed_starts())


def _names(view: EntityView) -> Iterable[list[str]]:
    for token in keys(view):
        yield [name for group, key in zip(GROUPS, token, strict=True) for name in features(group, key, view.strings)]


def _chains(texts: Sequence[Marked], named: Sequence[Sequence[Sequence[str]]], rows: dict[str, int]) -> Chains:
    from scipy.sparse import csr_matrix

    number = {label: i for i, label in enumerate(LABELS)}
    points, columns, labels, prior, ends = [0], list[int](), list[int](), list[Any](), list[int]()
    for text, tokens in zip(texts, named, strict=True):
        ends += [len(labels) + end for end in text.view.sentence_ends]
        labels += [number[label] for label in gold_labels(text)]
        prior += [prior_scores(token, text.view.strings) for token in text.view.tokens]
        for names in tokens:
            columns += sorted({rows[n] for n in names if n in rows})
            points.append(len(columns))
    shape = (len(labels), len(rows))
    found = csr_matrix((np.ones(len(columns)), np.array(columns), np.array(points)), shape=shape)
    return Chains(features=found, labels=np.array(labels), prior=np.array(prior, dtype=np.float64), ends=np.array(ends))


def save_tagger(tagger: Tagger, path: Path) -> None:
    """
    Write the weights, rounded, without features that weigh nothing.

    Parameters
    ----------
    tagger
        What was learned.
    path
        File to write: numpy's ``npz``, no pickles; the same weights give the same bytes.
    """
    names = sorted(tagger.rows, key=tagger.rows.__getitem__)
    whole = np.rint(tagger.weights / SCALE).astype(np.int16)
    kept = np.flatnonzero(np.abs(whole).max(1) > 0)
    allowed = allowed_steps()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            labels=np.frombuffer("\0".join(LABELS).encode(), dtype=np.uint8),
            features=np.frombuffer("\0".join(names[i] for i in kept).encode(), dtype=np.uint8),
            weights=whole[kept],
            steps=np.rint(np.where(allowed, tagger.steps, 0.0) / SCALE).astype(np.int32),
            starts=np.rint((tagger.starts - allowed_starts()) / SCALE).astype(np.int32),
            scale=np.float64(SCALE),
        )
