"""Stages 1 to 3 on several documents: the same readings however they are shared out."""

import pytest

from wayout.engine.on_one_machine import n_cores
from wayout.model import Miss, Reading
from wayout.read.raw_page import RawPage
from wayout.reading import extract_all, read_claims

TEXTS = (
    "Fighters of the M23 took the town of Sake on Sunday, residents said. The army denied it.",
    "The RSF closed the road from El Fasher to Mellit. Families could flee towards Tawila only at night.",
    "Ukrainian officials said that two drones struck a depot near Bryansk.",
    "JNIM blocked the road between Djibo and Ouagadougou, according to a teacher. No convoy has passed since March.",
) * 3


def _pages():
    return [RawPage(name=f"{i}.txt", content=t.encode(), url=None, retrieved=None) for i, t in enumerate(TEXTS)]


@pytest.mark.skipif(n_cores() == 1, reason="one core, or no fork, on this machine")
def test_readings_do_not_depend_on_the_number_of_processes(monkeypatch):
    monkeypatch.setattr("wayout.reading.BATCH_CHARACTERS", 150)
    alone = list(read_claims(_pages(), None, 1))
    shared = list(read_claims(_pages(), None, 2))
    assert alone == shared
    assert any(r.claims for r in alone if isinstance(r, Reading))


def test_batches_do_not_change_what_is_read(monkeypatch):
    documents = [r.document for r in read_claims(_pages(), None, 1) if isinstance(r, Reading)]
    together = extract_all(documents, None, 1)
    monkeypatch.setattr("wayout.reading.BATCH_CHARACTERS", 1)
    assert extract_all(documents, None, 1) == together


@pytest.mark.skipif(n_cores() == 1, reason="one core, or no fork, on this machine")
def test_a_long_text_is_shared_out_too_and_located_whole(monkeypatch):
    monkeypatch.setattr("wayout.text.passages.MAX_PASSAGE_PIECES", 60)
    page = RawPage(name="long.txt", content="\n\n".join(TEXTS).encode(), url=None, retrieved=None)
    (alone,) = read_claims([page], None, 1)
    (shared,) = read_claims([page], None, 2)
    assert alone == shared
    assert any("passages" in miss.why for miss in alone.misses)
    assert any(place.region is not None for claim in alone.claims for place in claim.places)


def test_the_same_text_twice_is_two_readings():
    documents = [r.document for r in read_claims(_pages()[:1], None, 1) if isinstance(r, Reading)] * 2
    assert len(extract_all(documents, None, 1)) == 2


def test_an_unreadable_page_does_not_lose_the_rest():
    pages = [*_pages()[:2], RawPage(name="empty.txt", content=b"", url=None, retrieved=None)]
    outcomes = list(read_claims(pages, None))
    assert sum(isinstance(o, Miss) for o in outcomes) == 1
    assert sum(isinstance(o, Reading) for o in outcomes) == 2


def test_a_mistake_of_ours_costs_one_document_and_is_said(monkeypatch):
    from wayout import reading

    whole = reading.extract_parsed

    def fails_on_drones(document, *rest):
        if "drones" in document.text:
            raise IndexError("list index out of range")
        return whole(document, *rest)

    monkeypatch.setattr(reading, "extract_parsed", fails_on_drones)
    readings = [r for r in read_claims(_pages()[:4], None, 1) if isinstance(r, Reading)]
    assert [bool(r.claims) for r in readings] == [True, True, False, True]
    assert "our own fault" in readings[2].misses[0].why
