"""The first-order divisions of one country in our layer: whose a point, a GeoNames division or an outline is."""

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from wayout.errors import NotFoundError
from wayout.geo.layers import read_layer
from wayout.locate.looking_up.kind_affixes import without_kind_word

COAST_DEG = 0.1
"""A place so far outside the simplified outline (about 10 km: islands, river banks) still belongs to the country."""
MIN_OVERLAP = 0.7
"""Share of the union that two outlines of one division have in common at least."""


class FirstOrder:
    """First-order divisions of a country, by the ids of the layer ("SY-DY")."""

    def __init__(self, country: str) -> None:
        """
        Read the layer.

        Raises
        ------
        NotFoundError
            If the layer has no such country.
        """
        self.country = country
        rows = [f for f in read_layer("admin1") if f.properties["country"] == country]
        if not rows:
            raise NotFoundError(f"no country has the code {country!r}; give two letters of ISO 3166-1, for example SD")
        self._ids: list[str] = [f.properties["id"] for f in rows]
        self._rows = dict(zip(self._ids, rows, strict=True))
        self._shapes = np.array([f.geometry for f in rows], dtype=object)
        self._tree = shapely.STRtree(self._shapes)
        self._by_geoname = {f.properties["geonameid"]: f.properties["id"] for f in rows if f.properties["geonameid"]}
        self._by_name: dict[str, str] = {}
        for row in rows:
            for name in (*row.properties["aliases"], row.properties["name"]):
                self._by_name.setdefault(without_kind_word(name), row.properties["id"])
        for row in rows:
            self._by_name[without_kind_word(row.properties["name"])] = row.properties["id"]

    @cached_property
    def outline(self) -> BaseGeometry:
        """The country with a seam of :data:`COAST_DEG`, lon/lat."""
        return shapely.union_all(shapely.buffer(self._shapes, COAST_DEG, quad_segs=2))

    def of_geoname(self, geonameid: int, names: Iterable[str]) -> str | None:
        """Return the layer's id of a GeoNames division, by number, else by one of its names; ``None`` if it has none."""
        by_name = (self._by_name.get(without_kind_word(name)) for name in names)
        return self._by_geoname.get(geonameid) or next((own for own in by_name if own), None)

    def label(self, own: str) -> tuple[str, tuple[float, float]]:
        """Return the name and the label point (lon, lat) of a division of the layer, as the base has them."""
        row = self._rows[own]
        return str(row.properties["name"]), label_point(row.geometry)

    def at(self, points: Sequence[tuple[float, float]]) -> list[str | None]:
        """Return the id of the division of each (lon, lat); the nearest within the seam, ``None`` beyond."""
        found: list[str | None] = [None] * len(points)
        if not points:
            return found
        geometries = np.array([shapely.Point(xy) for xy in points], dtype=object)
        # Sorted from the back, so that on a shared border the layer's first division stays.
        inside = self._tree.query(geometries, predicate="intersects").T
        for point, division in sorted(inside.tolist(), reverse=True):
            found[point] = self._ids[division]
        missing = [i for i, own in enumerate(found) if own is None]
        if missing:
            near = self._tree.query_nearest(geometries[missing], max_distance=COAST_DEG, all_matches=False).T
            for i, division in near.tolist():
                found[missing[i]] = self._ids[division]
        return found

    def overlapping(self, shape: BaseGeometry) -> str | None:
        """Return the id of the division that has most in common with an outline, ``None`` below :data:`MIN_OVERLAP`."""
        best, share = None, MIN_OVERLAP
        for division in self._tree.query(shape, predicate="intersects").tolist():
            other = self._shapes[division]
            both = shape.intersection(other).area
            own = both / (shape.area + other.area - both)
            if own > share:
                best, share = self._ids[division], own
        return best


def label_point(geometry: BaseGeometry) -> tuple[float, float]:
    """Return the centre of mass (lon, lat) of the largest polygon where it lies inside, else a point in it; a point on the longest line."""
    largest = max(shapely.get_parts(geometry), key=shapely.area if geometry.area else shapely.length)
    inside = largest.centroid if largest.contains(largest.centroid) else shapely.point_on_surface(largest)
    return float(inside.x), float(inside.y)
