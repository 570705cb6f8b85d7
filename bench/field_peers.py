"""Peers of one solve: the same eight-neighbour metric in other libraries, and SciPy's Dijkstra as the oracle."""

import importlib.util
import math
import statistics
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

Solve = Callable[[], NDArray[np.float64]]


def oracle(friction: NDArray[np.float64], source: NDArray[np.int64]) -> Solve:
    """Prepare SciPy's Dijkstra (float64, binary heap) on our graph; building the graph is not counted against it."""
    graph = eight_neighbour_graph(friction)
    return lambda: np.asarray(dijkstra(graph, indices=source, min_only=True)).reshape(friction.shape)


def xarray_spatial(friction: NDArray[np.float64], source: NDArray[np.int64]) -> Solve | None:
    """Prepare xarray-spatial's ``cost_distance``; ``None`` where it is not installed. It has no corner rule."""
    if importlib.util.find_spec("xrspatial") is None:
        return None
    import xarray
    from xrspatial import cost_distance

    rows, cols = friction.shape
    axes = {"y": np.arange(rows, dtype=np.float64), "x": np.arange(cols, dtype=np.float64)}
    targets = np.zeros(friction.size)
    targets[source] = 1.0
    raster = xarray.DataArray(targets.reshape(rows, cols), dims=("y", "x"), coords=axes)
    ground = xarray.DataArray(np.where(np.isfinite(friction), friction, np.nan), dims=("y", "x"), coords=axes)
    return lambda: np.asarray(cost_distance(raster, ground).data)


def scikit_image(friction: NDArray[np.float64], source: NDArray[np.int64]) -> Solve | None:
    """Prepare scikit-image's ``MCP_Geometric``; ``None`` where it is not installed. It has no corner rule."""
    if importlib.util.find_spec("skimage") is None:
        return None
    from skimage.graph import MCP_Geometric

    starts = np.column_stack(np.divmod(source, friction.shape[1])).tolist()
    ground = np.where(np.isfinite(friction), friction, -1.0)
    return lambda: np.asarray(MCP_Geometric(ground).find_costs(starts)[0])


def eight_neighbour_graph(friction: NDArray[np.float64]) -> csr_array:
    """Build SciPy's graph: edge = length x mean friction of its two cells; closed cells have no edges, closed corners no diagonal."""
    rows, cols = friction.shape
    index = np.arange(rows * cols, dtype=np.int32).reshape(rows, cols)
    i, j, hours = [], [], []
    for dr, dc in ((0, 1), (1, 0), (1, 1), (1, -1)):
        a = (slice(0, rows - dr), slice(max(0, -dc), cols - max(0, dc)))
        b = (slice(dr, rows), slice(max(0, dc), cols + min(0, dc)))
        edge = math.hypot(dr, dc) * 0.5 * (friction[a] + friction[b])
        if dr and dc:  # our rule: a diagonal needs one of the two cells beside it open
            beside = np.minimum(friction[a[0], b[1]], friction[b[0], a[1]])
            edge[~np.isfinite(beside)] = np.inf
        kept = np.isfinite(edge)
        i.append(index[a][kept])
        j.append(index[b][kept])
        hours.append(edge[kept])
    first, second, h = np.concatenate(i), np.concatenate(j), np.concatenate(hours)
    pairs = (np.concatenate([first, second]), np.concatenate([second, first]))
    return csr_array((np.concatenate([h, h]), pairs), shape=(rows * cols, rows * cols))


def interleaved(runs: dict[str, Solve], rounds: int) -> dict[str, float]:
    """Return the median CPU seconds of each, run in turn, so that a busy moment touches all."""
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            begin = time.process_time()
            run()
            seconds[name].append(time.process_time() - begin)
    return {name: statistics.median(s) for name, s in seconds.items()}
