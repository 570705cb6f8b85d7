"""Parts of speech by look-up: the parser's attribute rules, asked once for each kind of token."""

import re
from typing import Any

Key = tuple[int, ...]
Answer = tuple[int, int, int, int, int]
MAX_KEPT = 200_000
"""Answers kept, about 40 MB; English news needs some 50,000, hostile text may ask for any number."""


class AttributeMemo:
    """
    Apply a spaCy ``AttributeRuler`` through a memo.

    Its patterns look at a token's tag, lower-case form and dependency, some at the next word too. So the rules are asked
    once for each such combination, on a text of one to three tokens, and the answer is kept: the same attributes, in about a
    tenth of the time.

    Parameters
    ----------
    ruler
        The pipeline's own ruler.
    vocab
        Its vocabulary.
    """

    def __init__(self, ruler: Any, vocab: Any) -> None:
        self._ruler = ruler
        self._vocab = vocab
        self._memo: dict[Key, Answer] = {}
        self._opens: dict[Key, bool] = {}
        self._first = [t[0] for p in ruler.patterns for t in p["patterns"] if len(t) > 1]

    def __call__(self, doc: Any) -> Any:
        """Set part of speech, morphology and irregular lemma of every token; return the document."""
        from spacy.attrs import DEP, LEMMA, LOWER, MORPH, POS, TAG  # type: ignore[import-not-found,import-untyped,unused-ignore]

        if not len(doc):
            return doc
        rows: list[Key] = list(map(tuple, doc.to_array([TAG, LOWER, DEP]).tolist()))
        opens = [self._may_open(row) for row in rows]
        answers = []
        for i, row in enumerate(rows):
            if opens[i] or (i and opens[i - 1]):
                first, last = max(0, i - 1), min(len(rows), i + 2)
                answers.append(self._ask(doc, i, (first, last), (i - first, *(v for r in rows[first:last] for v in r))))
            else:
                answers.append(self._memo.get(row) or self._ask(doc, i, (i, i + 1), row))
        import numpy as np

        # numbers of vocabulary entries need all 64 bits
        doc.from_array([POS, MORPH, LEMMA], np.array([a[:3] for a in answers], dtype=np.uint64))
        for i, (row, answer) in enumerate(zip(rows, answers, strict=True)):
            if answer[3] != row[0]:
                doc[i].tag = answer[3]
            if answer[4] != row[2]:
                doc[i].dep = answer[4]
        return doc

    def _ask(self, doc: Any, i: int, around: tuple[int, int], key: Key) -> Answer:
        """Ask the rules about one token among its neighbours."""
        answer = self._memo.get(key)
        if answer is None:
            from spacy.tokens import Doc

            window = doc[slice(*around)]
            few = Doc(self._vocab, words=[t.text for t in window])
            for token, own in zip(few, window, strict=True):
                token.tag, token.dep = own.tag, own.dep
            self._ruler(few)
            if len(self._memo) >= MAX_KEPT:
                self._memo.clear()
            asked: Any = few[i - around[0]]
            answer = (asked.pos, asked.morph.key, asked.lemma, asked.tag, asked.dep)
            self._memo[key] = answer
        return answer

    def _may_open(self, row: Key) -> bool:
        """Tell whether a token may be the first of a pattern of two."""
        known = self._opens.get(row)
        if known is None:
            tag, lower, dep = (self._vocab.strings[v] if v else "" for v in row)
            known = any(
                _allows(first.get("LOWER"), lower) and _allows(first.get("DEP"), dep) and _allows(first.get("TAG"), tag)
                for first in self._first
            )
            self._opens[row] = known
        return known


def _allows(condition: Any, value: str) -> bool:
    """Tell whether one condition of a pattern allows a value; a kind of condition not known here is taken to allow it."""
    if condition is None or isinstance(condition, str):
        return condition in (None, value)
    if "IN" in condition:
        return value in condition["IN"]
    return "REGEX" not in condition or re.search(condition["REGEX"], value) is not None
