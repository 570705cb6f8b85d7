"""How sure a located phrase is of where: radii by method (``vocab/place_doubt.yaml``), shapes and weights (``vocab/place_shapes.yaml``)."""

from functools import cache, lru_cache

from shapely.geometry.base import BaseGeometry

from wayout.geo.compass import extent_km
from wayout.vocab import read_vocab


@lru_cache(maxsize=512)
def radius_of(method: str, geometry: BaseGeometry) -> float:
    """
    Return the 90 % radius of a method for a geometry, km.

    Parameters
    ----------
    method
        A key of ``methods`` in the file.
    geometry
        The best reading, lon/lat.

    Returns
    -------
    radius_km
        Share of the geometry's extent, within the method's limits.
    """
    row = read_vocab("place_doubt.yaml")["methods"][method]
    spread = row["share"] * extent_km(geometry) if row["share"] else 0.0
    return float(min(max(spread, row["least"]), row["most"]))


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
