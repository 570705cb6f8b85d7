import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.move.worlds.hitting_set import MOST_STEPS, cheapest_hitting_set

N = 6
things = st.lists(st.integers(1, 2**N - 1), max_size=8)
costs = st.lists(st.sampled_from([0.0, 0.5, 1.0, 3.0]), min_size=N, max_size=N)


def total(choice, cost):
    return sum(c for i, c in enumerate(cost) if choice >> i & 1)


@settings(max_examples=80, deadline=None)
@given(sets=things, cost=costs, steps=st.sampled_from([MOST_STEPS, 0]))
def test_touches_every_set_at_least_cost(sets, cost, steps):
    found, whole = cheapest_hitting_set(sets, cost, most_steps=steps)  # 0: the integer solver answers
    assert whole == (steps > 0 or not sets)
    assert all(found & s for s in sets)
    assert total(found, cost) == pytest.approx(min(total(c, cost) for c in range(2**N) if all(c & s for s in sets)))


@settings(max_examples=60, deadline=None)
@given(sets=things, worths=st.lists(st.sampled_from([0.5, 0.7, 0.9, 1.0]), min_size=N, max_size=N))
def test_of_equally_cheap_choices_the_one_worth_most_is_taken(sets, worths):
    def worth(choice):
        product = 1.0
        for i, w in enumerate(worths):
            product *= w if choice >> i & 1 else 1.0
        return product

    found, _ = cheapest_hitting_set(sets, [1.0] * N, worth)
    choices = (sum(1 << i for i in c) for k in range(N + 1) for c in itertools.combinations(range(N), k))
    equal = [c for c in choices if all(c & s for s in sets) and c.bit_count() == found.bit_count()]
    assert worth(found) == pytest.approx(max(map(worth, equal)))
