"""PRIO-GRID cells of a country: half-degree squares, at least a quarter of each inside its borders."""

import math
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from wayout.errors import InputError, NotFoundError
from wayout.geo.borders import country_outline

CELL_DEG = 0.5
LEAST_SHARE = 0.25
"""A cell belongs to the country when this share of it does."""
KM_PER_DEG = 111.32
"""Length of a degree of latitude in the protocol, km."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cells:
    """
    Cells in the order of their numbers: PRIO-GRID number ``gid``, middle ``lon``, ``lat`` (degrees).

    ``block``: the one-degree square each lies in, as a running number; blocks are drawn whole in the bootstrap.
    """

    gid: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    block: NDArray[np.int64]

    def __len__(self) -> int:
        """Return the number of cells."""
        return int(self.gid.size)

    @property
    def km_per_deg_lon(self) -> float:
        """Length of a degree of longitude at the mean latitude, km."""
        return math.cos(math.radians(float(np.mean(self.lat)))) * KM_PER_DEG

    def of_points(self, lon: ArrayLike, lat: ArrayLike) -> NDArray[np.int64]:
        """Return the index of each point's cell, -1 where it is none of these."""
        gids = gid_of(lon, lat)
        at = np.minimum(np.searchsorted(self.gid, gids), len(self) - 1)
        return np.where(self.gid[at] == gids, at, -1)

    def distance_km(self, lon: ArrayLike, lat: ArrayLike) -> NDArray[np.float64]:
        """Return the distance from each point to each cell's middle on the flat map, km, shape (points, cells)."""
        dx = (np.asarray(lon, float)[:, None] - self.lon[None, :]) * self.km_per_deg_lon
        dy = (np.asarray(lat, float)[:, None] - self.lat[None, :]) * KM_PER_DEG
        return np.asarray(np.sqrt(dx * dx + dy * dy))


def gid_of(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.int64]:
    """
    Return the PRIO-GRID number of points (degrees).

    References
    ----------
    Tollefsen, Strand and Buhaug (2012), https://doi.org/10.1177/0022343311431287

    Examples
    --------
    >>> gid_of([36.75], [32.25]).tolist()
    [176114]
    """
    row = np.floor((np.asarray(lat, float) + 90) / CELL_DEG)
    col = np.floor((np.asarray(lon, float) + 180) / CELL_DEG)
    return np.asarray(row * 720 + col + 1).astype(np.int64)


def make_cells(lon: ArrayLike, lat: ArrayLike) -> Cells:
    """
    Make cells of their middles.

    Parameters
    ----------
    lon, lat
        Degrees; any order, each cell once.

    Returns
    -------
    cells
        Sorted by number.

    Raises
    ------
    InputError
        If there are none, or a cell is given twice.
    """
    gid = gid_of(lon, lat)
    order = np.argsort(gid)
    if gid.size == 0 or (np.diff(gid[order]) == 0).any():
        raise InputError("a back-test needs cells, each given once; give the middles of half-degree cells")
    x, y = np.asarray(lon, float)[order], np.asarray(lat, float)[order]
    block = np.unique(np.floor(y) * 1000 + np.floor(x), return_inverse=True)[1]
    return Cells(gid=gid[order], lon=x, lat=y, block=block.astype(np.int64))


def cells_of_country(iso_a2: str, least_share: float = LEAST_SHARE) -> Cells:
    """
    List the cells of which a country holds at least a share.

    Parameters
    ----------
    iso_a2
        ISO 3166-1 alpha-2 code.
    least_share
        Share of the cell's square in degrees.

    Returns
    -------
    cells
        By the shipped Natural Earth borders.

    Raises
    ------
    NotFoundError
        If the borders have no such country.
    """
    outline = country_outline(iso_a2)
    if outline is None:
        raise NotFoundError(f"the borders have no country {iso_a2!r}; give an ISO 3166-1 code such as SY")
    west, south, east, north = (v / CELL_DEG for v in outline.bounds)
    lat, lon = np.meshgrid(
        CELL_DEG * np.arange(math.floor(south), north), CELL_DEG * np.arange(math.floor(west), east), indexing="ij"
    )
    squares = shapely.box(lon.ravel(), lat.ravel(), lon.ravel() + CELL_DEG, lat.ravel() + CELL_DEG)
    held = shapely.area(shapely.intersection(squares, outline)) / CELL_DEG**2 >= least_share
    return make_cells(lon.ravel()[held] + CELL_DEG / 2, lat.ravel()[held] + CELL_DEG / 2)
