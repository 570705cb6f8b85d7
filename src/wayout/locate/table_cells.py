"""The cells that a table gets for a region: coordinates at the floor, doubt round them, names and codes, method and why."""

from functools import cache, lru_cache

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from wayout.geo.borders import countries_of
from wayout.geo.compass import GEOD, central_point
from wayout.geo.floor import snap_to_floor
from wayout.geo.layers import Feature, read_layer
from wayout.locate.elsewhere import somewhere_in
from wayout.model import Place, Region, WeightedGeometry

COLUMNS = (
    "lat",
    "lon",
    "name_found",
    "place_id",
    "kind",
    "admin1",
    "country",
    "pcode",
    "where_prec",
    "radius50_km",
    "radius90_km",
    "likelihood",
    "others",
    "method",
    "why",
)
"""What a table gains, in this order; ``docs/how-to/geocode-a-spreadsheet.md`` says what each means."""
Cells = tuple[str, ...]
MOST_DIVISIONS = 3
"""An area over more divisions than this is in none that could be named in a cell."""
LEAST_SHARE = 0.1
"""A division that holds less of an area is not named."""


def unlocated_cells(why: str) -> Cells:
    """Return the cells of a row that cannot be located: all empty but the reason."""
    return (*("",) * (len(COLUMNS) - 1), _one_line(why))


def located_cells(region: Region, note: str = "") -> Cells:
    """
    Return the cells of a located row.

    Parameters
    ----------
    region
        Where the row's place is.
    note
        Added to ``why``.

    Returns
    -------
    cells
        Coordinates are a multiple of the floor's grid; the radii are counted from them, so that they hold what the snapping moved.
    """
    best = region.parts[0]
    # A rule's geometry ("between A and B") is nobody's outline, whatever place a reading starts from.
    place = best.place if region.method in ("name", "division") else None
    point = point_of(best.geometry, place)
    coarse = coarse_point(point)
    far_km = farthest_km(coarse, best.geometry)
    half = region.radius50_km
    return (
        f"{coarse.y:.2f}",
        f"{coarse.x:.2f}",
        place.name if place else "; ".join(p.name for p in region.places),
        str(place.id) if place else " ".join(str(p.id) for p in region.places),
        place.kind if place else "phrase",
        _division_names(best.geometry, point, place),
        _country_codes(best.geometry, place),
        (place.pcode or "") if place else "",
        str(region.where_prec),
        "" if half is None else f"{max(0.0, far_km + half):.1f}",
        f"{far_km + region.radius_km:.1f}",
        f"{best.weight:.2f}",
        _others(region),
        region.method,
        _one_line(region.why + note),
    )


def point_of(geometry: BaseGeometry, place: Place | None) -> Point:
    """
    Choose the point that stands for a reading, lon/lat.

    Parameters
    ----------
    geometry
        The reading.
    place
        The gazetteer entry it is, if it is one.

    Returns
    -------
    point
        The entry's own label where it lies in the geometry, else the point nearest to its centroid; the middle of a line.
    """
    if place is not None:
        label = Point(place.lon, place.lat)
        if place.kind == "populated_place" or geometry.intersects(label):
            return label
    if geometry.area == 0 and geometry.length > 0:
        longest = max(shapely.get_parts(geometry).tolist(), key=lambda part: float(part.length))
        return Point(shapely.get_coordinates(longest.interpolate(0.5, normalized=True))[0])
    return central_point(geometry)


def coarse_point(point: Point) -> Point:
    """Snap a point to the floor's grid, lon/lat."""
    return Point(shapely.get_coordinates(snap_to_floor(point))[0])


def farthest_km(point: Point, geometry: BaseGeometry) -> float:
    """Measure how far the farthest corner of a geometry lies from a point, km."""
    xy = shapely.get_coordinates(geometry)
    lon, lat = np.full(len(xy), point.x), np.full(len(xy), point.y)
    metres = GEOD.inv(lon, lat, xy[:, 0].copy(), xy[:, 1].copy())[2]
    return float(np.max(metres)) / 1000


def _others(region: Region) -> str:
    """List the readings after the best one with their weights."""
    told = []
    for part in region.parts[1:]:
        if part.place is None:
            home = elsewhere_in(part, region)
            told.append(f"{'another reading' if home is None else f'elsewhere in {home}'} {part.weight:.2f}")
            continue
        told.append(reading_words(part.place, part.weight))
    return "; ".join(told)


def reading_words(place: Place, weight: float) -> str:
    """Tell a reading in a cell: "Homs (admin1, SY) 0.31"."""
    where = ", ".join(w for w in (division_name(place), place.country) if w and w != place.name)
    return f"{place.name} ({place.kind.replace('_', ' ')}{', ' + where if where else ''}) {weight:.2f}"


def elsewhere_in(part: WeightedGeometry, region: Region) -> str | None:
    """Return the country (ISO code) of a reading "somewhere else in the country"; ``None`` for any other reading."""
    if part.place is not None:
        return None
    homes = sorted(
        {p.country for p in region.places if p.country} | {p.place.country or "" for p in region.parts if p.place}
    )
    return next((home for home in homes if home and somewhere_in(home) is part.geometry), None)


def division_name(place: Place) -> str:
    """Return the name of the first-order division a place lies in; empty where it has none."""
    if place.kind in ("country", "continent", "sea", "region"):
        return ""
    if place.admin1 is not None and (named := _divisions_by_code().get(place.admin1)):
        return named
    return _division_at(place.lon, place.lat)


def _division_names(geometry: BaseGeometry, point: Point, place: Place | None) -> str:
    if place is not None:
        return division_name(place)
    shares = _shares(geometry if geometry.area > 0 else point.buffer(0.01))
    return "; ".join(shares) if len(shares) <= MOST_DIVISIONS else ""


@lru_cache(maxsize=512)
def _shares(area: BaseGeometry) -> tuple[str, ...]:
    tree, features = _divisions()
    found = []
    for i in tree.query(area, predicate="intersects").tolist():
        share = features[i].geometry.intersection(area).area / area.area
        if share >= LEAST_SHARE:
            found.append((-share, str(features[i].properties["name"])))
    return tuple(name for _, name in sorted(found))


def _country_codes(geometry: BaseGeometry, place: Place | None) -> str:
    if place is not None and place.country:
        return place.country
    return "; ".join(countries_of(geometry))


@cache
def _divisions_by_code() -> dict[str, str]:
    return {str(f.properties["id"]): str(f.properties["name"]) for f in read_layer("admin1")}


@cache
def _divisions() -> tuple[STRtree, tuple[Feature, ...]]:
    features = read_layer("admin1")
    return STRtree([f.geometry for f in features]), features


@lru_cache(maxsize=50_000)
def _division_at(lon: float, lat: float) -> str:
    tree, features = _divisions()
    found = sorted(tree.query(Point(lon, lat), predicate="intersects").tolist())
    return str(features[found[0]].properties["name"]) if found else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
