"""What counts as an exit: directions out of the source, neighbouring countries, neighbouring provinces."""

import math
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from wayout.geo.directions import COMPASS
from wayout.geo.layers import Feature, read_layer
from wayout.geo.sectors import bearing_from, flat_sector
from wayout.model import ExitKind
from wayout.move.ground.cells import distance_inside, widen
from wayout.move.ground.grid import draw_area, meets
from wayout.move.ways.theatre import Theatre

BAND_SHARE = 0.5
"""A direction's goal is a band this much deeper than the exit distance: not ground that is reached by going round."""
CORE_WIDTH = {4: 30.0, 8: 15.0}
"""Half-width (degrees) of the sector in which a direction's goal lies: the ground that is clearly that way."""
PATH_WIDTH = {4: 60.0, 8: 40.0}
"""Half-width (degrees) of the sector a way in that direction may use; a way that swings wider leaves another way."""
DIRECTION_SHARE = 0.1
"""Share of a direction's passable goal that must be reached: slivers between two areas are not a way out."""
DEEP_KM = 10.0
"""A country or province is reached this far inside its border, km (half its depth where it is smaller)."""
PROVINCE_OVERLAP = 0.05
"""Provinces that hold more of the source than this, or are covered by it more, are no exits."""
NEAR_COUNTRY_KM = 250.0
NEAR_PROVINCE_KM = 120.0
BORDER_DOUBT_KM = 4.0
"""Border lines of neighbouring countries differ by less than this on the simplified map, km."""
MOST_COUNTRIES = 6
MOST_PROVINCES = 10
SMALL_GOAL_CELLS = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Land:
    """A country or province on the grid, with its nearest distance to the source's edge."""

    code: str
    name: str
    country: str
    cells: NDArray[np.bool_]
    near_km: float
    feature: Feature


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Target:
    """
    An exit before it is solved.

    ``goal`` are the cells to reach; ``ground`` the nearer ground that way, which a report must touch to bear on this
    exit; ``land`` the whole country or province with its border (``None`` for directions); ``domain`` the cells a way may
    use (``None``: any).
    """

    id: str
    name: str
    kind: ExitKind
    goal: NDArray[np.bool_]
    ground: NDArray[np.bool_]
    land: NDArray[np.bool_] | None
    domain: NDArray[np.bool_] | None
    outline: BaseGeometry
    bearing_deg: float
    toward: tuple[str, ...]
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Surroundings:
    """The countries and provinces round the source; ``home`` are the codes of its own countries."""

    countries: tuple[Land, ...]
    provinces: tuple[Land, ...]
    home: frozenset[str]


def look_around(theatre: Theatre) -> Surroundings:
    """Draw the countries and the nearer provinces onto the grid, nearest first."""
    west, south, east, north = theatre.grid.bounds_lonlat()
    countries = _lands(theatre, "countries", shapely.box(west, south, east, north))
    near = NEAR_PROVINCE_KM / 111.0
    west, south, east, north = theatre.area.bounds
    # A degree of longitude shrinks with latitude; twice the width covers up to 60 degrees.
    provinces = _lands(theatre, "admin1", shapely.box(west - 2 * near, south - near, east + 2 * near, north + near))
    return Surroundings(countries=countries, provinces=provinces, home=theatre.home)


def _lands(theatre: Theatre, layer: str, window: BaseGeometry) -> tuple[Land, ...]:
    lands = []
    for feature in read_layer(layer):
        if not meets(feature.geometry, window):
            continue
        cells = draw_area(theatre.grid, theatre.grid.flatten(feature.geometry))
        if cells.any():
            own = str(feature.properties.get("iso_a2") or feature.properties.get("id"))
            lands.append(
                Land(
                    code=own,
                    name=str(feature.properties["name"]),
                    country=str(feature.properties.get("country") or own),
                    cells=cells,
                    near_km=float(theatre.beyond_km[cells].min()),
                    feature=feature,
                )
            )
    return tuple(sorted(lands, key=lambda land: (land.near_km, land.code)))


def make_targets(theatre: Theatre, around: Surroundings, directions: int) -> tuple[Target, ...]:
    """
    List what may be reached.

    Parameters
    ----------
    theatre
        The theatre.
    around
        Countries and provinces.
    directions
        4 or 8 compass directions.

    Returns
    -------
    targets
        Directions clockwise from north, then countries and provinces, nearest first.
    """
    ways = [_direction(theatre, around, k * 360.0 / directions, directions) for k in range(directions)]
    foreign = [c for c in around.countries if c.code not in around.home and c.near_km <= NEAR_COUNTRY_KM]
    touching = [
        t for c in foreign[:MOST_COUNTRIES] if (t := _land_target(theatre, c, "border", around)).domain is not None
    ]
    n_source = theatre.source.sum()
    beside = [
        p
        for p in around.provinces
        if p.near_km <= NEAR_PROVINCE_KM
        and (inside := (p.cells & theatre.source).sum()) <= PROVINCE_OVERLAP * min(n_source, p.cells.sum())
        and inside < p.cells.sum()
    ]
    provinces = [_land_target(theatre, p, "province", around) for p in beside[:MOST_PROVINCES]]
    return tuple(t for t in (*ways, *touching, *provinces) if t.kind == "direction" or t.goal.sum() >= SMALL_GOAL_CELLS)


BORDER_SHARE = 0.1
"""Where foreign ground is at least this share of a direction's ground, an armed group is out only across the border."""


def _direction(theatre: Theatre, around: Surroundings, bearing: float, directions: int) -> Target:
    grid, far = theatre.grid, theatre.exit_km * (1 + BAND_SHARE) + 2 * theatre.grid.cell_km
    hull = theatre.flat_area.convex_hull
    core = flat_sector(theatre.flat_area, bearing, CORE_WIDTH[directions], far)
    path = flat_sector(theatre.flat_area, bearing, PATH_WIDTH[directions], far + 2 * grid.cell_km)
    core_cells = draw_area(grid, core) & ~theatre.source
    abroad = np.zeros(grid.shape, dtype=bool)
    for land in around.countries:
        if land.code not in around.home:
            abroad |= deep_cells(land.cells, grid.cell_km)
    over_border = core_cells & abroad & (theatre.beyond_km >= DEEP_KM)
    goal = over_border | (core_cells & (theatre.beyond_km >= theatre.exit_km))
    if theatre.must_cross_border and over_border.sum() >= BORDER_SHARE * core_cells.sum():
        goal = over_border
    domain = theatre.source | draw_area(grid, hull) | draw_area(grid, path)
    name = COMPASS[round(bearing / 45.0) % 8]
    return Target(
        id=f"direction:{name}",
        name=name,
        kind="direction",
        goal=goal,
        ground=core_cells,
        land=None,
        domain=domain,
        outline=core.difference(hull.buffer(theatre.exit_km)),
        bearing_deg=bearing,
        toward=_toward(around, core_cells),
    )


def _toward(around: Surroundings, cells: NDArray[np.bool_]) -> tuple[str, ...]:
    """Name the foreign countries, then the provinces, that lie in some cells, nearest first."""
    countries = [c.name for c in around.countries if c.code not in around.home and (c.cells & cells).any()]
    enough = max(SMALL_GOAL_CELLS, 0.05 * cells.sum())
    provinces = [p.name for p in around.provinces if (p.cells & cells).sum() >= enough]
    return tuple(dict.fromkeys([*countries, *provinces]))


def _direct_ground(theatre: Theatre, land: Land, around: Surroundings) -> NDArray[np.bool_] | None:
    """
    Return the ground of ways that go straight from the party's own country: that, and the land's country.

    Strips along third countries are left out, so that their borders play no part. ``None`` (any way) where the land's
    country does not touch the party's own: then it is reached through others.
    """
    own = {*around.home, land.country}
    blank = np.zeros(theatre.grid.shape, dtype=bool)
    home = np.logical_or.reduce([c.cells for c in around.countries if c.code in around.home] or [blank])
    theirs = np.logical_or.reduce([c.cells for c in around.countries if c.code == land.country] or [blank])
    if not (widen(theirs, 2) & (home | theatre.source)).any():
        return None
    third = np.logical_or.reduce([c.cells for c in around.countries if c.code not in own] or [blank])
    strip = 1 + math.ceil(BORDER_DOUBT_KM / theatre.grid.cell_km)
    return np.asarray(~widen(third, strip) | theatre.source)


def _land_target(theatre: Theatre, land: Land, kind: ExitKind, around: Surroundings) -> Target:
    grid = theatre.grid
    outside = land.cells & ~theatre.source
    goal = deep_cells(land.cells, grid.cell_km) & outside
    x, y = grid.centres_km()
    near = outside & (theatre.beyond_km <= land.near_km + theatre.exit_km) if outside.any() else outside
    middle = Point(float(x[near].mean()), float(y[near].mean())) if near.any() else theatre.flat_area.centroid
    flat = grid.flatten(land.feature.geometry).intersection(grid.frame_km())
    beside = near if kind == "border" else np.zeros_like(near)
    return Target(
        id=f"{kind}:{land.code}",
        name=land.name,
        kind=kind,
        goal=goal,
        ground=widen(near, 2) & ~theatre.source,
        land=widen(land.cells, 2),
        domain=_direct_ground(theatre, land, around),
        outline=flat,
        bearing_deg=bearing_from(theatre.flat_area, middle),
        toward=tuple(
            p.name for p in around.provinces if p.country == land.code and (p.cells & beside).sum() >= SMALL_GOAL_CELLS
        ),
        country=land.country,
    )


def deep_cells(cells: NDArray[np.bool_], cell_km: float) -> NDArray[np.bool_]:
    """Return the cells at least :data:`DEEP_KM` inside an area, or in its inner half where it is too small for that."""
    if not cells.any() or cells.all():
        return cells
    depth = distance_inside(cells) * cell_km
    inner_km = 0.5 * float(depth.max())
    return np.asarray(depth >= DEEP_KM) if inner_km >= DEEP_KM else np.asarray(depth > inner_km)
