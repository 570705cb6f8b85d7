"""MOVE: exactness and speed of the travel-time kernel on a synthetic theatre, beside SciPy's Dijkstra."""

import itertools
import math
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from bench.score import Score
from wayout.move.travel_time import prepare_field, solve

SIZES = (500, 1000)
ROUNDS = 5
SEED = 20190508
RATIO = 25.0
"""Slowest over fastest open ground, as in the reference raster (0.017-0.43 h/km)."""
FASTEST_H_PER_KM = 0.017


def measure(corpora: Path) -> list[Score]:
    """Measure; needs no corpus."""
    del corpora
    scores = []
    for n in SIZES:
        friction = synthetic_theatre(n)
        scores += _against_scipy(friction)
    scores += [_worst_disk_error(16), _worst_disk_error(8)]
    return scores


def synthetic_theatre(n: int) -> NDArray[np.float64]:
    """
    Make an n x n friction raster (h/km) from a fixed seed: lognormal ground, roads between towns, rivers, ridges, fronts.

    Walls are two cells thick, as in docs/methods/travel-time.md.
    """
    rng = np.random.default_rng(SEED)
    rough = sum(gaussian_filter(rng.standard_normal((n, n)), s) * s for s in (2.0, 6.0, 18.0, 54.0))
    rank = np.argsort(np.argsort(rough, axis=None)).reshape(n, n) / n**2
    friction = FASTEST_H_PER_KM * np.exp(rank * math.log(RATIO))
    towns = rng.integers(n // 20, n - n // 20, (28, 2))
    for a, b in itertools.pairwise(towns):
        friction[_line(a, b)] = FASTEST_H_PER_KM
    for _ in range(26):  # ridges, fronts and river reaches with gaps between them
        a = rng.integers(0, n, 2)
        b = np.clip(a + rng.integers(-n // 4, n // 4, 2), 0, n - 2)
        row, col = _line(a, b)
        for dr, dc in itertools.product((0, 1), repeat=2):
            friction[np.clip(row + dr, 0, n - 1), np.clip(col + dc, 0, n - 1)] = np.inf
    friction[n // 2, n // 2] = FASTEST_H_PER_KM
    return np.asarray(friction)


def _line(a: NDArray[np.int64], b: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    steps = int(max(abs(b - a))) + 1
    return (
        np.linspace(a[0], b[0], steps).round().astype(np.int64),
        np.linspace(a[1], b[1], steps).round().astype(np.int64),
    )


def _against_scipy(friction: NDArray[np.float64]) -> list[Score]:
    n = friction.shape[0]
    field = prepare_field(friction, 1.0)
    start = np.zeros(friction.shape, dtype=bool)
    start[n // 2, n // 2] = True
    starts = field.padded(start)
    graph = eight_neighbour_graph(friction)
    source = int(np.flatnonzero(start)[0])

    def ours() -> NDArray[np.float64]:
        return field.unpadded(solve(field, field.cost, starts, 8))

    def sixteen() -> NDArray[np.float64]:
        return field.unpadded(solve(field, field.cost, starts, 16))

    def peer() -> NDArray[np.float64]:
        return np.asarray(dijkstra(graph, indices=np.array([source]))).reshape(n, n)

    found, oracle = ours(), peer()
    sixteen()
    both = np.isfinite(oracle) & (oracle > 0)
    difference = float(np.max(np.abs(found[both] / oracle[both] - 1)))
    missed = int((np.isfinite(found) != np.isfinite(oracle)).sum())
    t8, t16, t_peer = _interleaved([ours, sixteen, peer])
    name = f"{n}x{n}"
    return [
        Score(
            name=f"move {name} largest relative difference to the oracle",
            value=difference,
            higher_is_better=False,
            beside="scipy 0",
            note="float64, 8 neighbours",
        ),
        Score(name=f"move {name} cells reached by one only", value=missed, higher_is_better=False),
        Score(
            name=f"speed move {name} 8-neighbour, times scipy",
            value=t_peer / t8,
            beside="scipy 1",
            note=f"{n * n / t8 / 1e6:.1f} Mcell/s CPU, graph building not counted against scipy",
        ),
        Score(
            name=f"speed move {name} 16-neighbour, times scipy's 8",
            value=t_peer / t16,
            beside="scipy 1",
            note=f"{n * n / t16 / 1e6:.1f} Mcell/s CPU",
        ),
    ]


def eight_neighbour_graph(friction: NDArray[np.float64]) -> csr_array:
    """Build SciPy's graph: edge = length x mean friction of its two cells; closed cells have no edges, closed corners no diagonal."""
    rows, cols = friction.shape
    index = np.arange(rows * cols).reshape(rows, cols)
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


def _interleaved(runs: list[Callable[[], NDArray[np.float64]]]) -> list[float]:
    """Return the median CPU seconds of each, run in turn, so that a busy moment touches all."""
    seconds: list[list[float]] = [[] for _ in runs]
    for _ in range(ROUNDS):
        for k, run in enumerate(runs):
            begin = time.process_time()
            run()
            seconds[k].append(time.process_time() - begin)
    return [statistics.median(s) for s in seconds]


def _worst_disk_error(neighbours: int) -> Score:
    n = 401
    field = prepare_field(np.ones((n, n)), 1.0)
    start = np.zeros((n, n), dtype=bool)
    start[n // 2, n // 2] = True
    found = field.unpadded(solve(field, field.cost, field.padded(start), 16 if neighbours == 16 else 8))
    row, col = np.mgrid[:n, :n] - n // 2
    straight = np.hypot(row, col)
    far = straight > 20
    return Score(
        name=f"move worst error on open ground, {neighbours} neighbours, percent",
        value=float(100 * np.max(found[far] / straight[far] - 1)),
        higher_is_better=False,
        beside="continuous truth 0",
    )
