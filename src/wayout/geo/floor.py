"""The do-no-harm floor: geometry snapped to a grid no finer than so many km, for everything that leaves the program."""

import math
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from wayout.errors import InputError

FLOOR_KM = 5.0
"""No position is published finer than this, whatever a setting says (DESIGN section 5, rule 8)."""
LEAST_KM_PER_DEG = 110.57
"""Least length of a degree of latitude (at the equator, WGS 84), km; a degree of longitude is never shorter than this times the cosine."""
REMEMBERED = 512
"""Geometries kept with their snapped form: many claims speak of the same country."""
STEPS_PER_DEG = 100
"""The grid step is rounded up to hundredths of a degree, so that published coordinates are short."""
LEAST_COS = 0.2
"""Cosine of latitude at which the step stops growing, about 78 degrees: nobody's theatre lies beyond."""
DECIMALS = 6


def step_deg(geometry: BaseGeometry, floor_km: float = FLOOR_KM) -> float:
    """
    Find the grid step that is at least the floor in both directions.

    Parameters
    ----------
    geometry
        Lon/lat geometry, not empty.
    floor_km
        Floor, km, > 0.

    Returns
    -------
    step
        Degrees, rounded up to hundredths; set by the latitude farthest from the equator.

    Raises
    ------
    InputError
        If the floor is not above 0.
    """
    if not floor_km > 0:
        raise InputError(f"floor_km is {floor_km}; it must be above 0")
    _, south, _, north = geometry.bounds
    cos = max(LEAST_COS, math.cos(math.radians(max(abs(south), abs(north)))))
    return math.ceil(floor_km / (LEAST_KM_PER_DEG * cos) * STEPS_PER_DEG - 1e-9) / STEPS_PER_DEG


def snap_to_floor(geometry: BaseGeometry, floor_km: float = FLOOR_KM) -> BaseGeometry:
    """
    Snap a geometry to the floor's grid; whatever vanishes there becomes its cell.

    Parameters
    ----------
    geometry
        Point, line, area or any collection of them, lon/lat.
    floor_km
        Floor, km, > 0.

    Returns
    -------
    coarse
        Every coordinate is a multiple of the step; valid, inside the map, and never empty unless the input was.

    Raises
    ------
    InputError
        If the floor is not above 0.
    """
    if geometry.is_empty:
        return geometry
    step = step_deg(geometry, floor_km)
    if isinstance(geometry, shapely.Point):
        return shapely.Point(_on_grid(shapely.get_coordinates(geometry), step)[0])
    return _snapped(geometry, step)


@lru_cache(maxsize=REMEMBERED)
def _snapped(geometry: BaseGeometry, step: float) -> BaseGeometry:
    sound = geometry if geometry.is_valid else shapely.make_valid(geometry)
    snapped = shapely.set_precision(sound.simplify(step / 2, preserve_topology=True), step)
    if snapped.is_empty:
        (lon, lat) = _on_grid(shapely.get_coordinates(sound.centroid), step)[0]
        snapped = shapely.box(lon - step, lat - step, lon + step, lat + step)
    west, south, east, north = snapped.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        # Only where the step does not divide 180 degrees: the outermost grid line then lies off the map.
        snapped = shapely.make_valid(shapely.transform(snapped, lambda xy: _on_grid(xy, step)))
    return shapely.normalize(snapped)


def _on_grid(xy: NDArray[np.float64], step: float) -> NDArray[np.float64]:
    """Move coordinates to the nearest multiple of the step that lies on the map."""
    most = np.floor(np.array([180.0, 90.0]) / step + 1e-9)
    inside: NDArray[np.float64] = np.round(np.clip(np.round(xy / step), -most, most) * step, DECIMALS) + 0.0
    return inside
