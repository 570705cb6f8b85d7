"""
MOVE, one solve: exactness and speed of the field on the seeded theatre, beside SciPy, xarray-spatial and scikit-image.

``python -m bench.move_field large`` does 4,000 x 4,000 cells (some minutes, 6 GB); the figures are in docs/methods/travel-time.md.
"""

import subprocess
import sys
from pathlib import Path

import numpy as np
from numba import njit
from numpy.typing import NDArray

from bench.field_peers import Solve, interleaved, oracle, scikit_image, xarray_spatial
from bench.score import Score
from bench.theatre import make_theatre
from wayout.move.field.bucket_queue import solve_by_buckets
from wayout.move.field.one_solve import OneSolve
from wayout.move.travel_time import Field, prepare_field, solve

ROUNDS = {500: 5, 1000: 3, 1500: 3, 4000: 2}
MEMORY_SIDE = 2000
SERPENTINE_SIDE = 1500
CORRIDORS = (1, 6)
"""Cells wide: the sweeps' worst case, and one of some 280,000 cells' way."""
CLOSED = slice(0, None, 3)
"""Every third uncertain element is closed, as in the reference."""


def measure(corpora: Path) -> list[Score]:
    """Measure; needs no corpus."""
    del corpora
    scores, ns_a_cell = [], {}
    for n in (500, 1000, 1500):
        more, ns_a_cell[n] = _against_peers(n)
        scores += more
    scores.append(_growth(ns_a_cell, 500, 1500))
    return [
        *scores,
        *_serpentine(CORRIDORS[0]),
        *_serpentine(CORRIDORS[1]),
        *_memory(),
        _worst_disk_error(16),
        _worst_disk_error(8),
    ]


def measure_large() -> list[Score]:
    """Measure 4,000 x 4,000 cells, and growth from 500 x 500."""
    small, few = _against_peers(500)
    large, many = _against_peers(4000)
    return [*small, *large, _growth({500: few, 4000: many}, 500, 4000)]


def _against_peers(n: int) -> tuple[list[Score], float]:
    theatre = make_theatre(n)
    friction = theatre.friction.copy()
    for element in theatre.elements[CLOSED]:
        friction.flat[element] = np.inf
    source = theatre.source.astype(np.int64)
    field = prepare_field(friction, 1.0)
    starts = field.padded(theatre.mask(theatre.source))
    swept = np.full(field.size, 1.0)
    runs: dict[str, Solve] = {
        "ours": lambda: field.unpadded(solve(field, field.cost, starts, 8)),
        "ours 16": lambda: field.unpadded(solve(field, field.cost, starts, 16)),
        "bucket": lambda: field.unpadded(_by_buckets(field, starts, 8)),
        "bucket 16": lambda: field.unpadded(_by_buckets(field, starts, 16)),
        "floor": lambda: _one_sweep(field.cost, swept, field.stride),
        "scipy": oracle(friction, source),
    }
    peers = {"xarray-spatial": xarray_spatial(friction, source), "scikit-image": scikit_image(friction, source)}
    runs |= {name: run for name, run in peers.items() if run is not None}
    found = {name: run() for name, run in runs.items()}  # compiles, and warms
    seconds = interleaved(runs, ROUNDS[n])
    name, truth = f"{n}x{n}", found["scipy"]
    difference, missed = _difference(found["ours"], truth)
    same = all(found[a].tobytes() == found[b].tobytes() for a, b in (("ours", "bucket"), ("ours 16", "bucket 16")))
    scores = [
        Score(
            name=f"move {name} largest relative difference to the oracle",
            value=difference,
            higher_is_better=False,
            beside="scipy 0",
            note="float64, 8 neighbours",
        ),
        Score(name=f"move {name} cells reached by one only", value=missed, higher_is_better=False),
        Score(name=f"move {name} sweeps give the bits of the bucket queue (1 yes)", value=float(same)),
        _ratio(name, "8-neighbour, times scipy", seconds["scipy"] / seconds["ours"], n, seconds["ours"]),
        _ratio(name, "16-neighbour, times scipy's 8", seconds["scipy"] / seconds["ours 16"], n, seconds["ours 16"]),
        _ratio(name, "bucket queue, times scipy", seconds["scipy"] / seconds["bucket"], n, seconds["bucket"]),
        _ratio(name, "share of the floor of one sweep", seconds["floor"] / seconds["ours"], n, seconds["floor"]),
    ]
    for peer, run in peers.items():
        if run is None:
            print(f"skipped {peer}: not installed; make bench installs it", file=sys.stderr)
            continue
        apart, only_one = _difference(found[peer], truth)
        note = f"it differs from the oracle by {apart:.1e} at most, {only_one} cells are reached by one only (no corner rule)"
        scores.append(
            _ratio(name, f"8-neighbour, times {peer}", seconds[peer] / seconds["ours"], n, seconds[peer], note)
        )
        scores.append(
            _ratio(name, f"16-neighbour, times {peer}'s 8", seconds[peer] / seconds["ours 16"], n, seconds[peer])
        )
    return scores, 1e9 * seconds["ours"] / n**2


def _ratio(size: str, what: str, value: float, n: int, seconds: float, note: str = "") -> Score:
    shown = f"{n * n / seconds / 1e6:.1f} Mcell/s CPU{'; ' if note else ''}{note}"
    return Score(name=f"speed move {size} {what}", value=value, note=shown, has_floor=False)


def _difference(found: NDArray[np.float64], truth: NDArray[np.float64]) -> tuple[float, int]:
    """Return the largest relative difference where both reach a cell, and how many cells only one reaches."""
    reached, true = np.isfinite(found), np.isfinite(truth)
    both = reached & true & (truth > 0)
    return float(np.max(np.abs(found[both] / truth[both] - 1))), int((reached != true).sum())


def _by_buckets(field: Field, starts: NDArray[np.intp], neighbours: int) -> NDArray[np.float64]:
    asked = OneSolve(
        cost=field.cost,
        starts=starts.astype(np.int64),
        stride=field.stride,
        n_cells=field.n_cells,
        knight_moves=neighbours == 16,
        limit_h=np.inf,
        links=field.links,
    )
    return solve_by_buckets(asked, width_h=field.width_h, n_buckets=field.n_buckets)


@njit(cache=True)
def _one_sweep(c: NDArray[np.float64], t: NDArray[np.float64], stride: int) -> NDArray[np.float64]:
    """Relax each cell once from all its neighbours, and twice along its row: what a solve would take if order were free."""
    d = 0.5 * 2**0.5
    for sign in (1, -1):
        for k in range(stride + 1, c.size - stride - 1):
            x = k if sign > 0 else c.size - 1 - k
            y = x - sign * stride
            best = min(t[x], t[y] + 0.5 * (c[x] + c[y]), t[x - sign] + 0.5 * (c[x] + c[x - sign]))
            best = min(best, t[y - 1] + d * (c[x] + c[y - 1]), t[y + 1] + d * (c[x] + c[y + 1]))
            t[x] = min(best, t[x + sign] + 0.5 * (c[x] + c[x + sign]))
    return t


def _growth(ns_a_cell: dict[int, float], small: int, large: int) -> Score:
    return Score(
        name=f"speed move growth of the time per cell from {small}x{small} to {large}x{large}",
        value=ns_a_cell[large] / ns_a_cell[small],
        higher_is_better=False,
        beside="goal 1.4",
        note=f"{ns_a_cell[small]:.0f} -> {ns_a_cell[large]:.0f} ns CPU",
        has_floor=False,
    )


def serpentine(n: int, wide: int) -> NDArray[np.float64]:
    """Make a corridor ``wide`` cells wide between walls of two, that fills an n x n grid to and fro: the longest way there is."""
    friction = np.ones((n, n))
    for k, row in enumerate(range(wide, n - 1, wide + 2)):
        friction[row : row + 2, : n - wide if k % 2 == 0 else n] = np.inf
        if k % 2:
            friction[row : row + 2, :wide] = 1.0
    return friction


def _serpentine(wide: int) -> list[Score]:
    n = SERPENTINE_SIDE
    friction, source = serpentine(n, wide), np.zeros(1, dtype=np.int64)
    field = prepare_field(friction, 0.1)
    start = np.zeros((n, n), dtype=bool)
    start[0, 0] = True
    starts = field.padded(start)
    runs: dict[str, Solve] = {
        "ours": lambda: field.unpadded(solve(field, field.cost, starts, 8)),
        "bucket": lambda: field.unpadded(_by_buckets(field, starts, 8)),
    }
    peer = xarray_spatial(friction, source)
    if peer is not None:
        runs["xarray-spatial"] = peer
    truth = oracle(friction * 0.1, source)()
    found = {name: run() for name, run in runs.items()}
    seconds = interleaved(runs, 3)
    difference, missed = _difference(found["ours"], truth)
    name = f"{n}x{n} serpentine {wide} wide"
    scores = [
        Score(
            name=f"move {name}, largest relative difference to the oracle",
            value=difference,
            higher_is_better=False,
            beside="scipy 0; float32 2.6e-3",
            note=f"the longest way takes {np.max(truth[np.isfinite(truth)]) / 0.1:,.0f} cells",
        ),
        Score(name=f"move {name}, cells reached by one only", value=missed, higher_is_better=False),
        _ratio(name, "times the bucket queue alone", seconds["bucket"] / seconds["ours"], n, seconds["ours"]),
    ]
    if peer is not None:
        scores.append(
            _ratio(name, "times xarray-spatial", seconds["xarray-spatial"] / seconds["ours"], n, seconds["ours"])
        )
    return scores


MEMORY = """
import sys
import numpy as np
from wayout.move.field.network import Network
from wayout.move.travel_time import travel_time

def kib(what):
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith(what))

no_road = Network(cell=np.array([0]), join_h=np.array([1.0]), first=np.empty(0, int), second=np.empty(0, int), hours=np.empty(0))
network = no_road if sys.argv[2] == "bucket" else None
travel_time(np.ones((200, 200)), np.array([[0, 0]]), network=network)  # compiles
before = kib("VmRSS")
n = int(sys.argv[1])
friction = np.random.default_rng(0).uniform(0.02, 0.4, (n, n))
travel_time(friction, np.array([[n // 2, n // 2]]), network=network)
print((kib("VmHWM") - before) * 1024 / n**2)
"""
"""A process of its own, because the peak of this one is long past."""


def _memory() -> list[Score]:
    scores = []
    for kernel in ("sweeps", "bucket"):
        run = subprocess.run(
            [sys.executable, "-c", MEMORY, str(MEMORY_SIDE), kernel], capture_output=True, text=True, check=True
        )
        what = "sweeps" if kernel == "sweeps" else "bucket queue with roads"
        scores.append(
            Score(
                name=f"speed move peak memory, {what}, bytes a cell",
                value=float(run.stdout),
                higher_is_better=False,
                beside="goal 50",
                note=f"friction, padding and result included, {MEMORY_SIDE}x{MEMORY_SIDE}",
                has_floor=False,
            )
        )
    return scores


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


if __name__ == "__main__":
    for score in measure_large() if sys.argv[1:] == ["large"] else measure(Path()):
        print(f"{score.name:75} {score.value:10.4g}  {score.note}")
