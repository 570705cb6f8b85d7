"""Informal regions (the Badia, the Sahel, Donbas): what ``vocab/regions.yaml`` says of them, and their shapes."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from wayout.errors import VocabularyError
from wayout.geo.borders import country_outline
from wayout.geo.compass import buffer_km
from wayout.geo.layers import read_layer
from wayout.geo.line_cut import shared_line
from wayout.model import Place, PlaceId
from wayout.text.names import fold_name
from wayout.vocab import read_vocab

BORDER_KM = 5.0
"""A border with a name of its own is a band of this half-width."""
KM_PER_DEG = 111.2
"""Mean length of a degree of latitude; discs are drawn with it, good to 1 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InformalRegion:
    """One region of the file: its place, all its names, and the row with rule, radius and source."""

    place: Place
    names: tuple[str, ...]
    row: Mapping[str, Any]


@cache
def read_regions() -> tuple[InformalRegion, ...]:
    """
    Read the informal regions.

    Returns
    -------
    regions
        In file order; a place's point is inside its shape.

    Raises
    ------
    VocabularyError
        If a row has no rule, or names a division or country that the layers lack.
    """
    regions = []
    for row in read_vocab("regions.yaml")["regions"]:
        name = row["name"]
        place_id = PlaceId("region:" + fold_name(name).replace(" ", "-"))
        x, y = _middle(row)
        inside = row.get("in") or [None]
        place = Place(id=place_id, name=name, kind="region", country=inside[0], admin1=None, lon=x, lat=y)
        regions.append(InformalRegion(place=place, names=(name, *row.get("also", [])), row=row))
    return tuple(regions)


@cache
def region_shape(name: str) -> BaseGeometry:
    """
    Return the shape of an informal region, lon/lat.

    Parameters
    ----------
    name
        Its ``name`` in the file.

    Returns
    -------
    shape
        Polygon or multi-polygon, valid.

    Raises
    ------
    VocabularyError
        If the file has no such region, or its rule cannot be carried out.
    """
    row = next((r for r in read_vocab("regions.yaml")["regions"] if r["name"] == name), None)
    if row is None:
        raise VocabularyError(f"regions.yaml has no region {name!r}")
    return _shape(row)


def _shape(row: Mapping[str, Any]) -> BaseGeometry:
    if "polygon" in row:
        return shapely.make_valid(shapely.Polygon(row["polygon"]))
    if "disc" in row:
        disc = row["disc"]
        circle = shapely.Point(0, 0).buffer(disc["km"] / KM_PER_DEG)
        stretch = 1 / max(0.1, math.cos(math.radians(disc["lat"])))
        return shapely.transform(circle, lambda xy: xy * [stretch, 1] + [disc["lon"], disc["lat"]])
    if "border" in row:
        first, second = (country_outline(code) for code in row["border"])
        if first is None or second is None:
            raise VocabularyError(f"region {row['name']!r} names {row['border']}, which the countries layer lacks")
        return buffer_km(shared_line(first, second), BORDER_KM)
    for layer, key, rule in (("admin1", "iso_3166_2", "admin1"), ("countries", "iso_a2", "countries")):
        if rule in row:
            wanted = set(row[rule])
            parts = [f for f in read_layer(layer) if f.properties[key] in wanted]
            missing = wanted - {f.properties[key] for f in parts}
            if missing:
                raise VocabularyError(f"region {row['name']!r} names {sorted(missing)}, which layer {layer} lacks")
            return shapely.union_all([f.geometry for f in parts])
    raise VocabularyError(f"region {row['name']!r} has no rule; give polygon, disc, border, admin1 or countries")


def _middle(row: Mapping[str, Any]) -> tuple[float, float]:
    """Return a point for the label without building unions of whole countries at opening time."""
    if "disc" in row:
        return row["disc"]["lon"], row["disc"]["lat"]
    if "border" in row:
        return row["at"][0], row["at"][1]
    if "polygon" in row:
        shape = shapely.Polygon(row["polygon"])
        point = shape.centroid if shape.contains(shape.centroid) else shape.representative_point()
        return point.x, point.y
    layer, key = ("admin1", "iso_3166_2") if "admin1" in row else ("countries", "iso_a2")
    wanted = row.get("admin1") or row.get("countries")
    bounds = [f.geometry.bounds for f in read_layer(layer) if f.properties[key] in (wanted or ())]
    if not bounds:
        raise VocabularyError(f"region {row['name']!r} has no rule that the layers can carry out")
    west, south, east, north = (f(b[i] for b in bounds) for i, f in enumerate((min, min, max, max)))
    return (west + east) / 2, (south + north) / 2
