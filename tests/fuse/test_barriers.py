"""Barriers over time: what later reports have ended closes nothing any more."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from wayout.fuse.situation import fuse_claims
from wayout.model import Source

TEXT = "The army sealed the pass. The pass was opened. The militia took the valley."


@pytest.fixture
def scene(build):
    question = build.question(build.box(4.0, 22.0, 5.0, 23.0))
    actors = {
        a.id: a for a in (build.actor("the-group", opponents=("army",)), build.actor("army"), build.actor("rivals"))
    }
    pass_ = build.region("the pass", build.box(6.0, 22.0, 7.0, 23.0))

    def say(words, predicate, days_ago, by=None, **fields):
        document = build.document(f"{TEXT} {days_ago} {predicate}", published=build.at - timedelta(days=days_ago))
        document = replace(document, source=Source(name=by or f"Wire {days_ago}", reliability="B"))
        return document, build.claim(document, words, predicate, regions={"at": pass_}, **fields)

    def barriers(*said, days_later=0):
        documents, claims = zip(*said, strict=True)
        asked = replace(question, at=build.at + timedelta(days=days_later))
        return {b.name: b for b in fuse_claims(claims, documents, asked, actors).barriers if not b.is_prior}

    return say, barriers


def test_a_barrier_says_of_which_day_its_last_evidence_is(scene):
    say, barriers = scene
    first = say("sealed", "seals", 9, subject="army")
    said_again = barriers(first, say("sealed", "seals", 4, by="Wire 9", subject="army"))
    assert said_again["the pass (Army)"].last_evidence == date(2024, 5, 28)
    copied = barriers(first, say("sealed", "seals", 4, subject="army"))
    assert copied["the pass (Army)"].last_evidence == date(2024, 5, 23)


def test_a_way_that_was_opened_since_is_no_more_sealed(scene):
    say, barriers = scene
    sealed, opened = say("sealed", "seals", 9, subject="army"), say("opened", "opens", 4)
    assert "the pass (Army)" in barriers(sealed)
    assert "the pass (Army)" not in barriers(sealed, opened)
    assert "the pass (Army)" in barriers(say("sealed", "seals", 1, subject="army"), opened)


def test_ground_that_somebody_else_took_since_is_no_more_held_by_the_enemy(scene):
    say, barriers = scene
    held, taken = say("sealed", "holds", 9, subject="army"), say("took", "takes", 4, subject="rivals")
    assert barriers(held)["the pass (Army)"].kind == "hostile_control"
    assert "the pass (Army)" not in barriers(held, taken)


def test_doubt_about_a_barrier_grows_with_silence(scene):
    say, barriers = scene
    sealed = say("sealed", "seals", 0, subject="army")
    fresh, old = (barriers(sealed, days_later=d)["the pass (Army)"].p_closed for d in (0, 400))
    assert fresh > old > 0.3
