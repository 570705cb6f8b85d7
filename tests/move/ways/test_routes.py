import itertools

import numpy as np
import pytest
import shapely
from shapely.geometry import Point

from wayout.move.field.moves import moves_from
from wayout.move.ground.grid import make_grid
from wayout.move.travel_time import prepare_field, solve
from wayout.move.ways.routes import coarse_route, trace_cells


@pytest.mark.parametrize("neighbours", [8, 16])
def test_a_traced_way_takes_the_time_of_the_field(neighbours):
    rng = np.random.default_rng(5)
    cost = rng.uniform(0.1, 3.0, (20, 30))
    cost[:15, 12] = np.inf
    field = prepare_field(cost, 1.0)
    start, end = np.zeros((2, *cost.shape), dtype=bool)
    start[3, 2] = end[4, 28] = True
    time = solve(field, field.cost, field.padded(start), neighbours)
    cells = trace_cells(field, field.cost, time, int(field.padded(end)[0]), neighbours)
    assert cells[0] == (3, 2)
    assert cells[-1] == (4, 28)
    total = sum(dict(moves_from(cost, a, neighbours))[b] for a, b in itertools.pairwise(cells))
    assert total == pytest.approx(field.unpadded(time)[4, 28])


def test_a_published_route_is_no_finer_than_the_floor():
    grid = make_grid(Point(20, 10).buffer(0.2), 50.0, cell_km=1.0)
    zigzag = [(r, 40 + (r % 2) + r // 3) for r in range(20, 180)]
    route = coarse_route(grid, zigzag, 10.0)
    x, y = grid.to_km(*shapely.get_coordinates(route).T)
    for v in (x, y):
        np.testing.assert_allclose(v / 10.0 - np.floor(v / 10.0), 0.5, atol=1e-3)
    assert len(route.coords) < 15


def test_a_way_within_one_square_of_the_floor_is_not_drawn():
    grid = make_grid(Point(20, 10).buffer(0.2), 50.0, cell_km=1.0)
    row, col = grid.cell_of(np.array([2.4]), np.array([2.4]))
    assert coarse_route(grid, [(int(row[0]), int(col[0])), (int(row[0]), int(col[0]) + 1)], 5.0) is None
