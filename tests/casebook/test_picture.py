"""The picture from a store shows what counts, counts the rest, and never knows what came later."""

import json
from datetime import timedelta
from pathlib import Path

import jsonschema
import shapely

from wayout.casebook.picture import newest_picture, picture_at
from wayout.publish.to_geojson import picture_geojson

SCHEMA = Path(__file__).parents[2] / "docs" / "reference" / "situation.geojson.schema.json"

ONE = "The militia holds Alfa. Traders who came down the river said so, and would give no names."
TWO = "The militia has lost Alfa. A teacher on the road saw its trucks leave at dawn with their lights off."


def test_a_later_loss_is_not_known_before(reports):
    held = reports.one(ONE, "holds", days=-20, source="Wire A", subject="the-group")
    lost = reports.one(TWO, "loses", days=-2, source="Wire B", subject="the-group")
    with reports.store([held, lost]) as store:
        before, after = (picture_at(store, reports.at + timedelta(days=d)) for d in (-3, 0))
    with reports.store([held]) as store:
        alone = picture_at(store, reports.at + timedelta(days=-3))
    assert before.situation == alone.situation
    assert before.situation.controls[0].p_held > 0.5 > max((c.p_held for c in after.situation.controls), default=0.0)
    assert any("known only after" in note.why for note in before.notes)


def test_reports_of_one_day_that_disagree_are_shown_side_by_side(reports):
    yes = reports.one(ONE, "seals", days=-1, source="Wire A", subject="the-group")
    no = reports.one(TWO, "opens", days=-1, source="Wire B", subject="the-group")
    with reports.store([yes, no]) as store:
        picture = picture_at(store, reports.at)
    quarrel = picture.situation.contradictions[0]
    assert {quarrel.first, quarrel.second} == {yes.claims[0].id, no.claims[0].id}
    assert {yes.claims[0].id, no.claims[0].id} <= {c.id for c in picture.claims}


def test_as_geojson_it_has_open_ways_and_who_disagrees_with_their_ground(reports):
    yes = reports.one(ONE, "seals", days=-1, source="Wire A", subject="the-group", lon=20.0)
    no = reports.one(TWO, "opens", days=-1, source="Wire B", subject="the-group", lon=20.0)
    alone = reports.one(
        "Lorries cross the bridge at Bravo again.", "opens", days=-1, subject="the-group", place="Bravo", lon=40.0
    )
    with reports.store([yes, no, alone]) as store:
        picture = picture_at(store, reports.at)
    collection = picture_geojson(picture.situation, picture.actors, picture.claims)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(collection)
    named = {(f["properties"]["layer"], f["properties"]["name"]): f for f in collection["features"]}
    way, quarrel = named["way", "Bravo"], named["contradiction", "Alfa"]
    assert way["properties"]["p"] in [round(w.p_open, 6) for w in picture.situation.ways]
    assert set(quarrel["properties"]["claims"]) == {yes.claims[0].id, no.claims[0].id}
    assert {e["document"] for e in quarrel["properties"]["evidence"]} == {yes.document.id, no.document.id}
    for feature, claim in ((way, alone.claims[0]), (quarrel, yes.claims[0])):
        assert shapely.geometry.shape(feature["geometry"]).covers(claim.places[0].region.geometry)


def test_an_old_operation_is_counted_not_shown(reports):
    with reports.store([reports.one(ONE, "attacks", days=-90, spoken=-90, subject="the-group")]) as store:
        picture = picture_at(store, reports.at)
    assert not picture.situation.operations
    assert any(note.what.startswith("1 operation") for note in picture.notes)


def test_more_than_is_shown_is_counted(reports):
    many = [
        reports.one(f"{ONE} Number {n}.", "holds", days=-1, subject="the-group", place=f"Town {n}", lon=20.0 + n)
        for n in range(5)
    ]
    with reports.store(many) as store:
        picture = picture_at(store, reports.at, most=3)
    assert len(picture.situation.controls) == 3
    assert any(note.what == "2 more holds on places" for note in picture.notes)


def test_an_undated_report_counts_from_the_day_it_was_had(reports):
    from dataclasses import replace

    undated = reports.one(ONE, "holds", days=None, subject="the-group")
    had = replace(undated, document=replace(undated.document, retrieved=reports.at))
    with reports.store([had]) as store:
        before, after = (picture_at(store, reports.at + timedelta(days=d)) for d in (-1, 0))
    assert not before.situation.controls
    assert after.situation.controls
    assert any("undated" in note.what for note in after.notes)


def test_a_report_of_no_known_day_is_left_out_and_told(reports):
    with reports.store([reports.one(ONE, "holds", days=None, subject="the-group")]) as store:
        picture = picture_at(store, reports.at)
    assert not picture.situation.controls
    assert any("left out of every picture" in note.why for note in picture.notes)


def test_a_report_from_the_future_does_not_set_the_day(reports):
    now = reports.one(ONE, "holds", days=-4, subject="the-group")
    future = reports.one(TWO, "loses", days=400, source="Wire B", subject="the-group")
    with reports.store([now, future]) as store:
        picture = newest_picture(store, reports.at)
    assert picture.situation.at == now.document.published
    assert picture.situation.controls


def test_it_says_how_likely_an_actor_is_seen_again_as_one_run_does(reports):
    from wayout.fuse.belief import Belief
    from wayout.fuse.control import find_presences
    from wayout.fuse.situation import as_of

    fight = reports.one(ONE, "clashes", days=-3, spoken=-3, subject="the-group")
    with reports.store([fight]) as store:
        kept = picture_at(store, reports.at).situation.presences
    belief = Belief(fight.claims, [fight.document], as_of(reports.at))
    told = find_presences({c.id: c for c in fight.claims}, belief)
    assert [(p.id, p.p_active) for p in kept] == [(p.id, p.p_active) for p in told]
    assert kept
