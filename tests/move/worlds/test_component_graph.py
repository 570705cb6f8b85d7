from collections import deque

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.errors import InputError
from wayout.move.field.network import Network
from wayout.move.travel_time import prepare_field, solve
from wayout.move.worlds.atoms import make_atoms
from wayout.move.worlds.component_graph import build_component_graph, goal_parts, reach_in_draws
from wayout.move.worlds.draw_bits import pack_bits, unpack_bits

SIDE = 6
CELLS = SIDE * SIDE


def flood(open_cells, open_nodes, network, start_cells, start_nodes):
    """Reached cells and road nodes, by queue in plain Python: 8 moves with the corner rule, road edges, finite joins."""
    links = {}
    for a, b in zip(network.first, network.second, strict=True):
        links.setdefault(("node", a), []).append(("node", b))
        links.setdefault(("node", b), []).append(("node", a))
    for k, (cell, join) in enumerate(zip(network.cell, network.join_h, strict=True)):
        if np.isfinite(join):
            links.setdefault(("node", k), []).append(("cell", int(cell)))
            links.setdefault(("cell", int(cell)), []).append(("node", k))

    def is_open(thing):
        kind, k = thing
        return bool(open_cells[k]) if kind == "cell" else bool(open_nodes[k])

    def beside(thing):
        yield from links.get(thing, ())
        if thing[0] == "node":
            return
        row, col = divmod(thing[1], SIDE)
        for dr, dc in np.ndindex(3, 3):
            r, c = row + dr - 1, col + dc - 1
            if 0 <= r < SIDE and 0 <= c < SIDE and (open_cells[row * SIDE + c] or open_cells[r * SIDE + col]):
                yield ("cell", r * SIDE + c)

    first = [("cell", int(k)) for k in start_cells] + [("node", int(k)) for k in start_nodes]
    seen = {t for t in first if is_open(t)}
    queue = deque(seen)
    while queue:
        for other in beside(queue.popleft()):
            if is_open(other) and other not in seen:
                seen.add(other)
                queue.append(other)
    return seen | set(first)


masks = st.lists(st.integers(0, CELLS - 1), max_size=14).map(lambda cells: np.isin(np.arange(CELLS), cells))


@st.composite
def grounds(draw):
    closed = draw(masks)
    barriers = draw(st.lists(masks, min_size=1, max_size=4))
    n_nodes = draw(st.integers(0, 5))
    node = st.integers(0, max(n_nodes - 1, 0))
    edges = draw(st.lists(st.tuples(node, node).filter(lambda e: e[0] != e[1]), max_size=6)) if n_nodes > 1 else []
    network = Network(
        cell=np.array([draw(st.integers(0, CELLS - 1)) for _ in range(n_nodes)], dtype=np.int64),
        join_h=np.array([draw(st.sampled_from([0.0, 0.2, np.inf])) for _ in range(n_nodes)], dtype=np.float64),
        first=np.array([e[0] for e in edges], dtype=np.int64),
        second=np.array([e[1] for e in edges], dtype=np.int64),
        hours=np.full(len(edges), 0.1),
    )
    start = draw(masks.filter(lambda m: m.any()))
    goals = [(draw(masks), draw(st.sampled_from([0.0, 0.1, 0.5, 1.0]))) for _ in range(2)]
    return closed, barriers, network, start, goals


def square(mask):
    return mask.reshape(SIDE, SIDE)


def every_draw(n_barriers):
    return np.array(list(np.ndindex(*[2] * n_barriers)), dtype=bool).reshape(-1, n_barriers)


def prepare(closed, barriers, network, start):
    field = prepare_field(square(np.where(closed, np.inf, 1.0)), 1.0, network)
    closing = [field.padded(square(b)) for b in barriers]
    atoms = make_atoms(field.size, closing, np.isfinite(field.cost))
    return field, closing, build_component_graph(field, atoms, len(barriers), field.padded(square(start)))


def as_goal(field, mask, share):
    cells = field.padded(square(mask))
    cells = cells[np.isfinite(field.cost[cells])]
    return cells, int(share * max(np.unique(field.beneath(cells)).size - 1, 0)) + 1


@settings(max_examples=150, deadline=None)
@given(ground=grounds())
def test_reaches_what_a_flood_of_the_raster_reaches_in_every_draw(ground):
    closed, barriers, network, start, goals = ground
    field, _, graph = prepare(closed, barriers, network, start)
    wanted = [as_goal(field, *goal) for goal in goals]
    draws = every_draw(len(barriers))
    found = unpack_bits(reach_in_draws(graph, goal_parts(graph, wanted), pack_bits(draws)), len(draws))
    for opened, got in zip(draws, found, strict=True):
        shut = np.any([b & (not is_open) for b, is_open in zip(barriers, opened, strict=True)], axis=0)
        starts = np.flatnonzero(start), np.flatnonzero(start[network.cell])
        seen = flood(~closed & ~shut, ~shut[network.cell], network, *starts)  # a bridge is open over closed ground
        for (goal, _), (cells, need), reached in zip(goals, wanted, got, strict=True):
            by_ground = {k for k in np.flatnonzero(goal) if ("cell", int(k)) in seen and not closed[k]}
            by_road = {network.cell[k] for k in np.flatnonzero(goal[network.cell]) if ("node", int(k)) in seen}
            assert reached == (cells.size > 0 and len(by_ground | by_road) >= need)


@settings(max_examples=60, deadline=None)
@given(ground=grounds(), neighbours=st.sampled_from([8, 16]))
def test_reaches_what_the_solver_reaches(ground, neighbours):
    closed, barriers, network, start, goals = ground
    field, closing, graph = prepare(closed, barriers, network, start)
    wanted = [as_goal(field, *goal) for goal in goals]
    draws = every_draw(len(barriers))
    found = unpack_bits(reach_in_draws(graph, goal_parts(graph, wanted), pack_bits(draws)), len(draws))
    for opened, got in zip(draws, found, strict=True):
        shut = [c for c, is_open in zip(closing, opened, strict=True) if not is_open]
        cost = field.without(np.concatenate(shut) if shut else np.empty(0, dtype=np.intp))
        time = solve(field, cost, graph.starts, neighbours)
        assert got.tolist() == [
            cells.size > 0 and np.unique(field.beneath(cells[np.isfinite(time[cells])])).size >= need
            for cells, need in wanted
        ]


def corridor(*columns, n=9):
    """A corridor of n cells with one barrier on each list of columns; the start is its west end."""
    field = prepare_field(np.ones((1, n)), 1.0)
    closing = [field.padded(np.isin(np.arange(n), c)[None, :]) for c in columns]
    atoms = make_atoms(field.size, closing, np.isfinite(field.cost))
    graph = build_component_graph(field, atoms, len(columns), field.padded(np.arange(n)[None, :] == 0))
    return field, graph


def test_nodes_are_pieces_of_one_kind_numbered_from_the_start():
    _, graph = corridor([2, 3, 6], [3])
    assert graph.atom.tolist() == [-1, 0, 1, -1, 0, -1]  # ground, first alone, both, ground, first again, ground
    assert graph.n_arcs == 5
    assert graph.is_start.tolist() == [True, *[False] * 5]
    assert [graph.barriers_on(v) for v in range(6)] == [(), (0,), (0, 1), (), (0,), ()]


def test_ground_that_no_draw_reaches_has_no_node():
    field = prepare_field(np.array([[1.0, 1.0, np.inf, 1.0]]), 1.0)
    atoms = make_atoms(field.size, [], np.isfinite(field.cost))
    graph = build_component_graph(field, atoms, 0, field.padded(np.array([[True, False, False, False]])))
    assert graph.node_of[field.padded(np.ones((1, 4), dtype=bool))].tolist() == [0, 0, -1, -1]


def test_a_share_of_a_goal_is_counted_over_pieces():
    field, graph = corridor([3], [5], [7])
    goal = field.padded((np.arange(9) >= 2)[None, :])  # seven cells, of which 1, 3, 5 or 7 come within reach
    draws = np.array([[False, False, False], [True, False, False], [True, True, False], [True, True, True]])
    parts = goal_parts(graph, [(goal, need) for need in (1, 2, 3, 4, 6, 7)])
    found = unpack_bits(reach_in_draws(graph, parts, pack_bits(draws)), 4)
    assert found.sum(axis=1).tolist() == [1, 3, 4, 6]


def test_a_start_under_a_closed_barrier_reaches_itself_only():
    field, graph = corridor([0, 1])
    goals = [(field.padded((np.arange(9) == k)[None, :]), 1) for k in (0, 1, 5)]
    found = unpack_bits(reach_in_draws(graph, goal_parts(graph, goals), pack_bits(np.array([[False], [True]]))), 2)
    assert found.tolist() == [[True, False, False], [True, True, True]]


@settings(max_examples=40, deadline=None)
@given(ground=grounds(), seed=st.integers(0, 9))
def test_order_of_barriers_and_goals_changes_nothing(ground, seed):
    closed, barriers, network, start, goals = ground
    order = np.random.default_rng(seed).permutation(len(barriers))
    draws = every_draw(len(barriers))
    answers = []
    for turned in (False, True):
        some = [barriers[k] for k in order] if turned else barriers
        field, _, graph = prepare(closed, some, network, start)
        parts = goal_parts(graph, [as_goal(field, *g) for g in (goals[::-1] if turned else goals)])
        words = pack_bits(draws[:, order] if turned else draws)
        answers.append(unpack_bits(reach_in_draws(graph, parts, words), len(draws)))
    np.testing.assert_array_equal(answers[0], answers[1][:, ::-1])


def test_what_does_not_fit_is_refused():
    field, graph = corridor([3])
    atoms = make_atoms(field.size, [np.array([field.size // 2])], np.ones(field.size, dtype=bool))
    with pytest.raises(InputError, match="from one ground"):
        build_component_graph(prepare_field(np.ones((2, 2)), 1.0), atoms, 1, np.array([0]))
    with pytest.raises(InputError, match="there are 0 barriers"):
        build_component_graph(field, atoms, 0, np.array([0]))
    with pytest.raises(InputError, match="no start"):
        build_component_graph(field, atoms, 1, np.empty(0, dtype=np.intp))
    with pytest.raises(InputError, match="at least 1"):
        goal_parts(graph, [(np.array([0]), 0)])
    with pytest.raises(InputError, match="for 1 barriers"):
        reach_in_draws(graph, goal_parts(graph, []), np.zeros((2, 1), dtype=np.uint64))
