import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.errors import InputError
from wayout.move.worlds.groups import choose_states, draw_states, group_barriers

PS = st.lists(st.floats(0, 1), min_size=4, max_size=4)


@given(p=PS)
def test_flags_close_just_what_a_state_closes(p):
    states = draw_states(group_barriers("abba", p, range(4)), 50, 1)
    flags = states.closed_flags(4)
    for row in range(50):
        assert tuple(np.flatnonzero(flags[row])) == states.closed(row)


@given(p=PS, more=PS)
def test_raised_probabilities_close_the_same_draws_and_some_more(p, more):
    raised = [a + b * (1 - a) for a, b in zip(p, more, strict=True)]
    before, after = (draw_states(group_barriers("aabb", q, range(4)), 200, 5).closed_flags(4) for q in (p, raised))
    assert (after >= before).all()


def test_drawn_one_by_one_or_counted_the_draws_are_the_same():
    groups = group_barriers("abc", [0.2, 0.5, 0.9], range(3))
    counted, listed = choose_states(groups, 1, 500, 3), draw_states(groups, 500, 3)
    choices, counts = np.unique(listed.choices, axis=0, return_counts=True)
    np.testing.assert_array_equal(choices, counted.choices)
    np.testing.assert_allclose(counts / 500, counted.weights)


@pytest.mark.parametrize("p", [[0.5, 1.5], [0.5, float("nan")], [0.5]])
def test_probabilities_that_are_none_are_named(p):
    with pytest.raises(InputError, match=r"probabilit"):
        group_barriers("ab", p, range(2))


def test_more_combinations_than_a_float_can_count_are_drawn():
    groups = group_barriers([str(n) for n in range(1500)], [0.3] * 1500, range(1500))
    assert choose_states(groups, 1024, 10, 1).n_draws == 10


def test_each_combination_has_the_probability_of_its_groups_states():
    groups = group_barriers("aab", [0.2, 0.5, 0.9], range(3))
    every = choose_states(groups, 100, 1, 1)
    np.testing.assert_allclose(every.p_rows(), every.weights)
    drawn = draw_states(groups, 400, 1)
    assert drawn.closed(int(np.argmax(drawn.p_rows()))) == (
        2,
    )  # U of the first group above 0.5, U of the second below 0.9
