"""Decoding in whole arrays finds the entities that the recogniser's own loop finds."""

import pytest

from wayout.text.english import open_english

TEXTS = (
    "On 3 May 2023 the Rapid Support Forces shelled the Abu Shouk camp north of El Fasher, killing 21 people.",
    "UN",
    "",
    "General Abdel Fattah al-Burhan\n\nThe governor of North Kivu, Peter Cirimwami, died near Goma on Thursday night.",
    " \n\n \n\nSome 1,500 families\nfled Port-au-Prince, Haiti's capital, for Cap-Haïtien in the first two weeks of March",
    "He said the African Union, the European Union and the Economic Community of West African States would meet in Abuja.",
)


@pytest.fixture(scope="module")
def before_entities():
    nlp = open_english()
    with nlp.select_pipes(enable=[name for name in nlp.pipe_names if name != "wayout_entities"]):
        return [nlp(text) for text in TEXTS]


def _entities(docs):
    return [[(t.ent_iob, t.ent_type_) for t in doc] for doc in docs]


def test_same_as_the_recogniser(before_entities):
    nlp = open_english()
    recogniser, decoder = nlp.get_pipe("ner"), nlp.get_pipe("wayout_entities")
    own = _entities(recogniser.pipe([doc.copy() for doc in before_entities]))
    assert sum(iob == 3 for doc in own for iob, _ in doc) >= 10
    assert _entities(decoder.pipe([doc.copy() for doc in before_entities])) == own
    assert _entities(decoder(doc.copy()) for doc in before_entities) == own


def test_no_entity_goes_over_the_start_of_a_sentence(before_entities):
    decoder = open_english().get_pipe("wayout_entities")
    for doc in before_entities:
        whole = decoder(doc.copy())
        assert all(entity.start == token.i for entity in whole.ents for token in entity if token.is_sent_start)
