"""Great-circle distance for the benches, independent of the code they measure."""

import math

EARTH_KM = 6371.0


def km_between(lon: float, lat: float, lon2: float, lat2: float) -> float:
    """Return the great-circle distance, km."""
    a, b = math.radians(lat), math.radians(lat2)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
