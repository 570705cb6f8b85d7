from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.errors import InputError
from wayout.fuse.weighing.evidence import Evidence, EvidenceRow
from wayout.fuse.weighing.propositions import Proposition
from wayout.fuse.weighing.resolving import Resolved, against_themselves, counts_of, judged_claims, resolve_claims
from wayout.model import make_judgement

HELD = Proposition("holds", "town", "group", "reported").key
AT = 100.0


def row(name, origin, known, *, words=2.0, spoken=None, source=None, proposition=HELD):
    return EvidenceRow(
        claim=f"claim-{name}",
        document=f"doc-{name}",
        source=source or origin,
        proposition=proposition,
        origin=origin,
        known_day=known,
        spoken_day=float("nan") if spoken is None else spoken,
        shift=words,
        words=words,
        half_life_days=30.0,
    )


def records(*rows, at=AT, judged=None, **how):
    return {(r.source, r.claim): r.held for r in resolve_claims(Evidence.of(rows), at, judged, **how)}


def test_a_claim_is_confirmed_or_refuted_by_another_mouth_that_spoke_later():
    assert records(row("1", "A", 1), row("2", "B", 2)) == {("A", "claim-1"): True}
    assert records(row("1", "A", 1), row("2", "B", 2, words=-2.0)) == {("A", "claim-1"): False}
    assert records(row("1", "A", 1, words=-2.0), row("2", "B", 2, words=-2.0)) == {("A", "claim-1"): True}


def test_its_own_repetition_copies_and_reports_of_the_same_day_resolve_nothing():
    assert records(row("1", "A", 1), row("2", "A", 2)) == {}
    assert records(row("1", "A", 1, source="X"), row("2", "A", 2, source="Y"), who="source") == {}
    assert records(row("1", "A", 1), row("2", "B", 1)) == {}


def test_a_publishers_own_later_report_of_another_mouth_does_not_resolve_its_claim():
    rows = (row("1", "A", 1, source="X"), row("2", "B", 2, source="X"))
    assert records(*rows, who="source") == {}
    assert records(*rows, who="origin") == {("A", "claim-1"): True}


def test_each_origin_has_one_voice_and_a_tie_decides_nothing():
    first, no = row("1", "A", 1), [row(f"n{i}", "B", 2, words=-2.0) for i in range(3)]
    assert ("A", "claim-1") not in records(first, *no, row("y", "C", 2))
    assert records(first, *no, row("y", "C", 2), row("z", "D", 2))[("A", "claim-1")] is True


def test_silence_another_time_the_future_and_nobody_decide_nothing():
    assert records(row("1", "A", 1)) == {}
    assert records(row("1", "A", 1), row("2", "B", 9)) == {}
    assert records(row("1", "A", 1), row("2", "B", 9, spoken=2)) == {("A", "claim-1"): True}
    assert records(row("1", "A", 1), row("2", "B", 2), at=1.5) == {}
    assert records(row("1", "A", 1), row("2", "B", 2), unknown={"B"}) == {}
    assert records(row("1", "A", 1), row("2", "B", 2, words=0.1)) == {}


def test_a_claims_row_of_itself_is_no_trial():
    own = Proposition("claim", detail="claim-1").key
    assert records(row("1", "A", 1, proposition=own), row("2", "B", 2, proposition=own)) == {}


def test_a_persons_word_wins_over_later_reports():
    rows = (row("1", "A", 1), row("2", "B", 2))
    assert records(*rows, judged={"claim-1": False}) == {("A", "claim-1"): False}


def test_counts_are_by_source():
    trials = [Resolved("A", "1", True, 1.0, "judgement"), Resolved("A", "2", False, 1.0, "judgement")]
    assert counts_of(trials) == {"A": (1, 2)}


ROWS = st.lists(
    st.tuples(st.sampled_from("ABC"), st.integers(1, 6), st.sampled_from([-2.0, 2.0])), min_size=1, max_size=8
)


@given(ROWS, st.randoms(use_true_random=False), st.integers(0, 7))
def test_the_order_of_reports_and_a_copy_of_one_change_no_record(told, random, which):
    rows = [row(str(i), origin, day, words=words) for i, (origin, day, words) in enumerate(told)]
    before = counts_of(resolve_claims(Evidence.of(rows), AT))
    shuffled = random.sample(rows, len(rows))
    assert counts_of(resolve_claims(Evidence.of(shuffled), AT)) == before
    one = rows[which % len(rows)]
    copy = one._replace(claim=one.claim + "-copy", document="doc-copy")
    assert counts_of(resolve_claims(Evidence.of([*rows, copy]), AT)) == before


def test_of_several_resolutions_the_newest_by_then_counts():
    now = datetime(2024, 1, 1, tzinfo=UTC)

    def said(day, held, about="claim-1"):
        return make_judgement(
            kind="resolution", about=about, made_at=now + timedelta(days=day), by="me", value={"held": held}
        )

    told = [said(0, True), said(5, False), said(0, True, about="question-1")]
    assert judged_claims(told, now + timedelta(days=1)) == {"claim-1": True}
    assert judged_claims(told, now + timedelta(days=9)) == {"claim-1": False}
    with pytest.raises(InputError, match="does not say"):
        judged_claims([said(0, "yes")], now)


def test_a_source_that_contradicts_itself_is_told_with_both_claims_and_resolves_neither():
    rows = (row("1", "A", 1), row("2", "A", 2, words=-2.0), row("3", "B", 1), row("4", "B", 30, words=-2.0))
    assert against_themselves(Evidence.of(rows), AT) == {"A": (("claim-1", "claim-2"),)}
    assert against_themselves(Evidence.of(rows), 1.5) == {}
    assert records(*rows[:2]) == {}


def test_a_publisher_may_carry_both_sides_while_no_mouth_contradicts_itself():
    rows = (row("1", "A", 1, source="X"), row("2", "B", 2, words=-2.0, source="X"))
    assert against_themselves(Evidence.of(rows), AT) == {}
    assert against_themselves(Evidence.of(rows), AT, who="source") == {"X": (("claim-1", "claim-2"),)}


def test_rows_of_one_event_table_are_different_events_and_decide_nothing_of_each_other():
    table = (row("1", "A", 1, source="ACLED"), row("2", "B", 2, source="ACLED"))
    assert records(*table) == {}
    assert records(*table, row("3", "C", 3)) == {("A", "claim-1"): True, ("B", "claim-2"): True}
    assert records(table[0], row("2", "B", 2, source="UCDP GED")) == {("A", "claim-1"): True}
