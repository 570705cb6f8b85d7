"""What a reader must know beside an answer: barriers that play no part, and sources that stand on water."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import shapely

from wayout.errors import InputError
from wayout.geo.layers import read_layer
from wayout.geo.rasters import WATER, landcover_at
from wayout.model import Barrier, Question, Reach
from wayout.move.ground.grid import meets
from wayout.ways_out.given import Given, Spot

SAMPLES_A_SIDE = 12
"""Points a side at which a source is looked at for water."""
RING_KINDS = ("siege", "sealed", "stated_closed")
"""Kinds that ring a source which they cover."""


def check_sources(spots: Sequence[Spot]) -> None:
    """
    Refuse sources that stand on water altogether.

    Parameters
    ----------
    spots
        Sources with surface.

    Raises
    ------
    InputError
        If one has no ground to stand on.
    """
    lakes = [f.geometry for f in read_layer("lakes")]
    for spot in spots:
        west, south, east, north = spot.geometry.bounds
        lon, lat = np.meshgrid(np.linspace(west, east, SAMPLES_A_SIDE), np.linspace(south, north, SAMPLES_A_SIDE))
        inside = shapely.intersects_xy(spot.geometry, lon, lat)
        middle = spot.geometry.representative_point()
        x, y = np.append(lon[inside], middle.x), np.append(lat[inside], middle.y)
        dry = landcover_at(x, y) != WATER
        for lake in lakes:
            if lake.intersects(spot.geometry):
                dry &= ~shapely.intersects_xy(lake, x, y)
        if not dry.any():
            raise InputError(
                f"{spot.label} lies on water, near {middle.x:.2f} E {middle.y:.2f} N; move it onto land (are longitude and "
                "latitude swapped?)"
            )


def barriers_in_time(barriers: Sequence[Barrier], question: Question) -> tuple[Barrier, ...]:
    """Keep the barriers that count within the horizon and for the party."""
    return tuple(b for b in barriers if _why_left_out(b, question) is None)


def remarks(given: Given, barriers: Sequence[Barrier], question: Question, reach: Reach) -> list[str]:
    """
    List what a reader must know: barriers that play no part, and why; exits to which no way leads over land.

    Parameters
    ----------
    given
        What was given.
    barriers
        All barriers.
    question
        Party and time.
    reach
        The answer: its frame is the theatre.

    Returns
    -------
    remarks
        One sentence each.
    """
    window = shapely.box(*reach.surface_bounds)
    source = shapely.union_all([s.geometry for s in given.sources or given.exits])
    told = []
    for barrier in barriers:
        why = _why_left_out(barrier, question)
        shape = barrier.geometry
        if why is None and not meets(shape, window):
            swapped = shapely.transform(shape, lambda xy: xy[:, ::-1])
            hint = "; are its longitude and latitude swapped?" if meets(swapped, window) else ""
            why = f"lies outside the theatre, {_frame(reach)}{hint}"
        elif why is None and source.covers(shape) and barrier.kind not in RING_KINDS:
            why = "lies inside the source, which no barrier closes"
        elif why is None and barrier.p_closed == 0 and barrier.delay_h == 0:
            why = "has p_closed 0 and no delay"
        if why is not None:
            told.append(f"barrier '{barrier.name}' plays no part: it {why}")
    told += [
        f"exit '{e.name}': on this ground no way over land leads there, whatever the barriers. Boats, ferries and bridges are "
        "known only from your own roads (--roads); if one serves, this figure does not count it"
        for e in reach.exits
        if given.exits and e.sealed_by == ()
    ]
    return told


def _frame(reach: Reach) -> str:
    west, south, east, north = reach.surface_bounds
    return f"which spans {west:.1f} to {east:.1f} E, {south:.1f} to {north:.1f} N"


def _why_left_out(barrier: Barrier, question: Question) -> str | None:
    first, last = question.at.date(), (question.at + timedelta(hours=question.within_h)).date()
    if barrier.valid_from is not None and barrier.valid_from > last:
        return f"counts from {_told(barrier.valid_from)} on, after the time asked about"
    if barrier.valid_to is not None and barrier.valid_to < first:
        return f"counted until {_told(barrier.valid_to)}, before the day asked about"
    if barrier.blocks and question.party.actor not in barrier.blocks:
        return f"does not stop {question.party.name}"
    return None


def _told(day: date) -> str:
    return day.isoformat()
