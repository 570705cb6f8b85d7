"""
Give users' files to GDAL without letting them reach anything else.

GDAL opens far more than files: addresses, archives, and small texts that name other files or carry a command line (VRT, GDALG).
So a file is known by its first bytes, not by its name; GDAL is given a link with a name of ours in a folder of ours, where
nothing lies beside it, and rasters may be opened by the GeoTIFF driver only.
"""

import re
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal

from wayout.errors import SourceError

VectorFormat = Literal["OSM", "GPKG", "ESRI Shapefile", "GeoJSON", "FlatGeobuf"]
"""GDAL's names of the drivers that are let near a user's file of lines."""
VECTOR_KINDS = "OpenStreetMap (.osm.pbf, .osm), GeoPackage, Shapefile, GeoJSON or FlatGeobuf"
MAX_GEOJSON_BYTES = 500_000_000
"""GeoJSON is held in memory whole, some five times its size."""
MAX_BLOCK_BYTES = 500_000_000
"""Largest piece of a raster that has to be unpacked at once; files written whole in one piece can be larger."""
MAX_NODES_MB = 64
"""GDAL keeps the places of an extract's points in memory up to this size, then on disk."""
_HEAD = 65_536
_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_GEOPACKAGE = (b"GPKG", b"GP10", b"GP11")
"""SQLite application ids of GeoPackage 1.2 and later, 1.0 and 1.1."""
_OSM_XML = re.compile(rb"\A(\xef\xbb\xbf)?\s*(<\?xml[^<>]*\?>)?\s*<osm[\s>]")
_SIBLINGS = {"ESRI Shapefile": (".shx", ".dbf", ".prj", ".cpg")}
_NAMES = {
    "OSM": "roads.osm",
    "GPKG": "roads.gpkg",
    "ESRI Shapefile": "roads.shp",
    "GeoJSON": "roads.geojson",
    "FlatGeobuf": "roads.fgb",
}
_SOUND_VIRTUAL = re.compile(r"create\s+virtual\s+table\s+\S+\s+using\s+(rtree|fts[345])\b", re.IGNORECASE)


def local_file(path: Path | str) -> Path:
    """
    Return the absolute path of an ordinary file on this machine.

    Raises
    ------
    SourceError
        If it is an address, one of GDAL's virtual files, missing, or no ordinary file.
    """
    text = str(path)
    if "://" in text or text.lower().replace("\\", "/").startswith(("/vsi", "vsi")):
        raise SourceError(f"{text} is no file on this machine; download it and give the file")
    found = Path(text).expanduser().absolute()
    if not found.exists():
        raise SourceError(f"there is no file {text}; check the name")
    if not found.is_file():
        raise SourceError(f"{text} is no ordinary file; give one file")
    if found.stat().st_size == 0:
        raise SourceError(f"{text} is empty; get it again")
    return found


def vector_format(path: Path) -> VectorFormat:
    """
    Tell which of the formats a file of lines has, by its first bytes.

    Raises
    ------
    SourceError
        If it is none of them; archives and databases that reach out are named.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    name = path.name.lower()
    if b"OSMHeader" in head[:64]:
        return "OSM"
    if head.startswith(b"SQLite format 3\0"):
        _check_geopackage(path, head)
        return "GPKG"
    if head.startswith(b"\0\0\x27\x0a"):
        return "ESRI Shapefile"
    if head.startswith(b"fgb\x03"):
        return "FlatGeobuf"
    if _OSM_XML.match(head):
        if any(mark in head for mark in (b"OGRVRT", b"VRTDataset", b"<!DOCTYPE", b"<!ENTITY")):
            raise SourceError(f"{path.name} is no plain OpenStreetMap file; get it again from its publisher")
        return "OSM"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and name.endswith((".geojson", ".json")):
        if path.stat().st_size > MAX_GEOJSON_BYTES:
            raise SourceError(
                f"{path.name} has {path.stat().st_size / 1e6:.0f} MB, GeoJSON is read up to "
                f"{MAX_GEOJSON_BYTES / 1e6:.0f} MB; convert it to a GeoPackage first"
            )
        return "GeoJSON"
    if head.startswith((b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf")):
        raise SourceError(f"{path.name} is an archive; unpack it and give the file inside")
    raise SourceError(f"{path.name} is no file of roads that is known here; give {VECTOR_KINDS}")


@contextmanager
def linked(path: Path, form: VectorFormat, scratch: Path | None = None) -> Iterator[str]:
    """
    Give the name to open a file of lines by: a link in a folder of its own, for GDAL takes a name for more than a name.

    Parameters
    ----------
    path
        The file, from :func:`local_file`.
    form
        Its format, from :func:`vector_format`.
    scratch
        Where GDAL may keep what does not fit in memory; default: the system's folder for such files.
    """
    with tempfile.TemporaryDirectory(prefix="wayout-", dir=scratch) as folder, _gdal_of_pyogrio(folder):
        link = Path(folder) / _NAMES[form]
        if form == "OSM" and _is_binary(path):
            link = link.with_name("roads.osm.pbf")
        link.symlink_to(path)
        for suffix in _SIBLINGS.get(form, ()):
            found = [path.with_suffix(s) for s in (suffix, suffix.upper()) if path.with_suffix(s).is_file()]
            if found:
                link.with_suffix(suffix).symlink_to(found[0])
        yield f"GeoJSON:{link}" if form == "GeoJSON" else str(link)


@contextmanager
def open_raster(path: Path, **how: Any) -> Iterator[Any]:
    """
    Open a GeoTIFF (rasterio data set), by no other driver and without the files beside it.

    Parameters
    ----------
    path
        The file.
    how
        Passed on to ``rasterio.open`` (``overview_level``).

    Raises
    ------
    SourceError
        If it is no GeoTIFF, has no place on the Earth, or is cut in pieces too large to unpack.
    """
    import warnings

    import rasterio
    from rasterio.errors import NotGeoreferencedWarning, RasterioError, RasterioIOError

    own = local_file(path)
    with own.open("rb") as file:
        if file.read(4) not in _TIFF:
            raise SourceError(
                f"{own.name} is no raster that is read here; give a GeoTIFF or COG (gdal_translate makes one)"
            )
    with (
        tempfile.TemporaryDirectory(prefix="wayout-") as folder,
        rasterio.Env(GDAL_DISABLE_READDIR_ON_OPEN="EMPTY_DIR", GDAL_CACHEMAX=256, GDAL_PAM_ENABLED=False),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        link = Path(folder) / "raster.tif"
        link.symlink_to(own)
        try:
            with rasterio.open(str(link), driver="GTiff", **how) as raster:
                _check_raster(raster, own.name)
                yield raster
        except RasterioIOError as error:
            raise SourceError(
                f"{own.name} cannot be read ({plain_error(error)}); it is damaged or cut short: get it again"
            ) from error
        except RasterioError as error:
            raise SourceError(
                f"{own.name} cannot be brought to degrees ({plain_error(error)}); check its coordinate system"
            ) from error


def _check_raster(raster: Any, name: str) -> None:
    if raster.crs is None:
        raise SourceError(f"{name} has no coordinate system; write it into the file (gdal_edit.py -a_srs EPSG:...)")
    if raster.transform.is_identity:
        raise SourceError(f"{name} says no place on the Earth; give a file that is georeferenced")
    if raster.transform.b or raster.transform.d or raster.transform.e > 0:
        raise SourceError(f"{name} is turned or upside down; bring it north up (gdalwarp in.tif out.tif)")
    if raster.count != 1:
        raise SourceError(f"{name} has {raster.count} bands; give one band of heights or classes (gdal_translate -b 1)")
    if raster.dtypes[0].startswith(("complex", "c")):
        raise SourceError(f"{name} holds complex numbers; give heights or classes")
    rows, cols = raster.block_shapes[0]
    size = rows * cols * 8
    if size > MAX_BLOCK_BYTES:
        raise SourceError(
            f"{name} is written in pieces of {rows} x {cols} cells; rewrite it tiled (gdal_translate -co TILED=YES)"
        )


def _check_geopackage(path: Path, head: bytes) -> None:
    """Refuse SQLite files that are no GeoPackage, and those whose tables are made by code or lie in other files."""
    if head[68:72] not in _GEOPACKAGE:
        raise SourceError(f"{path.name} is a database but no GeoPackage; give {VECTOR_KINDS}")
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as base:
            made = [str(row[0]) for row in base.execute("SELECT sql FROM sqlite_master WHERE sql LIKE '%virtual%'")]
    except sqlite3.Error as error:
        raise SourceError(f"{path.name} is a damaged GeoPackage ({error}); get it again") from error
    for statement in made:
        if re.match(r"\s*create\s+virtual", statement, re.IGNORECASE) and not _SOUND_VIRTUAL.match(statement.strip()):
            raise SourceError(f"{path.name} holds tables that lie in other files; save its roads as a plain GeoPackage")


def _is_binary(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(1) == b"\0"


@contextmanager
def _gdal_of_pyogrio(scratch: str) -> Iterator[None]:
    """Bound what pyogrio's GDAL takes, and put its settings back afterwards."""
    import pyogrio

    ours: Mapping[str, Any] = {
        "CPL_TMPDIR": scratch,
        "OSM_MAX_TMPFILE_SIZE": MAX_NODES_MB,
        "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "{none}",
    }
    before = {name: pyogrio.get_gdal_config_option(name) for name in ours}
    pyogrio.set_gdal_config_options(dict(ours))
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(before)


def plain_error(error: BaseException) -> str:
    """Give a library's words on one line, without the name of our link."""
    return re.sub(r"\S*/wayout-\S*|\braster\.tif\b", "the file", " ".join(str(error.__cause__ or error).split()))[:200]
