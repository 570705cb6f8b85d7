"""The larger towns of a stretch of land, for people to find their way on a map of it."""

from collections.abc import Sequence
from typing import Protocol

from wayout.model import Place

Bounds = tuple[float, float, float, float]
"""West, south, east, north, degrees."""
Town = tuple[str, float, float]
"""Name, longitude, latitude."""
LOOKED_AT = 200
"""Towns of a frame that are looked at: where the largest stand in a cluster, smaller ones farther off get their turn."""


class Towns(Protocol):
    """What knows the towns of a frame."""

    def large_towns(self, bounds: Bounds, n: int) -> list[Place]:
        """Return the ``n`` populated places of most inhabitants, largest first."""
        ...


def choose_towns(
    gazetteer: Towns, bounds: Bounds, n: int, apart: float = 0.16, first: Sequence[Town] = ()
) -> tuple[Town, ...]:
    """
    Choose large towns that stand well apart.

    Parameters
    ----------
    gazetteer
        What knows the towns.
    bounds
        The map's frame, degrees.
    n
        Towns at most, those of ``first`` not counted.
    apart
        Least distance between two, as a share of the frame's width and height.
    first
        Towns that are on the map already.

    Returns
    -------
    towns
        Largest first, without those of ``first``.
    """
    west, south, east, north = bounds
    wide, high = apart * (east - west), apart * (north - south)
    chosen: list[Town] = []
    for town in gazetteer.large_towns(bounds, LOOKED_AT):
        near = any(abs(town.lon - x) < wide and abs(town.lat - y) < high for _, x, y in (*first, *chosen))
        if not near and len(chosen) < n:
            chosen.append((town.name, town.lon, town.lat))
    return tuple(chosen)
