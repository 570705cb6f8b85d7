"""
Files of the ground that a user added: one a name and kind in the data folder, each with a record of what went into it.

A kind's folder (``ground/roads``, ``ground/relief``, ``ground/landcover``) holds ``NAME.npz`` or ``NAME.tif``, and ``NAME.json``.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from wayout.errors import InputError, NotFoundError
from wayout.locate.looking_up.editions import EditionSource, file_sha256, write_aside

GroundKind = Literal["roads", "relief", "landcover"]
GROUND_KINDS: tuple[GroundKind, ...] = get_args(GroundKind)
_SUFFIX = {"roads": ".npz", "relief": ".tif", "landcover": ".tif"}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """
    A file that was added, and its record.

    ``bounds`` are west, south, east, north in degrees (``None``: the record cannot be read); ``holds`` says what is in it;
    ``whole`` tells whether the file still is what the record says.
    """

    kind: GroundKind
    name: str
    path: Path
    bounds: tuple[float, float, float, float] | None
    holds: Mapping[str, Any] = field(default_factory=dict)
    sha256: str
    whole: bool
    sources: tuple[EditionSource, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def licence(self) -> str:
        """Terms of all its sources."""
        return "; ".join(dict.fromkeys(source.licence for source in self.sources)) or "not stated"


def added_path(folder: Path, kind: GroundKind, name: str) -> Path:
    """
    Return where a file of this kind and name is kept.

    Raises
    ------
    InputError
        If the name is more than letters, digits and dashes: it must never lead out of the folder.
    """
    if not _NAME.fullmatch(name):
        raise InputError(f"{name!r} cannot name {kind}; use letters, digits and dashes, for example SD-north")
    return folder / "ground" / kind / f"{name}{_SUFFIX[kind]}"


def added_files(folder: Path, kind: GroundKind) -> tuple[Path, ...]:
    """List the files of a kind, by name; none if the folder is missing."""
    found = (folder / "ground" / kind).glob(f"*{_SUFFIX[kind]}")
    return tuple(sorted(p for p in found if _NAME.fullmatch(p.stem) and p.is_file()))


def record_added(
    path: Path,
    kind: GroundKind,
    *,
    bounds: tuple[float, float, float, float],
    holds: Mapping[str, Any],
    sources: Sequence[EditionSource],
    notes: Sequence[str] = (),
) -> Added:
    """
    Write the record of a file that was just stored.

    Parameters
    ----------
    path
        The file, from :func:`added_path`.
    kind, bounds, holds, notes
        As in :class:`Added`.
    sources
        What it was made from.

    Returns
    -------
    added
        As :func:`read_added` would give it.
    """
    record = {
        "name": path.stem,
        "kind": kind,
        "bounds": [round(value, 6) for value in bounds],
        "holds": dict(holds),
        "sha256": file_sha256(path),
        "sources": [asdict(source) for source in sources],
        "notes": list(notes),
    }
    write_aside(path.with_suffix(".json"), json.dumps(record, ensure_ascii=False, indent=1).encode() + b"\n")
    return read_one(path, kind)


def read_added(folder: Path) -> tuple[Added, ...]:
    """Read the records of all files of the ground, by kind and name."""
    return tuple(read_one(path, kind) for kind in GROUND_KINDS for path in added_files(folder, kind))


def remove_added(folder: Path, kind: GroundKind, name: str) -> Path:
    """
    Remove a file and its record.

    Raises
    ------
    InputError
        If the name cannot be one.
    NotFoundError
        If there is none of that name.
    """
    path = added_path(folder, kind, name)
    if not path.is_file():
        there = ", ".join(p.stem for p in added_files(folder, kind)) or "none"
        raise NotFoundError(f"there is no {kind} {name!r} in {folder}; there are: {there}")
    path.unlink()
    path.with_suffix(".json").unlink(missing_ok=True)
    return path


def read_one(path: Path, kind: GroundKind, *, check: bool = True) -> Added:
    """
    Read one file's record; a file without a readable record is given without one.

    Parameters
    ----------
    path, kind
        The file.
    check
        Hash the file and compare; a run does not, its manifest hashes anyway.
    """
    try:
        record: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        west, south, east, north = (float(value) for value in record["bounds"])
        bounds = (west, south, east, north)
        holds = dict(record["holds"])
        sources = tuple(EditionSource(**{k: str(v) for k, v in row.items()}) for row in record["sources"])
        notes = tuple(str(note) for note in record["notes"])
        said = str(record["sha256"])
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return Added(kind=kind, name=path.stem, path=path, bounds=None, sha256=file_sha256(path), whole=False)
    own = file_sha256(path) if check else said
    return Added(
        kind=kind,
        name=path.stem,
        path=path,
        bounds=bounds,
        holds=holds,
        sha256=own,
        whole=own == said,
        sources=sources,
        notes=notes,
    )
