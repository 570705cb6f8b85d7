import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from wayout.errors import InputError
from wayout.move.field.moves import moves_from
from wayout.move.travel_time import prepare_field, solve, travel_time

SIDE = 7
paces = arrays(np.float64, (SIDE, SIDE), elements=st.floats(0.05, 20.0))
closures = arrays(np.bool_, (SIDE, SIDE), elements=st.sampled_from([False, False, True]))
cells = st.tuples(st.integers(0, SIDE - 1), st.integers(0, SIDE - 1))
neighbours = st.sampled_from([8, 16])


def oracle(cost, start, moves):
    rows, cols = cost.shape
    i, j, hours = [], [], []
    for cell in np.ndindex(cost.shape):
        for to, h in moves_from(cost, cell, moves):
            i.append(cell[0] * cols + cell[1])
            j.append(to[0] * cols + to[1])
            hours.append(h)
    graph = csr_array((hours, (i, j)), shape=(rows * cols, rows * cols))
    return dijkstra(graph, indices=start[0] * cols + start[1]).reshape(cost.shape)


@settings(max_examples=60, deadline=None)
@given(pace=paces, closed=closures, start=cells, moves=neighbours, cell_km=st.sampled_from([0.5, 1.0, 5.0]))
def test_agrees_with_an_independent_shortest_path_solver(pace, closed, start, moves, cell_km):
    friction = np.where(closed, np.inf, pace)
    friction[start] = pace[start]
    found = travel_time(friction, np.array([start]), cell_km=cell_km, neighbours=moves)
    np.testing.assert_allclose(found, oracle(friction * cell_km, start, moves), rtol=1e-12)


@settings(max_examples=60, deadline=None)
@given(pace=paces, closed=closures, start=cells, moves=neighbours)
def test_closing_cells_never_shortens_a_time(pace, closed, start, moves):
    closed[start] = False
    before = travel_time(pace, np.array([start]), neighbours=moves)
    after = travel_time(np.where(closed, np.inf, pace), np.array([start]), neighbours=moves)
    assert (after >= before - 1e-9).all()


@settings(max_examples=40, deadline=None)
@given(pace=paces, a=cells, b=cells, c=cells, moves=neighbours)
def test_times_are_symmetric_and_keep_the_triangle(pace, a, b, c, moves):
    from_a = travel_time(pace, np.array([a]), neighbours=moves)
    from_b = travel_time(pace, np.array([b]), neighbours=moves)
    assert from_a[b] == pytest.approx(from_b[a])
    assert from_a[c] <= from_a[b] + from_b[c] + 1e-9


@settings(max_examples=20, deadline=None)
@given(pace=paces, starts=st.lists(cells, min_size=2, max_size=4))
def test_several_starts_give_the_least_of_their_times(pace, starts):
    together = travel_time(pace, np.array(starts))
    apart = np.min([travel_time(pace, np.array([s])) for s in starts], axis=0)
    np.testing.assert_allclose(together, apart)


@pytest.mark.parametrize("moves", [8, 16])
@pytest.mark.parametrize("slant", [0, 1])
def test_nothing_slips_through_a_line_one_cell_thick(moves, slant):
    friction = np.ones((15, 15))
    for row in range(15):
        friction[row, row if slant else 7] = np.inf  # upright, or touching only at corners
    time = travel_time(friction, np.array([[7, 0]]), neighbours=moves)
    west = np.tril(np.ones((15, 15), dtype=bool), -1) if slant else np.arange(15) < 7
    assert np.isfinite(time[np.isfinite(friction) & west]).all()
    assert np.isinf(time[np.isfinite(friction) & ~np.broadcast_to(west, time.shape)]).all()


def test_open_ground_is_at_most_2_8_percent_too_long_with_sixteen_neighbours():
    rows, cols = np.mgrid[-50:51, -50:51]
    straight = np.hypot(rows, cols)
    time = travel_time(np.ones((101, 101)), np.array([[50, 50]]))
    far = straight > 20
    error = time[far] / straight[far] - 1
    assert error.min() > -1e-12
    assert error.max() < 0.028


def test_a_very_wide_range_of_friction_stays_exact():
    friction = np.full((3, 60), 1e-3)
    friction[:, 30] = 4e3  # wider than the ring of buckets would hold at the finest width
    start = (1, 0)
    found = travel_time(friction, np.array([start]))
    np.testing.assert_allclose(found, oracle(friction, start, 16), rtol=1e-9)


def test_a_closed_start_reaches_nothing_else():
    friction = np.ones((3, 3))
    friction[1, 1] = np.inf
    time = travel_time(friction, np.array([[1, 1]]))
    assert time[1, 1] == 0
    assert np.isinf(np.delete(time.ravel(), 4)).all()


@pytest.mark.parametrize(
    ("friction", "start", "words"),
    [
        (np.zeros((2, 2)), [[0, 0]], "above 0"),
        (np.full((2, 2), math.nan), [[0, 0]], "above 0"),
        (np.ones(4), [[0, 0]], "shape"),
        (np.ones((2, 2)), [[0, 2]], "outside the 2 x 2 grid"),
        (np.ones((2, 2)), [[-1, 0]], "outside"),
        (np.ones((2, 2)), np.empty((0, 2), int), "at least one"),
    ],
)
def test_senseless_input_is_refused(friction, start, words):
    with pytest.raises(InputError, match=words):
        travel_time(friction, np.asarray(start))


def test_other_neighbourhoods_and_cell_sizes_are_refused():
    field = prepare_field(np.ones((2, 2)), 1.0)
    with pytest.raises(InputError, match="8 or 16"):
        solve(field, field.cost, np.array([0]), 4)
    with pytest.raises(InputError, match="cell_km"):
        prepare_field(np.ones((2, 2)), 0.0)
