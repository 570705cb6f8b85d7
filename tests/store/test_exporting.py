"""From one store into another, whatever the backends, and nothing is another afterwards."""

import json
from dataclasses import replace

import pytest

from wayout.errors import ProvenanceError
from wayout.model import make_judgement
from wayout.store.exporting import copy_store
from wayout.store.open import open_store


@pytest.fixture
def filled(build, reports):
    with open_store(":memory:") as store:
        first, second = reports.aleppo_and_homs()
        store.add_readings([first, second], "reader 1")
        store.add_readings([replace(first, claims=first.claims[:1])], "reader 2")
        store.add_document(reports.reading(first.document.text, source="Copy", hours=9).document)
        store.add_document(reports.reading("Never read.").document)
        for value in range(3):
            store.add_judgement(make_judgement(kind="rating", about="x", made_at=build.at, by="b", value=value))
        yield store


def test_a_copy_answers_the_same(filled, store):
    copy_store(filled, store)
    assert list(store.export()) == list(filled.export())
    assert store.claims() == filled.claims()
    assert store.appearances() == filled.appearances()
    assert store.head() == filled.head()
    assert store.check().problems == ()
    with open_store(":memory:") as back:
        copy_store(store, back)
        assert list(back.export()) == list(filled.export())


def test_a_copy_begun_again_goes_on(filled, store):
    store.add_readings([reading for _, reading in filled.readings()][:1], "reader 1")
    store.add_judgement(filled.judgements()[0])
    copy_store(filled, store)
    copy_store(filled, store)
    assert list(store.export()) == list(filled.export())


def test_two_chains_cannot_be_joined(filled, store, build):
    store.add_judgement(make_judgement(kind="rating", about="other", made_at=build.at, by="b", value=0))
    with pytest.raises(ProvenanceError, match="stands behind"):
        copy_store(filled, store)


def test_the_export_is_json_of_every_kind(filled):
    lines = [json.loads(line) for line in filled.export()]
    kinds = list(dict.fromkeys(line["table"] for line in lines))
    assert kinds == ["sources", "documents", "appearances", "geometries", "readings", "claims", "judgements"]
    newest = {(line["document"], line["reader"]): line["newest"] for line in lines if line["table"] == "readings"}
    assert sorted(newest.values()) == [False, True, True]
    assert all(
        line == json.dumps(json.loads(line), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        for line in filled.export()
    )
