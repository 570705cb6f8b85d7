"""Laws of the weighing: copies change nothing, order changes nothing, what has no worth changes nothing, nothing exceeds what can be."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.assess.judging.case import Case, leader
from wayout.assess.judging.stated import ReportRow, scaled, stated_for
from wayout.assess.judging.weighing import ELSE, NAMED, STAYS, Pull, log_likelihoods
from wayout.errors import InputError

STATED = stated_for("armed_group")
KINDS = tuple(STATED.rows)
ORIGINS = tuple("abcdef")
WAYS = ("north", "south")

pulls = st.builds(
    lambda n, origin, kind, exit_, strength: Pull(
        claim=f"claim-{n}", origin=origin, kind=NAMED if exit_ else kind, exit=exit_, strength=strength
    ),
    st.integers(0, 30),
    st.sampled_from(ORIGINS),
    st.sampled_from(KINDS),
    st.sampled_from((None, *WAYS)),
    st.floats(-1, 1),
)
reach = st.fixed_dictionaries({way: st.floats(0, 1) for way in WAYS})


def _case(said, p_reach=None):
    return Case(p_reach=p_reach or {"north": 0.4, "south": 0.7}, pulls=tuple(said), stated=STATED)


def _pull(n, kind="moves", origin="a", strength=0.9, exit_=None):
    return Pull(claim=f"claim-{n}", origin=origin, kind=kind, exit=exit_, strength=strength)


@given(reach, st.lists(pulls, max_size=12))
def test_probabilities_sum_to_one_and_no_way_is_left_by_more_often_than_it_can_be(p_reach, said):
    p = _case(said, p_reach).p()
    assert sum(p.values()) == pytest.approx(1)
    assert {STAYS, ELSE} <= p.keys()
    assert all(p[way] <= p_reach[way] + 1e-12 for way in WAYS)
    assert all(0 <= x <= 1 for x in p.values())


@given(st.lists(pulls, min_size=1, max_size=10), st.data())
def test_a_copy_by_the_same_origin_changes_nothing(said, data):
    copied = data.draw(st.sampled_from(said))
    copies = [replace(copied, claim=f"copy-{n}") for n in range(3)]
    assert _case([*said, *copies]).p() == pytest.approx(_case(said).p())


@given(st.lists(pulls, max_size=10, unique_by=lambda p: p.claim), st.randoms())
def test_the_order_of_reports_changes_nothing(said, random):
    mixed = list(said)
    random.shuffle(mixed)
    assert _case(mixed).p() == _case(said).p()


@given(st.lists(pulls, max_size=10), st.sampled_from(KINDS), st.sampled_from(ORIGINS))
def test_a_report_of_no_worth_changes_nothing(said, kind, origin):
    idle = Pull(claim="idle", origin=origin, kind=kind, exit=None, strength=0.0)
    assert _case([*said, idle]).p() == _case(said).p()


@given(st.integers(1, 40))
def test_many_origins_of_one_situation_are_worth_a_bounded_number(n):
    case = _case([_pull(i, origin=f"o{i}") for i in range(n)])
    worth = sum(c.share for c in case.counted())
    assert worth == pytest.approx(n / (1 + (n - 1) * STATED.dependence))
    assert worth < 1 / STATED.dependence


def test_an_independent_origin_still_confirms_but_less_than_the_first():
    one, two = (_case([_pull(i, origin=f"o{i}") for i in range(n)]).p()[STAYS] for n in (1, 2))
    none = _case([]).p()[STAYS]
    assert none > one > two
    assert _odds(one) / _odds(two) < _odds(none) / _odds(one)


def test_reports_of_different_situations_are_not_damped():
    counted = _case([_pull(0, "moves"), _pull(1, "pressed")]).counted()
    assert [c.share for c in counted] == [1.0, 1.0]


def test_a_denial_pulls_back_as_far_as_the_claim_pulls():
    said = _case([_pull(0, strength=0.6), _pull(1, origin="b", strength=-0.6)], {"south": 1.0})
    assert said.p()[STAYS] == pytest.approx(_case([], {"south": 1.0}).p()[STAYS], abs=0.01)


def test_naming_a_way_tells_ways_apart_and_nothing_on_leaving():
    p_reach = {"north": 1.0, "south": 1.0}
    before, after = _case([], p_reach).p(), _case([_pull(0, NAMED, exit_="south")], p_reach).p()
    assert after["south"] > before["south"]
    assert after["north"] < before["north"]
    assert after[STAYS] == pytest.approx(before[STAYS])


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99), st.floats(0.01, 0.99), st.floats(-1, 1))
def test_a_report_tells_no_more_than_one_that_is_surely_right(leaves, stays, other, strength):
    row = ReportRow(leaves=leaves, stays=stays, other=other, reacts_to="x")
    logs, sure = log_likelihoods(row, strength), log_likelihoods(row, 1.0)
    assert abs(logs[0] - logs[1]) <= abs(sure[0] - sure[1]) + 1e-9
    assert sure[0] - sure[1] == pytest.approx(math.log(leaves / stays))


@given(st.sampled_from((*KINDS, "toward", "prior", "else", "dependence")), st.lists(pulls, max_size=6))
def test_any_stated_number_may_be_halved_or_doubled(name, said):
    for factor in (0.5, 2.0):
        p = replace(_case(said), stated=scaled(STATED, name, factor)).p()
        assert sum(p.values()) == pytest.approx(1)


def test_a_number_that_does_not_exist_is_refused():
    with pytest.raises(InputError, match="no stated number"):
        scaled(STATED, "mood", 2.0)


def test_of_equals_the_leader_does_not_depend_on_order():
    assert leader({"b": 0.5, "a": 0.5}) == leader({"a": 0.5, "b": 0.5}) == "a"


def _odds(p):
    return p / (1 - p)
