import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from wayout.errors import InputError
from wayout.move.field.network import Network
from wayout.move.travel_time import prepare_field, solve, travel_time

SIDE = 6
paces = arrays(np.float64, (SIDE, SIDE), elements=st.floats(0.05, 20.0))
closures = arrays(np.bool_, (SIDE, SIDE), elements=st.sampled_from([False, False, True]))
cells = st.tuples(st.integers(0, SIDE - 1), st.integers(0, SIDE - 1))
neighbours = st.sampled_from([8, 16])


@st.composite
def networks(draw):
    n = draw(st.integers(1, 8))
    node = st.integers(0, n - 1)
    edges = draw(st.lists(st.tuples(node, node, st.floats(0.001, 9.0)), max_size=14))
    first, second, hours = zip(*edges, strict=True) if edges else ((), (), ())
    return Network(
        cell=np.array(draw(st.lists(st.integers(0, SIDE**2 - 1), min_size=n, max_size=n)), dtype=np.int64),
        join_h=np.array(draw(st.lists(st.sampled_from([0.001, 0.2, 1.0, np.inf]), min_size=n, max_size=n))),
        first=np.array(first, dtype=np.int64),
        second=np.array(second, dtype=np.int64),
        hours=np.array(hours, dtype=np.float64),
    )


def road(along, hours_each, *, columns, join_h=0.01):
    """Build a road through the given cells, one node a cell."""
    n = len(along)
    return Network(
        cell=np.array([r * columns + c for r, c in along]),
        join_h=np.full(n, join_h),
        first=np.arange(n - 1),
        second=np.arange(1, n),
        hours=np.full(n - 1, hours_each),
    )


@settings(max_examples=100, deadline=None)
@given(pace=paces, closed=closures, start=cells, moves=neighbours, network=networks())
def test_ground_with_roads_agrees_with_an_independent_solver(pace, closed, start, moves, network, oracle):
    friction = np.where(closed, np.inf, pace)
    friction[start] = pace[start]
    found = travel_time(friction, np.array([start]), neighbours=moves, network=network)
    np.testing.assert_allclose(found, oracle(friction, [start], moves, network=network), rtol=1e-12)


@settings(max_examples=60, deadline=None)
@given(pace=paces, closed=closures, start=cells, moves=neighbours, network=networks(), keep=st.floats(0, 1))
def test_adding_a_road_never_lengthens_a_time(pace, closed, start, moves, network, keep):
    friction = np.where(closed, np.inf, pace)
    kept = int(keep * network.first.size)
    fewer = Network(
        cell=network.cell,
        join_h=network.join_h,
        first=network.first[:kept],
        second=network.second[:kept],
        hours=network.hours[:kept],
    )
    before = travel_time(friction, np.array([start]), neighbours=moves, network=fewer)
    after = travel_time(friction, np.array([start]), neighbours=moves, network=network)
    assert (after <= before).all()


@settings(max_examples=60, deadline=None)
@given(pace=paces, start=cells, shut=arrays(np.bool_, (SIDE, SIDE)), moves=neighbours, network=networks())
def test_closing_cells_and_the_roads_in_them_never_shortens_a_time(pace, start, shut, moves, network):
    field = prepare_field(pace, 1.0, network)
    mask = np.zeros_like(shut)
    mask[start] = True
    starts = field.padded(mask)
    before = solve(field, field.cost, starts, moves)
    after = solve(field, field.without(field.padded(shut & ~mask)), starts, moves)
    assert (after >= before).all()
    assert np.isinf(after[field.padded(shut & ~mask)]).all()


@settings(max_examples=40, deadline=None)
@given(pace=paces, a=cells, b=cells, moves=neighbours, network=networks())
def test_there_and_back_take_the_same_time(pace, a, b, moves, network):
    there = travel_time(pace, np.array([a]), neighbours=moves, network=network)[b]
    back = travel_time(pace, np.array([b]), neighbours=moves, network=network)[a]
    assert there == pytest.approx(back)


@settings(max_examples=30, deadline=None)
@given(pace=paces, start=cells, network=networks(), seed=st.integers(0, 99))
def test_the_order_of_roads_changes_nothing(pace, start, network, seed):
    order = np.random.default_rng(seed).permutation(network.first.size)
    mixed = Network(
        cell=network.cell,
        join_h=network.join_h,
        first=network.second[order],
        second=network.first[order],
        hours=network.hours[order],
    )
    args = (pace, np.array([start]))
    assert travel_time(*args, network=network).tobytes() == travel_time(*args, network=mixed).tobytes()


def test_a_bridge_carries_a_road_over_closed_ground():
    friction = np.ones((3, 5))
    friction[:, 2] = np.inf  # a river
    bridge = road([(1, 1), (1, 2), (1, 3)], 0.1, columns=5)
    bridge.join_h[1] = np.inf  # no way down
    time = travel_time(friction, np.array([[1, 0]]), network=bridge)
    assert time[1, 3] == pytest.approx(1 + 0.01 + 0.2)
    assert time[1, 2] == pytest.approx(1 + 0.01 + 0.1)
    assert np.isinf(time[0, 2])
    field = prepare_field(friction, 1.0, bridge)
    river = ~np.isfinite(friction)
    start = np.zeros_like(river)
    start[1, 0] = True
    shut = field.unpadded(solve(field, field.without(field.padded(river)), field.padded(start)))
    assert np.isinf(shut[:, 2:]).all()


def test_starts_and_goals_on_a_road_need_not_leave_it():
    friction = np.full((1, 50), 10.0)
    fast = road([(0, c) for c in range(50)], 0.02, columns=50, join_h=3.0)
    time = travel_time(friction, np.array([[0, 0]]), network=fast)
    assert time[0, 49] == pytest.approx(49 * 0.02)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"cell": np.array([0, 4])}, "outside|ends at 3"),
        ({"cell": np.array([0])}, "one join a node"),
        ({"first": np.array([2])}, "names node 2"),
        ({"hours": np.array([0.0])}, "above 0"),
        ({"hours": np.array([np.nan])}, "above 0"),
        ({"join_h": np.array([-1.0, 0.0])}, "at least 0"),
    ],
)
def test_networks_that_fit_no_grid_are_refused(change, words):
    parts = {
        "cell": np.array([0, 1]),
        "join_h": np.zeros(2),
        "first": np.array([0]),
        "second": np.array([1]),
        "hours": np.array([1.0]),
    }
    with pytest.raises(InputError, match=words):
        travel_time(np.ones((2, 2)), np.array([[0, 0]]), network=Network(**(parts | change)))
