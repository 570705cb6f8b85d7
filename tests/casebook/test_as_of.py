"""The columns of a store say what the objects of one run say, at any date."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wayout.casebook.as_of import believe_table
from wayout.casebook.gathering import refresh
from wayout.fuse.belief import Belief
from wayout.fuse.reliability import make_rating, ratings_at
from wayout.fuse.situation import as_of as end_of

TEXTS = (
    "The militia holds Alfa. Nobody knows how long it will stay there, said a trader who came down the river.",
    "The army took Alfa at dawn on Tuesday after two days of shelling, and raised its flag over the old mill.",
    "Guards closed the bridge at Alfa; drivers waited for a week and turned round.",
    "Two teachers walked for three nights along the dry bed of the stream to reach the camp behind the hills.",
)
DEEDS = ("holds", "takes", "loses", "present", "seals", "opens", "attacks", "withdraws")

told = st.fixed_dictionaries(
    {
        "text": st.integers(0, len(TEXTS) - 1),
        "deed": st.sampled_from(DEEDS),
        "days": st.none() | st.integers(-90, 5).map(float) | st.floats(-90, 5),
        "source": st.sampled_from(["Wire A", "Wire B", "page.html"]),
        "subject": st.sampled_from(["the-group", "the-army"]),
        "told": st.none() | st.sampled_from(["the-ministry", "Wire A", "Wire B"]),
        "spoken": st.none() | st.integers(-100, 0),
        "certainty": st.sampled_from([3.0, 1.0, -2.0]),
    }
)


def _readings(reports, told):
    made = []
    for n, fields in enumerate(told):
        text = f"{TEXTS[fields['text']]} Number {n}."
        rest = {k: v for k, v in fields.items() if k not in ("text", "deed")}
        made.append(reports.one(text, fields["deed"], **rest))
    return made


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(told, min_size=1, max_size=8),
    st.sampled_from([0, -10, 3]),
    st.sampled_from(["", "the-ministry", "Wire A"]),
)
def test_the_columns_agree_with_the_objects(reports, told, days, rated):
    readings = [r for r in _readings(reports, told) if r.document.published is not None]
    at = reports.at + timedelta(days=days)
    ratings = ratings_at([make_rating(rated, "D", "for a test", "the test", reports.at)], reports.at) if rated else {}
    with reports.store(readings) as store:
        columns = believe_table(refresh(store), at, ratings=ratings).believed.by_key()
    documents = [r.document for r in readings]
    belief = Belief([c for r in readings for c in r.claims], documents, end_of(at), ratings=ratings)
    objects = {
        k.proposition.key: k.p
        for kind in ("present", "holds", "open", "happened", "active")
        for k in belief.about(kind)
    }
    assert columns.keys() == objects.keys()
    for key, p in objects.items():
        assert columns[key] == pytest.approx(p, abs=1e-12)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(told, min_size=2, max_size=7), st.randoms())
def test_the_order_and_the_steps_in_which_reports_come_change_nothing(reports, told, random):
    readings = _readings(reports, told)
    shuffled = list(readings)
    random.shuffle(shuffled)
    with reports.store(readings) as store:
        whole = believe_table(refresh(store), reports.at).believed.by_key()
    with reports.store(shuffled[:1]) as store:
        for reading in shuffled[1:]:
            refresh(store)
            from wayout.casebook.gathering import note_pending

            note_pending(store, [reading.document.id])
            store.add_readings([reading], "test-1")
        stepwise = believe_table(refresh(store), reports.at).believed.by_key()
    assert stepwise == whole


def test_what_comes_later_changes_nothing_at_a_date(reports):
    """Neither a new report nor a link that only a later copy makes between two earlier ones."""
    first = reports.one(TEXTS[0] + " " + TEXTS[1], "holds", days=-5, source="Wire A", subject="the-group")
    second = reports.one(TEXTS[2] + " " + TEXTS[3], "holds", days=-4, source="Wire B", subject="the-group")
    joins = reports.one(
        f"{TEXTS[0]} {TEXTS[1]} {TEXTS[2]} {TEXTS[3]}", "loses", days=2, source="Wire C", subject="the-group"
    )
    with reports.store([first, second]) as store:
        before = believe_table(refresh(store), reports.at).believed
    with reports.store([first, second, joins]) as store:
        after = believe_table(refresh(store), reports.at).believed
        later = believe_table(refresh(store), reports.at + timedelta(days=3)).believed
    assert after.by_key() == before.by_key()
    assert later.by_key() != before.by_key()


def test_copies_change_nothing(reports):
    report = reports.one(TEXTS[1], "takes", days=-3, subject="the-army")
    copies = [
        reports.one(f"{TEXTS[1]} Copy {n}.", "takes", days=-2, source=f"Wire {n}", subject="the-army", spoken=-3)
        for n in range(20)
    ]
    with reports.store([copies[0]]) as store:
        alone = believe_table(refresh(store), reports.at).believed.by_key()
    with reports.store(copies) as store:
        many = believe_table(refresh(store), reports.at).believed.by_key()
    assert many == alone
    assert report


def test_evidence_made_by_other_rules_is_made_again(reports, monkeypatch):
    with reports.store([reports.one(TEXTS[0], "holds", days=-1, subject="the-group")]) as store:
        first = refresh(store)
        monkeypatch.setattr("wayout.casebook.gathering.evidence_version", lambda: "another")
        again = refresh(store)
        assert believe_table(again, reports.at).believed.by_key() == believe_table(first, reports.at).believed.by_key()
        assert (store.derived_basis("evidence.rows") or "").startswith("another.")


def test_columns_that_do_not_fit_are_made_again(reports):
    """A crash between two writes, or two writers at once."""
    import numpy as np

    with reports.store([reports.one(TEXTS[0], "holds", days=-1, subject="the-group")]) as store:
        whole = believe_table(refresh(store), reports.at).believed.by_key()
        store.put_derived("evidence.words", {"characters": np.frombuffer(b"stray\n", dtype=np.uint8)}, extend=True)
        assert believe_table(refresh(store), reports.at).believed.by_key() == whole


def test_a_document_read_anew_answers_with_its_new_claims(reports):
    from wayout.casebook.gathering import note_pending

    old = reports.one(TEXTS[0], "holds", days=-1, subject="the-group")
    new = reports.one(TEXTS[0], "loses", days=-1, subject="the-group")
    with reports.store([old]) as store:
        refresh(store)
        note_pending(store, [new.document.id])
        store.add_readings([new], "test-2")
        renewed = believe_table(refresh(store), reports.at).believed.by_key()
    with reports.store([new]) as store:
        assert believe_table(refresh(store), reports.at).believed.by_key() == renewed
