import numpy as np
import pytest
from shapely.geometry import Point

from wayout.move.ensemble import choose_states, make_groups
from wayout.move.ground.barrier_cells import PlacedBarrier
from wayout.move.influence import barrier_influence

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
    return {i.barrier: i for i in barrier_influence(states, reached, placed)}


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
