"""
Outlines of divisions below the first order, one country at a time.

Two archives of :mod:`wayout.geo.layers` members, one member a country: ``divisions.zip`` (open licences; every outline is a place of
the gazetteer) and ``divisions_sharealike.zip`` (ODbL and CC BY-SA, kept apart: an outline and the id it belongs to, no more). Who drew what:
``vocab/boundary_sources.yaml``. A country is read when it is first asked for (2-60 ms), nothing at opening.
"""

import zipfile
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

import shapely
from shapely.geometry.base import BaseGeometry

from wayout.errors import BackendError
from wayout.geo.layers import Feature, unpack_layer
from wayout.vocab import vocab_path

ARCHIVES = ("divisions.zip", "divisions_sharealike.zip")
"""In order of trust: what the first has, the second is not asked for."""
GAP_DEG = 0.004
"""Neighbours were simplified one by one: gaps of this width (about 400 m) between them are closed in a union."""


def division_outline(place_id: str, country: str | None) -> BaseGeometry | None:
    """
    Return the outline of a second- or third-order division.

    Parameters
    ----------
    place_id
        The gazetteer's id, for example ``"admin2:7895145"``.
    country
        ISO 3166-1 alpha-2 code of the country it lies in.

    Returns
    -------
    outline
        ``MultiPolygon`` in degrees (lon, lat), good to about 2 km; ``None`` where no outline is shipped.

    Raises
    ------
    BackendError
        If an archive is missing or damaged.

    Examples
    --------
    >>> outline = division_outline("admin2:7895145", "SY")  # Tadmur district
    >>> 20_000 < outline.area * 10_000 < 40_000  # some 24,000 km2 at this latitude
    True
    >>> division_outline("admin2:0", "SY") is None
    True
    """
    return _outlines(country).get(place_id) if country else None


def divided_countries() -> tuple[str, ...]:
    """List the countries whose divisions are places with an open licence, by code."""
    return _members(ARCHIVES[0])


@cache
def read_divisions(country: str) -> tuple[Feature, ...]:
    """
    Read the divisions of a country that an open licence lets us name.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2 code.

    Returns
    -------
    divisions
        With properties ``id`` and, unless they only lend an outline to a place known already, ``name``, ``kind`` (``"admin2"`` or
        ``"admin3"``), ``admin1`` (our layer's code or ``None``) and, for third-order ones, ``of``: the id of the second-order
        division they are part of, where known. Empty if the country has none.
    """
    return _read(ARCHIVES[0], country)


@cache
def _outlines(country: str) -> Mapping[str, BaseGeometry]:
    """Map ids to outlines; a second-order division known only by its parts is their union."""
    known: dict[str, BaseGeometry] = {}
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    for archive in ARCHIVES:
        for feature in _read(archive, country):
            known.setdefault(str(feature.properties["id"]), feature.geometry)
            if "of" in feature.properties:
                parts[str(feature.properties["of"])].append(feature.geometry)
    for whole, shapes in parts.items():
        if whole not in known:
            known[whole] = _joined(shapes)
    return known


def _joined(shapes: list[BaseGeometry]) -> BaseGeometry:
    """Unite neighbours and close the gaps between them."""
    grown = shapely.buffer(shapes, GAP_DEG, join_style="mitre")
    return shapely.union_all(grown).buffer(-GAP_DEG, join_style="mitre")


@cache
def _members(archive: str) -> tuple[str, ...]:
    path = vocab_path(f"layers/{archive}")
    try:
        with zipfile.ZipFile(path) as members:
            return tuple(sorted(name.removesuffix(".npz") for name in members.namelist()))
    except (OSError, zipfile.BadZipFile) as error:
        raise BackendError(f"outlines of divisions at {path} cannot be read; check the file out again") from error


def _read(archive: str, country: str) -> tuple[Feature, ...]:
    if country not in _members(archive):
        return ()
    path = vocab_path(f"layers/{archive}")
    try:
        with zipfile.ZipFile(path) as members:
            geometries, properties = unpack_layer(members.read(f"{country}.npz"))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise BackendError(f"outlines of {country} in {path} are damaged; check the file out again") from error
    return tuple(Feature(properties=p, geometry=g) for p, g in zip(properties, geometries, strict=True))
