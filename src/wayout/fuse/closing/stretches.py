"""The stretch of border that a region's name means."""

import shapely
from shapely.geometry.base import BaseGeometry

from wayout.geo.borders import border_stretch, borders_near, countries_of

REACH_DEG = 0.15
"""How far beyond a region's edge its border may lie: outlines of divisions and countries differ by up to this."""


def border_along(region: BaseGeometry, home: frozenset[str]) -> BaseGeometry:
    """
    Return the border that "the border along R" means, looked at from home.

    Where R lies abroad it is the line between home and R's own country: where three countries meet, the third one's border comes
    near R too, but is not R's.

    Parameters
    ----------
    region
        The region, lon/lat.
    home
        Codes of the countries looked from.

    Returns
    -------
    line
        Border lines within :data:`REACH_DEG` of the region; empty where it touches none.
    """
    abroad = frozenset(countries_of(region)) - home
    around = region.buffer(REACH_DEG)
    lines = [
        line.intersection(around)
        for a, b, line in borders_near(region, REACH_DEG)
        if abroad and home & {a, b} and abroad & {a, b}
    ]
    meant = [line for line in lines if line.length > 0]
    return shapely.union_all(meant) if meant else border_stretch(region, home, REACH_DEG)
