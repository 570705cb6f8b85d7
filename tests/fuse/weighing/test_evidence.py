import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.fuse.origins.publishers import UNKNOWN
from wayout.fuse.weighing.evidence import Evidence, EvidenceRow, believe
from wayout.fuse.weighing.propositions import Proposition

PRESENT = Proposition("present", "town", "group").key
HELD_BY_A, HELD_BY_B = (Proposition("holds", "town", who, "reported").key for who in "ab")
OPEN = Proposition("open", "crossing").key
NAN = math.nan


def row(proposition=PRESENT, words=3.0, *, claim="c", origin="o", source="s", known=100.0, spoken=NAN, half_life=30.0):
    shift = words if words < 0 or proposition == OPEN else words + 2.2
    return EvidenceRow(claim, "d", source, proposition, origin, known, spoken, shift, words, half_life)


def p(rows, at=100.0, key=PRESENT, **options):
    return believe(Evidence.of(rows), at, **options).by_key()[key]


rows_of_anything = st.lists(
    st.builds(
        row,
        st.sampled_from([PRESENT, HELD_BY_A, HELD_BY_B, OPEN]),
        st.floats(-5, 5),
        origin=st.sampled_from("xyz"),
        source=st.sampled_from("stu"),
        known=st.one_of(st.just(NAN), st.floats(0, 200)),
        spoken=st.one_of(st.just(NAN), st.floats(0, 200)),
        half_life=st.sampled_from([10.0, 60.0, math.inf]),
    ),
    min_size=1,
    max_size=12,
)


@given(rows_of_anything, st.floats(0, 250))
def test_every_probability_is_inside_the_scale(rows, at):
    assert all(0.01 <= value <= 0.99 for value in believe(Evidence.of(rows), at).p)


@given(rows_of_anything, st.integers(0, 11), st.floats(0, 250))
def test_a_copy_changes_no_probability(rows, which, at):
    copied = rows[which % len(rows)]._replace(claim="copy", document="copy")
    assert believe(Evidence.of([*rows, copied]), at).by_key() == believe(Evidence.of(rows), at).by_key()


@given(rows_of_anything, st.randoms(use_true_random=False), st.floats(0, 250))
def test_the_order_of_rows_changes_nothing(rows, order: random.Random, at):
    shuffled = order.sample(rows, len(rows))
    assert believe(Evidence.of(shuffled), at).by_key() == believe(Evidence.of(rows), at).by_key()


@given(rows_of_anything, rows_of_anything, st.floats(0, 199))
def test_nothing_published_later_changes_the_picture(rows, later, at):
    poison = [r._replace(known_day=at + 0.001 + (r.known_day if r.known_day == r.known_day else 0.0)) for r in later]
    before = believe(Evidence.of(rows), at).by_key()
    after = believe(Evidence.of([*rows, *poison]), at).by_key()
    assert {key: after[key] for key in before} == before


@given(rows_of_anything, st.floats(0, 250))
def test_rivals_never_hold_more_than_the_whole(rows, at):
    held = believe(Evidence.of(rows), at).by_key()
    assert held.get(HELD_BY_A, 0) + held.get(HELD_BY_B, 0) <= 1.0 + 1e-9


def test_independent_origins_add_and_one_mouth_does_not():
    one = p([row()])
    assert p([row(), row(claim="c2", known=99.0)]) == one
    assert p([row(), row(claim="c2", origin="other")]) > one


def test_belief_fades_to_the_prior_and_what_happened_does_not():
    fresh, old, ancient = (p([row()], at) for at in (100, 160, 5000))
    assert fresh > old > ancient == pytest.approx(0.1)
    event = row(Proposition("happened", "town").key, half_life=math.inf)
    assert p([event], 5000, event.proposition) == p([event], 100, event.proposition)


def test_age_runs_from_the_day_spoken_of():
    assert p([row(spoken=40.0)]) == p([row(known=40.0)], 100.0)


def test_a_weak_source_moves_belief_less():
    assert 0.1 < p([row()], source_weights={"s": 0.2}) < p([row()], source_weights={"s": 0.9})
    assert p([row()], source_weights={"s": 0.0}) == pytest.approx(0.1)


def test_who_takes_a_place_later_ends_the_hold_before():
    rows = [row(HELD_BY_A, known=90.0), row(HELD_BY_B, known=95.0, claim="c2", origin="other")]
    assert p(rows, 94.0, HELD_BY_A) > 0.8
    assert p(rows, 100.0, HELD_BY_A) < 0.2 < 0.7 < p(rows, 100.0, HELD_BY_B)


def test_holders_of_one_side_do_not_exclude_each_other():
    rows = [row(HELD_BY_A, known=90.0), row(HELD_BY_B, known=95.0, claim="c2", origin="other")]
    together = believe(Evidence.of(rows), 100.0, same_side=lambda *_: True).by_key()
    assert together[HELD_BY_A] > 0.8
    assert together[HELD_BY_B] > 0.8


def test_a_loss_counts_against_what_was_held_before_and_not_against_what_is_retaken():
    held, lost, retaken = (
        row(HELD_BY_A, w, known=k, claim=str(k)) for w, k in ((3.0, 90.0), (-3.0, 95.0), (3.0, 98.0))
    )
    assert p([held, lost], key=HELD_BY_A) < 0.15
    assert p([held, lost, retaken], key=HELD_BY_A) > 0.8


def test_the_newest_word_on_a_way_outweighs_the_older_and_both_fade_to_even():
    rows = [
        row(OPEN, -3.0, known=90.0, half_life=60.0),
        row(OPEN, 3.0, known=99.0, claim="c2", origin="x", half_life=60.0),
    ]
    assert p(rows, 95.0, OPEN) < 0.2
    assert p(rows, 100.0, OPEN) > 0.8
    assert p(rows, 9999.0, OPEN) == pytest.approx(0.5)


def test_on_one_day_both_words_stand():
    rows = [row(OPEN, -3.0, origin="x"), row(OPEN, 3.0, claim="c2", origin="y")]
    assert p(rows, key=OPEN) == pytest.approx(0.5)


def test_the_day_of_last_evidence_is_the_newest_that_counted():
    evidence = Evidence.of([row(known=90.0), row(known=95.0, claim="c2"), row(known=120.0, claim="c3")])
    believed = believe(evidence, 100.0)
    assert believed.last_day.tolist() == [95.0]
    assert believed.n_origins.tolist() == [1]


def test_no_rows_no_propositions():
    assert believe(Evidence.of([]), 100.0).by_key() == {}


UNSIGNED = {"origin": UNKNOWN, "claim": "unsigned"}


@given(rows_of_anything, st.floats(0.1, 5), st.floats(0, 250))
def test_what_nobody_signs_adds_nothing_beside_a_signed_origin_that_says_as_much(rows, words, at):
    signed = row(words=words, origin="w", claim="signed", known=0.0)
    unsigned = signed._replace(**UNSIGNED)
    assert (
        believe(Evidence.of([*rows, signed, unsigned]), at).by_key()
        == believe(Evidence.of([*rows, signed]), at).by_key()
    )


def test_what_nobody_signs_counts_alone_and_by_what_is_fresher_or_denied():
    old, fresh = row(known=20.0), row(**UNSIGNED)
    assert p([row(words=2.0, **UNSIGNED)]) == p([row(words=2.0)])
    assert p([old, fresh]) == pytest.approx(p([fresh]))
    assert p([old, row(words=-1.0, **UNSIGNED)]) < p([old])
    assert believe(Evidence.of([old, fresh]), 100.0).n_origins.tolist() == [1]
    assert believe(Evidence.of([fresh]), 100.0).n_origins.tolist() == [1]


def test_a_holder_that_only_later_reports_name_ties_no_sides_together_before():
    held = [row(HELD_BY_A, origin="x", known=50.0), row(HELD_BY_B, origin="y", known=50.0)]
    between = row(Proposition("holds", "town", "ab", "reported").key, origin="z", known=150.0)

    def beside(one, other):
        return "ab" in (one, other)

    alone = believe(Evidence.of(held), 100.0, same_side=beside).by_key()
    later = believe(Evidence.of([*held, between]), 100.0, same_side=beside).by_key()
    assert {key: later[key] for key in alone} == alone


def test_a_fight_told_by_many_mouths_is_seen_once():
    seen = row(Proposition("active", "cell 1", "a").key)
    told = [seen._replace(origin=o, claim=o) for o in ("x", "y", UNKNOWN)]
    key = seen.proposition
    assert p(told, key=key) == p([seen], key=key)


def test_no_last_digit_depends_on_how_many_other_things_are_spoken_of():
    said = [row(OPEN, 1.1, known=1.0, spoken=0.5), row(OPEN, -1.3, origin="q", known=1.0, spoken=0.9)]
    others = [row(HELD_BY_A, 0.4, known=0.5, spoken=0.4)]
    assert p([*said, *others], at=2.0, key=OPEN) == p(said, at=2.0, key=OPEN)


def test_a_denial_speaks_against_a_hold_and_does_not_end_it_as_a_loss_does():
    held = row(HELD_BY_A, 3.0, known=90.0)
    lost = row(HELD_BY_A, -2.0, origin="q", known=95.0)
    denied = lost._replace(ends=0.0)
    alone, doubted, gone = (p([held, *more], key=HELD_BY_A) for more in ([], [denied], [lost]))
    assert alone > doubted > gone
