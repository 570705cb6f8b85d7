"""Barriers on the grid: which cells each closes, and what passing an open one costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from wayout.model import ActorId, Barrier, Question
from wayout.move.ground.cells import part_cells, widen
from wayout.move.ground.grid import TheatreGrid, draw_area, draw_line

RING_KINDS = frozenset({"siege", "sealed", "stated_closed"})
"""Kinds that close a place's edge when the place they name is the source itself."""
RING_SHARE = 0.9
"""... that is, when their ground holds at least this share of the source."""
RING_CELLS = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlacedBarrier:
    """A barrier with the cells it closes when it is closed (never cells of the source)."""

    barrier: Barrier
    cells: NDArray[np.bool_]


def barriers_that_apply(
    barriers: Sequence[Barrier], question: Question, party_ids: Sequence[ActorId]
) -> tuple[Barrier, ...]:
    """
    Keep the barriers that concern the party in its time: those that block it (or everybody) and are valid by then.

    Parameters
    ----------
    barriers
        All barriers of the situation.
    question
        The party, the date and the horizon.
    party_ids
        Further ids the party counts as.

    Returns
    -------
    barriers
        In the order given.
    """
    kind_id = {"civilians": "civilians", "aid_convoy": "aid-convoys"}.get(question.party.kind)
    ids = {i for i in (question.party.actor, kind_id, *party_ids) if i}
    first = question.at.date()
    last = (question.at + timedelta(hours=question.within_h)).date()
    return tuple(
        b
        for b in barriers
        if (not b.blocks or ids & set(b.blocks))
        and (b.held_by is None or b.held_by not in ids)
        and (b.valid_from is None or b.valid_from <= last)
        and (b.valid_to is None or b.valid_to >= first)
    )


def place_barriers(
    grid: TheatreGrid, barriers: Sequence[Barrier], source: NDArray[np.bool_]
) -> tuple[PlacedBarrier, ...]:
    """
    Draw barriers onto the grid.

    Parameters
    ----------
    grid
        The theatre grid.
    barriers
        Barriers that apply.
    source
        Cells of the source area: the party is there, so they are never closed.

    Returns
    -------
    placed
        Those that close at least one cell, in the order given.
    """
    placed = [PlacedBarrier(barrier=b, cells=_cells(grid, b, source)) for b in barriers]
    return tuple(p for p in placed if p.cells.any())


def _cells(grid: TheatreGrid, barrier: Barrier, source: NDArray[np.bool_]) -> NDArray[np.bool_]:
    flat = grid.flatten(barrier.geometry)
    if barrier.geometry.area == 0:
        line = draw_line(grid, flat)
        # Where the line runs along the source's edge its cells are the source's: close the next cells outward instead.
        return (line | widen(line & source)) & ~source
    inside = draw_area(grid, flat)
    # Edge cells are taken in, so that a thin ring has no gap; but what lies within the source closes nothing round it.
    cells = inside | draw_line(grid, flat) if (inside & ~source).any() or not inside.any() else inside
    if barrier.kind in RING_KINDS and (cells & source).sum() >= RING_SHARE * source.sum():
        # What is said to be closed is the source itself: then its edge is.
        cells = cells | widen(source, RING_CELLS)
    return np.asarray(cells & ~source)


def delay_friction(
    grid: TheatreGrid, placed: Sequence[PlacedBarrier], start: NDArray[np.bool_], moving_share: float
) -> NDArray[np.float64]:
    """
    Compute the extra friction (hours of movement per km) of passing open barriers.

    The delay is paid once, on the cells of the barrier that face the start. It is a wait, so clock time; the share of
    the day that is travelled turns it into hours of movement.

    Parameters
    ----------
    grid
        The theatre grid.
    placed
        Placed barriers.
    start
        Where the party starts.
    moving_share
        Hours of movement a day divided by 24.

    Returns
    -------
    extra
        Hours per km, shape of the grid; 0 where there is no delay.
    """
    extra = np.zeros(grid.shape)
    for cells, wait_h in waits(placed, start, moving_share):
        extra[cells] += wait_h / grid.cell_km
    return extra


def waits(
    placed: Sequence[PlacedBarrier], start: NDArray[np.bool_], moving_share: float
) -> list[tuple[NDArray[np.bool_], float]]:
    """
    List where and how long a party waits to pass open barriers.

    Parameters
    ----------
    placed
        Placed barriers.
    start
        Where the party starts.
    moving_share
        Hours of movement a day divided by 24.

    Returns
    -------
    waits
        For each barrier with a delay, the cells where it is paid (those that face the start) and the hours of movement it is worth.
    """
    return [(_facing_edge(p.cells, start), p.barrier.delay_h * moving_share) for p in placed if p.barrier.delay_h > 0]


def _facing_edge(cells: NDArray[np.bool_], start: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the barrier's cells beside ground that the start reaches without entering the barrier."""
    regions, _ = part_cells(~cells)
    around = np.isin(regions, np.unique(regions[start & ~cells])) & ~cells
    edge: NDArray[np.bool_] = cells & widen(around)
    return edge
