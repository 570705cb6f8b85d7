"""
A seeded theatre of any size: rough ground, roads, rivers, borders, fronts, ridges, a source and ten exits.

Everything is placed in shares of the side, so that a theatre of 500 cells and one of 4,000 show the same country; only lines keep
their thickness (two cells: no move slips through) and roads theirs (one cell).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SLOWEST, FASTEST, USUAL = 0.43, 0.03, 0.11
"""Ground, hours per km (one cell is one km)."""
ROUGHNESS = 0.5
"""Standard deviation of the ground's log slowness."""
ROAD = 1 / 60
N_TOWNS, N_ARCS, N_RIDGES, N_EXITS = 28, 10, 14, 10
CROSSINGS = (7, 6)
SEGMENTS = (7, 7)
GAP = 0.010
"""Width of a river crossing, share of the side."""

Points = NDArray[np.float64]
Cells = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BenchTheatre:
    """
    Ground and barriers of a bench.

    ``friction`` (n, n) in h/km with every uncertain element open (``inf`` where closed for good); ``elements`` flat cell indices of
    each uncertain element; ``p_closed`` their probabilities; ``source`` and ``exits`` flat cell indices.
    """

    friction: NDArray[np.float64]
    elements: tuple[Cells, ...]
    p_closed: NDArray[np.float64]
    source: Cells
    exits: tuple[Cells, ...]

    def mask(self, cells: Cells) -> NDArray[np.bool_]:
        """Return flat cells as a mask of the grid."""
        flat = np.zeros(self.friction.size, dtype=bool)
        flat[cells] = True
        return flat.reshape(self.friction.shape)


def make_theatre(n: int = 500, seed: int = 5) -> BenchTheatre:
    """
    Make a theatre of ``n`` x ``n`` cells of 1 km.

    37 uncertain elements: 13 crossings of two rivers, 14 segments of two border lines, 10 front arcs with open ends.

    Parameters
    ----------
    n
        Cells a side, at least 100.
    seed
        The same seed gives the same lines, towns and exits at every size; the ground's waves differ.

    Returns
    -------
    theatre
        Its source reaches every exit when all elements are open.
    """
    rng = np.random.default_rng(seed)
    rivers = [_across(rng, 0.36, down=False), _across(rng, 0.66, down=True)]
    borders = [_across(rng, 0.20, down=True), _across(rng, 0.74, down=False)]
    arcs = [_arc(rng) for _ in range(N_ARCS)]
    ridges = [_ridge(rng) for _ in range(N_RIDGES)]
    towns = rng.uniform(0.04, 0.96, (N_TOWNS, 2))
    outline = rng.uniform(0.035, 0.06, 24)
    p_closed = rng.uniform(0.15, 0.95, sum(CROSSINGS) + sum(SEGMENTS) + N_ARCS)
    friction = _ground(n, rng)
    for a, b in _tree(towns):
        friction.flat[_cells(n, np.linspace(towns[a], towns[b], 4 * n), thick=1)] = ROAD
    walls, elements = [], []
    for river, count in zip(rivers, CROSSINGS, strict=True):
        wall, crossings = _cut_river(river, count)
        walls.append(_cells(n, wall))
        elements += [_cells(n, c) for c in crossings]
    for border, count in zip(borders, SEGMENTS, strict=True):
        elements += [_cells(n, part) for part in np.array_split(border, count)]
    elements += [_cells(n, arc) for arc in arcs]
    walls += [_cells(n, part) for ridge in ridges for part in ridge]
    crossings_all = np.concatenate(elements[: sum(CROSSINGS)])
    shut = np.setdiff1d(np.concatenate(walls), crossings_all)
    friction.flat[shut] = np.inf
    source = _disc(n, (0.46, 0.53), outline)
    elements = [np.setdiff1d(e, np.union1d(shut, source)) for e in elements]
    friction.flat[source[~np.isfinite(friction.flat[source])]] = USUAL
    exits = tuple(_exit(n, k, shut) for k in range(N_EXITS))
    return BenchTheatre(friction=friction, elements=tuple(elements), p_closed=p_closed, source=source, exits=exits)


def _ground(n: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw a lognormal field with a 1/f spectrum (its waves differ from size to size)."""
    short = 2 ** int(np.ceil(np.log2(n)))
    size = min(short, 2048)
    f = np.fft.rfftfreq(size)[None, :] ** 2 + np.fft.fftfreq(size)[:, None] ** 2
    f[0, 0] = np.inf
    noise = rng.standard_normal((size, size), dtype=np.float32)
    field: NDArray[np.floating] = np.fft.irfft2(np.fft.rfft2(noise) / f**0.75, s=(size, size))
    field = np.kron(field, np.ones((short // size, short // size)))[:n, :n]
    rough = (field - field.mean()) / field.std()
    return np.asarray(np.clip(USUAL * np.exp(ROUGHNESS * rough), FASTEST, SLOWEST), dtype=np.float64)


def _across(rng: np.random.Generator, at: float, *, down: bool) -> Points:
    """Draw a winding line from side to side, a little beyond both."""
    s = np.linspace(-0.01, 1.01, 4001)
    bends = sum(rng.uniform(0.5, 1) * 0.03 / k * np.sin(2 * np.pi * (k * s + rng.random())) for k in (1, 2, 3, 5))
    line = np.column_stack([s, at + bends])
    return line if down else line[:, ::-1]


def _arc(rng: np.random.Generator) -> Points:
    middle, radius = rng.uniform(0.1, 0.9, 2), rng.uniform(0.05, 0.14)
    first, span = rng.uniform(0, 2 * np.pi), np.radians(rng.uniform(120, 250))
    angle = np.linspace(first, first + span, 4001)
    return middle + radius * np.column_stack([np.sin(angle), np.cos(angle)])


def _ridge(rng: np.random.Generator) -> list[Points]:
    """Draw a straight ridge in two to four parts with gaps between."""
    start, angle, length = rng.uniform(0.05, 0.95, 2), rng.uniform(0, 2 * np.pi), rng.uniform(0.08, 0.25)
    end = start + length * np.array([np.sin(angle), np.cos(angle)])
    parts = np.array_split(np.linspace(start, end, 4001), int(rng.integers(2, 5)))
    return [part[: int(0.85 * len(part))] for part in parts]


def _cut_river(river: Points, count: int) -> tuple[Points, list[Points]]:
    along = np.linspace(0, 1, len(river))
    wall, crossings = np.ones(len(river), dtype=bool), []
    for k in range(count):
        here = np.abs(along - (k + 0.5) / count) < GAP / 2
        wall &= ~here
        crossings.append(river[here])
    return river[wall], crossings


def _tree(towns: Points) -> list[tuple[int, int]]:
    """Join the towns by the shortest tree, and each to its nearest neighbour not yet joined to it."""
    apart = np.hypot(*(towns[:, None] - towns[None]).transpose(2, 0, 1))
    joined, roads = {0}, []
    while len(joined) < len(towns):
        left = [t for t in range(len(towns)) if t not in joined]
        a, b = min(((i, j) for i in joined for j in left), key=lambda pair: apart[pair])
        roads.append((a, b))
        joined.add(b)
    known = {frozenset(r) for r in roads}
    for a in range(0, len(towns), 2):
        b = next(int(t) for t in np.argsort(apart[a])[1:] if frozenset((a, int(t))) not in known)
        roads.append((a, b))
    return roads


def _cells(n: int, line: Points, thick: int = 2) -> Cells:
    """Return the cells of a line (rows, columns in shares of the side), two thick unless told."""
    fine = line
    if thick > 1:  # points close enough that no cell on the way is left out
        step = np.hypot(*np.diff(line, axis=0).T)
        at = np.concatenate([[0.0], np.cumsum(step)])
        even = np.linspace(0, at[-1], max(2, int(4 * n * at[-1]) + 1))
        # A jump (a crossing, a gap) is no line: keep points near one that was given.
        keep = np.abs(at[np.searchsorted(at, even).clip(0, len(at) - 1)] - even) < 2e-3
        fine = np.column_stack([np.interp(even, at, line[:, 0]), np.interp(even, at, line[:, 1])])[keep]
    base = np.floor(fine * n).astype(np.int64)
    around = [base + np.array([dr, dc]) for dr in range(thick) for dc in range(thick)]
    cells = np.concatenate(around)
    cells = cells[((cells >= 0) & (cells < n)).all(axis=1)]
    return np.unique(cells[:, 0] * n + cells[:, 1])


def _disc(n: int, middle: tuple[float, float], radii: NDArray[np.float64]) -> Cells:
    """Return the cells of a polygon given by its radii round a middle."""
    row, col = np.mgrid[0:n, 0:n].reshape(2, -1)
    dr, dc = (row + 0.5) / n - middle[0], (col + 0.5) / n - middle[1]
    turn = np.arctan2(dr, dc) / (2 * np.pi) % 1.0
    edge = np.interp(turn, np.linspace(0, 1, len(radii) + 1), np.append(radii, radii[0]))
    return np.nonzero(np.hypot(dr, dc) <= edge)[0]


def _exit(n: int, k: int, shut: Cells) -> Cells:
    """Return a stretch of the frame, three cells deep."""
    around = (k + 0.5) / N_EXITS * 4
    side, at = int(around), around % 1
    low, high = max(0, int((at - 0.02) * n)), min(n, int((at + 0.02) * n) + 1)
    rows, cols = {
        0: (range(3), range(low, high)),
        1: (range(low, high), range(n - 3, n)),
        2: (range(n - 3, n), range(n - high, n - low)),
        3: (range(n - high, n - low), range(3)),
    }[side]
    cells = np.array([r * n + c for r in rows for c in cols], dtype=np.int64)
    return np.setdiff1d(cells, shut)
