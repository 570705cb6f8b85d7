"""Borders between countries, from the countries layer."""

from collections.abc import Iterable
from functools import cache

import shapely
from shapely.geometry.base import BaseGeometry

from wayout.geo.layers import read_layer

HOME_SHARE = 0.25
"""A country that holds less of an area is abroad."""
TOLERANCE_DEG = 0.03
"""About 3 km: shared boundaries of the simplified layer differ by less than this."""


@cache
def country_outline(iso_a2: str) -> BaseGeometry | None:
    """Return a country's polygon (lon, lat), or ``None`` where the layer has no such code."""
    parts = [f.geometry for f in read_layer("countries") if f.properties["iso_a2"] == iso_a2]
    if not parts:
        return None
    outline = parts[0] if len(parts) == 1 else shapely.union_all(parts)
    shapely.prepare(outline)  # asked again and again what lies in it or near
    return outline


def country_name(iso_a2: str) -> str:
    """Return a country's English name, or its code where the layer has none."""
    names = (str(f.properties["name"]) for f in read_layer("countries") if f.properties["iso_a2"] == iso_a2)
    return next(names, iso_a2)


def countries_of(area: BaseGeometry, *, least_share: float = 0.1) -> tuple[str, ...]:
    """
    List the countries an area lies in, largest share first.

    Parameters
    ----------
    area
        Any geometry, lon/lat.
    least_share
        Countries with a smaller share of the area are left out.

    Returns
    -------
    codes
        ISO 3166-1 alpha-2 codes.
    """
    probe = area if area.area > 0 else area.buffer(TOLERANCE_DEG)
    shares = []
    shapely.prepare(probe)
    for feature in read_layer("countries"):
        # A country smaller than the share cannot hold it: of a continent few are left to be cut.
        if feature.geometry.area >= least_share * probe.area and probe.intersects(feature.geometry):
            share = feature.geometry.intersection(probe).area / probe.area
            if share >= least_share:
                shares.append((-share, str(feature.properties["iso_a2"])))
    return tuple(code for _, code in sorted(shares))


def borders_near(area: BaseGeometry, reach_deg: float) -> tuple[tuple[str, str, BaseGeometry], ...]:
    """
    List the borders between countries near an area.

    Parameters
    ----------
    area
        The area, lon/lat.
    reach_deg
        How far from the area to look, degrees.

    Returns
    -------
    borders
        ``(iso_a, iso_b, line)`` with ``iso_a < iso_b``, the line cut to the neighbourhood; sorted by codes.
    """
    near = shapely.box(*area.bounds).buffer(reach_deg)
    home = [f for f in read_layer("countries") if f.geometry.intersects(near)]
    found = []
    for i, a in enumerate(home):
        for b in home[:i]:
            line = _shared_line(a.geometry, b.geometry, near)
            if not line.is_empty:
                first, second = sorted((str(a.properties["iso_a2"]), str(b.properties["iso_a2"])))
                found.append((first, second, line))
    return tuple(sorted(found, key=lambda item: item[:2]))


def border_stretch(region: BaseGeometry, home: frozenset[str] = frozenset(), reach_deg: float = 0.15) -> BaseGeometry:
    """
    Return the international border that runs in or along a region.

    Parameters
    ----------
    region
        A region, lon/lat.
    home
        Codes of the countries looked from: where the region borders one of them, that stretch is meant and no other.
    reach_deg
        How far beyond the region's edge its border may lie, degrees.

    Returns
    -------
    line
        Border lines within ``reach_deg`` of the region; empty where it touches none.
    """
    around = region.buffer(reach_deg)
    found = [(a, b, line.intersection(around)) for a, b, line in borders_near(region, reach_deg)]
    lines = [(a, b, line) for a, b, line in found if line.length > 0]
    facing = [line for a, b, line in lines if home & {a, b}]
    return shapely.union_all(facing or [line for _, _, line in lines]) if lines else shapely.LineString()


def home_of(area: BaseGeometry, named: Iterable[str | None]) -> frozenset[str]:
    """Return the countries an area belongs to: those of the named places, else those that hold a good share of it."""
    known = {code for code in named if code is not None}
    return frozenset(known or countries_of(area, least_share=HOME_SHARE))


def _shared_line(a: BaseGeometry, b: BaseGeometry, near: BaseGeometry) -> BaseGeometry:
    """Boundary of ``a`` that runs along ``b``; points where they only touch are dropped."""
    if not a.intersects(b.buffer(TOLERANCE_DEG)):
        return shapely.LineString()
    line = _outline(a.intersection(near)).intersection(b.intersection(near).buffer(TOLERANCE_DEG))
    line = line.intersection(near.buffer(-1e-6))
    parts = [p for p in shapely.get_parts(line) if p.geom_type == "LineString" and p.length > TOLERANCE_DEG]
    return shapely.line_merge(shapely.union_all(parts)) if parts else shapely.LineString()


def _outline(geometry: BaseGeometry) -> BaseGeometry:
    """Boundary of the surfaces in a geometry; a cut may leave points and lines beside them, which have none."""
    surfaces = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
    return shapely.union_all([part.boundary for part in surfaces])
