"""
The ground that holds a region's true place with a stated probability, and how far a point belongs to the region.

A region's readings are a mixture: each has its weight, and its law of distance (``geo/distance_law.py``). Formula and figures:
``docs/methods/place-doubt.md``.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from wayout.errors import InputError
from wayout.geo.compass import GEOD, area_km2, plane_around, plane_at
from wayout.geo.distance_law import DistanceLaw, is_wide, law_of, size_km
from wayout.model import Region

SHELLS = (0.5, 0.9, 0.97)
"""A reading is taken in shells of these probabilities, inmost first."""
MOST = 0.95
"""Highest probability that ground can be drawn for."""
DETAIL_OF_RADIUS, DETAIL_OF_SIZE = 0.02, 0.0005
"""Grounds are drawn to this share of the distance from the edge, or of the extent."""
MANY_VERTICES = 500
"""Outlines with fewer are used as they are."""
KM_PER_DEG = 111.2
DISC_STEPS = 20
"""Bisection steps of a disc of given share: its radius is exact to a millionth of the reach."""
HALF_TURN, QUARTER_TURN = 180 - 1e-6, 90 - 1e-6
"""Degrees from which an edge runs along the 180th meridian, or at a pole."""
FAR_KM = 15_000.0
"""A point so far from a reading is outside it; nearer to the antipode no plane is true."""


@dataclass(frozen=True, slots=True)
class _Shell:
    """A piece of a reading: its mass, the probability its outer edge stands for within the reading, and the ground up to there."""

    index: int
    mass: float
    low: float
    high: float
    ground: BaseGeometry
    density: float


def ground_within(region: Region, probability: float) -> BaseGeometry:
    """
    Draw the smallest ground that holds the true place with a probability.

    Readings are cut into shells by their law of distance, and shells taken in order of their probability per km2 (inner ones of a
    reading before outer ones) until they hold enough; the last is taken in part. So the ground for a lower probability always lies
    inside that for a higher one.

    Parameters
    ----------
    region
        Weighted readings with radii.
    probability
        In (0, 0.95].

    Returns
    -------
    ground
        Lon/lat; for one reading its geometry widened by ``radius_km`` (0.9) or ``radius50_km`` (0.5; narrowed where that is below zero).

    Raises
    ------
    InputError
        If the probability is out of range.

    References
    ----------
    Hyndman, R. J. 1996. Computing and graphing highest density regions. The American Statistician 50(2), 120-126.
    """
    if not 0 < probability <= MOST:
        raise InputError(f"probability is {probability}; it must lie in (0, {MOST}]")
    laws = [law_of(region, i) for i in range(len(region.parts))]
    kept: dict[int, BaseGeometry] = {}
    mass = 0.0
    for shell in _in_order(region, laws):
        missing = probability - mass
        if missing <= 1e-9:
            break
        mass += shell.mass
        share = min(1.0, missing / shell.mass)
        kept[shell.index] = shell.ground if share == 1.0 else _part_of(shell, share, region, laws[shell.index])
    grounds = list(kept.values())
    return grounds[0] if len(grounds) == 1 else shapely.union_all(grounds)


def membership(region: Region, lon: float, lat: float) -> float:
    """
    Tell how far a point belongs to a region, as a fuzzy polygon does.

    Parameters
    ----------
    region
        Weighted readings with radii.
    lon, lat
        The point, degrees.

    Returns
    -------
    membership
        In [0, 1]: over the readings, weight times the chance that the true place lies no nearer to the reading's core. For one reading
        it is 1 in the core, 0.5 at the edge of the 50 % ground, 0.1 at that of the 90 % ground.
    """
    total = 0.0
    for i, part in enumerate(region.parts):
        total += part.weight * law_of(region, i).membership(signed_distance_km(part.geometry, lon, lat))
    return min(1.0, total)


def signed_distance_km(geometry: BaseGeometry, lon: float, lat: float) -> float:
    """
    Measure how far a point lies from the edge of a geometry.

    Parameters
    ----------
    geometry
        Lon/lat, not empty.
    lon, lat
        The point, degrees.

    Returns
    -------
    distance
        Km, below zero inside an area; infinite beyond 15,000 km.
    """
    near = geometry.representative_point()
    if GEOD.inv(lon, lat, near.x, near.y)[2] / 1000 > FAR_KM:
        return math.inf
    # The plane round the point itself: distances from its centre are true.
    plane, point = plane_at(lon, lat), Point(lon, lat)
    if geometry.geom_type not in ("Polygon", "MultiPolygon"):
        return _distance_of_mixed(plane.project(_coarse(geometry)), plane.project(point))
    away = float(plane.project(_edge(geometry)).distance(plane.project(point)))
    return -away if _coarse(geometry).covers(point) else away


def _distance_of_mixed(flat: BaseGeometry, here: BaseGeometry) -> float:
    """Measure the same on a plane for anything that is no plain area."""
    away = float(flat.distance(here))
    if away > 0 or flat.area == 0:
        return away
    surface = shapely.union_all([piece for piece in getattr(flat, "geoms", [flat]) if piece.area > 0])
    return -float(surface.boundary.distance(here)) if surface.covers(here) else 0.0


@lru_cache(maxsize=256)
def _edge(area: BaseGeometry) -> BaseGeometry:
    """Return the outline of an area without what is none on the globe: the cut along the 180th meridian, the line that stands for a pole."""
    coarse = _coarse(area)
    shapely.prepare(coarse)
    west, south, east, north = coarse.bounds
    edge = coarse.boundary
    if west > -HALF_TURN and east < HALF_TURN and max(-south, north) < QUARTER_TURN:
        return edge
    inner = shapely.box(-HALF_TURN, -QUARTER_TURN, HALF_TURN, QUARTER_TURN)
    return edge.intersection(inner)


def _in_order(region: Region, laws: list[DistanceLaw]) -> Iterator[_Shell]:
    """Yield the shells of all readings, densest first, each reading's from the inside out."""
    waiting = {i: _shells_of(region, i, law) for i, law in enumerate(laws)}
    heads = {i: next(shells) for i, shells in waiting.items()}
    while heads:
        first = min(heads, key=lambda i: (-heads[i].density, i))
        yield heads[first]
        following = next(waiting[first], None)
        if following is None:
            del heads[first]
        else:
            heads[first] = following


def _shells_of(region: Region, index: int, law: DistanceLaw) -> Iterator[_Shell]:
    part = region.parts[index]
    if is_wide(region, index):
        # The place is as likely anywhere in it: one shell, of which a disc round the best reading may be taken.
        yield _Shell(index, part.weight, 0.0, 1.0, part.geometry, part.weight / max(_surface_km2(part.geometry), 1e-9))
        return
    low, inside = 0.0, 0.0
    for high in SHELLS:
        ground = widen(part.geometry, law.radius_km(high))
        covered = max(_surface_km2(ground), inside)
        mass = part.weight * (high - low)
        yield _Shell(index, mass, low, high, ground, mass / max(covered - inside, 1e-9))
        low, inside = high, covered


def _part_of(shell: _Shell, share: float, region: Region, law: DistanceLaw) -> BaseGeometry:
    if shell.high == 1.0:
        return _disc_part(shell.ground, region.geometry, share)
    if shell.low == 0.0:
        return shell.ground
    # At least the shell before it, which is already held.
    return widen(region.parts[shell.index].geometry, law.radius_km(shell.low + share * (shell.high - shell.low)))


@lru_cache(maxsize=256)
def widen(geometry: BaseGeometry, km: float) -> BaseGeometry:
    """Widen a geometry by a distance, km, or narrow it, but never to nothing."""
    if km == 0:
        return geometry
    plane = plane_around(geometry)
    # Detail far below the distance, or the size, of the thing is time without meaning.
    detail = max(abs(km) * DETAIL_OF_RADIUS, size_km(geometry) * DETAIL_OF_SIZE)
    flat = plane.project(_coarse(geometry)).simplify(detail)
    ground = flat.buffer(km, quad_segs=8)
    while ground.is_empty and abs(km) > detail:
        km /= 2
        ground = flat.buffer(km, quad_segs=8)
    return geometry if ground.is_empty else plane.unproject(ground)


_surface_km2 = lru_cache(maxsize=512)(area_km2)


@lru_cache(maxsize=512)
def _coarse(geometry: BaseGeometry) -> BaseGeometry:
    """Drop detail below what grounds are drawn to; only of large outlines, which have it."""
    if shapely.get_num_coordinates(geometry) < MANY_VERTICES:
        return geometry
    return geometry.simplify(size_km(geometry) * DETAIL_OF_SIZE / KM_PER_DEG)


def _disc_part(area: BaseGeometry, core: BaseGeometry, share: float) -> BaseGeometry:
    """Take the share of an area that lies nearest to a core."""
    plane = plane_around(core)
    flat = plane.project(area)
    centre = plane.project(core).centroid
    low, high = 0.0, float(shapely.hausdorff_distance(centre, flat))
    for _ in range(DISC_STEPS):
        middle = (low + high) / 2
        if flat.intersection(centre.buffer(middle)).area < share * flat.area:
            low = middle
        else:
            high = middle
    return plane.unproject(flat.intersection(centre.buffer(high)))
