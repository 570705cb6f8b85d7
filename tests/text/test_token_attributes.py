"""The memo gives every token what the parser's own rules give it."""

import pytest

from wayout.text.english import open_english
from wayout.text.token_attributes import AttributeMemo

TEXTS = (
    "There's no way out of El Fasher, they said; let's see what the RSF do. It ain't over.",
    "The mayor, who had been in Goma since May, says that's what M23 did before and did again.",
    "Fighters are gonna leave, y'all got ta go.\n\nC'mon: gets, got, having, doing. It is what it is, isn't it?",
    "   \n\n  1,200 people fled - most of them to Adré - after they'd been told to.",
)


@pytest.fixture(scope="module")
def before_rules():
    nlp = open_english()
    steps = [name for name in nlp.pipe_names if name in ("tok2vec", "tagger", "wayout_paragraphs", "parser")]
    with nlp.select_pipes(enable=steps):
        return [nlp(text) for text in TEXTS]


def _attributes(doc):
    return [(t.text, t.pos_, str(t.morph), t.lemma_, t.tag_, t.dep_) for t in doc]


def test_same_as_the_rules(before_rules):
    nlp = open_english()
    ruler = nlp.get_pipe("attribute_ruler")
    memo = AttributeMemo(ruler, nlp.vocab)
    for doc in before_rules:
        by_rule = _attributes(ruler(doc.copy()))
        assert _attributes(memo(doc.copy())) == by_rule  # asked
        assert _attributes(memo(doc.copy())) == by_rule  # remembered


def test_an_empty_text_has_no_tokens():
    nlp = open_english()
    assert len(nlp("")) == 0
