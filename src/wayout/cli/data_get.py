"""Get a country's full gazetteer: GeoNames' dump, its further names, OCHA's boundaries; from the network, a mirror or a folder."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from wayout.cli.download import read_record
from wayout.cli.fetch_limits import FetchLimits
from wayout.cli.obtain import Obtained, local, obtain
from wayout.errors import SourceError
from wayout.locate.looking_up.boundaries import read_boundaries
from wayout.locate.looking_up.coded_divisions import add_divisions
from wayout.locate.looking_up.editions import Edition, write_edition
from wayout.locate.looking_up.gazetteer_file import Entry
from wayout.locate.looking_up.geonames_dump import read_dump
from wayout.locate.looking_up.zipped import member_lines, member_names

GEONAMES = "https://download.geonames.org/export/dump"
HDX = "https://data.humdata.org"
GEONAMES_LICENCE = "CC BY 4.0, attribution: GeoNames (geonames.org)"
UNKNOWN_LICENCE = "not stated; ask its publisher before passing it on"
MAX_FILE_BYTES = 600_000_000
"""The largest country's dump has some 80 MB packed, the finest boundaries some 300 MB."""
MAX_UNPACKED_BYTES = 3_000_000_000
TIME_S = 3600.0
RESOURCE_KINDS = ("geojson", "shp", "zipped shapefile", "zipped shapefiles")
"""Formats of HDX resources that we read, best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GetOptions:
    """
    Where a country's files come from.

    Attributes
    ----------
    base
        Address or folder that has ``XX.zip`` and ``alternatenames/XX.zip``.
    hdx
        Address of the CKAN catalogue with OCHA's boundaries.
    boundaries
        A file or address of boundaries instead of the catalogue's.
    with_boundaries
        Whether outlines and P-codes are wanted at all.
    tell
        Told the file's name and how much of it is there.
    """

    base: str = GEONAMES
    hdx: str = HDX
    boundaries: str | None = None
    with_boundaries: bool = True
    tell: Callable[[str, int, int | None], None] = lambda _name, _n, _all: None


@dataclass(slots=True)
class Got:
    """An edition that was made, and what the user should know about how."""

    edition: Edition
    notes: list[str] = field(default_factory=list)


def get_country(country: str, iso3: str, folder: Path, options: GetOptions) -> Got:
    """
    Make the edition of a country.

    Parameters
    ----------
    country, iso3
        ISO 3166-1 codes of two and three letters.
    folder
        The gazetteer's folder; downloads are kept in ``downloads`` inside it.
    options
        Where the files come from.

    Returns
    -------
    got
        The edition; the same files give the same bytes. Without boundaries or further names it is made all the same, and said.

    Raises
    ------
    SourceError
        If there is no dump, or it cannot be read.
    """
    notes: list[str] = []
    kept = folder / "downloads"
    dump = _obtain(options, f"{country}.zip", kept / f"{country}.zip", "GeoNames dump", notes)
    more = _try(
        lambda: _obtain(
            options, f"alternatenames/{country}.zip", kept / f"{country}-alternatenames.zip", "GeoNames names", notes
        ),
        "further names are left out",
        notes,
    )
    outlines = None
    if options.with_boundaries:
        outlines = _try(
            lambda: _boundaries(country, iso3, kept, options, notes), "outlines and P-codes are left out", notes
        )
    with_more = (lambda: _lines(more.path, country)) if more else tuple
    read = _checked(dump, lambda: read_dump(_lines(dump.path, country), country, with_more()))
    entries: list[Entry] = read.entries
    if outlines:
        found = outlines
        entries, outlines = _try(
            lambda: (_checked(found, lambda: add_divisions(entries, read_boundaries(found.path), country)), found),
            "outlines and P-codes are left out",
            notes,
        ) or (entries, None)
    sources = [file.source for file in (dump, more, outlines) if file is not None]
    left_out = Counter(read.left_out)
    return Got(write_edition(folder, country, entries, sources=sources, left_out=left_out), notes)


def _try(work: Callable[[], Any], otherwise: str, notes: list[str]) -> Any:
    """Do what can be done without; a failure is a note."""
    try:
        return work()
    except SourceError as error:
        notes.append(f"{otherwise}: {error}")
        return None


def _checked(file: Obtained, work: Callable[[], Any]) -> Any:
    """Read a file; a download that cannot be read is thrown away, so that the next call gets it anew."""
    try:
        return work()
    except SourceError as error:
        if read_record(file.path) is not None:
            file.path.unlink()
        raise SourceError(f"{file.source.title} from {file.source.address}: {error}") from error


def _lines(path: Path, country: str) -> Any:
    """Give the rows of the country's table in a GeoNames archive."""
    for name in member_names(path):
        if PurePosixPath(name).name.lower() == f"{country.lower()}.txt":
            return member_lines(path, name, MAX_UNPACKED_BYTES)
    raise SourceError(f"{path} does not hold {country}.txt; give the archive as geonames.org serves it")


def _obtain(options: GetOptions, name: str, target: Path, title: str, notes: list[str]) -> Obtained:
    """Get one of GeoNames' files from a folder, from what was put or kept here, or from the network."""
    if not is_address(options.base):
        path = Path(options.base) / name
        if not path.is_file():
            raise SourceError(f"there is no {path}; put {name} from {GEONAMES} there, or leave --from out")
        return local(path, title, GEONAMES_LICENCE)
    url = f"{options.base.rstrip('/')}/{name}"
    return _download(url, target, title, GEONAMES_LICENCE, (options, notes))


def _download(url: str, target: Path, title: str, licence: str, how: tuple[GetOptions, list[str]]) -> Obtained:
    """Download a file, or use the one that lies there already where there is no network."""
    options, notes = how
    limits = download_limits(options.base if title != "boundaries" else url)
    return obtain(url, target, limits, terms=(title, licence), notes=notes, tell=options.tell)


def _boundaries(country: str, iso3: str, kept: Path, options: GetOptions, notes: list[str]) -> Obtained:
    """Get the boundaries: the file or address that was named, one that was put here by hand, else OCHA's on HDX."""
    target = kept / f"{country}-boundaries.zip"
    named = options.boundaries
    if named is not None and not is_address(named):
        if not Path(named).is_file():
            raise SourceError(f"there is no file {named}; check --boundaries")
        return local(Path(named), "boundaries", UNKNOWN_LICENCE)
    if named is not None:
        return _download(named, target, "boundaries", UNKNOWN_LICENCE, (options, notes))
    by_hand = [p for p in (target, target.with_suffix(".geojson")) if p.is_file() and read_record(p) is None]
    if by_hand:
        return local(by_hand[0], "boundaries", UNKNOWN_LICENCE)
    try:
        url, licence = _on_hdx(iso3, options.hdx)
    except SourceError as error:
        record = read_record(target)
        if record is None:
            raise SourceError(f"{error}; or give --boundaries, or put the file at {target}") from error
        notes.append(f"{error}; the boundaries of {record.retrieved} are used")
        return local(target, "boundaries", UNKNOWN_LICENCE)
    return _download(url, target, "boundaries", licence, (options, notes))


def _on_hdx(iso3: str, hdx: str) -> tuple[str, str]:
    """Ask the catalogue for the boundaries of a country: address and licence."""
    from wayout.cli.fetch import fetch

    url = f"{hdx.rstrip('/')}/api/3/action/package_show?id=cod-ab-{iso3.lower()}"
    answer = fetch(url, download_limits(hdx))
    try:
        package = json.loads(answer.content)["result"]
        resources = [(str(r["format"]).lower(), str(r["url"])) for r in package["resources"]]
        licence = str(package.get("license_title") or package.get("license_id") or UNKNOWN_LICENCE)
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise SourceError(
            f"{url} gave no description of a data set ({type(error).__name__}); give --boundaries"
        ) from error
    usable = [
        (RESOURCE_KINDS.index(kind), i, address)
        for i, (kind, address) in enumerate(resources)
        if kind in RESOURCE_KINDS
    ]
    if not usable:
        raise SourceError(f"{url} offers no GeoJSON or shapefile; give --boundaries")
    return min(usable)[2], licence


def is_address(place: str) -> bool:
    """Tell whether a place is on the web rather than a file or folder."""
    return place.lower().startswith(("http://", "https://"))


def download_limits(named: str) -> FetchLimits:
    """Give the bounds of a download; a server on this machine is reached only where the user named it."""
    host = urlsplit(named).hostname or ""
    own = host in ("localhost", "::1") or host.startswith("127.")
    return FetchLimits(max_bytes=MAX_FILE_BYTES, total_s=TIME_S, allow_loopback=own)
