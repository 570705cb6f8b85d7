"""Rows of event tables carry their coordinates and how exact they are: the region is taken from the row, not from its words."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

import shapely
from shapely import STRtree
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from wayout import __version__
from wayout.geo.layers import Feature, read_layer
from wayout.geo.sphere import sphere_km
from wayout.locate.context import Places
from wayout.locate.shaping.person_floor import coarsen_to_province
from wayout.model import ActorId, Claim, ClaimId, Document, Place, PlaceId, PlaceKind, Region, Step, WeightedGeometry
from wayout.text.event_rows import format_of, is_event_row, read_row
from wayout.vocab import read_vocab

METHOD = "coordinates"
SAME_PLACE_KM = 8.0
"""A settlement of the same name within this of a row's exact point is the one meant: gazetteers differ by about a town's width."""
_EXACT_KINDS: tuple[PlaceKind, ...] = ("populated_place", "installation", "crossing")
_STEP = Step(name="locate.from_coordinates", version=__version__)
_COUNTRY_PREC, _ADMIN1_PREC = 6, 4
_OUTLINES = {_ADMIN1_PREC: "admin1", _COUNTRY_PREC: "countries"}
"""Classes whose ground is a whole division or country: its outline, where the layer has one round the point."""


def locate_rows(
    claims: Iterable[Claim],
    documents: Iterable[Document],
    gazetteer: Places | None = None,
    persons: Collection[ActorId] = frozenset(),
) -> dict[ClaimId, Claim]:
    """
    Give the claims of rows of event tables the row's own place.

    Parameters
    ----------
    claims
        Claims of any documents.
    documents
        The documents; those that are no rows are passed over.
    gazetteer
        Tells which entry a row's exact place is, so that reports and tables mean one place; ``None``: none is looked up.
    persons
        Ids of actors that are persons: claims about them are located at a first-order division or coarser.

    Returns
    -------
    located
        By claim id, for the claims of rows only.
    """
    rows = {document.id: document for document in documents if is_event_row(document)}
    regions: dict[str, Region] = {}
    located: dict[ClaimId, Claim] = {}
    for claim in claims:
        if claim.document not in rows:
            continue
        if claim.document not in regions:
            phrase = claim.places[0].phrase if claim.places else ""
            regions[claim.document] = region_of_row(rows[claim.document], phrase, gazetteer)
        region = regions[claim.document]
        if claim.subject in persons or claim.object in persons:
            region = coarsen_to_province(region)
        uses = tuple(replace(u, region=replace(region, phrase=u.phrase, evidence=(u.span,))) for u in claim.places)
        located[claim.id] = replace(claim, places=uses)
    return located


def region_of_row(document: Document, phrase: str = "", gazetteer: Places | None = None) -> Region:
    """
    Make the region of a row: its point with the doubt of its ``where_prec``, or the outline of the division or country it stands for.

    Parameters
    ----------
    document
        A row of an event table.
    phrase
        The row's name of the place.
    gazetteer
        Where the entry of that name is looked up.

    Returns
    -------
    region
        Method ``"coordinates"``; ``where_prec`` as coded (ACLED's geo_precision turned into UCDP's class), 5 where the row is silent.
        A settlement or site (class 1) of the phrase's name within :data:`SAME_PLACE_KM`, a division (4) or a country (6) is named as the
        gazetteer's entry.
    """
    fields = read_row(document.text)
    vocab = read_vocab("event_tables.yaml")
    if format_of(document) == "acled":
        code = fields.get("geo_precision")
        prec = vocab["formats"]["acled"]["where_prec"][int(float(code.value))] if code else None
    else:
        code = fields.get("where_prec")
        prec = int(float(code.value)) if code else None
    silent = prec is None
    prec = int(vocab["unstated_where_prec"]) if prec is None else prec
    region = _region(float(fields["longitude"].value), float(fields["latitude"].value), prec, silent)
    entry = _entry(gazetteer, phrase, region.geometry) if prec == 1 and gazetteer is not None and phrase else None
    if entry is None:
        return region
    named = WeightedGeometry(geometry=region.geometry, place=entry, weight=1.0)
    return replace(region, parts=(named,), places=(entry, *region.places))


@lru_cache(maxsize=20_000)
def _entry(gazetteer: Places, phrase: str, point: Point) -> Place | None:
    """Return the settlement or site of a name that lies at the point; of several the nearest."""
    near = [
        (sphere_km(point.x, point.y, place.lon, place.lat), place.id, place)
        for place in gazetteer.find(phrase, kinds=_EXACT_KINDS)
        if place.kind in _EXACT_KINDS
    ]
    return next((place for km, _, place in sorted(near, key=lambda n: n[:2]) if km <= SAME_PLACE_KM), None)


@lru_cache(maxsize=20_000)
def _region(lon: float, lat: float, where_prec: int, silent: bool) -> Region:
    point = Point(lon, lat)
    home = _feature_at("countries", lon, lat)
    outline = _feature_at(_OUTLINES[where_prec], lon, lat) if where_prec in _OUTLINES else None
    radii = read_vocab("event_tables.yaml")["radii_km"][where_prec]
    geometry: BaseGeometry = point
    radius, radius50 = float(radii["r90"]), float(radii["r50"])
    said = "the row does not say how exact" if silent else f"precision class {where_prec}"
    why = f"The coordinates of the event table's row ({said}): within {radius:.0f} km nine times in ten."
    if outline is not None:
        geometry, radius, radius50 = outline.geometry, 15.0, 0.0
        name = str(outline.properties["name"])
        why = f"The row's coordinates stand for all of {name} (precision class {where_prec})."
    whole = None if outline is None else _country(outline) if where_prec == _COUNTRY_PREC else _division(outline, home)
    return Region(
        phrase="",
        parts=(WeightedGeometry(geometry=geometry, place=whole, weight=1.0),),
        where_prec=where_prec,
        radius_km=radius,
        radius50_km=radius50,
        method=METHOD,
        why=why,
        places=tuple(dict.fromkeys(p for p in (whole, None if home is None else _country(home)) if p is not None)),
        made_by=_STEP,
    )


def _division(outline: Feature, home: Feature | None) -> Place:
    label = outline.geometry.representative_point()
    code = str(outline.properties["id"])
    return Place(
        id=PlaceId(f"admin1:{code}"),
        name=str(outline.properties["name"]),
        kind="admin1",
        country=None if home is None else str(home.properties["iso_a2"]),
        admin1=code,
        lon=label.x,
        lat=label.y,
    )


def _country(home: Feature) -> Place:
    label = home.geometry.representative_point()
    iso = str(home.properties["iso_a2"])
    return Place(
        id=PlaceId(f"country:{iso}"),
        name=str(home.properties["name"]),
        kind="country",
        country=iso,
        admin1=None,
        lon=label.x,
        lat=label.y,
    )


def _feature_at(layer: str, lon: float, lat: float) -> Feature | None:
    tree, features = _tree(layer)
    found = sorted(tree.query(Point(lon, lat), predicate="intersects").tolist())
    return features[found[0]] if found else None


@lru_cache(maxsize=2)
def _tree(layer: str) -> tuple[Any, tuple[Feature, ...]]:
    features = read_layer(layer)
    shapes = [f.geometry for f in features]
    shapely.prepare(shapes)
    return STRtree(shapes), features
