"""Geometries as the search by place sees them: flat, valid, and a box that may cross the 180th meridian."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from wayout.store.base import BBox

FINEST_DECIMALS = 9
"""Of degrees: a tenth of a millimetre. Of boxes that are thinner the libraries behind two databases answer differently."""


def geometries_of(wkb: Sequence[bytes]) -> Sequence[BaseGeometry]:
    """Read kept geometries; one that holds NaN is read without a warning, as it was kept."""
    with np.errstate(invalid="ignore"):
        return list(shapely.from_wkb(np.array(wkb, dtype=object)))


def searchable(wkb: bytes) -> BaseGeometry | None:
    """Return a kept geometry flat and valid; ``None`` for an empty one or one without finite numbers: it is nowhere."""
    geometry = shapely.force_2d(shapely.set_srid(geometries_of([wkb])[0], 0))
    if geometry.is_empty or not np.isfinite(shapely.get_coordinates(geometry)).all():
        return None
    return geometry if geometry.is_valid else shapely.make_valid(geometry)


def boxes_of(bbox: BBox) -> tuple[BBox, ...]:
    """Cut a box that crosses the 180th meridian into two; bounds count to :data:`FINEST_DECIMALS`."""
    west, south, east, north = (round(bound, FINEST_DECIMALS) + 0.0 for bound in bbox)
    return (
        ((west, south, east, north),) if west <= east else ((west, south, 180.0, north), (-180.0, south, east, north))
    )


@lru_cache(maxsize=64)
def box_shape(bbox: BBox) -> BaseGeometry:
    """Return a box as a geometry: a point or a line where it has no extent."""
    west, south, east, north = bbox
    if west == east and south == north:
        return shapely.Point(west, south)
    if west == east or south == north:
        return shapely.LineString([(west, south), (east, north)])
    box = shapely.box(west, south, east, north)
    shapely.prepare(box)
    return box


def touches(wkb: bytes, west: float, south: float, east: float, north: float) -> bool:
    """Tell whether a kept geometry has a point in common with a box, its edge included."""
    geometry = searchable(wkb)
    return geometry is not None and bool(box_shape((west, south, east, north)).intersects(geometry))
