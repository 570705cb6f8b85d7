"""
Editions: gazetteer files beside the base, one a country or a user's list, each with a record of what went into it.

A folder holds ``NAME.sqlite`` (the places) and ``NAME.json`` (the record). Both are written aside and renamed, so that an
interrupted run leaves the old edition or the new one; the same entries give the same bytes.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from wayout.errors import InputError, NotFoundError
from wayout.locate.looking_up.gazetteer_file import SCHEMA_VERSION, Entry, write

MAX_PCODE = 40
_JOINERS = "\u200c\u200d"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionSource:
    """A file that went into an edition: where it was got, its hash, the day, and the licence as its publisher says it."""

    title: str
    address: str
    sha256: str
    retrieved: str
    licence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """An edition and its record; ``whole`` tells whether the file still is what the record says."""

    name: str
    path: Path
    country: str | None
    n_places: int | None
    n_names: int | None
    sha256: str
    whole: bool
    sources: tuple[EditionSource, ...] = ()
    left_out: Mapping[str, int] | None = None


def write_edition(
    folder: Path,
    name: str,
    entries: Sequence[Entry],
    *,
    sources: Sequence[EditionSource],
    left_out: Mapping[str, int],
) -> Edition:
    """
    Write an edition and its record, replacing an older one of that name.

    Parameters
    ----------
    folder
        Made if missing.
    name
        Letters, digits, dashes: the file's stem.
    entries
        Its places, of one country.
    sources
        What they were made from.
    left_out
        How many rows were left out, by reason.

    Returns
    -------
    edition
        As :func:`read_editions` would give it.

    Raises
    ------
    InputError
        If the name cannot be a file's, or there is no place.
    """
    path = edition_path(folder, name)
    if not entries:
        raise InputError(f"edition {name} would be empty; check its sources")
    # A user's list may not be for everybody's eyes.
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for entry in entries:
        entry.name = printable(entry.name)
        entry.pcode = printable(entry.pcode)[:MAX_PCODE] if entry.pcode else None
    ordered = sorted(entries, key=lambda entry: (entry.id.partition(":")[0], len(entry.id), entry.id))
    aside = path.with_suffix(".sqlite.part")
    aside.unlink(missing_ok=True)
    n_names = write(aside, ordered)
    record = {
        "name": name,
        "country": ordered[0].country,
        "n_places": len(ordered),
        "n_names": n_names,
        "sha256": file_sha256(aside),
        "schema": SCHEMA_VERSION,
        "sources": [asdict(source) for source in sources],
        "left_out": dict(sorted(left_out.items())),
    }
    aside.replace(path)
    write_aside(path.with_suffix(".json"), json.dumps(record, ensure_ascii=False, indent=1).encode() + b"\n")
    return _read(path)


def edition_path(folder: Path, name: str) -> Path:
    """
    Return where an edition of this name is kept.

    Raises
    ------
    InputError
        If the name is more than letters, digits and dashes: it must never lead out of the folder.
    """
    if not _NAME.fullmatch(name):
        raise InputError(f"{name!r} cannot name an edition; use letters, digits and dashes, for example SD-camps")
    return folder / f"{name}.sqlite"


def edition_files(folder: Path) -> tuple[Path, ...]:
    """List the files of all editions, by name; none if the folder is missing."""
    return tuple(sorted(p for p in folder.glob("*.sqlite") if _NAME.fullmatch(p.stem) and p.is_file()))


def read_editions(folder: Path) -> tuple[Edition, ...]:
    """Read the records of all editions of a folder, by name; a file without a readable record is listed without one."""
    return tuple(_read(path) for path in edition_files(folder))


def remove_edition(folder: Path, name: str) -> Path:
    """
    Remove an edition and its record.

    Raises
    ------
    InputError
        If the name cannot be an edition's.
    NotFoundError
        If there is none of that name.
    """
    path = edition_path(folder, name)
    if not path.is_file():
        there = ", ".join(p.stem for p in edition_files(folder)) or "none"
        raise NotFoundError(f"there is no edition {name!r} in {folder}; there are: {there}")
    path.unlink()
    path.with_suffix(".json").unlink(missing_ok=True)
    return path


def printable(text: str) -> str:
    """Leave out what a terminal or page would obey or hide; blanks become single, joiners of Persian and Indic spelling stay."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable() or c in _JOINERS)


def file_sha256(path: Path) -> str:
    """Return a file's SHA-256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_aside(path: Path, data: bytes) -> None:
    """Write a small file under another name, then rename it: a reader sees the old one or the new one."""
    aside = path.with_name(path.name + ".part")
    aside.write_bytes(data)
    aside.replace(path)


def _read(path: Path) -> Edition:
    try:
        record: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        sources = tuple(EditionSource(**{k: str(v) for k, v in row.items()}) for row in record["sources"])
        left_out = {str(k): int(v) for k, v in record["left_out"].items()}
        country, n_places, n_names = str(record["country"]), int(record["n_places"]), int(record["n_names"])
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        record, sources, left_out, country, n_places, n_names = {}, (), {}, None, None, None
    own = file_sha256(path)
    return Edition(
        name=path.stem,
        path=path,
        country=country,
        n_places=n_places,
        n_names=n_names,
        sha256=own,
        whole=record.get("sha256") == own,
        sources=sources,
        left_out=left_out,
    )
