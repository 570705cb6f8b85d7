"""Laws of the gateway graph on small random grounds with roads, beside one exact solve a world."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wayout.errors import InputError
from wayout.move.field.network import Network
from wayout.move.travel_time import prepare_field
from wayout.move.worlds.gateways import GatewayBuilder
from wayout.move.worlds.problem import Goal, Terrain, canonical_order, pose
from wayout.move.worlds.trained import Trained
from wayout.move.worlds.training import Doubts, TrainingOptions, run_order, train
from wayout.move.worlds.truth import solve_worlds
from wayout.move.worlds.wave_field import WaveField

SIDE = 12
FEW = TrainingOptions(n_orders=1, n_looked_at=32, n_solved=2)
SEEDS = st.integers(0, 10**6)


def ground(seed, n_barriers=3, *, neighbours=16, roads=True, order=None, share=0.0):
    """Make random ground with walls, crossing barriers, a road, a start and three goals."""
    rng = np.random.default_rng(seed)
    friction = rng.uniform(0.2, 2.0, (SIDE, SIDE))
    friction[rng.random((SIDE, SIDE)) < 0.1] = np.inf
    masks = []
    for _ in range(n_barriers):
        mask = np.zeros((SIDE, SIDE), dtype=bool)
        at, thick = rng.integers(1, SIDE - 2), rng.integers(1, 3)
        low, high = sorted(rng.integers(0, SIDE + 1, 2))
        mask[at : at + thick, low : high + 1] = True
        if rng.random() < 0.3:  # an area, perhaps with the start inside
            mask[at : at + 7, low : high + 1] = True
        masks.append(mask.T if rng.random() < 0.5 else mask)
    start = np.zeros((SIDE, SIDE), dtype=bool)
    start[rng.integers(SIDE), rng.integers(SIDE)] = True
    friction[start] = 1.0
    goals = []
    for _ in range(3):
        cells = np.zeros((SIDE, SIDE), dtype=bool)
        row, col = rng.integers(0, SIDE - 2, 2)
        cells[row : row + 2, col : col + 3] = True
        goals.append(Goal(cells=cells, share=share))
    network = None
    if roads:
        way = rng.integers(SIDE) * SIDE + np.arange(SIDE)
        network = Network(
            cell=way,
            join_h=np.where(rng.random(SIDE) < 0.7, 0.0, np.inf),
            first=np.arange(SIDE - 1),
            second=np.arange(1, SIDE),
            hours=rng.uniform(0.05, 0.2, SIDE - 1),
        )
    masks = [masks[i] for i in (order if order is not None else range(n_barriers))]
    terrain = Terrain(field=prepare_field(friction, 1.0, network), start=start, neighbours=neighbours)
    return pose(terrain, masks, goals)


def every_world(n):
    return np.array(list(itertools.product([False, True], repeat=n)), dtype=bool)


def exact(problem, worlds):
    return solve_worlds(problem, worlds, np.zeros(len(worlds)))[0]


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, neighbours=st.sampled_from([8, 16]), roads=st.booleans())
@example(seed=32600, neighbours=8, roads=True)  # a start on a road under a closed barrier
def test_a_field_that_follows_openings_is_the_exact_one_in_every_world(seed, neighbours, roads):
    problem = ground(seed, 4, neighbours=neighbours, roads=roads)
    waves = WaveField(problem)
    opened = set()
    for barrier in (None, *np.random.default_rng(seed).permutation(4)):
        if barrier is None:
            waves.close_all()
        else:
            opened.add(int(barrier))
            waves.open([a for a, m in enumerate(problem.atoms.members) if barrier in m and opened.issuperset(m)])
        closed = np.array([b not in opened for b in range(4)])
        inside = ~np.isin(np.arange(waves.time.size), problem.starts)  # a start may lie under a barrier that closes it
        np.testing.assert_allclose(waves.time[inside], problem.solve(problem.cost(closed))[inside], rtol=1e-12)


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, neighbours=st.sampled_from([8, 16]), roads=st.booleans(), share=st.sampled_from([0.0, 0.5]))
def test_gateway_times_are_never_below_exact_ones(seed, neighbours, roads, share):
    problem = ground(seed, 4, neighbours=neighbours, roads=roads, share=share)
    builder = GatewayBuilder(problem)
    train(problem, builder, TrainingOptions(seed=seed, n_orders=1, most_rounds=0))
    worlds = every_world(4)
    found = builder.build().arrivals(worlds)
    truth = exact(problem, worlds)
    assert (found >= truth * (1 - 1e-12)).all()
    if share == 0:  # the world with every barrier open ends each order: it is known
        np.testing.assert_allclose(found[0], truth[0], rtol=1e-12)


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, neighbours=st.sampled_from([8, 16]), roads=st.booleans())
def test_trained_on_every_world_the_graph_is_the_truth(seed, neighbours, roads):
    problem = ground(seed, 3, neighbours=neighbours, roads=roads)
    builder, waves = GatewayBuilder(problem), WaveField(problem)
    for order in itertools.permutations(canonical_order(problem).tolist()):
        run_order(problem, builder, waves, np.array(order, dtype=np.intp))
    worlds = every_world(3)
    np.testing.assert_allclose(builder.build().arrivals(worlds), exact(problem, worlds), rtol=1e-12)


@settings(max_examples=30, deadline=None)
@given(seed=SEEDS, turn=st.permutations(range(4)))
def test_the_order_of_barriers_changes_nothing(seed, turn):
    worlds = every_world(4)
    first = Trained(ground(seed, 4), FEW).arrivals(worlds)[0]
    second = Trained(ground(seed, 4, order=turn), FEW).arrivals(worlds[:, turn])[0]
    np.testing.assert_array_equal(first, second)


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS)
def test_reachability_is_exact_and_threads_change_no_byte(seed):
    problem = ground(seed, 5)
    worlds = np.repeat(every_world(5), 20, axis=0)
    one, two = Trained(problem, FEW, 1), Trained(problem, FEW, 2)
    assert one.arrivals(worlds)[0].tobytes() == two.arrivals(worlds)[0].tobytes()
    np.testing.assert_array_equal(np.isfinite(one.arrivals(worlds)[0]), np.isfinite(exact(problem, worlds)))


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS, p=st.lists(st.floats(0, 1), min_size=4, max_size=4), more=st.floats(0, 1), which=st.integers(0, 3))
def test_a_likelier_barrier_never_lets_more_draws_through(seed, p, more, which):
    trained = Trained(ground(seed, 4), FEW)
    raised = [v + more * (1 - v) if k == which else v for k, v in enumerate(p)]
    before = trained.answer("aabc", p, 300, 1).arrivals
    after = trained.answer("aabc", raised, 300, 1).arrivals
    assert (after >= before).all()


def test_worlds_are_chosen_for_the_commonest_doubts_not_chosen_yet():
    holds = np.array([[1, 1, 0, 0], [1, 1, 0, 0], [0, 1, 0, 1], [0, 0, 0, 0]], dtype=bool)
    doubts = Doubts(pairs=np.zeros((4, 1), bool), holds=holds)
    assert doubts.most_telling(3).tolist() == [0, 2]


def test_learning_goes_on_until_ways_are_confirmed_and_may_be_cut_short():
    problem = ground(4, 5)
    longer = [train(problem, GatewayBuilder(problem), TrainingOptions(n_orders=1, most_rounds=n)) for n in (0, 1, 40)]
    assert longer[0].n_worlds <= 6 < longer[1].n_worlds <= longer[2].n_worlds
    assert longer[2].p_confirmed >= 0.99


def test_without_goals_there_is_nothing_to_learn_and_without_a_start_nothing_to_ask():
    problem = ground(4)
    none = Trained(replace(problem, goals=()), FEW)
    assert none.graph.n_gateways == none.n_training == 0
    assert none.arrivals(every_world(3))[0].shape == (8, 0)
    start = np.zeros((SIDE, SIDE), dtype=bool)
    with pytest.raises(InputError, match="no cell to start from"):
        pose(Terrain(field=problem.field, start=start), [], [])


def test_no_barrier_is_no_gateway():
    trained = Trained(ground(3, 0), FEW)
    assert trained.graph.n_gateways == 0
    np.testing.assert_allclose(
        trained.arrivals(np.zeros((2, 0), bool))[0][0], exact(trained.problem, np.zeros((1, 0), bool))[0]
    )


@pytest.mark.parametrize("neighbours", [8, 16])
def test_more_than_sixty_four_barriers(neighbours):
    friction = np.ones((3, 150))
    masks = [np.arange(150)[None, :] * np.ones((3, 1)) == 2 * k + 1 for k in range(70)]
    start, end = (np.arange(150)[None, :] * np.ones((3, 1)) == c for c in (0, 149))
    terrain = Terrain(field=prepare_field(friction, 1.0), start=start, neighbours=neighbours)
    trained = Trained(pose(terrain, masks, [Goal(cells=end)]), FEW)
    worlds = np.zeros((2, 70), dtype=bool)
    worlds[1, 69] = True
    assert trained.arrivals(worlds)[0].tolist() == [[pytest.approx(149.0)], [np.inf]]
