"""The week of made-up reports that the how-to begins with: one copy, two that cite one observatory, a denial, dates that slip."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from wayout.casebook.adding import AddOptions, add_reports
from wayout.casebook.picture import picture_at
from wayout.cli.gather import gather
from wayout.store.open import open_store

WEEK = Path(__file__).resolve().parents[2] / "examples" / "many" / "week.jsonl"
TODAY = datetime(2025, 9, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def week(tmp_path_factory):
    store = open_store(tmp_path_factory.mktemp("week") / "week.sqlite")
    told = []
    summary = add_reports(gather([str(WEEK)]), store, AddOptions(today=TODAY, n_processes=1), told.append)
    yield store, summary, told
    store.close()


def _held(store, day):
    at = datetime(2025, 8, day, 23, tzinfo=UTC)
    controls = picture_at(store, at).situation.controls
    return {(c.actor, c.region.phrase, c.layer): c.p_held for c in controls}


def test_all_are_read_once_and_what_is_odd_about_dates_is_told(week):
    store, summary, told = week
    assert (summary.n_new, summary.n_known) == (11, 0)
    assert {"A note without a date", "A slip of the calendar"} <= {miss.what.strip("'") for miss in told}
    again = add_reports(gather([str(WEEK)]), store, AddOptions(today=TODAY, n_processes=1))
    assert (again.n_new, again.n_known) == (0, 11)


def test_a_takeover_ends_the_hold_before_it_and_a_denial_only_doubts_it(week):
    store, _, _ = week
    army, takers = "armed-forces-of-sudan", "rapid-support-forces"
    before, after, denied = _held(store, 11), _held(store, 12), _held(store, 17)
    assert before[army, "Mellit", "reported"] > 0.4 > after.get((army, "Mellit", "reported"), 0.0)
    assert after[takers, "Mellit", "reported"] > 0.5
    assert _held(store, 16)[takers, "Mellit", "reported"] > denied[takers, "Mellit", "reported"] > 0.5
    assert (army, "Mellit", "claimed") in denied
    picture = picture_at(store, datetime(2025, 8, 17, 23, tzinfo=UTC))
    assert picture.situation.contradictions


def test_a_copy_of_the_takeover_makes_it_no_surer(week):
    store, _, _ = week
    key = ("rapid-support-forces", "Mellit", "reported")
    assert _held(store, 13)[key] <= _held(store, 12)[key]
