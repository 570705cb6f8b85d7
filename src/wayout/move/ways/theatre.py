"""The theatre of one question: grid, ground, source, start and placed barriers, prepared once."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from wayout.errors import InputError
from wayout.geo.borders import countries_of, country_outline
from wayout.geo.compass import buffer_km
from wayout.model import Ground, MobilityProfile, Question, Situation
from wayout.move.field.memory import machine_memory
from wayout.move.field.network import Network
from wayout.move.friction import Terrain, survey
from wayout.move.ground.barrier_cells import PlacedBarrier, barriers_that_apply, delay_friction, place_barriers, waits
from wayout.move.ground.borders import with_border_waits
from wayout.move.ground.cells import distance_inside, part_cells
from wayout.move.ground.grid import TheatreGrid, draw_area, draw_line, make_grid
from wayout.move.ground.road_cells import LaidRoads
from wayout.move.ground.roads import lay_roads, make_network, with_waits
from wayout.move.mobility import moving_hours, moving_share
from wayout.move.options import MoveOptions
from wayout.move.ways.cover import ground_to_cover

MIN_SOURCE_KM = 3.0
"""A place without surface is taken as a disc of at least this radius, km."""
HOME_SHARE = 0.25
"""Countries that hold at least this share of the area are the party's own; others are abroad."""
CORE_DEPTH = 0.5
"""The party starts in the core of its area: cells at least this share of the greatest depth from the edge ..."""
CORE_KM = 25.0
"""... or this deep in large areas, where nothing says that it is in the very middle."""
EXIT_SHARE = {"armed_group": 1.5, "civilians": 0.4, "aid_convoy": 0.4}
"""A direction is left once the party is this share of the area's equivalent radius beyond its edge: those who flee need to be
past what rings the area, those who are hunted out of the ground that is held against them ..."""
MIN_EXIT_KM = {"armed_group": 60.0, "civilians": 20.0, "aid_convoy": 20.0}
"""... but at least this far: beyond what rings a town, or beyond the next operation for those who are hunted."""
MAX_EXIT_KM = 150.0
"""... and at most this far, however large the area."""


BYTES_A_CELL = 200
"""Most memory of a theatre's layers while they are made, bytes a cell (measured: 100 at 5.8 million cells with the shipped layers; a
user's own rasters take more)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Theatre:
    """
    Everything MOVE needs on one grid.

    ``friction`` is hours of movement per km with every barrier open (delays of passing them included); ``beyond_km`` the
    distance of each cell from the source's edge; ``exit_km`` how far beyond the edge counts as out; ``home`` the codes of
    the countries the area lies in. ``must_cross_border`` tells that a party is out only abroad, where a border is near: an
    armed group in a country is hunted there, wherever in it it goes. ``network`` are the roads on the grid with the party's
    hours, ``roads`` where they run (both ``None`` without roads); ``layers`` says in words what the ground was made of.
    """

    grid: TheatreGrid
    profile: MobilityProfile
    area: BaseGeometry
    flat_area: BaseGeometry
    source: NDArray[np.bool_]
    start: NDArray[np.bool_]
    friction: NDArray[np.float64]
    beyond_km: NDArray[np.float64]
    placed: tuple[PlacedBarrier, ...]
    horizon_moving_h: float
    exit_km: float
    home: frozenset[str]
    must_cross_border: bool = False
    network: Network | None = None
    roads: LaidRoads | None = None
    layers: tuple[str, ...] = ()


def open_theatre(question: Question, situation: Situation, options: MoveOptions) -> Theatre:
    """
    Prepare the theatre of a question.

    Parameters
    ----------
    question
        Party, area, date and horizon.
    situation
        Gives the barriers.
    options
        Cell size, towns, further ids of the party.

    Returns
    -------
    theatre
        Grid, ground and placed barriers.

    Raises
    ------
    InputError
        If the source has no extent, or, where the caller gives the exits, lies wholly on water or too far from one of them.
    """
    profile = question.party.mobility
    horizon = moving_hours(question.within_h, profile)
    area = source_area(question)
    fastest_kmh = max(
        [profile.speed_kmh, *(kmh for _, kmh in profile.road_kmh if options.ground and options.ground.roads)]
    )
    grid = make_grid(area, horizon * fastest_kmh, options.cell_km, cover=ground_to_cover(area, options.exits))
    _ask_for_memory(grid.shape)
    flat = grid.plane.project(area)
    home = countries_of(area, least_share=HOME_SHARE) or countries_of(area, least_share=0.0)[:1]
    # Who draws his own exits draws his own areas: nothing of them is a rough outline's spill.
    source = _source_cells(grid, area, flat, () if options.exits else home)
    terrain = survey(grid, profile, options.towns, options.ground)
    friction = terrain.friction
    if options.exits and not np.isfinite(friction[source]).any():
        raise InputError(
            f"the whole source ({question.area_text}) lies on water or on ground that a party moving as "
            f"'{profile.name}' can never pass; move it onto land"
        )
    friction, start = _start_cells(friction, source, CORE_KM / grid.cell_km)
    applying = barriers_that_apply(situation.barriers, question, options.party_ids)
    placed = place_barriers(grid, applying, source)
    laid, network = _roads(grid, profile, terrain, friction, options.ground)
    share = moving_share(profile)
    for cells, wait_h in waits(placed, start, share):
        network = with_waits(network, cells, wait_h) if network is not None else None
    friction = friction + delay_friction(grid, placed, start, share)
    radius_km = math.sqrt(flat.area / math.pi)
    return Theatre(
        grid=grid,
        profile=profile,
        area=area,
        flat_area=flat,
        source=source,
        start=start,
        friction=friction,
        beyond_km=distance_inside(~source) * grid.cell_km,
        placed=placed,
        horizon_moving_h=horizon,
        exit_km=min(max(EXIT_SHARE[question.party.kind] * radius_km, MIN_EXIT_KM[question.party.kind]), MAX_EXIT_KM),
        home=frozenset(home),
        must_cross_border=question.party.kind == "armed_group" and question.party.aim == "out",
        network=network,
        roads=laid,
        layers=(*terrain.layers, _roads_told(options.ground, laid), *(options.ground.notes if options.ground else ())),
    )


def _roads(
    grid: TheatreGrid, profile: MobilityProfile, terrain: Terrain, friction: NDArray[np.float64], ground: Ground | None
) -> tuple[LaidRoads | None, Network | None]:
    """Lay the user's roads on the grid; none if there are none near it."""
    if ground is None or ground.roads is None:
        return None, None
    laid = lay_roads(grid, ground.roads)
    if not laid.km.size:
        return None, None
    network = make_network(grid, laid, ground.roads, profile, friction)
    if terrain.land is not None and terrain.gates is not None:
        network = with_border_waits(network, terrain.land, terrain.gates, profile.border_h * moving_share(profile))
    return laid, network


def _roads_told(ground: Ground | None, laid: LaidRoads | None) -> str:
    if ground is None or ground.roads is None:
        return "roads: none given; times are across country"
    if laid is None:
        return f"roads: none of {ground.roads.source} lies in the frame; times are across country"
    return f"roads: {ground.roads.source}, {laid.km.sum():,.0f} km in the frame"


def _ask_for_memory(shape: tuple[int, int]) -> None:
    """Refuse a grid that the theatre's layers would not fit for, before any of them is taken."""
    need, have = shape[0] * shape[1] * BYTES_A_CELL, machine_memory()
    if need > have:
        raise InputError(
            f"a grid of {shape[0]:,} x {shape[1]:,} cells needs some {need / 1e9:,.0f} GB; this machine has {have / 1e9:,.0f} GB: "
            "take larger cells (cell_km) or a smaller area"
        )


def source_area(question: Question) -> BaseGeometry:
    """Return the area the party leaves or wants to reach, lon/lat, with surface."""
    radius_km = max(question.area.radius_km, MIN_SOURCE_KM)
    parts = list(getattr(question.area.geometry, "geoms", [question.area.geometry]))
    if all(part.area > 0 for part in parts):
        return question.area.geometry
    return shapely.union_all([part if part.area > 0 else buffer_km(part, radius_km) for part in parts])


def _source_cells(grid: TheatreGrid, area: BaseGeometry, flat: BaseGeometry, home: Sequence[str]) -> NDArray[np.bool_]:
    """
    Mark the area's cells, less what an approximate outline spills over a border.

    A desert or a "between" is drawn roughly: its slivers abroad are not where the party is, and would let it cross the
    border without crossing it.
    """
    cells = np.zeros(grid.shape, dtype=bool)
    for part in getattr(flat, "geoms", [flat]):
        inside = draw_area(grid, part)
        cells |= inside if inside.any() else draw_line(grid, part)
    outlines = [outline for code in home if (outline := country_outline(code)) is not None]
    spilled = area if not outlines else area.difference(shapely.union_all(outlines))
    if outlines and not spilled.is_empty:
        kept = np.logical_or.reduce([draw_area(grid, grid.flatten(o)) for o in outlines])
        cells = cells & kept if (cells & kept).any() else cells
    return cells


def _start_cells(
    friction: NDArray[np.float64], source: NDArray[np.bool_], deep_cells: float
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the passable core of each part of the source; a source wholly on water is given ordinary ground."""
    if not np.isfinite(friction[source]).any():
        finite = friction[np.isfinite(friction)]
        friction = np.where(source, np.median(finite) if finite.size else 1.0, friction)
    ground = source & np.isfinite(friction)
    # The array is padded so that a source at the grid's edge has an edge there too.
    depth = distance_inside(np.pad(ground, 1))[1:-1, 1:-1]
    parts, n_parts = part_cells(ground)
    deepest = np.zeros(n_parts + 1)
    np.maximum.at(deepest, parts, depth)
    return friction, ground & (depth >= np.minimum(CORE_DEPTH * deepest[parts], deep_cells))
