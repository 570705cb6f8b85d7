"""Obtain a file of somebody else's: from the network, or the one that lies there already where there is none."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from wayout.cli.download import download, read_record
from wayout.cli.fetch_limits import FetchLimits
from wayout.errors import SourceError
from wayout.locate.looking_up.editions import EditionSource, file_sha256

TellFile = Callable[[str, int, int | None], None]
"""Is told a file's name, the bytes that are there and, where the server says it, how many there will be."""


@dataclass(frozen=True, slots=True)
class Obtained:
    """A file and where it is from."""

    path: Path
    source: EditionSource


def obtain(
    url: str, target: Path, limits: FetchLimits, *, terms: tuple[str, str], notes: list[str], tell: TellFile
) -> Obtained:
    """
    Download a file, or use the one that lies there already where there is no network.

    Parameters
    ----------
    url
        Its address.
    target
        Where it is kept. What somebody put there by hand is used and not asked for.
    limits
        Bounds of the download.
    terms
        Its title and licence, for the record.
    notes
        Gets what the user should know.
    tell
        Told how far it is.

    Raises
    ------
    SourceError
        If it cannot be had and none is kept; says what to do.
    """
    title, licence = terms
    if target.is_file() and read_record(target) is None:
        notes.append(f"{target} was put there by hand and is used; delete it to download it instead")
        return local(target, title, licence)
    try:
        record = download(url, target, limits, lambda n, total: tell(target.name, n, total))
    except SourceError as error:
        kept = read_record(target)
        if kept is None:
            raise SourceError(f"{error}; or give --from, or put the file at {target}") from error
        notes.append(f"{error}; the file of {kept.retrieved} is used")
        record = kept
    source = EditionSource(
        title=title, address=record.address, sha256=record.sha256, retrieved=record.retrieved, licence=licence
    )
    return Obtained(target, source)


def local(path: Path, title: str, licence: str) -> Obtained:
    """Take a file of this machine; its day is the day it was last changed."""
    day = datetime.fromtimestamp(path.stat().st_mtime, UTC).date().isoformat()
    source = EditionSource(title=title, address=str(path), sha256=file_sha256(path), retrieved=day, licence=licence)
    return Obtained(path, source)
