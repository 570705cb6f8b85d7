"""Named entities: the parser's own model, decoded in whole arrays instead of token by token."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

TOKENS_AT_ONCE = 3_000
"""Arrays of this many tokens stay in the processor's cache."""


class _Batch(NamedTuple):
    """
    Documents laid end to end.

    ``features`` holds what each token adds to a hidden layer as the next word, the first and the last of an open entity;
    its row 0 stands for no token, row ``i + 1`` for token ``i``. ``closes`` tells after which tokens no entity goes on.
    """

    features: Any
    closes: Any
    spaces: Any


class EntityDecoder:
    """
    Apply a spaCy ``EntityRecognizer`` of one greedy pass, to documents without entities.

    Its loop takes and gives back the interpreter some forty times a token, two thirds of its time. But as long as no entity is
    open, what it decides on a token depends on that token alone, so that is decided for all tokens at once; then all entities
    that may begin are followed at once, a token a round. The rules of what may follow what are those of spaCy's transitions:
    no entity begins with a blank or goes on over the start of a sentence.

    Parameters
    ----------
    recognizer
        The pipeline's own.

    References
    ----------
    Lample et al. (2016), Neural architectures for named entity recognition, NAACL, pp. 260-270: entities by transitions.
    """

    def __init__(self, recognizer: Any) -> None:
        self._recognizer = recognizer
        moves = recognizer.moves
        self._actions = [moves.get_class_name(i).partition("-")[::2] for i in range(moves.n_moves)]
        of = {action: i for i, action in enumerate(self._actions)}
        self._begins = [i for i, (kind, label) in enumerate(self._actions) if kind == "B" and label]
        self._units = [i for i, (kind, label) in enumerate(self._actions) if kind == "U" and label]
        self._never = sorted(set(range(len(self._actions))) - {*self._begins, *self._units, of["O", ""]})
        self._goes_on = np.array([of.get(("I", label), 0) for _, label in self._actions])
        self._ends = np.array([of.get(("L", label), 0) for _, label in self._actions])

    def __call__(self, doc: Any) -> Any:
        """Set the entities of one document and return it."""
        self._annotate([doc])
        return doc

    def pipe(self, stream: Iterable[Any], *, batch_size: int = 32) -> Iterator[Any]:
        """Do as for one document with many, a batch after the other."""
        waiting = iter(stream)
        while docs := list(islice(waiting, batch_size)):
            some: list[Any] = []
            for doc in docs:
                some.append(doc)
                if sum(map(len, some)) >= TOKENS_AT_ONCE:
                    self._annotate(some)
                    some = []
            self._annotate(some)
            yield from docs

    def _annotate(self, docs: list[Any]) -> None:
        from spacy.tokens import Span

        if not any(len(doc) for doc in docs):
            return
        batch = self._batch(docs)
        actions = self._decide(batch)
        ends = self._follow(batch, actions)
        kinds = [self._actions[action] for action in actions.tolist()]
        start = 0
        for doc in docs:
            spans = []
            i = 0
            while i < len(doc):
                kind, label = kinds[start + i]
                end = ends[start + i] - start if kind == "B" else i + 1
                if kind != "O":
                    spans.append(Span(doc, i, end, label=label))
                i = end
            doc.set_ents(spans, default="outside")
            start += len(doc)

    def _batch(self, docs: list[Any]) -> _Batch:
        from spacy.attrs import IS_SPACE, SENT_START  # type: ignore[import-not-found,import-untyped,unused-ignore]

        words, table, _ = self._recognizer.model.layers
        features = table.predict(words.predict(docs))
        looks = np.concatenate([doc.to_array([IS_SPACE, SENT_START]).reshape(-1, 2) for doc in docs])
        closes = np.append(looks[1:, 1] == 1, True)
        closes[np.cumsum([len(doc) for doc in docs if len(doc)]) - 1] = True
        return _Batch(features, closes, looks[:, 0] == 1)

    def _hidden(self, features: Any) -> Any:
        """Sum what the tokens add, in the recogniser's own order, and take each unit's larger piece."""
        return (features + self._recognizer.model.layers[1].get_param("b")).max(axis=-1)

    def _decide(self, batch: _Batch) -> Any:
        """Decide on each token as if no entity were open."""
        upper = self._recognizer.model.layers[2]
        features = batch.features[1:, 0] + batch.features[0, 1] + batch.features[0, 2]
        scores = self._hidden(features) @ upper.get_param("W").T + upper.get_param("b")
        scores[:, self._never] = -np.inf
        scores[np.ix_(batch.closes | batch.spaces, self._begins)] = -np.inf
        scores[np.ix_(batch.spaces, self._units)] = -np.inf
        return scores.argmax(axis=1)

    def _follow(self, batch: _Batch, actions: Any) -> dict[int, int]:
        """Find where each entity that may begin would end (exclusive)."""
        upper = self._recognizer.model.layers[2]
        weights, bias = upper.get_param("W"), upper.get_param("b")
        ends: dict[int, int] = {}
        starts = np.flatnonzero(np.isin(actions, self._begins))
        at = starts + 1
        while len(starts):
            hidden = self._hidden(batch.features[at + 1, 0] + batch.features[starts + 1, 1] + batch.features[at, 2])
            on, end = self._goes_on[actions[starts]], self._ends[actions[starts]]
            goes_on = (hidden * weights[on]).sum(axis=1) + bias[on] > (hidden * weights[end]).sum(axis=1) + bias[end]
            goes_on &= ~batch.closes[at]
            ends.update(zip(starts[~goes_on].tolist(), (at[~goes_on] + 1).tolist(), strict=True))
            starts, at = starts[goes_on], at[goes_on] + 1
        return ends
