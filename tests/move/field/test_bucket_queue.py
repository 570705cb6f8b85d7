import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.move.travel_time import MAX_BUCKETS, prepare_field, solve, travel_time


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), moves=st.sampled_from([8, 16]), low=st.floats(-6, 6), high=st.floats(-6, 6))
def test_any_range_of_friction_is_solved_exactly(seed, moves, low, high, oracle):
    rng = np.random.default_rng(seed)
    friction = 10 ** rng.uniform(min(low, high), max(low, high), (9, 8))
    friction[rng.random(friction.shape) < 0.2] = np.inf
    friction[2, 2] = 1.0
    found = travel_time(friction, np.array([[2, 2]]), neighbours=moves)
    np.testing.assert_allclose(found, oracle(friction, [(2, 2)], moves), rtol=1e-12)


def test_the_ring_of_buckets_is_bounded_and_holds_the_longest_move():
    for low in (1e-6, 1e-3, 10.0, 1e3, 1e6):
        field = prepare_field(np.array([[low, 1e6]]), 1.0)
        assert field.n_buckets <= MAX_BUCKETS
        assert field.n_buckets * field.width_h >= 5**0.5 * 1e6 + 2 * field.width_h


@pytest.mark.parametrize("moves", [8, 16])
def test_ground_of_a_million_million_to_one_takes_no_longer(moves):
    """Every cell of the east would fall into one bucket, and be settled again and again: a heap orders such ground."""
    friction = np.full((90, 100), 1e-6)
    friction[:, 0] = 1e6
    mask = np.zeros(friction.shape, dtype=bool)
    mask[:, 0] = True
    field = prepare_field(friction, 1.0)
    assert field.is_wide
    time = field.unpadded(solve(field, field.cost, field.padded(mask), moves))
    np.testing.assert_allclose(time[:, 1:], 5e5)


def test_more_cells_at_once_than_a_chunk_holds_find_room():
    rng = np.random.default_rng(2)
    friction = rng.uniform(1.0, 2.0, (80, 90))
    field = prepare_field(friction, 1.0)
    mask = rng.random(friction.shape) < 0.5
    time = field.unpadded(solve(field, field.cost, field.padded(mask), 16))
    assert (time[mask] == 0).all()
    assert (time[~mask] > 0).all()
    assert time.max() < 8


def test_a_very_long_way_does_not_drift():
    """Each step adds the same 0.1 h; float32 would be 1e-3 off after a hundred thousand."""
    n = 449
    friction = np.full((n, n), 0.1)
    friction[1::2] = np.inf
    friction[1::4, -1] = friction[3::4, 0] = 0.1
    time = travel_time(friction, np.array([[0, 0]]), neighbours=8)
    # Each turn cuts two corners, where the diagonal brushes one closed cell.
    n_turns = n // 2
    straight, diagonal = (n // 2 + 1) * (n - 1) - 2 * n_turns, 2 * n_turns
    end = (n - 1, n - 1) if n_turns % 2 == 0 else (n - 1, 0)
    assert straight + diagonal > 100_000
    assert time[end] == pytest.approx(0.1 * (straight + diagonal * 2**0.5), rel=1e-9)


def test_the_limit_must_make_sense():
    from wayout.errors import InputError

    field = prepare_field(np.ones((2, 2)), 1.0)
    with pytest.raises(InputError, match="limit_h"):
        solve(field, field.cost, np.array([14]), 8, limit_h=float("nan"))
    with pytest.raises(InputError, match=r"cost has shape \(4,\)"):
        solve(field, np.ones(4), np.array([14]), 8)
    with pytest.raises(InputError, match="no index"):
        solve(field, field.cost, np.array([99]), 8)


@pytest.mark.parametrize("limit_h", [np.inf, 40.0])
def test_cost_beyond_the_range_the_buckets_were_made_for_is_still_exact(limit_h, oracle):
    rng = np.random.default_rng(4)
    field = prepare_field(np.ones((12, 12)), 1.0)
    friction = np.exp(rng.normal(0, 2.5, (12, 12)))
    dearer = field.cost.copy()
    dearer[field.padded(np.ones((12, 12), dtype=bool))] = friction.ravel()
    start = np.zeros((12, 12), dtype=bool)
    start[3, 4] = True
    truth = oracle(friction, [(3, 4)])
    found = field.unpadded(solve(field, dearer, field.padded(start), limit_h=limit_h))
    np.testing.assert_allclose(found, np.where(truth <= limit_h, truth, np.inf), rtol=1e-12)
