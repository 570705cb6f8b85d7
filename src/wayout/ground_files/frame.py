"""The window of one theatre: which part of a file is read, and how finely."""

import math
from dataclasses import dataclass

from wayout.errors import InputError

DEGREE_KM = 111.195
"""Length of one degree of a great circle, km."""
FINEST_KM = 0.09
"""Nothing finer is kept or read, km (3 arc seconds): at 30 m a surface model's slopes are those of trees and roofs."""
MAX_PIXELS = 16_000_000
"""Raster cells of one theatre at most; more are averaged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """
    A window in degrees and the size of the raster cells wanted in it, km; ``west`` may be below -180.

    Raises
    ------
    InputError
        If it is none.
    """

    west: float
    south: float
    east: float
    north: float
    pixel_km: float = FINEST_KM

    def __post_init__(self) -> None:
        """Refuse a frame that is none."""
        good = self.west < self.east and self.south < self.north and self.south >= -90 and self.north <= 90
        if not (good and self.west >= -540 and self.east <= 540 and self.east - self.west <= 360):
            raise InputError(f"{self.bounds} is no frame; give west, south, east, north in degrees")
        if not self.pixel_km > 0:
            raise InputError(f"pixel_km is {self.pixel_km}; it must be above 0")

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north, degrees."""
        return self.west, self.south, self.east, self.north

    def steps_deg(self) -> tuple[float, float]:
        """Return width and height of a raster cell, degrees: square on the ground in the frame's middle."""
        lat = (self.south + self.north) / 2
        shrink = max(math.cos(math.radians(lat)), 0.02)
        high = max(self.pixel_km, FINEST_KM) / DEGREE_KM
        wide = high / shrink
        n = (self.east - self.west) / wide * (self.north - self.south) / high
        coarser = max(1.0, math.sqrt(n / MAX_PIXELS))
        return wide * coarser, high * coarser
