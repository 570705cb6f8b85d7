from dataclasses import replace

import numpy as np
import pytest
from shapely.geometry import Point

from wayout.move.ensemble import choose_states, make_groups
from wayout.move.ground.barrier_cells import PlacedBarrier
from wayout.move.influence import barrier_influence, report_influence

GROUND = np.ones((1, 4), dtype=bool)


@pytest.fixture(scope="module")
def place(make_barrier):
    def build(name, p_closed, group=None):
        return PlacedBarrier(barrier=make_barrier(name, Point(0, 0).buffer(1), p_closed, group=group), cells=GROUND)

    return build


def influence(placed, works, *, max_states=1024, n_draws=2000):
    """Influence on an exit that is reached when ``works(closed names)``."""
    states = choose_states(make_groups(placed, GROUND), max_states, n_draws, 1)
    reached = np.array(
        [works({placed[i].barrier.id for i in states.closed(row)}) for row in range(len(states.choices))], dtype=bool
    )
    return {i.barrier: i for i in barrier_influence(states, reached, [p.barrier for p in placed])}


def test_in_series_each_weighs_what_the_other_leaves_open(place):
    found = influence([place("a", 0.3), place("b", 0.5)], lambda closed: not closed)
    assert found["a"].importance == pytest.approx(0.5)
    assert found["b"].importance == pytest.approx(0.7)
    assert list(found) == ["b", "a"]


def test_in_parallel_each_weighs_what_the_other_leaves_closed(place):
    found = influence([place("a", 0.3), place("b", 0.5)], lambda closed: len(closed) < 2)
    assert found["a"].importance == pytest.approx(0.5)
    assert found["b"].importance == pytest.approx(0.3)
    assert found["a"].p_reach_if_closed == pytest.approx(0.5)


def test_what_does_not_matter_is_left_out(place):
    found = influence([place("a", 0.3), place("b", 0.5)], lambda closed: "a" not in closed)
    assert list(found) == ["a"]
    assert found["a"].importance == pytest.approx(1.0)


@pytest.mark.parametrize("p", [0.0, 1.0])
def test_a_certain_barrier_is_judged_as_if_it_were_otherwise(place, p):
    found = influence([place("a", p)], lambda closed: not closed)
    assert (found["a"].p_reach_if_open, found["a"].p_reach_if_closed) == (1.0, 0.0)


def test_members_of_a_group_go_with_it(place):
    found = influence([place("a", 0.2, "g"), place("b", 0.6, "g")], lambda closed: "b" not in closed)
    assert found["b"].importance == pytest.approx(1.0)
    # When a is closed b is too; when a is open, b is open half of the time: (1 - 0.6) / (1 - 0.2).
    assert found["a"].p_reach_if_open == pytest.approx(0.5)
    assert found["a"].p_reach_if_closed == 0.0


def test_drawn_figures_are_near_the_exact_ones_and_noise_is_left_out(place):
    placed = [place("a", 0.3), place("b", 0.5), *[place(f"idle {k}", 0.5) for k in range(8)]]
    found = influence(placed, lambda closed: not closed & {"a", "b"}, max_states=1)
    assert found["b"].importance == pytest.approx(0.7, abs=0.05)
    assert set(found) == {"a", "b"}


@pytest.fixture(scope="module")
def told(place):
    """Build a placed barrier of a kind that some reports stand behind."""

    def build(name, p_closed, *claims, group=None, kind="sealed"):
        placed = place(name, p_closed, group)
        return replace(placed, barrier=replace(placed.barrier, claims=claims, kind=kind))

    return build


def reports(placed, works, *, max_states=1024, n_draws=2000):
    states = choose_states(make_groups(placed, GROUND), max_states, n_draws, 1)
    reached = np.array(
        [works({placed[i].barrier.id for i in states.closed(row)}) for row in range(len(states.choices))], dtype=bool
    )
    return {r.claim: r for r in report_influence(states, reached, [p.barrier for p in placed])}


@pytest.mark.parametrize("max_states", [1024, 1])
def test_a_report_behind_one_barrier_weighs_what_the_barrier_does(told, max_states):
    placed = [told("a", 0.3, "says a", group="g"), told("b", 0.6, "says b", group="g"), told("c", 0.5, "says c")]

    def works(closed):
        return "c" not in closed or not closed & {"a", "b"}

    barriers = influence(placed, works, max_states=max_states)
    found = reports(placed, works, max_states=max_states)
    assert {f"says {name}" for name in barriers} == set(found)
    for name, barrier in barriers.items():
        report = found[f"says {name}"]
        assert report.barriers == (name,)
        assert report.importance == barrier.importance
        assert (report.p_reach_if_wrong, report.p_reach_if_right) == (
            barrier.p_reach_if_open,
            barrier.p_reach_if_closed,
        )


def test_barriers_of_one_report_are_settled_together(told):
    placed = [told("a", 0.3, "both"), told("b", 0.5, "both")]
    found = reports(placed, lambda closed: len(closed) < 2)
    assert found["both"].barriers == ("a", "b")
    assert (found["both"].p_reach_if_right, found["both"].p_reach_if_wrong) == (0.0, 1.0)
    # It is right with the mean chance of its barriers, 0.4; the answer now is 1 - 0.15.
    assert found["both"].value_of_information == pytest.approx(0.4 * 0.85 + 0.6 * 0.15)


def test_the_value_of_settling_a_report_is_what_the_answer_moves_by(told):
    found = reports([told("a", 0.3, "says a")], lambda closed: not closed)
    assert found["says a"].value_of_information == pytest.approx(2 * 0.3 * 0.7)


@pytest.mark.parametrize("p", [0.0, 1.0])
def test_a_settled_report_has_no_value_left(told, p):
    found = reports([told("a", p, "says a"), told("b", 0.5, "says b")], lambda closed: not closed)
    assert found["says a"].importance > 0
    assert found["says a"].value_of_information == pytest.approx(0.0)
    assert list(found) == ["says b", "says a"] if "says b" in found else ["says a"]


def test_a_report_of_a_clear_way_is_right_where_its_barrier_is_open(told):
    found = reports([told("way", 0.2, "clear", kind="stated_open")], lambda closed: not closed)
    assert (found["clear"].p_reach_if_right, found["clear"].p_reach_if_wrong) == (1.0, 0.0)
    assert found["clear"].importance == pytest.approx(1.0)
    assert found["clear"].value_of_information == pytest.approx(2 * 0.2 * 0.8)


def test_what_cannot_be_true_together_is_left_out(told):
    # The likelier barrier of a group is closed whenever the other is: "the other closed, it open" never happens.
    placed = [
        told("less", 0.2, "odd", group="g"),
        told("more", 0.7, "odd", group="g", kind="stated_open"),
    ]
    assert reports(placed, lambda closed: not closed) == {}


def test_priors_stand_on_no_report(place, make_barrier):
    prior = PlacedBarrier(barrier=make_barrier("p", Point(0, 0).buffer(1), 0.5, is_prior=True), cells=GROUND)
    assert reports([prior], lambda closed: not closed) == {}


def test_the_order_of_barriers_changes_no_report(told):
    placed = [told(name, 0.1 * k + 0.2, "one" if k % 2 else "two", f"own {k}") for k, name in enumerate("abcde")]

    def works(closed):
        return len(closed) < 3

    assert list(reports(placed, works).values()) == list(reports(placed[::-1], works).values())


def test_a_share_of_time_weighs_like_a_share_of_worlds(place):
    states = choose_states(make_groups([place("a", 0.3)], GROUND), 1024, 1, 1)
    (found,) = barrier_influence(states, np.array([0.25, 0.75]), [place("a", 0.3).barrier])
    assert (found.p_reach_if_closed, found.p_reach_if_open) == (0.25, 0.75)
