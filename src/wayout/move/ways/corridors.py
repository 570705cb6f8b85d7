"""The corridor to an exit: the ground of all ways nearly as fast as the fastest, in the worlds that matter."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from wayout.move.ways.solved import Scene, Solved
from wayout.move.ways.theatre import Theatre

MOST_WORLDS = 8
CELL_BUDGET = 600_000
"""Cells solved an exit, beyond the first world: on large grids fewer worlds are looked at."""
MOST_OF = 0.5
"""Ground counts that lies in the corridor in at least this share of the worlds looked at, by probability."""
ROUTE_WIDTH, JOIN, SMOOTH = 0.6, 0.1, 0.5
"""Half-width of the ground round the drawn route, how much squares are widened so that those which touch at a corner hang
together, and how far the outline may be moved: in squares."""


def likely_worlds(solved: Solved, most: int) -> list[tuple[int, float]]:
    """
    Choose combinations that stand for the worlds in which a target is reached.

    Combinations in which it is reached at the same time differ in what does not matter to it; the most probable of them
    stands for all.

    Parameters
    ----------
    solved
        A solved target.
    most
        Most combinations to choose.

    Returns
    -------
    worlds
        (row, probability of all it stands for): the most probable combination first, then by that probability.
    """
    states = solved.outcome.states
    arrivals, weights, p = solved.arrivals, states.weights, states.p_rows()
    rows = np.nonzero(np.isfinite(arrivals) & (p > 0))[0]
    if not rows.size:
        return []
    _, kind = np.unique(np.round(arrivals[rows], 9), return_inverse=True)
    total = np.bincount(kind, weights=weights[rows])
    order = np.argsort(-p[rows], kind="stable")
    kinds, at = np.unique(kind[order], return_index=True)
    first = dict(zip(kinds.tolist(), rows[order[at]].tolist(), strict=True))
    best = int(kind[order[0]])
    ranked = [best, *sorted(set(first) - {best}, key=lambda k: (-round(float(total[k]), 12), first[k]))]
    return [(first[k], float(total[k])) for k in ranked[:most]]


def corridor(theatre: Theatre, solved: Solved, route: BaseGeometry | None, floor_km: float) -> BaseGeometry | None:
    """
    Draw the ground of all ways at most a tenth slower than the fastest: d(start) + d(exit) <= 1.1 x best.

    It is that ground in the most probable world in which the exit is reached, and what is such ground in at least half of the
    worlds looked at (by probability; one reverse solve each).

    Parameters
    ----------
    theatre
        The theatre.
    solved
        A solved target.
    route
        The drawn route, lon/lat; it lies within the corridor.
    floor_km
        The corridor is drawn no finer than this, km.

    Returns
    -------
    corridor
        Area, lon/lat, made of squares of the floor's size (or the grid's, if that is coarser) and smoothed; ``None`` where the
        exit is never reached.
    """
    scene = solved.scene
    worlds = likely_worlds(solved, max(1, min(MOST_WORLDS, CELL_BUDGET // scene.field.size)))
    if not worlds:
        return None
    share = np.zeros(scene.field.shape)
    likeliest = np.zeros(scene.field.shape, dtype=bool)
    for row, weight in worlds:
        inside = scene.nearly_as_fast(solved.column, solved.outcome.states.closed(row))
        likeliest = inside if row == worlds[0][0] else likeliest
        share += inside * weight
    inside = likeliest | (share >= MOST_OF * sum(weight for _, weight in worlds))
    return _outline(theatre, scene, inside, route, max(floor_km, theatre.grid.cell_km))


def _outline(
    theatre: Theatre, scene: Scene, inside: NDArray[np.bool_], route: BaseGeometry | None, square_km: float
) -> BaseGeometry:
    rows, cols = np.nonzero(inside)
    x = theatre.grid.west_km + (cols + scene.window[1].start + 0.5) * theatre.grid.cell_km
    y = theatre.grid.north_km - (rows + scene.window[0].start + 0.5) * theatre.grid.cell_km
    corner = np.unique(np.floor(x / square_km) + 1j * np.floor(y / square_km)) * square_km
    west, south = corner.real, corner.imag
    squares = shapely.box(west, south, west + square_km, south + square_km)
    ground = [shapely.buffer(shapely.coverage_union_all(squares), JOIN * square_km, join_style="mitre")]
    if route is not None:
        ground.append(theatre.grid.plane.project(route).buffer(ROUTE_WIDTH * square_km))
    smooth = shapely.simplify(shapely.union_all(ground), SMOOTH * square_km)
    return theatre.grid.plane.unproject(smooth)
