"""
The shipped world rasters: relief, slope and land cover, sampled at points (lon, lat in degrees).

They are coarse on purpose (5 to 9 km): enough for the pace of a party over a theatre, useless for a path through a valley.
Sources and hashes: docs/data.md; the script that makes them: ``tools/build_rasters.py``.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wayout.errors import BackendError, InputError
from wayout.vocab import vocab_path

DEGREE_KM = 111.195
"""Length of one degree of a great circle, km (mean Earth radius 6,371.0088 km)."""
POLE_MARGIN_COS = 0.02
"""Smallest cosine of latitude used for east-west distances, so that the poles do not divide by zero."""
WATER = 0
"""IGBP land cover class of open water (sea, lakes, wide rivers)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Raster:
    """
    A grid of numbers in degrees: ``values`` (rows, cols), row 0 north; ``west``/``north`` are its outer edges.

    ``unit`` is what one step of a stored number means.
    """

    values: NDArray[np.generic]
    west: float
    north: float
    step_deg: float
    unit: float = 1.0

    def covers(self, lon: ArrayLike, lat: ArrayLike) -> NDArray[np.bool_]:
        """Tell which points lie inside the raster."""
        row, col = self._index(lon, lat)
        rows, cols = self.values.shape
        return np.asarray((row >= 0) & (row < rows) & (col >= 0) & (col < cols))

    def sample(self, lon: ArrayLike, lat: ArrayLike) -> NDArray[np.generic]:
        """
        Return the stored number of the cell each point lies in (the nearest edge cell outside).

        Parameters
        ----------
        lon, lat
            Degrees, any shape; longitudes beyond +-180 are wrapped.

        Returns
        -------
        values
            Raw stored numbers, same shape.

        Raises
        ------
        InputError
            If a latitude is outside [-90, 90] or a coordinate is not finite.
        """
        row, col = self._index(lon, lat)
        rows, cols = self.values.shape
        return np.asarray(self.values[np.clip(row, 0, rows - 1), np.clip(col, 0, cols - 1)])

    def _index(self, lon: ArrayLike, lat: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        x, y = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
        if not (np.isfinite(x).all() and np.isfinite(y).all()) or (np.abs(y) > 90).any():
            raise InputError("a raster was asked for a point outside the Earth; give finite degrees, latitude in +-90")
        wrapped = (x + 180) % 360 - 180
        east = self.west + self.step_deg * self.values.shape[1]
        wrapped = np.where(wrapped + 360 < east, wrapped + 360, wrapped)  # a raster may start just west of -180
        row = np.floor((self.north - y) / self.step_deg).astype(np.int64)
        col = np.floor((wrapped - self.west) / self.step_deg).astype(np.int64)
        return row, col


@cache
def read_landcover() -> Raster:
    """Open the IGBP land cover raster (classes 0-16, 0.05 degree, 2019)."""
    return _open("landcover_3min.npz")


@cache
def read_relief() -> Raster:
    """Open the relief raster (ETOPO5, 5', steps of ``unit`` metres; -9999 is sea)."""
    return _open("relief_5min.npz")


@cache
def read_fine_slope() -> Raster:
    """Open the mean-slope raster (GLOBE 1 km, averaged to 3', steps of ``unit`` degrees; 0-50 N, 0-90 E only)."""
    return _open("relief_slope_3min.npz")


def landcover_at(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.uint8]:
    """Return the IGBP land cover class (0-16) at points in degrees."""
    return read_landcover().sample(lon, lat).astype(np.uint8)


def slope_at(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.float64]:
    """
    Return the mean slope of the ground round each point, degrees.

    From 1 km heights where they are shipped (0-50 N, 0-90 E). Elsewhere from 9 km heights, which hide most of the
    slope: the value is raised to the mean 1 km slope seen for such ground where both exist (right on average, not at a
    point; correlation 0.66). Slopes at 1 km still understate those of a hillside.

    Parameters
    ----------
    lon, lat
        Degrees, same shape.

    Returns
    -------
    slope
        Degrees, same shape, 0-51.
    """
    x, y = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    fine = read_fine_slope()
    slope = fine.sample(x, y).astype(np.float64) * fine.unit
    outside = ~fine.covers(x, y)
    if outside.any():
        slope = np.where(outside, _coarse_slope(x, y), slope)
    return np.asarray(slope, dtype=np.float64)


def _coarse_slope(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    relief = read_relief()
    step = relief.step_deg

    def height(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        stored = relief.sample(x, np.clip(y, -90, 90)).astype(np.float64)
        return np.asarray(np.maximum(stored, 0) * relief.unit, dtype=np.float64)

    east_km = 2 * step * DEGREE_KM * np.maximum(np.cos(np.radians(lat)), POLE_MARGIN_COS)
    rise_east = (height(lon + step, lat) - height(lon - step, lat)) / (1000 * east_km)
    rise_north = (height(lon, lat + step) - height(lon, lat - step)) / (1000 * 2 * step * DEGREE_KM)
    coarse = np.degrees(np.arctan(np.hypot(rise_east, rise_north)))
    table = _calibration()
    return np.asarray(np.interp(coarse, table[0], table[1]), dtype=np.float64)


@cache
def _calibration() -> NDArray[np.float64]:
    with np.load(vocab_path("layers/relief_5min.npz")) as data:
        return np.asarray(data["slope_calibration"], dtype=float)


def _open(name: str) -> Raster:
    path = vocab_path(f"layers/{name}")
    try:
        with np.load(path, allow_pickle=False) as data:
            return Raster(
                values=data["values"],
                west=float(data["west"]),
                north=float(data["north"]),
                step_deg=float(data["step_deg"]),
                unit=float(data["unit"]) if "unit" in data.files else 1.0,
            )
    except (OSError, KeyError, ValueError) as error:
        raise BackendError(f"raster {name} at {path} is damaged; run tools/build_rasters.py") from error
