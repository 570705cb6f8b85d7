"""Lemmas by look-up: the parser's lemmatiser, asked once for each word in each part of speech."""

from typing import Any

MAX_KEPT = 200_000
"""Lemmas kept, some 30 MB; English news needs some 40,000, hostile text may ask for any number."""


class LemmaMemo:
    """
    Apply spaCy's rule-based English lemmatiser through a memo.

    It looks at a word, its part of speech and its morphology only, so it is asked once for each such combination: the same
    lemmas, in about a fifth of the time.

    Parameters
    ----------
    lemmatizer
        The pipeline's own.
    """

    def __init__(self, lemmatizer: Any) -> None:
        self._lemmatizer = lemmatizer
        self._memo: dict[tuple[int, ...], int] = {}
        known = lemmatizer.lookups.get_table("lemma_index")
        for kind, words in list(known.items()):
            known[kind] = frozenset(words)  # the lemmatiser only asks whether they hold a word; as lists they are slow

    def __call__(self, doc: Any) -> Any:
        """Set the lemma of every token that has none yet; return the document."""
        import numpy as np
        from spacy.attrs import LEMMA, MORPH, ORTH, POS  # type: ignore[import-not-found,import-untyped,unused-ignore]

        if not len(doc):
            return doc
        memo = self._memo
        lemmas = []
        for i, (lemma, *key) in enumerate(doc.to_array([LEMMA, ORTH, POS, MORPH]).tolist()):
            lemmas.append(lemma or memo.get(tuple(key)) or self._ask(doc[i], tuple(key)))
        doc.from_array([LEMMA], np.array(lemmas, dtype=np.uint64).reshape(-1, 1))
        return doc

    def _ask(self, token: Any, key: tuple[int, ...]) -> int:
        """Ask the lemmatiser about one token."""
        if len(self._memo) >= MAX_KEPT:
            self._memo.clear()
        lemma: int = token.vocab.strings.add(self._lemmatizer.lemmatize(token)[0])
        self._memo[key] = lemma
        return lemma
