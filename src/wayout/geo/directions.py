"""Directions out of an area: the bearing to something, its compass name, and the quarter it falls in."""

import math

from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from wayout.geo.compass import bearing_deg

COMPASS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
QUARTERS = (0.0, 90.0, 180.0, 270.0)
"""Bearings of the four quarters, north, east, south, west."""


def bearing_to(area: BaseGeometry, other: BaseGeometry) -> float:
    """
    Return the bearing (degrees, clockwise from north) from an area's middle to something outside or across it.

    Parameters
    ----------
    area
        The area looked from, lon/lat.
    other
        What is looked at, lon/lat: its nearest part counts, or its middle where it covers the area's middle.

    Returns
    -------
    bearing
        In [0, 360).
    """
    middle = area.centroid
    near = other.centroid if other.intersects(middle) else nearest_points(middle, other)[1]
    return bearing_deg(middle, near)


def direction_name(bearing: float) -> str:
    """
    Name the compass direction (of eight) nearest to a bearing in degrees.

    Examples
    --------
    >>> direction_name(350)
    'north'
    """
    return COMPASS[math.floor(bearing / 45.0 + 0.5) % 8]


def angle_between(a: float, b: float) -> float:
    """
    Return the smaller angle between two bearings, degrees in [0, 180].

    Examples
    --------
    >>> angle_between(350, 10)
    20
    """
    return abs((a - b + 180) % 360 - 180)
