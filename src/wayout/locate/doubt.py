"""How sure a located phrase is of where: radii by method (``vocab/place_doubt.yaml``), shapes and weights (``vocab/place_shapes.yaml``)."""

from functools import cache, lru_cache

from shapely.geometry.base import BaseGeometry

from wayout.geo.compass import extent_km
from wayout.vocab import read_vocab

OTHER = "other"
"""The row of a method that has none of its own."""
LEAST_SPREAD = 0.1
"""The 50 % radius stays below the 90 % radius by this share of the distance from a line or point, or of the latter."""


@lru_cache(maxsize=512)
def radius_of(method: str, geometry: BaseGeometry) -> float:
    """
    Return the 90 % radius of a method for a geometry, km.

    Parameters
    ----------
    method
        A key of ``methods`` in the file, or a rule that has no row yet.
    geometry
        The best reading, lon/lat.

    Returns
    -------
    radius_km
        Share of the geometry's extent, within the method's limits; not below zero.
    """
    return max(0.0, _bounded(method, "r90", geometry))


@lru_cache(maxsize=512)
def radius50_of(method: str, geometry: BaseGeometry, radius_km: float) -> float:
    """
    Return the signed 50 % radius of a method for a geometry, km.

    Parameters
    ----------
    method
        A key of ``methods`` in the file, or a rule that has no row yet.
    geometry
        The best reading, lon/lat.
    radius_km
        Its 90 % radius, km.

    Returns
    -------
    radius50_km
        Below zero inside the edge; not below zero for points and lines, which have no inside; at most half the 90 % radius.
    """
    radius = _bounded(method, "r50", geometry)
    if geometry.area == 0:
        radius = max(radius, LEAST_SPREAD * radius_km)
    return min(radius, radius_km / 2)


def has_radii(method: str) -> bool:
    """Tell whether a method has a row of its own."""
    return method in read_vocab("place_doubt.yaml")["methods"]


@cache
def elsewhere_weight(match: str) -> float:
    """Return how often a name matched so means a place somewhere else, 0 to 1: a key of ``elsewhere`` in the file."""
    return float(read_vocab("place_doubt.yaml")["elsewhere"][match])


def _bounded(method: str, which: str, geometry: BaseGeometry) -> float:
    methods = read_vocab("place_doubt.yaml")["methods"]
    share, least, most = methods.get(method, methods[OTHER])[which]
    spread = share * extent_km(geometry) if share else 0.0
    return float(min(max(spread, least), most))


@cache
def shape_of(name: str) -> float:
    """Return a constant of ``shapes``: a share, km or degrees, as its name ends."""
    return float(read_vocab("place_shapes.yaml")["shapes"][name])


@cache
def weight_of(name: str) -> float:
    """Return a constant of ``weights``."""
    return float(read_vocab("place_shapes.yaml")["weights"][name])


def large_town() -> int:
    """Return the inhabitants from which a bare name means the town, not its province."""
    return int(read_vocab("place_shapes.yaml")["large_town"])
