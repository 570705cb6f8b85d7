"""The geometries of gazetteer entries: which layer or file holds the outline of which id."""

from functools import cache

import shapely
from shapely.geometry.base import BaseGeometry

from wayout.geo.layers import read_layer
from wayout.vocab import read_vocab


@cache
def shapes_of(source: str) -> dict[str, BaseGeometry]:
    """Map the ids of one source ("country", "admin1", "river", ...) to its polygons or lines; empty where it has only points."""
    if source == "country":
        return {f.properties["iso_a2"]: f.geometry for f in read_layer("countries")}
    if source == "admin1":
        return {f.properties["id"]: f.geometry for f in read_layer("admin1")}
    if source == "sea":
        return {str(i): shapely.Polygon(s["outline"]) for i, s in enumerate(read_vocab("waters.yaml")["seas"])}
    if source == "area":
        return {str(i): shapely.Polygon(a["outline"]) for i, a in enumerate(read_vocab("place_aliases.yaml")["areas"])}
    layer = {"river": "rivers", "lake": "lakes", "nature": "nature"}.get(source)
    return {str(i): f.geometry for i, f in enumerate(read_layer(layer))} if layer else {}


@cache
def union_of_countries(codes: tuple[str, ...]) -> BaseGeometry:
    """Join countries; codes that the layer lacks are passed over."""
    shapes = shapes_of("country")
    members = [shapes[code] for code in codes if code in shapes]
    # Countries of the layer share their borders point by point: dropping the shared lines is ten times faster than a union.
    whole = shapely.coverage_union_all(members)
    return whole if whole.is_valid else shapely.disjoint_subset_union_all(members)
