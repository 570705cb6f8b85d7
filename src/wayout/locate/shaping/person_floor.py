"""Do no harm: where a person is concerned, a region is no finer than the first administrative level."""

from dataclasses import replace
from functools import cache

import shapely
from shapely.geometry.base import BaseGeometry

from wayout.geo.layers import read_layer
from wayout.locate.composing import compose_region, reading
from wayout.locate.doubt import radius_of
from wayout.model import Region

ADMIN1_PREC = 4
COARSE_KINDS = frozenset({"admin1", "country", "continent", "region", "sea"})
LEAST_SHARE = 0.05
"""A province that holds less of a region than this is not added to it."""


def coarsen_to_province(region: Region) -> Region:
    """
    Coarsen a region to whole first-order divisions; a region already that coarse, or a bare direction, keeps its shape.

    Parameters
    ----------
    region
        Any region.

    Returns
    -------
    coarse
        ``where_prec`` 4 or coarser; places finer than a division are left out.
    """
    places = tuple(place for place in region.places if place.kind in COARSE_KINDS)
    if region.where_prec in (ADMIN1_PREC, 6, 7) and region.method == "name":
        return replace(region, places=places)
    parts = [reading(provinces_of(part.geometry), part.weight) for part in region.parts]
    best = parts[0].geometry
    coarse = compose_region(
        parts,
        method=region.method,
        why=f"Widened to whole provinces, because a person is concerned; {region.why}",
        where_prec=max(ADMIN1_PREC, region.where_prec),
        radius_km=max(region.radius_km, radius_of("admin1", best)),
        places=places,
    )
    return replace(
        coarse, phrase=region.phrase, bearing_deg=region.bearing_deg, evidence=region.evidence, made_by=region.made_by
    )


def provinces_of(area: BaseGeometry) -> BaseGeometry:
    """Return the union of the first-order divisions an area lies in and the area itself, lon/lat."""
    tree, shapes = _provinces()
    touched = [shapes[i] for i in sorted(tree.query(area, predicate="intersects"))]
    # Of an area, surfaces are compared; of a line (a border, a river), lengths: a shared edge is no overlap of areas.
    measure = "area" if area.area > 0 else "length"
    size = getattr(area, measure) or 1.0
    kept = [s for s in touched if getattr(s.intersection(area), measure) >= LEAST_SHARE * size or s.covers(area)]
    return shapely.union_all([*(kept or touched), area]) if touched else area


@cache
def _provinces() -> tuple[shapely.STRtree, tuple[BaseGeometry, ...]]:
    shapes = tuple(feature.geometry for feature in read_layer("admin1"))
    return shapely.STRtree(shapes), shapes
