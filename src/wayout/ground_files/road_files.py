"""Read roads from OpenStreetMap extracts, GeoPackage, Shapefile, GeoJSON and FlatGeobuf: batches of lines in degrees."""

import tempfile
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from wayout.errors import BackendError, SourceError
from wayout.ground_files.arrow_batches import Column, read_batches
from wayout.ground_files.frame import Frame
from wayout.ground_files.guard import VECTOR_KINDS, VectorFormat, linked, local_file, plain_error, vector_format
from wayout.ground_files.road_words import (
    OSM_COLUMNS,
    UNKNOWN,
    Kind,
    find_column,
    is_closed,
    is_true,
    kind_of_osm,
    kind_of_word,
    left_out_words,
)
from wayout.ground_files.whole import check_whole
from wayout.model.ground import ROAD_CLASSES, RoadLines

OSM_LICENCE = "ODbL 1.0, © OpenStreetMap contributors"
BATCH_LINES = 16_384
"""Lines held at a time, before they are packed."""
SNAP_KM = {"OSM": 0.0}
"""How far an end may lie from another line and be joined to it, by format: OpenStreetMap's roads share their nodes, a gap is one ..."""
DRAWN_SNAP_KM = 0.1
"""... and other makers' lines only nearly meet."""
MAX_STRAY_SHARE = 0.5
"""If more lines than this lie outside the Earth, the file's coordinates are no degrees."""
_PLAIN_OSM = "[general]\nclosed_ways_are_polygons=area=yes\nattribute_name_laundering=no\n"


@dataclass(frozen=True, slots=True, eq=False)
class RoadBatch:
    """Some lines: shapely ``LineString``s in degrees, index of the class in ``ROAD_CLASSES``, flags; each (n,)."""

    lines: NDArray[np.object_]
    road_class: NDArray[np.uint8]
    bridge: NDArray[np.bool_]
    ferry: NDArray[np.bool_]


@dataclass(slots=True)
class RoadSource:
    """
    A file of roads being read.

    ``batches`` may be gone through once; ``left_out`` counts what is left out by reason, and ``notes`` are words for the
    user, both complete at its end. ``licence`` is what the format says of itself.
    """

    form: VectorFormat
    batches: Iterator[RoadBatch]
    left_out: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    licence: str | None = None


@contextmanager
def open_roads(
    path: Path, *, class_column: str | None = None, frame: Frame | None = None, scratch: Path | None = None
) -> Iterator[RoadSource]:
    """
    Open a file of roads.

    Parameters
    ----------
    path
        The file; its format is told by its first bytes.
    class_column
        Column of the road classes, in files other than OpenStreetMap's; ``None`` finds it by name.
    frame
        Only lines that reach into it; ``None``: all.
    scratch
        Folder with room for what does not fit in memory (about the file's size); ``None``: the system's.

    Raises
    ------
    SourceError
        If it is no such file, is damaged, has no lines, no coordinate system or no such column; also while it is read.
    """
    own = local_file(path)
    form = vector_format(own)
    if form == "OSM" and class_column is not None:
        raise SourceError(f"{own.name} is an OpenStreetMap file: its tags say the class; leave the column out")
    check_whole(own, form)
    with linked(own, form, scratch) as name:
        source = RoadSource(form, iter(()), licence=OSM_LICENCE if form == "OSM" else None)
        rows = _osm_rows(name, own.name) if form == "OSM" else _rows(name, own.name, source, class_column, frame)
        source.batches = _checked(rows, source, own.name, frame)
        yield source


def read_roads(path: Path, frame: Frame, *, class_column: str | None = None, licence: str | None = None) -> RoadLines:
    """
    Read the roads of a frame straight from a user's file; for a file read more than once see :mod:`road_store`.

    Parameters
    ----------
    path, class_column
        As for :func:`open_roads`.
    frame
        Lines that reach into it are taken, whole.
    licence
        Terms of the file; ``None``: what its format says.

    Raises
    ------
    SourceError
        If it is no such file, or none of its roads lies in the frame.
    """
    with open_roads(path, class_column=class_column, frame=frame) as source:
        batches = [batch for batch in source.batches if len(batch.lines)]
        terms, snap_km = licence or source.licence or "not stated", SNAP_KM.get(source.form, DRAWN_SNAP_KM)
    if not batches:
        west, south, east, north = frame.bounds
        where = f"{west:.1f} to {east:.1f} E, {south:.1f} to {north:.1f} N"
        raise SourceError(f"{path.name} has no road in the theatre, {where}; give a file of this region")
    classes = np.asarray(ROAD_CLASSES)
    return RoadLines(
        lines=np.concatenate([b.lines for b in batches]),
        road_class=classes[np.concatenate([b.road_class for b in batches])],
        bridge=np.concatenate([b.bridge for b in batches]),
        ferry=np.concatenate([b.ferry for b in batches]),
        source=path.name,
        licence=terms,
        snap_km=snap_km,
    )


def _osm_rows(name: str, called: str) -> Iterator[tuple[Column, list[Kind]]]:
    """Yield geometries and kinds of an OpenStreetMap file; the settings say which tags become columns."""
    with tempfile.TemporaryDirectory(prefix="wayout-") as folder:
        settings = Path(folder) / "osm.ini"
        layers = ("points", "multilinestrings", "multipolygons", "other_relations")
        settings.write_text(
            _PLAIN_OSM
            + f"[lines]\nosm_id=no\nother_tags=no\nattributes={','.join(OSM_COLUMNS)}\n"
            + "".join(f"[{layer}]\nosm_id=no\nother_tags=no\nattributes=zzz\n" for layer in layers),
            encoding="ascii",
        )
        query = f"SELECT {', '.join(OSM_COLUMNS)} FROM lines WHERE highway IS NOT NULL OR route = 'ferry'"  # noqa: S608 - own constants
        for batch, geometry in _stream(name, called, sql=query, CONFIG_FILE=str(settings)):
            tags = zip(*(batch[column].tolist() for column in OSM_COLUMNS), strict=True)
            yield geometry, [kind_of_osm(row) for row in tags]


def _rows(
    name: str, called: str, source: RoadSource, class_column: str | None, frame: Frame | None
) -> Iterator[tuple[Column, list[Kind]]]:
    """Yield geometries (in degrees) and kinds of another maker's file."""
    import pyogrio

    try:
        layer = _layer_of_lines(name, called)
        info = pyogrio.read_info(name, layer=layer)
    except SourceError:  # a ValueError too
        raise
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        raise SourceError(
            f"{called} cannot be read ({plain_error(error)}); it is damaged or cut short: get it again"
        ) from error
    columns = [str(column) for column in info["fields"]]
    column = class_column or find_column(columns, "class_columns")
    if column is not None and column not in columns:
        raise SourceError(f"{called} has no column {column!r}; it has {', '.join(columns) or 'none'}")
    if column is None:
        source.notes.append(
            f"{called} has no column that tells the class of a road (it has {', '.join(columns) or 'none'}): all are of "
            "unknown class; name one with --class-column"
        )
    if not info["crs"]:
        raise SourceError(f"{called} has no coordinate system; put its .prj file beside it, or save it with one")
    onto = _to_degrees(info["crs"], called)
    flags = {what: find_column(columns, f"{what}_columns") for what in ("bridge", "tunnel", "access")}
    wanted = sorted({c for c in (column, *flags.values()) if c is not None})
    n_read, n_told = 0, int(info["features"])
    for batch, geometry in _stream(name, called, layer=layer, columns=wanted, bbox=_window(frame, onto)):
        n = len(geometry)
        n_read += n
        words = [None] * n if column is None else batch.get(column, np.full(n, None)).tolist()
        told = {what: [None] * n if c is None else batch.get(c, np.full(n, None)).tolist() for what, c in flags.items()}
        kinds = [
            _kind(word, column or "", bridge, tunnel, access)
            for word, bridge, tunnel, access in zip(words, told["bridge"], told["tunnel"], told["access"], strict=True)
        ]
        yield _transformed(geometry, onto), kinds
    if frame is None and n_read < n_told:
        raise SourceError(f"{called} cannot be read to its end ({n_read:,} of {n_told:,} lines); get it again")


def _kind(word: Any, column: str, bridge: Any, tunnel: Any, access: Any) -> Kind:
    if is_closed(access):
        return Kind(UNKNOWN, left_out="closed to all, or military (access=no, military)")
    kind = kind_of_word(word, column)
    if is_true(bridge) or is_true(tunnel):
        return Kind(kind.road_class, bridge=True, ferry=kind.ferry, left_out=kind.left_out)
    return kind


def _stream(name: str, called: str, **how: Any) -> Iterator[tuple[dict[str, Column], NDArray[np.object_]]]:
    """Yield batches of columns, and their geometries as shapely's."""
    import pyogrio
    from pyogrio.raw import open_arrow

    with warnings.catch_warnings():
        # Broken features are left out and counted by us; GDAL's remarks on each would flood the terminal.
        warnings.simplefilter("ignore")
        try:
            with open_arrow(name, use_pyarrow=False, batch_size=BATCH_LINES, **how) as (meta, stream):
                for batch in read_batches(stream):
                    wkb = batch.pop(meta["geometry_name"] or "wkb_geometry", None)
                    if wkb is None:
                        raise SourceError(f"{called} has no geometry; give roads as lines")
                    yield batch, shapely.force_2d(shapely.from_wkb(wkb, on_invalid="ignore"))
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, BackendError) as error:
            raise SourceError(
                f"{called} cannot be read ({plain_error(error)}); it is damaged or cut short: get it again"
            ) from error


def _checked(
    rows: Iterator[tuple[Column, list[Kind]]], source: RoadSource, called: str, frame: Frame | None
) -> Iterator[RoadBatch]:
    """Part multi-lines, leave out what is no road or lies nowhere, and count it."""
    n_lines = n_stray = n_kept = 0
    for geometry, kinds in rows:
        kept = np.array([kind.left_out is None for kind in kinds], dtype=bool)
        source.left_out.update(kind.left_out for kind in kinds if kind.left_out)
        numbers = np.flatnonzero(kept)
        parts, owner = shapely.get_parts(geometry[numbers], return_index=True)
        is_line = shapely.get_type_id(parts) == int(shapely.GeometryType.LINESTRING)
        source.left_out["not lines"] += int((~is_line).sum())
        parts, owner = parts[is_line], numbers[owner[is_line]]
        bounds = shapely.bounds(parts)
        with np.errstate(invalid="ignore"):
            sound = (np.abs(bounds[:, [0, 2]]) <= 180.0001).all(axis=1) & (np.abs(bounds[:, [1, 3]]) <= 90).all(axis=1)
        length = shapely.length(parts)
        usable = sound & np.isfinite(length) & (length > 0)
        n_lines, n_stray = n_lines + len(parts), n_stray + int((~sound).sum())
        source.left_out["without length or a place on the Earth"] += int((~usable).sum())
        if frame is not None:
            usable &= _touches(bounds, frame)
        parts, owner = parts[usable], owner[usable]
        n_kept += len(parts)
        yield RoadBatch(
            parts,
            np.array([kinds[i].road_class for i in owner.tolist()], dtype=np.uint8),
            np.array([kinds[i].bridge for i in owner.tolist()], dtype=bool),
            np.array([kinds[i].ferry for i in owner.tolist()], dtype=bool),
        )
    if n_lines and n_stray > MAX_STRAY_SHARE * n_lines:
        raise SourceError(f"{called}: most coordinates are no degrees; save it with its coordinate system")
    source.notes.extend(left_out_words(+source.left_out, n_kept))


def _touches(bounds: NDArray[np.float64], frame: Frame) -> NDArray[np.bool_]:
    west, south, east, north = bounds.T
    return np.asarray(
        (west <= frame.east) & (east >= frame.west) & (south <= frame.north) & (north >= frame.south), dtype=bool
    )


def _layer_of_lines(name: str, called: str) -> str:
    import pyogrio

    layers = [(str(layer), str(kind or "")) for layer, kind in pyogrio.list_layers(name).tolist()]
    lines = [layer for layer, kind in layers if "LineString" in kind] or [
        layer for layer, kind in layers if kind in ("Unknown", "GeometryCollection")
    ]
    if not lines:
        there = ", ".join(f"{layer} ({kind or 'a table'})" for layer, kind in layers) or "none"
        raise SourceError(f"{called} has no layer of lines (layers: {there}); give roads: {VECTOR_KINDS}")
    if len(lines) > 1:
        named = [layer for layer in lines if "road" in layer.lower() or "street" in layer.lower()]
        if len(named) != 1:
            raise SourceError(f"{called} has {len(lines)} layers of lines ({', '.join(lines)}); save the roads alone")
        return named[0]
    return lines[0]


def _to_degrees(crs: str, called: str) -> Any:
    """Give the way from a coordinate system to degrees; ``None`` if it is degrees already."""
    from pyproj import CRS, Transformer
    from pyproj.exceptions import ProjError

    if crs.upper() in ("EPSG:4326", "OGC:CRS84"):
        return None
    try:
        return Transformer.from_crs(CRS.from_user_input(crs), "EPSG:4326", always_xy=True)
    except ProjError as error:
        raise SourceError(
            f"{called} has a coordinate system nobody knows ({plain_error(error)}); save it with another"
        ) from error


def _window(frame: Frame | None, onto: Any) -> tuple[float, float, float, float] | None:
    """Bring a frame to the file's coordinates."""
    if frame is None or onto is None:
        return None if frame is None else frame.bounds
    west, south, east, north = onto.transform_bounds(*frame.bounds, direction="INVERSE")
    return (west, south, east, north) if np.isfinite([west, south, east, north]).all() else None


def _transformed(geometry: NDArray[np.object_], onto: Any) -> NDArray[np.object_]:
    if onto is None:
        return geometry

    def to_degrees(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        lon, lat = onto.transform(xy[:, 0], xy[:, 1])
        return np.column_stack([lon, lat])

    return np.asarray(shapely.transform(geometry, to_degrees))
