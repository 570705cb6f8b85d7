"""
How far from the edge of a drawn geometry the true place lies: a law of signed distance made of its 50 % and 90 % quantiles.

From the innermost ground to the 50 % quantile, and from there to the 90 % quantile, the chance that the place lies farther out falls
straight; beyond, exponentially.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import shapely
from shapely.geometry.base import BaseGeometry

from wayout.geo.compass import extent_km, plane_around
from wayout.model import Region

P50, P90 = 0.5, 0.9
CORE = 0.9
"""Membership is one from this share of the greatest depth inward: the innermost ground of an area."""
DEEPEST_R50 = 0.8
"""The 50 % edge stays above this share of the greatest depth, so that the 50 % ground is never nothing."""
LEAST_SCALE_KM = 0.05
KM_PER_DEG = 111.2
DEPTH_PRECISION = 100
"""The greatest depth is found to this fraction of the extent."""
WIDE = 4.0
"""A later reading this much larger than the best one (a province beside a town) takes its doubt from its own size, and is taken as even ground."""
WIDE_R50, WIDE_R90 = 0.01, 0.03
"""Quantiles of a wide reading, share of its extent; inside it every point belongs alike."""


@dataclass(frozen=True, slots=True)
class DistanceLaw:
    """The law of one reading: ``r50_km`` and ``r90_km`` signed distances from its edge, ``depth_km`` how far in the innermost ground lies (0 of lines)."""

    r50_km: float
    r90_km: float
    depth_km: float

    @property
    def tail_km(self) -> float:
        """
        Distance over which the chance of lying farther out falls to 1/e, beyond the 90 % quantile.

        The exponential through both quantiles where the 50 % quantile lies outside the edge; else as if it lay on the edge: how deep
        inside a country its places lie says nothing of how far outside they may be.
        """
        return max((self.r90_km - max(self.r50_km, 0.0)) / math.log(5), LEAST_SCALE_KM)

    def radius_km(self, probability: float) -> float:
        """Return the signed distance that holds the place with a probability in [0.5, 1)."""
        if probability <= P90:
            return self.r50_km + (self.r90_km - self.r50_km) * (probability - P50) / (P90 - P50)
        return self.r90_km + self.tail_km * math.log((1 - P90) / (1 - probability))

    def membership(self, signed_km: float) -> float:
        """
        Return the chance that the place lies no nearer to the core than a point does.

        Parameters
        ----------
        signed_km
            Distance of the point from the edge, km; below zero inside.

        Returns
        -------
        membership
            1 in the core, 0.5 at the 50 % quantile, 0.1 at the 90 % quantile; straight between them, falls by e each tail beyond.
        """
        core = -CORE * self.depth_km
        if signed_km >= self.r90_km:
            return (1 - P90) * math.exp(-(signed_km - self.r90_km) / self.tail_km)
        if signed_km >= self.r50_km:
            return 1 - P50 - (P90 - P50) * (signed_km - self.r50_km) / (self.r90_km - self.r50_km)
        return 1.0 if signed_km <= core else 1 - P50 * (signed_km - core) / (self.r50_km - core)


def law_of(region: Region, index: int) -> DistanceLaw:
    """
    Make the law of one reading of a region.

    Parameters
    ----------
    region
        A region; where it has no 50 % radius, half the 90 % radius is taken of points and lines, the edge itself of areas.
    index
        Which reading, 0 the best.

    Returns
    -------
    law
        The region's radii; of a later reading that is far larger than the best, radii by its own size.
    """
    geometry = region.parts[index].geometry
    if is_wide(region, index):
        size = size_km(geometry)
        return DistanceLaw(WIDE_R50 * size, WIDE_R90 * size, 0.0)
    r50 = region.radius50_km
    if r50 is None:
        r50 = 0.0 if region.geometry.area > 0 else region.radius_km / 2
    return law_for(geometry, r50, region.radius_km)


def law_for(geometry: BaseGeometry, r50_km: float, r90_km: float) -> DistanceLaw:
    """Make the law of a geometry, its quantiles kept in order and off the innermost ground."""
    depth = depth_km(geometry)
    r50 = max(r50_km, -DEEPEST_R50 * depth)
    return DistanceLaw(r50, max(r90_km, r50), depth)


def is_wide(region: Region, index: int) -> bool:
    """Tell whether a later reading is so much larger than the best that the best one's radii say nothing of it."""
    if index == 0:
        return False
    best = max(size_km(region.geometry), region.radius_km)
    return size_km(region.parts[index].geometry) > WIDE * best


size_km = lru_cache(maxsize=512)(extent_km)
"""The extent, remembered: the same outlines are asked for again and again."""


@lru_cache(maxsize=512)
def depth_km(geometry: BaseGeometry) -> float:
    """Return how far inside its edge the innermost point of an area lies, km; 0 for points and lines."""
    if geometry.area == 0:
        return 0.0
    size = size_km(geometry)
    flat = plane_around(geometry).project(geometry.simplify(size / DEPTH_PRECISION / KM_PER_DEG))
    pieces = [piece for piece in getattr(flat, "geoms", [flat]) if piece.area > 0]
    if not pieces:
        return 0.0
    largest = max(pieces, key=lambda piece: piece.area).simplify(size / DEPTH_PRECISION)
    return float(shapely.maximum_inscribed_circle(largest, tolerance=size / DEPTH_PRECISION).length)
