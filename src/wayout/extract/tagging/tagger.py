"""Label tokens as parts of entities with a conditional random field learned from re3d (``docs/methods/entities.md``)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wayout.errors import VocabularyError
from wayout.extract.tagging.edges import Stretch
from wayout.extract.tagging.features import GROUPS, Key, features, keys, prior_type
from wayout.extract.tagging.view import EntityView, Seen
from wayout.stats.linear_chain import IMPOSSIBLE, best_labels
from wayout.vocab import vocab_path

TAGGED_TYPES = (
    "Organisation",
    "Location",
    "Person",
    "Nationality",
    "Quantity",
    "DocumentReference",
    "Weapon",
    "Money",
    "MilitaryPlatform",
)
"""Types of the tagger; times are found by rule."""
LABELS = ("O", *(f"{mark}-{t}" for t in TAGGED_TYPES for mark in "BI"))
MODEL = "models/entities.npz"
PRIOR, PRIOR_KNOWN = 2.0, 4.0
"""Log weights for what the rules say of a token, before anything is learned: of a proposal, of a listed name."""
_KNOWN = frozenset("apl")
MAX_KEPT = 60_000
"""Keys of a group whose sums are kept; then the table starts anew."""
_NUMBER = {label: i for i, label in enumerate(LABELS)}


@dataclass(slots=True)
class Tagger:
    """Weights: of features (by name) for each label, of steps between labels, of the first label."""

    rows: dict[str, int]
    weights: NDArray[np.float32]
    steps: NDArray[np.float64]
    starts: NDArray[np.float64]
    _sums: dict[str, dict[Key, int]] = field(default_factory=lambda: {g: {} for g in GROUPS})
    _tables: dict[str, NDArray[np.float32]] = field(default_factory=lambda: {g: _empty_table() for g in GROUPS})

    def label(self, view: EntityView) -> list[str]:
        """
        Label every token.

        Parameters
        ----------
        view
            The text.

        Returns
        -------
        labels
            Of ``LABELS``, one a token; "I-X" only after "B-X" or "I-X".
        """
        if not view.tokens:
            return []
        return [LABELS[n] for n in best_labels(self._scores(view), view.sentence_ends, self.steps, self.starts)]

    def _scores(self, view: EntityView) -> NDArray[np.float64]:
        columns = list(zip(*keys(view), strict=True))
        total = np.zeros((len(view.tokens), len(LABELS)))
        for group, column in zip(GROUPS, columns, strict=True):
            if len(self._sums[group]) > MAX_KEPT:
                self._sums[group].clear()
                self._tables[group] = _empty_table()
            known = self._sums[group]
            where = [known.get(key, -1) for key in column]
            for i, row in enumerate(where):
                if row < 0:
                    where[i] = self._row(group, column[i], view.strings)
            total += self._tables[group][where]
        return total

    def _row(self, group: str, key: Key, strings: Any) -> int:
        """Return the row of a key in its group's table, made when first asked for; the table grows by doubling."""
        known, table = self._sums[group], self._tables[group]
        row = known.setdefault(key, len(known))
        if row == len(known) - 1:
            if row >= len(table):
                table = self._tables[group] = np.concatenate([table, np.zeros_like(table)])
            table[row] = self._sum(group, key, strings)
        return row

    def _sum(self, group: str, key: Key, strings: Any) -> NDArray[np.float32]:
        at = [n for name in features(group, key, strings) if (n := self.rows.get(name)) is not None]
        total: NDArray[np.float32] = self.weights[at].sum(0, dtype=np.float32)
        if group == "own":
            total = total + prior_scores(Seen(*key), strings)
        return total


def _empty_table() -> NDArray[np.float32]:
    return np.zeros((1024, len(LABELS)), dtype=np.float32)


def prior_scores(seen: Seen, strings: Any) -> NDArray[np.float32]:
    """Return the log weights that the rules give the labels of a token."""
    scores = np.zeros(len(LABELS), dtype=np.float32)
    said = prior_type(seen, strings)
    if said:
        known = seen.flag[1:] in _KNOWN
        scores[_NUMBER[f"{said[0]}-{said[1]}"]] = PRIOR_KNOWN if known else PRIOR
    return scores


def allowed_steps() -> NDArray[np.bool_]:
    """Return which label may follow which: an inner one only its own kind."""
    allowed = np.ones((len(LABELS), len(LABELS)), dtype=bool)
    for j, after in enumerate(LABELS):
        if after.startswith("I-"):
            for i, before in enumerate(LABELS):
                allowed[i, j] = before[2:] == after[2:]
    return allowed


def allowed_starts() -> NDArray[np.float64]:
    """Return log weights that forbid a sentence to begin inside an entity."""
    return np.array([IMPOSSIBLE if label.startswith("I-") else 0.0 for label in LABELS])


@cache
def open_tagger() -> Tagger:
    """
    Load the shipped weights, once.

    Returns
    -------
    tagger
        Ready.

    Raises
    ------
    VocabularyError
        If the file was made for other labels.
    """
    with np.load(vocab_path(MODEL), allow_pickle=False) as file:
        labels = tuple(bytes(file["labels"]).decode().split("\0"))
        if labels != LABELS:
            raise VocabularyError(f"{MODEL} was trained for labels {labels[:3]}...; run tools/train_entities.py again")
        names = bytes(file["features"]).decode().split("\0")
        scale = float(file["scale"])
        weights = (file["weights"].astype(np.float32)) * scale
        steps = np.where(allowed_steps(), file["steps"].astype(np.float64) * scale, IMPOSSIBLE)
        starts = file["starts"].astype(np.float64) * scale + allowed_starts()
    return Tagger({name: i for i, name in enumerate(names)}, weights, steps, starts)


def label_spans(labels: Sequence[str]) -> list[Stretch]:
    """
    Join labelled tokens.

    Parameters
    ----------
    labels
        One a token.

    Returns
    -------
    spans
        In order.
    """
    spans: list[Stretch] = []
    before = "O"
    for i, label in enumerate(labels):
        if label != "O":
            if label[0] == "I" and before[2:] == label[2:] and spans:
                spans[-1] = Stretch(spans[-1].first, i + 1, label[2:])
            else:
                spans.append(Stretch(i, i + 1, label[2:]))
        before = label
    return spans
