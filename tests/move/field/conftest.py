"""An independent solver: SciPy's Dijkstra on a graph built move by move in plain Python."""

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from wayout.move.field.moves import moves_from


def _oracle(friction, starts, neighbours=16, cell_km=1.0, network=None):
    """Return hours of every cell (least of its centre's and its roads') from cells, given as rows and columns."""
    cost = friction * cell_km
    rows, cols = cost.shape
    n = rows * cols
    i, j, hours = [], [], []
    for cell in np.ndindex(cost.shape):
        for to, h in moves_from(cost, cell, neighbours):
            i.append(cell[0] * cols + cell[1])
            j.append(to[0] * cols + to[1])
            hours.append(h)
    first = [r * cols + c for r, c in starts]
    if network is not None:
        for a, b, h in zip(network.first, network.second, network.hours, strict=True):
            i += [n + a, n + b]
            j += [n + b, n + a]
            hours += [h, h]
        for node, (cell, h) in enumerate(zip(network.cell, network.join_h, strict=True)):
            if np.isfinite(h) and np.isfinite(cost.ravel()[cell]):
                i += [n + node, cell]
                j += [cell, n + node]
                hours += [h, h]
        first += [n + k for k, cell in enumerate(network.cell) if cell in first]
    size = n + (0 if network is None else network.n_nodes)
    # SciPy adds the hours of arcs that are there twice: keep the least.
    keys = np.array(i, dtype=np.int64) * size + np.array(j, dtype=np.int64)
    order = np.lexsort((hours, keys))
    kept = order[np.unique(keys[order], return_index=True)[1]] if len(keys) else order
    graph = csr_array((np.array(hours)[kept], (np.array(i)[kept], np.array(j)[kept])), shape=(size, size))
    time = dijkstra(graph, indices=sorted(set(first)), min_only=True)
    if network is not None:
        np.minimum.at(time, network.cell, time[n:])
    return time[:n].reshape(rows, cols)


@pytest.fixture(scope="session")
def oracle():
    return _oracle
