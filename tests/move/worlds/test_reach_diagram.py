import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.errors import InputError
from wayout.move.travel_time import prepare_field
from wayout.move.worlds.atoms import make_atoms
from wayout.move.worlds.component_graph import build_component_graph, goal_parts, reach_in_draws
from wayout.move.worlds.draw_bits import pack_bits, unpack_bits
from wayout.move.worlds.reach_diagram import build_reach_diagram

SIDE = 7


@st.composite
def questions(draw):
    """A graph and a goal on a random raster, barriers in groups of two or three states, and their weights."""
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    n = draw(st.integers(1, 7))
    ground = np.where(rng.random((SIDE, SIDE)) < 0.2, np.inf, 1.0)
    field = prepare_field(ground, 1.0)
    density = draw(st.sampled_from([0.1, 0.3]))
    closing = [field.padded(rng.random((SIDE, SIDE)) < density) for _ in range(n)]
    start, goal = np.zeros((2, SIDE, SIDE), dtype=bool)
    start.flat[rng.integers(0, SIDE * SIDE, 2)] = True
    goal[rng.integers(1, SIDE) :, :] = True
    cells = field.padded(goal)
    cells = cells[np.isfinite(field.cost[cells])]
    graph = build_component_graph(
        field, make_atoms(field.size, closing, np.isfinite(field.cost)), n, field.padded(start)
    )
    need = 1 + int(draw(st.sampled_from([0.0, 0.3, 1.0])) * max(cells.size - 1, 0))
    choices, left = [], list(range(n))
    while left:
        some, left = left[: draw(st.integers(1, 2))], left[2:]
        choices.append([tuple(some[k:]) for k in range(len(some) + 1)])
    weights = [rng.dirichlet(np.ones(len(c))) for c in choices]
    return graph, goal_parts(graph, [(cells, need)]), choices, weights


def by_enumeration(graph, goal, choices, weights):
    """P(reached) and P(reached | each state of each group), from every combination of states."""
    combos = list(itertools.product(*(range(len(c)) for c in choices)))
    open_ = np.ones((len(combos), graph.n_barriers), dtype=bool)
    for row, states in enumerate(combos):
        for group, state in enumerate(states):
            open_[row, list(choices[group][state])] = False
    reached = unpack_bits(reach_in_draws(graph, goal, pack_bits(open_)), len(combos))[:, 0]
    given_ = []
    for group, c in enumerate(choices):
        given_.append([0.0] * len(c))
        for states, r in zip(combos, reached, strict=True):
            others = [w[s] for k, (w, s) in enumerate(zip(weights, states, strict=True)) if k != group]
            given_[-1][states[group]] += np.prod(others) * r
    everything = sum(
        r * np.prod([w[s] for w, s in zip(weights, states, strict=True)])
        for states, r in zip(combos, reached, strict=True)
    )
    return everything, given_


@settings(max_examples=150, deadline=None)
@given(question=questions())
def test_is_the_sum_over_all_combinations(question):
    graph, goal, choices, weights = question
    p, given_ = by_enumeration(*question)
    diagram = build_reach_diagram(graph, goal, choices)
    assert diagram.p_reached(weights) == pytest.approx(p)
    for found, wanted in zip(diagram.p_given(weights), given_, strict=True):
        assert found.tolist() == pytest.approx(wanted)


def row_of_gates(n):
    """n gates in a row, then n gates side by side, each its own group."""
    ground = np.full((2 * n - 1, 2 * n + 4), np.inf)
    ground[0, : 2 * n + 1] = 1.0
    ground[:, 2 * n + 1] = ground[:, 2 * n + 3] = 1.0
    ground[::2, 2 * n + 2] = 1.0
    gates = [(0, 2 * k + 1) for k in range(n)] + [(2 * k, 2 * n + 2) for k in range(n)]
    field = prepare_field(ground, 1.0)

    def at(row, col):
        mask = np.zeros(ground.shape, dtype=bool)
        mask[row, col] = True
        return field.padded(mask)

    closing = [at(*g) for g in gates]
    atoms = make_atoms(field.size, closing, np.isfinite(field.cost))
    graph = build_component_graph(field, atoms, len(gates), at(0, 0))
    return graph, goal_parts(graph, [(at(0, 2 * n + 3), 1)])


def test_forty_groups_are_answered_exactly_and_again_for_other_probabilities():
    graph, goal = row_of_gates(20)
    diagram = build_reach_diagram(graph, goal, [((k,), ()) for k in range(40)])
    for p in (0.1, 0.5):
        weights = [np.array([p, 1 - p])] * 40
        assert diagram.p_reached(weights) == pytest.approx((1 - p) ** 20 * (1 - p**20), rel=1e-12)
        first, last = diagram.p_given(weights)[0], diagram.p_given(weights)[39]
        assert first.tolist() == pytest.approx([0.0, (1 - p) ** 19 * (1 - p**20)])
        assert last.tolist() == pytest.approx([(1 - p) ** 20 * (1 - p**19), (1 - p) ** 20])
    assert diagram.n_situations <= 80


def test_a_goal_that_no_group_decides_has_no_situations():
    graph, goal = row_of_gates(2)
    diagram = build_reach_diagram(graph, goal, [])
    assert diagram.p_reached([]) == 1.0
    assert diagram.n_situations == 0
    never = build_reach_diagram(graph, goal_parts(graph, [(np.array([0]), 1)]), [((0,), ())])
    assert never.p_reached([np.array([0.5, 0.5])]) == 0.0
    assert never.p_given([np.array([0.5, 0.5])])[0].tolist() == [0.0, 0.0]


def test_a_diagram_that_grows_too_wide_is_given_up():
    graph, goal = row_of_gates(2)
    assert build_reach_diagram(graph, goal, [((k,), ()) for k in range(4)], most_situations=0) is None


def test_what_does_not_fit_is_refused():
    graph, goal = row_of_gates(2)
    with pytest.raises(InputError, match="barrier 4"):
        build_reach_diagram(graph, goal, [((4,), ())])
    with pytest.raises(InputError, match="one by one"):
        build_reach_diagram(graph, goal_parts(graph, []), [])
    with pytest.raises(InputError, match="states"):
        build_reach_diagram(graph, goal, [((0,), ())]).p_reached([np.ones(3)])
