"""Roads: from one place to another, perhaps by a third, along the towns that the map knows between them."""

from functools import lru_cache
from typing import Protocol, runtime_checkable

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from wayout.geo.line_cut import lens_between
from wayout.geo.town_path import corridor_by_towns
from wayout.locate.context import Ground
from wayout.locate.doubt import shape_of

TILE_DEG = 4
"""Towns are asked for in squares of this size, which are kept: the next road is often near the last."""
MARGIN_DEG = 0.5
"""Towns this far beyond the two ends may lie by the way."""
LONGEST_DEG = 20.0
"""A road longer than this is no one road; its ground is the ellipse."""


@runtime_checkable
class TownMap(Protocol):
    """A gazetteer that can list the towns round an area."""

    def towns_near(
        self, area: BaseGeometry, *, reach_deg: float, least_population: int
    ) -> tuple[tuple[float, float], ...]:
        """Return (lon, lat) of the towns."""
        ...


def road_ground(start: Point, end: Point, ground: Ground) -> tuple[BaseGeometry, bool]:
    """
    Build the ground of a road between two points.

    Parameters
    ----------
    start, end
        Points, lon/lat.
    ground
        Its gazetteer may know the towns between.

    Returns
    -------
    geometry
        A corridor along the towns between the two, lon/lat; an ellipse over the segment where none lies by the way.
    by_towns
        Whether it follows towns.
    """
    towns = _towns_between(start, end, ground)
    if not towns:
        return lens_between(start, end, shape_of("road_share"), shape_of("between_least_km")), False
    corridor = corridor_by_towns(start, end, towns, shape_of("road_corridor_share"), shape_of("between_least_km"))
    return corridor, True


def _towns_between(start: Point, end: Point, ground: Ground) -> list[tuple[float, float]]:
    west, south, east, north = shapely.MultiPoint([start, end]).bounds
    if not isinstance(ground.gazetteer, TownMap) or max(east - west, north - south) > LONGEST_DEG:
        return []
    columns = range(int((west - MARGIN_DEG) // TILE_DEG), int((east + MARGIN_DEG) // TILE_DEG) + 1)
    rows = range(int((south - MARGIN_DEG) // TILE_DEG), int((north + MARGIN_DEG) // TILE_DEG) + 1)
    return [town for x in columns for y in rows for town in _towns_of(ground.gazetteer, x, y)]


@lru_cache(maxsize=256)
def _towns_of(gazetteer: TownMap, column: int, row: int) -> tuple[tuple[float, float], ...]:
    west, south = column * TILE_DEG, row * TILE_DEG
    # Half open, so that a town on the edge of two squares is listed once.
    tile = shapely.box(west, south, west + TILE_DEG - 1e-9, south + TILE_DEG - 1e-9)
    return gazetteer.towns_near(tile, reach_deg=0.0, least_population=int(shape_of("road_town_least")))
