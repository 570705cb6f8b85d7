"""Changes name the report that did them, or say that time did."""

from datetime import timedelta

import pytest

from wayout.casebook.changes import find_changes

ONE = "The militia holds Alfa. Traders who came down the river said so, and would give no names."
TWO = "The militia has lost Alfa. A teacher on the road saw its trucks leave at dawn with their lights off."
THREE = "The militia stands in Alfa. Three drivers were turned back at its gate on market day, they told us."


def _between(reports, readings, first, second):
    with reports.store(readings) as store:
        return find_changes(store, reports.at + timedelta(days=first), reports.at + timedelta(days=second))


def test_the_report_that_turned_it_is_named(reports):
    held = reports.one(ONE, "holds", days=-10, source="Wire A", subject="the-group")
    lost = reports.one(TWO, "loses", days=-2, source="Wire B", subject="the-group")
    found = _between(reports, [held, lost], -3, 0)
    assert found.n_new == 1
    change = next(c for c in found.changes if c.proposition.kind == "holds")
    assert change.p_after < 0.5 < change.p_before
    assert [c.document for c in change.culprits] == [lost.document.id]
    assert change.culprits[0].p_without > 0.5


def test_of_two_origins_the_one_that_did_most_comes_first(reports):
    sure = reports.one(ONE, "holds", days=-1, source="Wire A", subject="the-group", certainty=3.0)
    hedged = reports.one(THREE, "holds", days=-1, source="Wire B", subject="the-group", certainty=1.0)
    found = _between(reports, [sure, hedged], -5, 0)
    change = next(c for c in found.changes if c.proposition.kind == "holds")
    assert change.what == "appeared"
    assert not change.was_told
    assert change.culprits[0].claim == sure.claims[0].id


def test_copies_stand_for_one_report(reports):
    copies = [
        reports.one(f"{ONE} Copy {n}.", "holds", days=-1, source=f"Wire {n}", subject="the-group") for n in range(6)
    ]
    change = next(c for c in _between(reports, copies, -5, 0).changes if c.proposition.kind == "holds")
    assert len(change.culprits) == 1
    assert change.culprits[0].p_without == pytest.approx(change.p_before)


def test_what_only_aged_has_no_culprit(reports):
    seen = reports.one(ONE, "present", days=-10, subject="the-group")
    other = reports.one(TWO, "present", days=20, source="Wire B", subject="the-army", place="Bravo", lon=30.0)
    found = _between(reports, [seen, other], -9, 40)
    change = next(c for c in found.changes if c.proposition.actor == "the-group")
    assert change.what in ("fell", "went")
    assert change.culprits == ()
    assert change.n_new == 0


def test_nothing_moves_where_nothing_is_new(reports):
    found = _between(reports, [reports.one(ONE, "holds", days=-10, subject="the-group")], -2, -1)
    assert found.changes == ()
    assert found.n_new == 0


def test_an_occurrence_told_before_is_no_news(reports):
    told = reports.one(ONE, "takes", days=-10, source="Wire A", subject="the-group", spoken=-11)
    denied = reports.one(TWO, "takes", days=-1, source="Wire B", subject="the-group", spoken=-11, certainty=-3.0)
    found = _between(reports, [told, denied], -3, 0)
    change = next(c for c in found.changes if c.proposition.kind == "happened")
    assert change.was_told
    assert change.what in ("fell", "went")
    assert change.culprits[0].document == denied.document.id
