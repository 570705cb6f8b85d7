"""How long a kilometre takes, cell by cell: profile, slope, land cover, lakes and rivers with their crossings."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from wayout.geo.layers import read_layer
from wayout.model import Ground, MobilityProfile, MoveMode
from wayout.move.ground.borders import border_cells, countries_on, official_crossings
from wayout.move.ground.cells import widen_round
from wayout.move.ground.grid import TheatreGrid, draw_area, draw_line, meets
from wayout.move.ground.layers import pace_on, slope_on
from wayout.move.mobility import mode_of, moving_share

RIVER_MAX_RANK = 6.0
"""Natural Earth scale rank up to which a mapped river stops a party; smaller ones are fordable or dry in places."""
CROSSING_KM = 6.0
"""A river is bridged (or ferried) within this distance of a town; own estimate, about a cell."""
GATE_KM = 20.0
"""A border is passed at an official crossing within this distance of it: points and outlines are rough (median 1.4 km apart, 8 km
at the 95th percentile, 18 km at most)."""
STEEP_DEG_VEHICLE = 8.0
"""Mean 1 km slope at which vehicles on tracks are down to half their pace; own estimate."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Terrain:
    """
    The ground of a grid for one party: ``friction`` (hours per km, ``inf`` closed), and in words what it was made of.

    For parties to whom borders matter, ``land`` is the country of each cell and ``gates`` marks cells near an official crossing.
    """

    friction: NDArray[np.float64]
    layers: tuple[str, ...]
    land: NDArray[np.int16] | None = None
    gates: NDArray[np.bool_] | None = None


def survey(
    grid: TheatreGrid,
    profile: MobilityProfile,
    towns: Sequence[tuple[float, float]] = (),
    ground: Ground | None = None,
) -> Terrain:
    """
    Compute the friction (hours of movement per kilometre) of every cell of a theatre, and say what it was made of.

    Parameters
    ----------
    grid
        The theatre grid.
    profile
        How the party moves.
    towns
        (lon, lat) of populated places; rivers can be crossed at once near them, elsewhere at the profile's price.
    ground
        Relief and land cover of the user's own; where they do not reach, and without them, the shipped layers are taken.

    Returns
    -------
    terrain
        Friction, hours per km, shape of the grid (``inf`` on water and on ground steeper than the profile's limit), and layers.

    Raises
    ------
    InputError
        If a raster of the user's holds what it cannot hold: infinite heights, heights no ground has, classes not of its legend.
    """
    slope, relief_told = slope_on(grid, ground.relief if ground else None)
    mode = mode_of(profile)
    pace, cover_told = pace_on(grid, mode, ground.landcover if ground else None)
    pace = pace / slope_slowdown(slope, mode)
    with np.errstate(divide="ignore"):
        friction = np.where(pace > 0, 1.0 / (profile.speed_kmh * pace), np.inf)
    friction[slope > profile.slope_limit_deg] = np.inf
    friction[draw_lakes(grid)] = np.inf
    rivers = draw_rivers(grid) & ~near_points(grid, towns, CROSSING_KM)
    # A river takes its time once: it is one cell wide, so the time is spread over that cell's width. It is a wait, so clock time.
    share = moving_share(profile)
    friction[rivers] += profile.water_crossing_h * share / grid.cell_km
    waters_told = "rivers and lakes: shipped Natural Earth 1:10 million" + (
        f"; within {CROSSING_KM:g} km of towns rivers are taken to have a bridge or ferry" if len(towns) else ""
    )
    land = gates = None
    borders_told = "borders: no barrier of themselves to such a party"
    if profile.border_h > 0:
        land, gates = countries_on(grid), near_points(grid, official_crossings(), GATE_KM)
        borders = border_cells(land)
        friction[borders & ~gates] += profile.border_h * share / grid.cell_km
        borders_told = f"borders: {profile.border_h:g} h to pass away from the official crossings we know"
    return Terrain(
        friction=friction,
        layers=(relief_told, cover_told, waters_told, borders_told),
        land=land,
        gates=gates,
    )


def build_friction(
    grid: TheatreGrid,
    profile: MobilityProfile,
    towns: Sequence[tuple[float, float]] = (),
    ground: Ground | None = None,
) -> NDArray[np.float64]:
    """Return the friction of :func:`survey` alone: hours per km, shape of the grid."""
    return survey(grid, profile, towns, ground).friction


def slope_slowdown(slope_deg: NDArray[np.float64], mode: MoveMode) -> NDArray[np.float64]:
    """
    Return how many times longer a kilometre takes on sloping ground than on the flat.

    On foot by Tobler's hiking function, the mean of up and down (a party that crosses a cell of mean slope does both), so
    that times are the same there and back. In vehicles ``1 + (slope / 8 deg)^2``, our own estimate.

    Parameters
    ----------
    slope_deg
        Mean slope, degrees.
    mode
        ``"foot"`` or ``"vehicle"``.

    Returns
    -------
    slowdown
        At least 1.

    References
    ----------
    Tobler (1993), Three presentations on geographical analysis and modeling, NCGIA 93-1
    """
    if mode == "vehicle":
        return np.asarray(1.0 + (slope_deg / STEEP_DEG_VEHICLE) ** 2, dtype=np.float64)
    rise = np.tan(np.radians(slope_deg))
    up, down = np.exp(3.5 * np.abs(rise + 0.05)), np.exp(3.5 * np.abs(rise - 0.05))
    return np.asarray(np.maximum((up + down) / 2 / np.exp(3.5 * 0.05), 1.0), dtype=np.float64)


def draw_lakes(grid: TheatreGrid) -> NDArray[np.bool_]:
    """Mark the cells inside lakes."""
    return draw_area(grid, _features(grid, "lakes", None))


def draw_rivers(grid: TheatreGrid) -> NDArray[np.bool_]:
    """Mark the cells that large rivers run through, joined side to side."""
    return draw_line(grid, _features(grid, "rivers", RIVER_MAX_RANK))


def near_points(grid: TheatreGrid, points: Sequence[tuple[float, float]], km: float) -> NDArray[np.bool_]:
    """Mark the cells within ``km`` of any (lon, lat) point, and at least the cells beside it."""
    cells = np.zeros(grid.shape, dtype=bool)
    if not points:
        return cells
    lonlat = np.asarray(points, dtype=np.float64)
    x, y = grid.to_km(lonlat[:, 0], lonlat[:, 1])
    row, col = grid.cell_of(x, y)
    inside = (row >= 0) & (row < grid.shape[0]) & (col >= 0) & (col < grid.shape[1])
    cells[row[inside], col[inside]] = True
    return widen_round(cells, max(1, round(km / grid.cell_km)))


def _features(grid: TheatreGrid, layer: str, max_rank: float | None) -> BaseGeometry:
    """Return a layer's features in the grid's window, on the plane, as one geometry."""
    west, south, east, north = grid.bounds_lonlat()
    window = shapely.box(west, south, east, north)
    chosen = [
        feature.geometry
        for feature in read_layer(layer)
        if (max_rank is None or float(feature.properties.get("rank", 0)) <= max_rank)
        and meets(feature.geometry, window)
    ]
    return grid.flatten(shapely.union_all(chosen)) if chosen else shapely.GeometryCollection()
