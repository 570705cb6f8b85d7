"""
Keep users' roads in the data folder: one compact file, cut into squares of a degree, so that a theatre is read in a moment.

Coordinates are whole steps of 1e-7 degrees (a centimetre), written as differences. Bends below some 10 m are left out;
ends and points where lines meet stay, so the roads hang together as in the source.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from wayout.errors import SourceError
from wayout.ground_files.frame import Frame
from wayout.ground_files.road_files import RoadBatch
from wayout.model.ground import ROAD_CLASSES

VERSION = 1
STEPS_A_DEGREE = 10_000_000
BEND_DEG = 1e-4
"""Bends smaller than this are straightened, degrees: some 10 m."""
CHUNK_LINES = 50_000
"""Lines straightened at a time."""
MAX_LINES = 600_000
"""Lines of one theatre at most; beyond it the least kinds of way are left out, and it is said."""
LEAST_FIRST = ("path", "track", "local", "unknown", "tertiary")
"""In this order."""
_BRIDGE, _FERRY, _CLASS = 16, 32, 15
_INDEX = ("version", "bounds", "n_lines", "n_by_class")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRoads:
    """What was kept: bounds in degrees, number of lines, how many of each class."""

    bounds: tuple[float, float, float, float]
    n_lines: int
    by_class: dict[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Roads:
    """Lines as the model wants them, of one or more files."""

    lines: NDArray[np.object_]
    road_class: NDArray[np.str_]
    bridge: NDArray[np.bool_]
    ferry: NDArray[np.bool_]


def store_roads(
    batches: Iterable[RoadBatch], target: Path, tell: Callable[[int], None] = lambda _n: None
) -> StoredRoads:
    """
    Write roads to one file of ours.

    Memory is some 40 bytes a point of the lines: their coordinates, and the order in which they meet.

    Parameters
    ----------
    batches
        From :func:`wayout.ground_files.road_files.open_roads`.
    target
        Written aside and renamed when whole; the same roads give the same bytes.
    tell
        Told how many lines were read.

    Raises
    ------
    SourceError
        If there is no road.
    """
    xy, counts, kinds = _gather(batches, tell)
    if not len(counts):
        raise SourceError("it holds no road; check the file, or name its column with --class-column")
    xy, counts = _straightened(xy, counts)
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    square = _squares(xy[starts])
    order = np.argsort(square, kind="stable")
    cuts = np.flatnonzero(np.diff(square[order])) + 1
    members: dict[str, NDArray[Any]] = {}
    bounds, n_by_class = [], []
    for number, lines in enumerate(np.split(order, cuts)):
        points = xy[_runs(starts[lines], counts[lines])]
        members[f"{number}_xy"] = np.diff(points, axis=0, prepend=np.zeros((1, 2), dtype=points.dtype))
        members[f"{number}_n"] = counts[lines].astype(np.int32)
        members[f"{number}_kind"] = kinds[lines]
        bounds.append([*points.min(axis=0), *points.max(axis=0)])
        n_by_class.append(np.bincount(kinds[lines] & _CLASS, minlength=len(ROAD_CLASSES)))
    index = {
        "version": np.array(VERSION),
        "bounds": np.array(bounds, dtype=np.int32),
        "n_lines": np.array([int(n.sum()) for n in n_by_class], dtype=np.int64),
        "n_by_class": np.array(n_by_class, dtype=np.int64),
    }
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    try:
        with part.open("wb") as file:
            np.savez_compressed(file, allow_pickle=False, **{**index, **members})
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return _summary(index)


def read_stored(
    paths: Sequence[Path], frame: Frame, max_lines: int = MAX_LINES
) -> tuple[Roads | None, tuple[str, ...]]:
    """
    Read the roads of a frame.

    Parameters
    ----------
    paths
        Files of :func:`store_roads`.
    frame
        Lines that reach into it are taken, whole.
    max_lines
        Most lines; beyond it the least kinds of way are left out.

    Returns
    -------
    roads
        ``None`` if no road lies there.
    notes
        What was left out, in plain words.

    Raises
    ------
    SourceError
        If a file is damaged.
    """
    found = [part for path in paths for part in _read(path, frame)]
    if not found:
        return None, ()
    xy, counts, kinds = (np.concatenate([part[i] for part in found]) for i in range(3))
    notes = []
    classes = kinds & _CLASS
    for name in LEAST_FIRST:
        if len(counts) <= max_lines:
            break
        keep = (classes != ROAD_CLASSES.index(name)) | ((kinds & _FERRY) != 0)
        notes.append(
            f"{int((~keep).sum()):,} ways of class {name} are left out: there are more than {max_lines:,} roads"
        )
        xy, counts, kinds = xy[np.repeat(keep, counts)], counts[keep], kinds[keep]
        classes = kinds & _CLASS
    if not len(counts):
        return None, tuple(notes)
    lines = shapely.linestrings(xy / STEPS_A_DEGREE, indices=np.repeat(np.arange(len(counts)), counts))
    return Roads(
        np.asarray(lines), np.asarray(ROAD_CLASSES)[classes], (kinds & _BRIDGE) != 0, (kinds & _FERRY) != 0
    ), tuple(notes)


def summary(path: Path) -> StoredRoads:
    """Return what a stored file holds, from its index."""
    with _opened(path) as file:
        return _summary({name: file[name] for name in _INDEX})


def _gather(
    batches: Iterable[RoadBatch], tell: Callable[[int], None]
) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.uint8]]:
    """Pack all lines: coordinates in whole steps, points a line, kind."""
    xy, counts, kinds = [np.empty((0, 2), np.int32)], [np.empty(0, np.int64)], [np.empty(0, np.uint8)]
    n = 0
    for batch in batches:
        xy.append(np.round(shapely.get_coordinates(batch.lines) * STEPS_A_DEGREE).astype(np.int32))
        counts.append(shapely.get_num_coordinates(batch.lines).astype(np.int64))
        kinds.append((batch.road_class + _BRIDGE * batch.bridge + _FERRY * batch.ferry).astype(np.uint8))
        n += len(batch.lines)
        tell(n)
    return np.concatenate(xy), np.concatenate(counts), np.concatenate(kinds)


def _straightened(xy: NDArray[np.int32], counts: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Leave out small bends; ends and points that occur more than once stay."""
    met = _met(xy)
    ends = np.cumsum(counts)
    points, lengths = [], []
    for first in range(0, len(counts), CHUNK_LINES):
        last = min(first + CHUNK_LINES, len(counts))
        part = slice(int(ends[first] - counts[first]), int(ends[last - 1]))
        found, n = _straightened_some(xy[part], counts[first:last], met[part])
        points.append(found)
        lengths.append(n)
    return np.concatenate(points), np.concatenate(lengths)


def _met(xy: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Tell which points occur more than once: where lines meet."""
    key = (xy[:, 0].astype(np.int64) << 32) | (xy[:, 1].astype(np.int64) & 0xFFFFFFFF)
    order = np.argsort(key)
    key = key[order]
    same = np.concatenate([[False], key[1:] == key[:-1], [False]])
    met = np.empty(len(key), dtype=bool)
    met[order] = same[1:] | same[:-1]
    return met


def _straightened_some(
    xy: NDArray[np.int32], counts: NDArray[np.int64], met: NDArray[np.bool_]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Straighten some lines: cut at the points that stay, simplify the pieces, join them again."""
    owner = np.repeat(np.arange(len(counts)), counts)
    first = np.concatenate([[True], owner[1:] != owner[:-1]])
    last = np.concatenate([first[1:], [True]])
    inner = met & ~first & ~last
    # A point that stays inside a line ends one piece, and its second copy begins the next.
    repeats = 1 + inner
    doubled = np.repeat(np.arange(len(xy)), repeats)
    position = np.cumsum(repeats) - repeats
    opens = np.zeros(len(doubled), dtype=bool)
    opens[position[first]] = True
    opens[position[inner] + 1] = True
    pieces = shapely.linestrings(xy[doubled] / STEPS_A_DEGREE, indices=np.cumsum(opens) - 1)
    kept, piece = shapely.get_coordinates(
        shapely.simplify(pieces, BEND_DEG, preserve_topology=False), return_index=True
    )
    piece_owner = owner[doubled[opens]]
    starts = np.concatenate([[True], piece[1:] != piece[:-1]])
    # A piece's first point is its forerunner's last, unless the piece begins a line.
    begins_line = np.concatenate([[True], piece_owner[1:] != piece_owner[:-1]])
    stays = ~starts | begins_line[piece]
    whole = np.round(kept[stays] * STEPS_A_DEGREE).astype(np.int32)
    return whole, np.bincount(piece_owner[piece[stays]], minlength=len(counts))


def _squares(xy: NDArray[np.int32]) -> NDArray[np.int64]:
    """Number the degree squares that points lie in, west to east and south to north."""
    cell = np.floor(xy / STEPS_A_DEGREE).astype(np.int64) + np.array([180, 90])
    return np.asarray(cell[:, 1] * 400 + cell[:, 0])


def _runs(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the indices of runs of points, one run after the other."""
    ends = np.cumsum(counts)
    return np.asarray(np.arange(ends[-1]) + np.repeat(starts - (ends - counts), counts))


def _read(path: Path, frame: Frame) -> list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint8]]]:
    """Read the lines of one file that reach into a frame; a frame over the date line is looked at from both sides."""
    found = []
    with _opened(path) as file:
        bounds = file["bounds"] / STEPS_A_DEGREE
        for turn in (0.0, 360.0, -360.0):
            shifted = bounds + np.array([turn, 0, turn, 0])
            for number in np.flatnonzero(_reach(shifted, frame)).tolist():
                xy = np.cumsum(file[f"{number}_xy"], axis=0, dtype=np.int64)
                counts, kinds = file[f"{number}_n"].astype(np.int64), file[f"{number}_kind"]
                xy += np.array([int(turn * STEPS_A_DEGREE), 0])
                starts = np.cumsum(counts) - counts
                if (
                    counts.sum() != len(xy)
                    or (counts < 2).any()
                    or len(kinds) != len(counts)
                    or (kinds & _CLASS).max() >= len(ROAD_CLASSES)
                ):
                    raise SourceError(f"{path} is damaged; add the roads again")
                own = (
                    np.column_stack([np.minimum.reduceat(xy, starts), np.maximum.reduceat(xy, starts)]) / STEPS_A_DEGREE
                )
                keep = _reach(own, frame)
                if keep.any():
                    found.append((xy[np.repeat(keep, counts)], counts[keep], kinds[keep]))
    return found


def _reach(bounds: NDArray[np.float64], frame: Frame) -> NDArray[np.bool_]:
    west, south, east, north = bounds.T
    return np.asarray((west <= frame.east) & (east >= frame.west) & (south <= frame.north) & (north >= frame.south))


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """Open a stored file; whatever can be wrong with it is one error."""
    try:
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            if int(file["version"]) != VERSION:
                raise SourceError(f"{path} is of another version; add the roads again")
            yield file
    except (OSError, ValueError, LookupError, TypeError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        if isinstance(error, SourceError):
            raise
        raise SourceError(f"{path} is damaged ({type(error).__name__}); add the roads again") from error


def _summary(index: dict[str, NDArray[Any]]) -> StoredRoads:
    low, high = index["bounds"][:, :2].min(axis=0), index["bounds"][:, 2:].max(axis=0)
    by_class = index["n_by_class"].sum(axis=0).tolist()
    west, south, east, north = (float(v) / STEPS_A_DEGREE for v in (*low, *high))
    return StoredRoads(
        bounds=(west, south, east, north),
        n_lines=int(index["n_lines"].sum()),
        by_class={name: n for name, n in zip(ROAD_CLASSES, by_class, strict=True) if n},
    )
