"""The memo gives every word the lemma that the parser's own lemmatiser gives it."""

import pytest

from wayout.text.english import open_english
from wayout.text.lemmas import LemmaMemo

TEXTS = (
    "Fighters were leaving El Fasher as shells fell; it's the worst they've seen, and better men fled.",
    "Mayors of the three towns said that gunmen had stolen lorries, left and left the left bank.",
    "   \n\n  Goma's markets reopened. Reopened roads, 2 of them, lead to Bukavu; the leads were false!",
)


@pytest.fixture(scope="module")
def before_lemmas():
    nlp = open_english()
    steps = [name for name in nlp.pipe_names if name not in ("wayout_lemmas", "wayout_entities")]
    with nlp.select_pipes(enable=steps):
        return [nlp(text) for text in TEXTS]


def test_same_as_the_lemmatiser(before_lemmas):
    lemmatizer = open_english().get_pipe("lemmatizer")
    memo = LemmaMemo(lemmatizer)
    for doc in before_lemmas:
        by_rule = [t.lemma_ for t in lemmatizer(doc.copy())]
        assert [t.lemma_ for t in memo(doc.copy())] == by_rule  # asked
        assert [t.lemma_ for t in memo(doc.copy())] == by_rule  # remembered
        assert all(by_rule)
