"""How far a theatre must reach to hold the exits that the caller gives."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from wayout.errors import InputError
from wayout.geo.compass import plane_around
from wayout.move.options import GivenExit

FARTHEST_KM = 2500.0
"""A given exit may lie this far from the middle of the source: beyond it the flat plane is off by more than 2.6 %."""


def ground_to_cover(area: BaseGeometry, exits: Sequence[GivenExit]) -> tuple[BaseGeometry, ...]:
    """
    List the ground beyond the source that the grid must hold.

    Parameters
    ----------
    area
        The source, lon/lat.
    exits
        Exits given by the caller.

    Returns
    -------
    ground
        Their geometries, lon/lat, in the order given.

    Raises
    ------
    InputError
        If an exit lies farther than :data:`FARTHEST_KM` from the middle of the source.

    References
    ----------
    Snyder (1987), Map projections: a working manual, USGS Professional Paper 1395, p. 191 (distances across an azimuthal
    equidistant plane are too long by c / sin c, c the angle from the centre)
    """
    plane = plane_around(area)
    for exit_ in exits:
        away_km = float(np.hypot(*shapely.get_coordinates(plane.project(exit_.geometry)).T).max())
        if away_km > FARTHEST_KM:
            raise InputError(
                f"exit {exit_.id!r} ({exit_.name}) reaches {away_km:,.0f} km from the source; at most {FARTHEST_KM:,.0f} km "
                "can be worked out: check that its coordinates are (longitude, latitude), or give a nearer exit"
            )
    return tuple(exit_.geometry for exit_ in exits)
