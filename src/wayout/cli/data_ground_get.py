"""Get and add files of the ground: roads from Geofabrik, relief from the Copernicus DEM, or files of one's own."""

import hashlib
import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from wayout.cli.data_get import download_limits, is_address
from wayout.cli.download import download, read_record
from wayout.cli.fetch_limits import FetchLimits
from wayout.cli.obtain import Obtained, TellFile, local, obtain
from wayout.errors import InputError, SourceError
from wayout.ground_files.added import Added, GroundKind, added_path, record_added
from wayout.ground_files.frame import Frame
from wayout.locate.looking_up.editions import EditionSource
from wayout.model.ground import LandcoverLegend

GEOFABRIK = "https://download.geofabrik.de"
"""Extracts of OpenStreetMap; ``index-v1-nogeom.json`` lists them (https://download.geofabrik.de/technical.html)."""
COPERNICUS = {
    90: "https://copernicus-dem-90m.s3.amazonaws.com",
    30: "https://copernicus-dem-30m.s3.amazonaws.com",
}
"""Public buckets of the Copernicus DEM by resolution, m (https://copernicus-dem-30m.s3.amazonaws.com/readme.html)."""
COPERNICUS_LICENCE = (
    "Copernicus DEM licence, free for all; © DLR e.V. 2010-2014 and © Airbus Defence and Space GmbH 2014-2018, "
    "provided under COPERNICUS by the European Union and ESA; all rights reserved"
)
MAX_ROADS_BYTES = 6_000_000_000
MAX_INDEX_BYTES = 50_000_000
MAX_TILE_BYTES = 100_000_000
MAX_TILES = 1500
"""Tiles got in one call, 3 to 40 MB each."""
ROADS_TIME_S = 6 * 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundOptions:
    """Where files come from (``base``: address or folder; ``None``: the publisher's), which relief, whom to tell how far it is."""

    base: str | None = None
    resolution_m: int = 90
    tell: TellFile = lambda _name, _n, _all: None
    progress: Callable[[str], None] = lambda _what: None
    notes: list[str] = field(default_factory=list)


def get_roads(country: str, folder: Path, options: GroundOptions) -> Added:
    """
    Get a country's roads: OpenStreetMap's extract from Geofabrik, its checksum, and our compact file from it.

    Parameters
    ----------
    country
        ISO 3166-1 code of two letters.
    folder
        The data folder; the extract is kept in ``ground/downloads``.
    options
        Where it comes from.

    Raises
    ------
    SourceError
        If there is no extract, it cannot be had, or it is not what its checksum says.
    """
    from wayout.ground_files.road_files import OSM_LICENCE

    kept = folder / "ground" / "downloads"
    base = options.base or GEOFABRIK
    title = f"OpenStreetMap extract of {country}"
    if not is_address(base):
        path = Path(base) / f"{country}.osm.pbf"
        if not path.is_file():
            raise SourceError(
                f"there is no {path}; put the extract of {country} from {GEOFABRIK} there under that name"
            )
        found = local(path, title, OSM_LICENCE)
    else:
        limits = replace(download_limits(base), max_bytes=MAX_ROADS_BYTES, total_s=ROADS_TIME_S)
        target = kept / f"{country}.osm.pbf"
        if target.is_file() and read_record(target) is None:
            url = base  # put there by hand: not asked for
        else:
            url = _extract(country, base, kept, limits, options)
        found = obtain(url, target, limits, terms=(title, OSM_LICENCE), notes=options.notes, tell=options.tell)
        if url != base:
            _check_md5(found, url, limits, options.notes)
    return add_roads(found.path, folder, country, source=found.source, options=options)


def add_roads(
    file: Path,
    folder: Path,
    name: str,
    *,
    source: EditionSource,
    options: GroundOptions,
    class_column: str | None = None,
) -> Added:
    """Convert a file of roads into the data folder; ``source`` says where it is from, ``class_column`` where its classes are."""
    from wayout.ground_files.road_files import open_roads
    from wayout.ground_files.road_store import store_roads

    target = added_path(folder, "roads", name)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open_roads(file, class_column=class_column, scratch=target.parent) as roads:
        try:
            stored = store_roads(roads.batches, target, lambda n: options.progress(f"{n:,} lines"))
        except SourceError as error:
            raise SourceError(str(error) if file.name in str(error) else f"{file.name}: {error}") from error
        notes, licence = list(roads.notes), roads.licence
    if licence is not None and source.licence == "not stated":
        source = replace(source, licence=licence)
    holds = {"n_lines": stored.n_lines, "by_class": stored.by_class, "format": roads.form}
    return record_added(target, "roads", bounds=stored.bounds, holds=holds, sources=[source], notes=notes)


def get_relief(name: str, outline: Any, folder: Path, options: GroundOptions) -> Added:
    """
    Get the relief of a country or window: tiles of the Copernicus DEM, and one file of ours from them.

    Parameters
    ----------
    name
        Of the file.
    outline
        shapely geometry, degrees; tiles of a degree that it touches are got.
    folder
        The data folder; tiles are kept in ``ground/downloads``.
    options
        Where they come from, and 90 or 30 m.

    Raises
    ------
    SourceError
        If the list of tiles or a tile cannot be had, or there is none (open sea).
    """
    base = options.base or COPERNICUS[options.resolution_m]
    kept = folder / "ground" / "downloads"
    wanted = tile_names(outline, options.resolution_m)
    if len(wanted) > MAX_TILES:
        raise SourceError(
            f"{name} needs {len(wanted):,} tiles, at most {MAX_TILES:,} are got at once; give --bbox for a part"
        )
    found = _local_tiles(wanted, Path(base)) if not is_address(base) else _tiles(wanted, base, kept, options)
    if not found:
        raise SourceError(f"there is no relief tile in {name}: it is sea, or not among {base}'s tiles")
    return add_raster(
        [tile.path for tile in found], folder, "relief", name, sources=[tile.source for tile in found], options=options
    )


def add_raster(
    files: Sequence[Path],
    folder: Path,
    kind: GroundKind,
    name: str,
    *,
    sources: Sequence[EditionSource],
    options: GroundOptions,
    legend: LandcoverLegend | None = None,
) -> Added:
    """Convert relief or land cover (one file, or the tiles of one) into the data folder."""
    from wayout.ground_files.raster_store import store_rasters

    if kind == "roads":
        raise InputError("roads are no raster; give relief or landcover")
    target = added_path(folder, kind, name)
    stored = store_rasters(
        files, kind, target, legend=legend, tell=lambda done, n: options.progress(f"{done} of {n} pieces")
    )
    rows, cols = stored.shape
    holds: dict[str, Any] = {"rows": rows, "cols": cols, "p_known": round(stored.p_known, 4)}
    if kind == "landcover":
        holds["legend"] = stored.legend
    return record_added(target, kind, bounds=stored.bounds, holds=holds, sources=_joined(sources), notes=stored.notes)


def parse_bbox(text: str) -> Frame:
    """
    Read a window ``W,S,E,N`` in degrees.

    Raises
    ------
    InputError
        If it is none.
    """
    parts = text.replace(" ", "").split(",")
    try:
        west, south, east, north = (float(part) for part in parts)
    except ValueError as error:
        raise InputError(
            f"--bbox {text} is no window; give west,south,east,north in degrees, as 36,32,40,35"
        ) from error
    return Frame(west=west, south=south, east=east, north=north)


def tile_names(outline: Any, resolution_m: int) -> tuple[str, ...]:
    """
    Name the Copernicus tiles (a degree each, by its south-western corner) that a geometry touches.

    Examples
    --------
    >>> from shapely import box
    >>> tile_names(box(36.2, -0.5, 36.8, 0.5), 90)[0]
    'Copernicus_DSM_COG_30_S01_00_E036_00_DEM'
    """
    import shapely

    west, south, east, north = outline.bounds
    lons, lats = range(math.floor(west), math.ceil(east)), range(max(math.floor(south), -90), min(math.ceil(north), 90))
    shapely.prepare(outline)
    seconds = 30 if resolution_m == 90 else 10
    names = []
    for lat in lats:
        for lon in lons:
            if outline.intersects(shapely.box(lon, lat, lon + 1, lat + 1)):
                turned = (lon + 180) % 360 - 180
                corner = (
                    f"{'N' if lat >= 0 else 'S'}{abs(lat):02d}_00_{'E' if turned >= 0 else 'W'}{abs(turned):03d}_00"
                )
                names.append(f"Copernicus_DSM_COG_{seconds}_{corner}_DEM")
    return tuple(names)


def _extract(country: str, base: str, kept: Path, limits: FetchLimits, options: GroundOptions) -> str:
    """Find the address of a country's extract: the one for the fewest countries that names it."""
    url = f"{base.rstrip('/')}/index-v1-nogeom.json"
    index = obtain(
        url,
        kept / "geofabrik-index.json",
        replace(limits, max_bytes=MAX_INDEX_BYTES),
        terms=("index", ""),
        notes=options.notes,
        tell=options.tell,
    )
    try:
        rows = [row["properties"] for row in json.loads(index.path.read_bytes())["features"]]
        named = [
            (len(row["iso3166-1:alpha2"]), "iso3166-2" in row, str(row["id"]), str(row["urls"]["pbf"]))
            for row in rows
            if country in row.get("iso3166-1:alpha2", ()) and "pbf" in row["urls"]
        ]
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        index.path.unlink(missing_ok=True)
        raise SourceError(f"{url} is no index of extracts ({type(error).__name__}); check the address") from error
    if not named:
        raise SourceError(
            f"{base} has no extract of {country}; download one that holds it and add it: wayout data add roads FILE"
        )
    n_countries, _, region, address = min(named)
    if n_countries > 1:
        options.notes.append(f"the extract {region} covers {n_countries} countries")
    if not is_address(address):
        raise SourceError(f"{url} gives {address!r} for {country}, which is no web address; check the index")
    return address


def _check_md5(found: Obtained, url: str, limits: FetchLimits, notes: list[str]) -> None:
    """Compare with the checksum that lies beside the extract; a file that differs is thrown away."""
    beside = found.path.with_name(found.path.name + ".md5")
    try:
        download(f"{url}.md5", beside, replace(limits, max_bytes=10_000, total_s=60.0))
        said = beside.read_text(encoding="ascii", errors="replace")
    except SourceError as error:
        notes.append(f"the checksum could not be compared: {error}")
        return
    wanted = re.match(r"\s*([0-9a-fA-F]{32})\b", said)
    if wanted is None:
        notes.append(f"{url}.md5 holds no checksum; the file is not compared")
        return
    with found.path.open("rb") as file:
        own = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
    if own != wanted[1].lower():
        found.path.unlink()
        raise SourceError(f"{url} is not what its checksum says ({own}, not {wanted[1]}); run the command again")


def _tiles(wanted: Sequence[str], base: str, kept: Path, options: GroundOptions) -> list[Obtained]:
    """Get the tiles that the bucket's own list has; what is not in it is sea, or not released."""
    limits = replace(download_limits(base), max_bytes=MAX_TILE_BYTES)
    listed = obtain(
        f"{base.rstrip('/')}/tileList.txt",
        kept / f"copernicus-{options.resolution_m}-tiles.txt",
        limits,
        terms=("list of tiles", COPERNICUS_LICENCE),
        notes=options.notes,
        tell=options.tell,
    )
    there = set(listed.path.read_text(encoding="utf-8", errors="replace").split())
    absent = [name for name in wanted if name not in there]
    if absent:
        options.notes.append(
            f"{len(absent)} of {len(wanted)} tiles do not exist: sea, or not released at this resolution"
        )
    return [
        obtain(
            f"{base.rstrip('/')}/{name}/{name}.tif",
            kept / f"{name}.tif",
            limits,
            terms=(name, COPERNICUS_LICENCE),
            notes=options.notes,
            tell=options.tell,
        )
        for name in wanted
        if name in there
    ]


def _local_tiles(wanted: Sequence[str], folder: Path) -> list[Obtained]:
    there = [
        path for name in wanted for path in (folder / f"{name}.tif", folder / name / f"{name}.tif") if path.is_file()
    ]
    return [local(path, path.stem, COPERNICUS_LICENCE) for path in there]


def _joined(sources: Sequence[EditionSource]) -> list[EditionSource]:
    """Write many tiles as one source: their number, and the hash of their hashes."""
    if len(sources) == 1:
        return list(sources)
    first = sources[0]
    together = hashlib.sha256("".join(source.sha256 for source in sources).encode()).hexdigest()
    title = f"{len(sources)} tiles, {first.title} and further"
    return [replace(first, title=title, sha256=together, retrieved=max(source.retrieved for source in sources))]
