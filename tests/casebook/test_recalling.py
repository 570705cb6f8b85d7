"""A question takes from the store the reports near its area and not too old, and says how many it left."""

import pytest

from wayout.casebook import recalling
from wayout.casebook.recalling import recall
from wayout.errors import NotFoundError
from wayout.question import Request

ONE = "The militia holds the town. Traders who came down the river said so, and would give no names."


def _asked(at=None):
    return Request(party="civilians", area="El Fasher", at=at)


def test_far_and_old_reports_are_counted(reports):
    near = reports.one(ONE, "holds", days=-5, subject="the-group", lon=25.0)
    far = reports.one(f"{ONE} Far.", "holds", days=-5, subject="the-group", lon=80.0)
    old = reports.one(f"{ONE} Old.", "holds", days=-400, subject="the-group", lon=25.0)
    later = reports.one(f"{ONE} Later.", "holds", days=3, subject="the-group", lon=25.0)
    with reports.store([near, far, old, later]) as store:
        found = recall(store, _asked(reports.at), reports.at)
    assert [r.document.id for r in found.readings] == [near.document.id]
    assert [(m.what, "degrees" in m.why, "days old" in m.why) for m in found.misses] == [
        ("1 of 3 reports in the store", True, False),
        ("1 of 3 reports in the store", False, True),
    ]


def test_a_report_without_a_place_may_be_about_anywhere(reports):
    from dataclasses import replace

    reading = reports.one(ONE, "holds", days=-5, subject="the-group")
    nowhere = replace(reading, claims=tuple(replace(c, places=()) for c in reading.claims))
    with reports.store([nowhere]) as store:
        assert recall(store, _asked(reports.at), reports.at).readings == (nowhere,)


def test_of_too_many_the_newest_are_taken(reports, monkeypatch):
    monkeypatch.setattr(recalling, "MOST_REPORTS", 2)
    many = [reports.one(f"{ONE} Number {n}.", "holds", days=-n, subject="the-group", lon=25.0) for n in range(1, 6)]
    with reports.store(many) as store:
        found = recall(store, _asked(reports.at), reports.at)
    assert {r.document.id for r in found.readings} == {r.document.id for r in many[:2]}
    assert [m.what for m in found.misses] == ["3 of 5 reports in the store"]


def test_without_a_time_it_is_the_newest_report_that_is_not_of_the_future(reports):
    past = reports.one(ONE, "holds", days=-5, subject="the-group", lon=25.0)
    future = reports.one(f"{ONE} Later.", "holds", days=300, subject="the-group", lon=25.0)
    with reports.store([past, future]) as store:
        assert recall(store, _asked(), reports.at).request.at == past.document.published


@pytest.mark.parametrize(("days", "lon"), [(5, 25.0), (-5, 80.0), (-500, 25.0)])
def test_nothing_on_the_question_is_an_error_that_says_what_to_do(reports, days, lon):
    alone = [reports.one(ONE, "holds", days=days, subject="the-group", lon=lon)]
    with reports.store(alone) as store, pytest.raises(NotFoundError, match="add"):
        recall(store, _asked(reports.at), reports.at)
