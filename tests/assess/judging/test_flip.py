"""The flip test finds the smallest change, and says so where none does it."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.assess.judging import flip
from wayout.assess.judging.case import Case, leader
from wayout.assess.judging.flip import confirm, least_discount, removals
from wayout.assess.judging.stated import stated_for
from wayout.assess.judging.weighing import STAYS, Pull

STATED = stated_for("armed_group")


def _case(*said, p_reach=1.0):
    pulls = tuple(
        Pull(claim=f"claim-{n}", origin=origin, kind=kind, exit=None, strength=strength)
        for n, (origin, kind, strength) in enumerate(said)
    )
    return Case(p_reach={"south": p_reach}, pulls=pulls, stated=STATED)


def test_the_one_origin_that_decides_is_found():
    case = _case(("a", "withdraws", 1.0), ("a", "pressed", 1.0), ("b", "hunted", 0.1))
    assert leader(case.p()) == "south"
    sets, excluded = removals(case)
    assert (sets[0], excluded) == (frozenset("a"), 0)


def test_that_no_removal_flips_it_is_an_answer():
    case = _case(("a", "threatened", 0.3), ("b", "hunted", 0.2))
    assert leader(case.p()) == STAYS
    assert removals(case) == ((), 2)
    assert least_discount(case) is None


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(st.sampled_from("abcde"), st.sampled_from(["moves", "pressed", "besieged"]), st.floats(-1, 1)),
        max_size=8,
    )
)
def test_no_smaller_set_than_the_one_found_flips_it(said):
    case = _case(*said)
    first, (sets, excluded) = leader(case.p()), removals(case)
    origins = {pull.origin for pull in case.pulls}
    smaller = (frozenset(s) for size in range(excluded + 1) for s in combinations(sorted(origins), size))
    assert all(leader(case.without(s).p()) == first for s in smaller)
    assert all(leader(case.without(s).p()) != first and len(s) == excluded + 1 for s in sets)


def test_with_many_origins_the_search_turns_greedy_and_says_what_it_excluded(monkeypatch):
    case = _case(*((f"origin-{n:03}", "moves", 0.9) for n in range(60)))
    assert leader(case.p()) == "south"
    monkeypatch.setattr(flip, "MOST_WORK", 6000)
    (found,), excluded = removals(case)
    assert leader(case.without(found).p()) != "south"
    assert len(found) > excluded >= 1


def test_the_least_discount_just_flips_it():
    case = _case(("a", "withdraws", 1.0), ("b", "moves", 0.9))
    claim, left, p = least_discount(case)
    assert 0 < left < 1
    assert leader(p) == STAYS
    assert leader(case.discounted(claim, left + 0.01).p()) == "south"


def test_a_proposal_counts_only_where_the_whole_chain_agrees_and_runs_are_bounded():
    asked = []

    def rerun(origins):
        asked.append(origins)
        return {"goes": 0.4, "stays": 0.6} if "c" in origins else {"goes": 0.6, "stays": 0.4}

    sets = [frozenset("a"), frozenset("b"), frozenset("c")]
    assert confirm(sets, "goes", rerun, 3) == (frozenset("c"), {"goes": 0.4, "stays": 0.6})
    asked.clear()
    assert confirm(sets, "goes", rerun, 2) is None
    assert len(asked) == 2


def test_copies_of_one_report_do_not_slow_the_search_or_change_its_answer():
    few = _case(("a", "withdraws", 1.0), ("a", "pressed", 1.0))
    many = _case(*[("a", "withdraws", 1.0), ("a", "pressed", 1.0)] * 500)
    assert removals(many) == removals(few)
    assert many.p() == pytest.approx(few.p())
