"""The theatre grid: square cells in km round the source area, and geometries drawn onto it without leaks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.affinity import translate
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

from wayout.errors import InputError
from wayout.geo.compass import LocalPlane, plane_around

MIN_MARGIN_KM = 150.0
"""Ground looked at beyond the source on each side, at least: neighbouring provinces and borders lie within it."""
MAX_MARGIN_KM = 300.0
"""... and at most, beside half the area's own size: farther, hours of movement say little without roads."""
MIN_CELL_KM = 1.0
MAX_CELL_KM = 5.0
CELLS_A_SIDE = 230
"""Cells along the longer side at which the finest fitting cell is chosen: some 50,000 cells, milliseconds a solve."""
MAX_CELLS_A_SIDE = 350
"""Above this (very large areas) cells grow beyond :data:`MAX_CELL_KM`."""
COVER_MARGIN_KM = 50.0
"""Ground beyond what the grid is asked to cover: ways come to an exit from all sides, not only from the source's."""
SAMPLES_A_CELL = 4
"""Points per cell length when a line is drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TheatreGrid:
    """
    Square cells on a local plane (azimuthal equidistant, km); row 0 north, column 0 west.

    ``west_km``/``north_km`` are the outer edges on the plane.
    """

    plane: LocalPlane
    cell_km: float
    west_km: float
    north_km: float
    shape: tuple[int, int]

    def centres_km(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return x and y of every cell's centre, km on the plane, each of the grid's shape."""
        rows, cols = self.shape
        x = self.west_km + self.cell_km * (np.arange(cols) + 0.5)
        y = self.north_km - self.cell_km * (np.arange(rows) + 0.5)
        xx, yy = np.meshgrid(x, y)
        return xx, yy

    def centres_lonlat(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return longitude and latitude of every cell's centre, degrees."""
        x, y = self.centres_km()
        return self.to_lonlat(x, y)

    def to_lonlat(
        self, x: NDArray[np.float64], y: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Bring plane coordinates (km) to degrees."""
        lon, lat = self._transformer().transform(x, y, direction="INVERSE")
        return np.asarray(lon), np.asarray(lat)

    def to_km(
        self, lon: NDArray[np.float64], lat: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Bring degrees to plane coordinates (km)."""
        x, y = self._transformer().transform(lon, lat)
        return np.asarray(x), np.asarray(y)

    def cell_of(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return row and column of plane points; they may lie outside the grid."""
        row = np.floor((self.north_km - np.asarray(y)) / self.cell_km).astype(np.int64)
        col = np.floor((np.asarray(x) - self.west_km) / self.cell_km).astype(np.int64)
        return row, col

    def frame_km(self) -> Polygon:
        """Return the grid's outline on the plane, km."""
        rows, cols = self.shape
        return box(self.west_km, self.north_km - rows * self.cell_km, self.west_km + cols * self.cell_km, self.north_km)

    def bounds_lonlat(self) -> tuple[float, float, float, float]:
        """Return (west, south, east, north) degrees of a frame that holds the whole grid; west may be below -180."""
        edge = shapely.segmentize(self.frame_km().exterior, self.cell_km * 4)
        xy = shapely.get_coordinates(edge)
        lon, lat = self.to_lonlat(xy[:, 0], xy[:, 1])
        lon = self.plane.lon + (lon - self.plane.lon + 180) % 360 - 180
        return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())

    def flatten(self, geometry: BaseGeometry) -> BaseGeometry:
        """
        Bring a lon/lat geometry onto the plane, cut to the neighbourhood of the grid.

        The cut comes first: far parts of a large country would be torn by the projection. Where the grid lies over the 180th
        meridian, what is beyond it counts too, whichever way its longitudes are written.
        """
        if geometry.is_empty:
            return geometry
        west, south, east, north = self.bounds_lonlat()
        window = box(west - 1, max(south - 1, -90), east + 1, min(north + 1, 90))
        parts = []
        for turned in turns_within(geometry, window):
            whole = window.contains(box(*turned.bounds))
            sound = turned if whole or turned.is_valid else shapely.make_valid(turned)
            parts.append(sound if whole else sound.intersection(window))
        return self.plane.project(parts[0] if len(parts) == 1 else shapely.union_all(parts))

    def _transformer(self) -> Transformer:
        return _onto_plane(self.plane)


def make_grid(
    source: BaseGeometry, reach_km: float, cell_km: float | None = None, cover: Sequence[BaseGeometry] = ()
) -> TheatreGrid:
    """
    Choose the theatre grid round a source area.

    Parameters
    ----------
    source
        The area the party leaves (or wants to reach), lon/lat, with surface.
    reach_km
        What the party could cover in its time on easy ground, km: the margin round the area, at least
        :data:`MIN_MARGIN_KM`, at most :data:`MAX_MARGIN_KM` and half the area's extent.
    cell_km
        Cell size, km; ``None`` chooses 1-5 km (more for areas over 1,000 km wide).
    cover
        Further ground, lon/lat, that the grid must hold, with :data:`COVER_MARGIN_KM` round it.

    Returns
    -------
    grid
        The grid.

    Raises
    ------
    InputError
        If the source has no surface or the cell size is not positive.
    """
    if not source.area > 0:
        raise InputError(f"the source is a {source.geom_type} without surface; widen it to an area first")
    plane = plane_around(source)
    west, south, east, north = plane.project(source).bounds
    margin = min(max(reach_km, MIN_MARGIN_KM), MAX_MARGIN_KM + max(east - west, north - south) / 2)
    frames = [box(west - margin, south - margin, east + margin, north + margin)]
    frames += [box(*plane.project(ground).bounds).buffer(COVER_MARGIN_KM, join_style="mitre") for ground in cover]
    west, south, east, north = map(float, shapely.total_bounds(frames))
    longest = max(east - west, north - south)
    if cell_km is None:
        cell_km = min(max(longest / CELLS_A_SIDE, MIN_CELL_KM), MAX_CELL_KM)
        cell_km = round(max(cell_km, longest / MAX_CELLS_A_SIDE), 2)
    if not cell_km > 0:
        raise InputError(f"cell_km is {cell_km}; it must be above 0")
    rows, cols = int(np.ceil((north - south) / cell_km)), int(np.ceil((east - west) / cell_km))
    return TheatreGrid(plane=plane, cell_km=cell_km, west_km=west, north_km=north, shape=(rows, cols))


def turns_within(geometry: BaseGeometry, window: BaseGeometry) -> list[BaseGeometry]:
    """Return a lon/lat geometry as it is, and a turn of 360 degrees east and west, where each may meet a window: up to three."""
    found = []
    west, south, east, north = window.bounds
    g_west, g_south, g_east, g_north = geometry.bounds
    for turn in (0.0, 360.0, -360.0):
        if g_west + turn <= east and g_east + turn >= west and g_south <= north and g_north >= south:
            found.append(translate(geometry, turn) if turn else geometry)
    return found


def meets(geometry: BaseGeometry, window: BaseGeometry) -> bool:
    """Tell whether a lon/lat geometry meets a window, also one that goes on beyond 180 degrees."""
    return any(turned.intersects(window) for turned in turns_within(geometry, window))


def draw_area(grid: TheatreGrid, flat: BaseGeometry) -> NDArray[np.bool_]:
    """
    Mark the cells whose centre lies in an area.

    Parameters
    ----------
    grid
        The grid.
    flat
        Area on the plane, km (:meth:`TheatreGrid.flatten`).

    Returns
    -------
    cells
        Mask of the grid's shape.
    """
    cells = np.zeros(grid.shape, dtype=bool)
    part = flat.intersection(grid.frame_km()) if not flat.is_empty else flat
    if part.is_empty or part.area == 0:
        return cells
    x, y = grid.centres_km()
    (first_row, last_row), (first_col, last_col) = _window(grid, part)
    rows, cols = slice(first_row, last_row + 1), slice(first_col, last_col + 1)
    shapely.prepare(part)
    cells[rows, cols] = shapely.contains_xy(part, x[rows, cols], y[rows, cols])
    return cells


def draw_line(grid: TheatreGrid, flat: BaseGeometry) -> NDArray[np.bool_]:
    """
    Mark the cells a line (or an area's edge, or a point) passes through, joined side to side: no diagonal gap.

    Parameters
    ----------
    grid
        The grid.
    flat
        Line on the plane, km.

    Returns
    -------
    cells
        Mask of the grid's shape.
    """
    cells = np.zeros(grid.shape, dtype=bool)
    for part in _single_parts(flat):
        for line in [part.exterior, *part.interiors] if isinstance(part, Polygon) else [part]:
            xy = shapely.get_coordinates(shapely.segmentize(line, grid.cell_km / SAMPLES_A_CELL))
            row, col = grid.cell_of(xy[:, 0], xy[:, 1])
            _mark(cells, row, col)
            _mark(cells, row[:-1], col[1:])  # the side cell of a diagonal step; a no-op for straight ones
    return cells


def draw(grid: TheatreGrid, flat: BaseGeometry) -> NDArray[np.bool_]:
    """Mark every cell a geometry touches: inside and edge."""
    return draw_area(grid, flat) | draw_line(grid, flat)


def _single_parts(geometry: BaseGeometry) -> Iterator[BaseGeometry]:
    """Yield the points, lines and polygons of a geometry, however deeply its collections are nested."""
    if hasattr(geometry, "geoms"):
        for part in geometry.geoms:
            yield from _single_parts(part)
    elif not geometry.is_empty:
        yield geometry


@lru_cache(maxsize=16)
def _onto_plane(plane: LocalPlane) -> Transformer:
    target = f"+proj=aeqd +lat_0={plane.lat} +lon_0={plane.lon} +ellps=WGS84 +units=km +no_defs"
    return Transformer.from_crs("EPSG:4326", target, always_xy=True)


def _mark(cells: NDArray[np.bool_], row: NDArray[np.int64], col: NDArray[np.int64]) -> None:
    inside = (row >= 0) & (row < cells.shape[0]) & (col >= 0) & (col < cells.shape[1])
    cells[row[inside], col[inside]] = True


def _window(grid: TheatreGrid, part: BaseGeometry) -> tuple[tuple[int, int], tuple[int, int]]:
    west, south, east, north = part.bounds
    row, col = grid.cell_of(np.array([west, east]), np.array([north, south]))
    row, col = np.clip(row, 0, grid.shape[0] - 1), np.clip(col, 0, grid.shape[1] - 1)
    return (int(row[0]), int(row[1])), (int(col[0]), int(col[1]))
