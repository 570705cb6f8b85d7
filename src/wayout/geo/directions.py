"""Directions out of an area: the bearing to something, its compass name, and the quarter it falls in."""

import math

from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from wayout.geo.compass import bearing_deg

COMPASS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
QUARTERS = (0.0, 90.0, 180.0, 270.0)
"""Bearings of the four quarters, north, east, south, west."""
APART_DEG = 0.05
"""Nearer than this (5 km), the nearest points say nothing of the direction."""


def bearing_to(area: BaseGeometry, other: BaseGeometry) -> float:
    """
    Return the bearing (degrees, clockwise from north) of something outside an area, seen from the area's nearest edge.

    Parameters
    ----------
    area
        The area looked from, lon/lat; its convex hull counts, as for sectors.
    other
        What is looked at, lon/lat: its nearest part where it lies apart, its middle seen from the area's middle where it
        touches or overlaps the area.

    Returns
    -------
    bearing
        In [0, 360).
    """
    hull = area.convex_hull
    if hull.distance(other) > APART_DEG:
        return bearing_deg(*nearest_points(hull, other))
    outside = other.difference(hull)
    return bearing_deg(hull.centroid, (other if outside.is_empty else outside).centroid)


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
