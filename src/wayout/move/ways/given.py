"""Exits given by the caller: the cells each asks to be reached, and what is wrong with it where there are none."""

import math
from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from wayout.errors import InputError
from wayout.geo.sectors import bearing_from
from wayout.move.ground.cells import widen
from wayout.move.ground.grid import draw
from wayout.move.options import GivenExit
from wayout.move.ways.targets import Target
from wayout.move.ways.theatre import Theatre

POINT_KM = 2.0
"""A point is reached within this distance of it, km, and in its own cell: positions of towns are no surer than that."""
EDGE_KM = 0.01
"""How far within an area its edge is, km, for a point on it."""
LINE_CELLS = 1
"""Cells beside a line that count as the line: a coast or a bank is drawn half on water."""


def given_targets(theatre: Theatre, exits: Sequence[GivenExit]) -> tuple[Target, ...]:
    """
    Place the caller's exits on the grid.

    A point is reached within :data:`POINT_KM` of it on its own side of barriers, a line at any of its cells, an area at any of its cells outside the source.

    Parameters
    ----------
    theatre
        The theatre; its grid holds the exits (:func:`wayout.move.ways.cover.ground_to_cover`).
    exits
        What the caller wants to reach.

    Returns
    -------
    targets
        In the order given, of kind ``place``.

    Raises
    ------
    InputError
        If an exit lies on ground that the party can never pass (water, slopes over its limit), or wholly in the source.
    """
    return tuple(_target(theatre, exit_) for exit_ in exits)


def _target(theatre: Theatre, exit_: GivenExit) -> Target:
    grid = theatre.grid
    flat = grid.plane.project(exit_.geometry)
    drawn = _cells(theatre, exit_)
    what = f"exit {exit_.id!r}" + (f" ({exit_.name})" if exit_.name != exit_.id else "")
    if not drawn.any():
        raise InputError(f"{what} lies outside the theatre; check that its coordinates are (longitude, latitude)")
    goal = drawn & ~theatre.source
    if not goal.any():
        raise InputError(f"{what} lies within the source, where the party is already; give a place outside it")
    goal &= _passable(theatre)
    if not goal.any():
        raise InputError(
            f"{what} lies on water or on ground that a party moving as '{theatre.profile.name}' can never pass; move it "
            "onto land, or give an area that holds some"
        )
    return Target(
        id=exit_.id,
        name=exit_.name,
        kind="place",
        goal=goal,
        ground=widen(drawn) & ~theatre.source,
        land=None,
        domain=None,
        outline=flat,
        bearing_deg=bearing_from(theatre.flat_area, flat.representative_point()),
        toward=(),
    )


def _cells(theatre: Theatre, exit_: GivenExit) -> NDArray[np.bool_]:
    grid = theatre.grid
    flat = grid.plane.project(exit_.geometry)
    if flat.area > 0:
        return draw(grid, flat)
    if flat.length > 0:
        cells = draw(grid, flat)
        return cells if (cells & _passable(theatre)).any() else widen(cells, LINE_CELLS)
    own = draw(grid, flat)
    near = own | draw(grid, flat.buffer(max(POINT_KM, 0.5 * grid.cell_km * math.sqrt(2))))
    kept = own | _on_its_side(theatre, flat, near)
    return kept if (kept & _passable(theatre)).any() else near


def _on_its_side(theatre: Theatre, flat: BaseGeometry, near: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Keep the cells near a point that no barrier parts from it: who stands before a fence is not behind it."""
    shapes = [theatre.grid.plane.project(p.barrier.geometry) for p in theatre.placed if (p.cells & near).any()]
    if not shapes:
        return near
    # A point on the edge of an area is still outside it; one on a line is where the line closes.
    walls = shapely.union_all([p.buffer(-EDGE_KM).boundary if p.area > 0 else p for p in shapely.get_parts(shapes)])
    x, y = theatre.grid.centres_km()
    kept = near.copy()
    kept[near] = ~shapely.intersects(shapely.shortest_line(shapely.points(x[near], y[near]), flat), walls)
    return kept


def _passable(theatre: Theatre) -> NDArray[np.bool_]:
    """Mark the cells that can be passed, on their ground or on a road (a pier, a pass that is too steep beside its road)."""
    cells = np.isfinite(theatre.friction)
    if theatre.network is not None:
        cells.ravel()[theatre.network.cell] = True
    return cells
