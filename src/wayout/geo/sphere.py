"""Distances on the sphere, for comparisons that need no ellipsoid and come by the thousand: nothing heavy is imported."""

import math

EARTH_KM = 6371.0088
"""Mean radius of the earth (IUGG R1), km."""


def sphere_km(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """
    Measure the great-circle distance of two points by the haversine formula.

    Parameters
    ----------
    lon, lat, other_lon, other_lat
        Degrees.

    Returns
    -------
    km
        Within 0.6 % of the geodesic one (:func:`wayout.geo.compass.distance_km`), at less than a tenth of its time.
    """
    a, b = math.radians(lat), math.radians(other_lat)
    half_lat, half_lon = math.sin((b - a) / 2), math.sin(math.radians(other_lon - lon) / 2)
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half_lat**2 + math.cos(a) * math.cos(b) * half_lon**2)))
