"""A document of several passages reads as one: its spans are offsets into the whole, its ids are its own."""

import pytest

from wayout.extract.actors import open_actors
from wayout.extract.passages import passages_of
from wayout.locate.gazetteer import open_gazetteer
from wayout.reading import extract
from wayout.text.passages import MAX_PASSAGE_CHARACTERS

STORY = (
    "JNIM fighters seized the road to Gao on 3 May 2024, residents said. If JNIM seizes Kidal, the army will withdraw "
    "to Gao. Families fled north.\n\n"
)


@pytest.fixture(scope="module")
def long_text(make_document):
    filler = "\n\n".join(["Nothing was said of it."] * 3)
    return make_document(STORY + filler.ljust(MAX_PASSAGE_CHARACTERS - 60) + "\n\n" + STORY.strip())


@pytest.fixture(scope="module")
def reading(long_text):
    (found,) = extract([long_text], open_actors(), open_gazetteer(), None)
    return found


def test_a_usual_document_is_one_passage(make_document):
    document = make_document(STORY)
    assert passages_of(document) == [(document, 0)]


def test_the_same_words_give_the_same_claims_in_both_passages(reading, long_text):
    told = [
        (c.predicate, c.subject, c.object, tuple(p.phrase for p in c.places), long_text.quote(c.evidence[0]))
        for c in reading.claims
    ]
    half = len(told) // 2
    assert half >= 3
    assert told[:half] == told[half:]


def test_every_span_slices_the_whole_text(reading, long_text):
    far = [m for m in reading.mentions if m.span.start > MAX_PASSAGE_CHARACTERS - 100]
    assert far
    assert all(long_text.quote(m.span) == m.text for m in reading.mentions)
    assert all(long_text.quote(t.span) == t.text for t in reading.times)
    assert all(long_text.quote(p.span) == p.phrase for c in reading.claims for p in c.places)
    assert reading.document == long_text


def test_ids_are_different_and_links_stay_within_the_passage(reading):
    ids = {c.id: n for n, c in enumerate(reading.claims)}
    assert len(ids) == len(reading.claims)
    half = len(reading.claims) // 2
    linked = [(n, ids[c.condition]) for n, c in enumerate(reading.claims) if c.condition]
    assert len(linked) == 2
    assert all((a < half) == (b < half) for a, b in linked)


def test_it_is_said_that_the_text_was_cut(reading):
    assert any("2 passages" in m.why for m in reading.misses)
