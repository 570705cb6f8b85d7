"""A user's own list of places (CSV or GeoJSON points) as gazetteer entries, checked row by row."""

import csv
import hashlib
import io
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import shapely

from wayout.errors import SourceError
from wayout.locate.looking_up.first_order import FirstOrder
from wayout.locate.looking_up.gazetteer_file import ALIAS, OWN_NAME, STRIPPED, Entry
from wayout.locate.looking_up.geonames_dump import as_point
from wayout.locate.looking_up.list_names import Site, spoken_names, towns_of_quarters
from wayout.model import Place, PlaceKind
from wayout.text.names import fold_name

MAX_BYTES = 200_000_000
MAX_ROWS = 1_000_000
MAX_NAME = 200
SAME_KM = 5.0
"""A place of the same name and kind this near is the same place: lists and gazetteers put a town's point at different spots."""
SWAPPED_SHARE = 0.5
"""Where more of the rows would lie in the country with latitude and longitude exchanged, the columns are."""
KM_PER_DEG = 111.195
Known = Callable[[str], Iterable[Place]]
"""Gives the places that bear a folded name already."""
_DELIMITERS = ",;\t|"
_DECIMAL_COMMA = re.compile(r"^(-?\d+),(\d+)$")
_MORE_NAMES = re.compile(r"[;|]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListColumns:
    """Which column (or property) of a list holds what; ``lat`` and ``lon`` are not needed for GeoJSON points."""

    name: str
    lat: str | None = None
    lon: str | None = None
    also: tuple[str, ...] = ()
    pcode: str | None = None


@dataclass(slots=True)
class PlaceList:
    """What a list gave: entries in order of their ids, how many of them were known already, what was left out and why."""

    entries: list[Entry] = field(default_factory=list)
    n_known: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Row:
    names: tuple[str, ...]
    also: tuple[str, ...]
    pcode: str | None
    lon: str
    lat: str


def read_place_list(
    content: bytes,
    columns: ListColumns,
    country: str,
    *,
    kind: PlaceKind = "populated_place",
    known: Known = lambda _: (),
) -> PlaceList:
    """
    Read a list of places of one country.

    Parameters
    ----------
    content
        CSV with a header row (comma, semicolon, tab or bar; UTF-8, UTF-16 or Windows-1256/1252) or a GeoJSON feature collection of points.
    columns
        Which column holds what.
    country
        ISO 3166-1 code.
    kind
        What the places are.
    known
        What the gazetteer has under a folded name: a place of that name and kind within 5 km is the same one.

    Returns
    -------
    places
        A bad row (no name, no usable coordinate, outside the country) is counted by its reason and costs nothing else.

    Raises
    ------
    SourceError
        If a column is missing, the file cannot be read, latitude and longitude are exchanged, or no row is usable.
    NotFoundError
        If the country is not known.
    """
    first = FirstOrder(country)
    found = PlaceList()
    usable: list[tuple[_Row, tuple[float, float]]] = []
    for row in _rows(content, columns, found.left_out):
        point = as_point(row.lon, row.lat)
        if not row.names:
            found.left_out["without a name"] += 1
        elif point is None:
            found.left_out["without a usable coordinate"] += 1
        else:
            usable.append((row, point))
    inside = _inside(first, [point for _, point in usable])
    _refuse_swapped(first, usable, inside, columns)
    kept = [item for item, good in zip(usable, inside, strict=True) if good]
    if outside := len(usable) - len(kept):
        found.left_out[f"outside {country}"] = outside
    if not kept:
        reasons = "; ".join(f"{n} {why}" for why, n in sorted(found.left_out.items())) or "it is empty"
        raise SourceError(f"no row of the list can be used ({reasons}); check the columns and the country")
    sites = [(Site(row.names, row.also, point), row.pcode) for row, point in kept]
    if kind == "populated_place":
        sites += [(town, None) for town in towns_of_quarters([site for site, _ in sites])]
    divisions = first.at([site.point for site, _ in sites])
    by_id: dict[str, Entry] = {}
    for (site, pcode), admin1 in zip(sites, divisions, strict=True):
        same = _same(site, country, kind, known)
        own_id = str(same.id) if same else _own_id(country, kind, site)
        found.n_known += same is not None and own_id not in by_id
        new = Entry(own_id, site.names[0], kind, country, admin1, *site.point)
        entry = by_id.setdefault(own_id, new if same is None else _as_known(same))
        entry.call(site.names, OWN_NAME)
        entry.call(site.also, ALIAS)
        entry.call((spoken for name in (*site.names, *site.also) for spoken in spoken_names(name)), STRIPPED)
        entry.pcode = entry.pcode or pcode
    found.entries = [by_id[key] for key in sorted(by_id) if by_id[key].names]
    return found


def _rows(content: bytes, columns: ListColumns, left_out: Counter[str]) -> Iterator[_Row]:
    if len(content) > MAX_BYTES:
        raise SourceError(f"the list is over {MAX_BYTES / 1e6:g} MB; give a smaller one")
    text = _decoded(content)
    records = _from_geojson(text) if text.lstrip()[:1] == "{" else _from_csv(text, columns)
    for n, record in enumerate(records):
        if n >= MAX_ROWS:
            raise SourceError(f"the list has over {MAX_ROWS:,} rows; give a smaller one")
        if n == 0:
            _check_columns(record, columns)
        name = _cell(record, columns.name)
        also = [part for column in columns.also for part in _MORE_NAMES.split(_cell(record, column))]
        if len(name) > MAX_NAME:
            left_out[f"with a name of over {MAX_NAME} characters"] += 1
            continue
        names = tuple(part.strip() for part in _MORE_NAMES.split(name) if fold_name(part))
        yield _Row(
            names=names,
            also=tuple(part.strip() for part in also if 0 < len(part.strip()) <= MAX_NAME),
            pcode=_cell(record, columns.pcode) or None if columns.pcode else None,
            lon=_DECIMAL_COMMA.sub(r"\1.\2", _cell(record, columns.lon or "lon")),
            lat=_DECIMAL_COMMA.sub(r"\1.\2", _cell(record, columns.lat or "lat")),
        )


def _decoded(content: bytes) -> str:
    """Decode a spreadsheet's export; Arabic and Western Windows code pages are tried where it is no Unicode."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1256", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SourceError("the list is no text; save it as CSV in UTF-8")


def _from_csv(text: str, columns: ListColumns) -> Iterator[Mapping[str, Any]]:
    if columns.lat is None or columns.lon is None:
        raise SourceError("a CSV list needs the columns of its coordinates; give --lat and --lon")
    head = next(iter(text.splitlines()), "")
    delimiter = max(_DELIMITERS, key=lambda d: (columns.name in _split(head, d), head.count(d)))
    try:
        yield from csv.DictReader(io.StringIO(text), delimiter=delimiter)
    except csv.Error as error:
        raise SourceError(f"the list is no CSV that can be read ({error}); save it again") from error


def _split(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter), [])


def _from_geojson(text: str) -> Iterator[Mapping[str, Any]]:
    try:
        for feature in json.loads(text)["features"]:
            shape = feature.get("geometry") or {}
            lon, lat = shape["coordinates"][:2] if shape.get("type") == "Point" else ("", "")
            yield {**(feature.get("properties") or {}), "lon": lon, "lat": lat}
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise SourceError(f"the list is no GeoJSON of points ({type(error).__name__}: {error})") from error


def _check_columns(record: Mapping[str, Any], columns: ListColumns) -> None:
    wanted = [columns.name, columns.lat, columns.lon, columns.pcode, *columns.also]
    missing = [c for c in wanted if c is not None and c not in record]
    if missing:
        there = ", ".join(repr(str(c)) for c in islice(record, 30))
        raise SourceError(f"the list has no column {missing[0]!r}; its columns are {there}")


def _cell(record: Mapping[str, Any], column: str) -> str:
    value = record.get(column)
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _inside(first: FirstOrder, points: Sequence[tuple[float, float]]) -> list[bool]:
    if not points:
        return []
    shapely.prepare(first.outline)
    xs, ys = zip(*points, strict=True)
    return [bool(x) for x in shapely.contains_xy(first.outline, xs, ys)]


def _refuse_swapped(
    first: FirstOrder, usable: Sequence[tuple[_Row, tuple[float, float]]], inside: Sequence[bool], columns: ListColumns
) -> None:
    """Refuse a list whose coordinates are exchanged: guessing would put every place wrong if we guessed badly."""
    outside = [(lat, lon) for (_, (lon, lat)), good in zip(usable, inside, strict=True) if not good and abs(lon) <= 90]
    swapped = sum(_inside(first, outside))
    if swapped > max(sum(inside), SWAPPED_SHARE * len(usable)):
        hint = f"give --lat {columns.lon!r} --lon {columns.lat!r}" if columns.lat else "give lon before lat"
        raise SourceError(
            f"{swapped} of {len(usable)} rows lie in {first.country} only with lat and lon exchanged; {hint}"
        )


def _same(site: Site, country: str, kind: PlaceKind, known: Known) -> Place | None:
    """Find the known place of the same name, kind and country nearest to a row, within :data:`SAME_KM`."""
    near: list[tuple[float, str, Place]] = []
    for name in (*site.names, *site.also):
        for key in (fold_name(name), *spoken_names(name)):
            for place in known(key):
                km = _km(site.point, (place.lon, place.lat))
                if place.kind == kind and place.country == country and km <= SAME_KM:
                    near.append((km, str(place.id), place))
    return min(near, key=lambda item: item[:2])[2] if near else None


def _as_known(place: Place) -> Entry:
    """Begin with what is known: an entry of a later file stands for the whole place, so it must not say less."""
    entry = Entry(str(place.id), place.name, place.kind, place.country, place.admin1, place.lon, place.lat)
    entry.population, entry.pcode = place.population, place.pcode
    entry.call([place.name], OWN_NAME)
    return entry


def _km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance of two near points, km (plane approximation, exact enough over some kilometres)."""
    east = ((one[0] - other[0] + 180) % 360 - 180) * math.cos(math.radians(one[1]))
    return math.hypot(east, one[1] - other[1]) * KM_PER_DEG


def _own_id(country: str, kind: str, site: Site) -> str:
    """Make an id from what the place is: the same row gives the same id in every list."""
    key = f"{country}|{kind}|{fold_name(site.names[0])}|{site.point[0]:.4f}|{site.point[1]:.4f}"
    return f"list:{hashlib.sha256(key.encode()).hexdigest()[:16]}"
