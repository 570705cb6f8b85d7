import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.errors import InputError
from wayout.move.field.moves import moves_from
from wayout.move.field.network import Network
from wayout.move.field.trace import trace
from wayout.move.travel_time import prepare_field, solve


def one(shape, cell):
    mask = np.zeros(shape, dtype=bool)
    mask[cell] = True
    return mask


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), moves=st.sampled_from([8, 16]), levels=st.sampled_from([1, 2, 0]))
def test_the_way_takes_the_time_of_its_end(seed, moves, levels):
    rng = np.random.default_rng(seed)
    friction = rng.uniform(0.1, 2.0, (14, 17)) if levels == 0 else rng.integers(1, levels + 1, (14, 17)).astype(float)
    friction[rng.random(friction.shape) < 0.2] = np.inf
    start, end = (int(v) for v in rng.integers(0, friction.size, 2))
    friction.flat[start] = 1.0
    field = prepare_field(friction, 1.0)
    starts = field.padded(one(friction.shape, np.unravel_index(start, friction.shape)))
    time = solve(field, field.cost, starts, moves)
    goal = int(field.padded(one(friction.shape, np.unravel_index(end, friction.shape)))[0])
    if np.isinf(time[goal]):
        return
    row, col = field.cells_of(trace(field, field.cost, time, goal, moves))
    cells = list(zip(row.tolist(), col.tolist(), strict=True))
    assert cells[0] == np.unravel_index(start, friction.shape)
    assert cells[-1] == np.unravel_index(end, friction.shape)
    total = sum(dict(moves_from(friction, a, moves))[b] for a, b in itertools.pairwise(cells))
    assert total == pytest.approx(time[goal])


def test_a_way_follows_roads_and_says_which_cells_they_pass():
    friction = np.full((5, 30), 10.0)
    n = 30
    road = Network(
        cell=2 * 30 + np.arange(n),
        join_h=np.zeros(n),  # joins that take no time: plateaus
        first=np.arange(n - 1),
        second=np.arange(1, n),
        hours=np.full(n - 1, 0.02),
    )
    field = prepare_field(friction, 1.0, road)
    time = solve(field, field.cost, field.padded(one(friction.shape, (0, 0))))
    end = int(field.padded(one(friction.shape, (4, 29)))[0])
    way = trace(field, field.cost, time, end, 16)
    row, col = field.cells_of(way)
    assert (way >= field.n_cells).sum() > 20
    assert (np.diff(col) >= 0).all()
    assert (row[(col > 5) & (col < 25)] == 2).all()


def test_steps_too_short_to_count_are_no_trap():
    """After a slow cell, steps of 1e-9 h do not change a time of 1e9 h: a plateau without a slope."""
    friction = np.full((1, 200), 1e-9)
    friction[0, 1] = 1e9
    field = prepare_field(friction, 1.0)
    time = solve(field, field.cost, field.padded(one(friction.shape, (0, 0))))
    end = int(field.padded(one(friction.shape, (0, 199)))[0])
    flat = field.unpadded(time)[0]
    assert flat[100] == flat[199]
    _, col = field.cells_of(trace(field, field.cost, time, end, 16))
    assert (col[0], col[-1]) == (0, 199)
    assert np.abs(np.diff(col)).max() <= 2


def test_a_way_of_a_hundred_thousand_cells_is_followed():
    n = 451
    friction = np.ones((n, n))
    friction[1::2] = np.inf
    friction[1::4, -1] = friction[3::4, 0] = 1.0
    field = prepare_field(friction, 1.0)
    time = solve(field, field.cost, field.padded(one(friction.shape, (0, 0))), 8)
    end = int(np.argmax(np.where(np.isfinite(time), time, -1)))
    assert len(trace(field, field.cost, time, end, 8)) > 100_000


def test_unreached_ends_and_foreign_times_are_refused():
    friction = np.ones((3, 3))
    friction[1] = np.inf
    field = prepare_field(friction, 1.0)
    time = solve(field, field.cost, field.padded(one(friction.shape, (0, 0))))
    end = int(field.padded(one(friction.shape, (2, 2)))[0])
    with pytest.raises(InputError, match="not reached"):
        trace(field, field.cost, time, end, 16)
    time[end] = 7.0
    with pytest.raises(InputError, match="follows from no neighbour"):
        trace(field, field.cost, time, end, 16)
