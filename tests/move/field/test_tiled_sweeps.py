import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.move.field.bucket_queue import solve_by_buckets
from wayout.move.field.one_solve import OneSolve
from wayout.move.field.ordered_queue import solve_in_order
from wayout.move.field.tiled_sweeps import TILE, solve_by_sweeps
from wayout.move.travel_time import LEAST_TILED, PAD, prepare_field, solve

NEVER = 1e18


def asked(field, cost, starts, neighbours, limit_h=np.inf):
    return OneSolve(
        cost=cost,
        starts=starts.astype(np.int64),
        stride=field.stride,
        n_cells=field.n_cells,
        knight_moves=neighbours == 16,
        limit_h=limit_h,
        links=field.links,
    )


def buckets(*question):
    field, one = question[0], asked(*question)
    ordered = solve_in_order(one)
    if not field.is_wide:
        found = solve_by_buckets(one, width_h=field.width_h, n_buckets=field.n_buckets)
        assert found.tobytes() == ordered.tobytes()
    return ordered


def sweeps(field, cost, starts, neighbours, limit_h=np.inf, most=NEVER):
    return solve_by_sweeps(asked(field, cost, starts, neighbours, limit_h), PAD, most_work=most, most_visits=most)


def mask_of(shape, cells):
    mask = np.zeros(shape, dtype=bool)
    for row, col in cells:
        mask[row % shape[0], col % shape[1]] = True
    return mask


@st.composite
def grounds(draw):
    """Draw rough ground with walls, of one to some tiles, from a seed (hypothesis would take long to fill the cells)."""
    shape = (draw(st.integers(1, 3 * TILE)), draw(st.integers(1, 3 * TILE)))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    spread = draw(st.sampled_from([0.0, 0.5, 2.0]))
    ground = np.exp(spread * rng.standard_normal(shape))
    ground[rng.random(shape) < draw(st.sampled_from([0.0, 0.05, 0.35]))] = np.inf
    if draw(st.booleans()):
        ground[:: draw(st.integers(2, 40)), : max(1, shape[1] - 3)] = np.inf
    return ground


starts = st.lists(st.tuples(st.integers(0, 999), st.integers(0, 999)), min_size=1, max_size=4)
neighbours = st.sampled_from([8, 16])


@settings(max_examples=150, deadline=None)
@given(ground=grounds(), cells=starts, moves=neighbours)
def test_sweeps_and_buckets_give_the_same_bits(ground, cells, moves):
    field = prepare_field(ground, 1.0)
    first = field.padded(mask_of(ground.shape, cells))
    swept, solved = sweeps(field, field.cost, first, moves)
    assert solved
    assert swept.tobytes() == buckets(field, field.cost, first, moves).tobytes()


@settings(max_examples=25, deadline=None)
@given(ground=grounds(), cells=starts, moves=neighbours)
def test_sweeps_agree_with_an_independent_solver(ground, cells, moves, oracle):
    ground = ground[:40, :40]
    mask = mask_of(ground.shape, cells)
    ground[mask] = 1.0
    field = prepare_field(ground, 1.0)
    swept, _ = sweeps(field, field.cost, field.padded(mask), moves)
    np.testing.assert_allclose(field.unpadded(swept), oracle(ground, np.argwhere(mask), moves), rtol=1e-12)


@settings(max_examples=40, deadline=None)
@given(ground=grounds(), cells=starts, moves=neighbours, share=st.floats(0.0, 1.2))
def test_a_limit_leaves_earlier_times_as_they_are(ground, cells, moves, share):
    field = prepare_field(ground, 1.0)
    first = field.padded(mask_of(ground.shape, cells))
    full = buckets(field, field.cost, first, moves)
    limit = share * float(full[np.isfinite(full)].max())
    expected = np.where(full <= limit, full, np.inf)
    np.testing.assert_array_equal(buckets(field, field.cost, first, moves, limit), expected)
    np.testing.assert_array_equal(sweeps(field, field.cost, first, moves, limit)[0], expected)


@settings(max_examples=30, deadline=None)
@given(ground=grounds(), cells=starts, moves=neighbours, most=st.floats(0.0, 3.0))
def test_giving_up_leaves_no_trace(ground, cells, moves, most):
    field = prepare_field(ground, 1.0)
    first = field.padded(mask_of(ground.shape, cells))
    time, solved = sweeps(field, field.cost, first, moves, most=most)
    assert solved or np.isinf(time).all()


def test_a_maze_is_handed_over_and_comes_out_right():
    n = int(LEAST_TILED**0.5) + 60
    ground = np.ones((n, n))
    ground[1::2] = np.inf
    ground[1::4, -1] = ground[3::4, 0] = 1.0  # a corridor one cell wide, to and fro
    field = prepare_field(ground, 1.0)
    first = field.padded(mask_of(ground.shape, [(0, 0)]))
    assert not solve_by_sweeps(asked(field, field.cost, first, 8), PAD)[1]
    time = solve(field, field.cost, first, 8)
    assert time.tobytes() == buckets(field, field.cost, first, 8).tobytes()
    assert np.isfinite(field.unpadded(time)[np.isfinite(ground)]).all()


@pytest.mark.parametrize("moves", [8, 16])
def test_large_ground_is_swept_and_the_order_of_starts_changes_nothing(moves):
    rng = np.random.default_rng(3)
    ground = rng.uniform(0.1, 2.0, (150, 130))
    ground[60:62, 5:] = np.inf
    field = prepare_field(ground, 1.0)
    first = field.padded(rng.random(ground.shape) < 0.001)
    assert field.n_cells >= LEAST_TILED
    time = solve(field, field.cost, first, moves)
    assert time.tobytes() == solve(field, field.cost, first[::-1], moves).tobytes()
    assert time.tobytes() == buckets(field, field.cost, first, moves).tobytes()
