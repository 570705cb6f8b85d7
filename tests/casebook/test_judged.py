"""What people judged acts in a brief from the store as in the picture: letters, and the assessed layer of control."""

from dataclasses import replace
from datetime import timedelta

import pytest

from wayout.casebook.gathering import refresh
from wayout.casebook.picture import picture_at
from wayout.casebook.recalling import recall
from wayout.fuse.reliability import make_rating
from wayout.fuse.weighing.assessed import ASSESSED
from wayout.locate.claims import locate_area
from wayout.locate.gazetteer import open_gazetteer
from wayout.manifest import make_manifest
from wayout.model.judgement import make_judgement
from wayout.pipeline import analyse_readings
from wayout.question import Request
from wayout.settings import Settings

ONE = "The militia holds the town. Traders who came down the river said so, and would give no names."
SETTINGS = Settings(n_draws=8, cell_km=10.0)


@pytest.fixture
def store(reports):
    report = reports.one(ONE, "holds", days=-2, source="Wire A", subject="the-group", lon=25.0)
    with reports.store([report]) as kept:
        yield kept


def _asked(store, at):
    request = Request(party="civilians", area="El Fasher", within="7d", at=at)
    recalled = recall(store, request, at)
    return recalled, analyse_readings(recalled.readings, recalled.request, SETTINGS, judgements=recalled.judgements)


def test_a_letter_weighs_in_a_brief_from_its_day_on(reports, store):
    at = reports.at
    _, before = _asked(store, at)
    store.add_judgement(make_rating("Wire A", "E", "it invented a battle", "the test", at + timedelta(days=1)))
    told, same = _asked(store, at)
    _, after = _asked(store, at + timedelta(days=1))
    assert same.situation == before.situation
    assert any("rating" in miss.what and "made after" in miss.why for miss in told.misses)
    assert after.situation.beliefs[0].p_true < before.situation.beliefs[0].p_true - 0.1
    assert (before.documents[0].source.reliability, after.documents[0].source.reliability) == ("C", "E")


def test_what_a_person_assessed_is_a_layer_of_the_brief_and_of_the_picture(reports, store):
    at = reports.at
    report = reports.one(ONE.replace("the town", "El Fasher"), "holds", days=-2, subject="the-group", place="El Fasher")
    (claim,) = report.claims
    there = locate_area("El Fasher", open_gazetteer(()), ())
    claim = replace(claim, places=tuple(replace(use, region=there) for use in claim.places))
    store.add_readings([replace(report, claims=(claim,))], "test-1")
    refresh(store, everything=True)
    control = next(c for c in picture_at(store, at).situation.controls if c.region == there)
    judged = make_judgement(kind=ASSESSED, about=control.id, made_at=at, by="the test", value={"p_held": 0.9})
    kept = store.add_judgement(judged)
    _, findings = _asked(store, at)
    for controls in (findings.situation.controls, picture_at(store, at).situation.controls):
        assert [(c.layer, c.p_held) for c in controls if c.layer == "assessed"] == [("assessed", 0.9)]
    manifest = make_manifest(findings, Request(party="civilians", area="El Fasher"), SETTINGS)
    assert [line["judgement"] for line in manifest["judgements"]] == [kept.id]


def test_a_judgement_about_something_else_takes_no_part(reports, store):
    at = reports.at
    store.add_judgement(make_judgement(kind="resolution", about="claim-1", made_at=at, by="a", value={"held": True}))
    recalled, _ = _asked(store, at)
    assert recalled.judgements == ()
