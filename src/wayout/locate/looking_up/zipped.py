"""Read the members of a zip archive that somebody else made: in memory, bounded, nothing ever written under a name it gives."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from wayout.errors import SourceError

MAX_MEMBERS = 2000
"""A boundary archive holds some fifty files, a dump two."""
_CHUNK_BYTES = 1 << 18
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OverflowError,
    ValueError,
    OSError,
)
"""What the standard library raises for a damaged, encrypted or foreign archive."""


def member_names(path: Path) -> tuple[str, ...]:
    """
    List the files of an archive.

    Parameters
    ----------
    path
        The archive.

    Returns
    -------
    names
        In the archive's order, folders left out.

    Raises
    ------
    SourceError
        If it is no zip archive, has too many members, or a member's name leads out of the archive.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = [info.filename for info in archive.infolist() if not info.is_dir()]
    except _DAMAGE as error:
        raise SourceError(f"{path} is no zip archive that can be read ({error}); download it again") from error
    if len(names) > MAX_MEMBERS:
        raise SourceError(f"{path} holds {len(names)} files, at most {MAX_MEMBERS} are read; give a smaller archive")
    for name in names:
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or "\\" in name or ":" in name:
            raise SourceError(f"{path} holds the file name {name!r}, which leads out of the archive; do not trust it")
    return tuple(names)


def member_chunks(path: Path, name: str, max_bytes: int) -> Iterator[bytes]:
    """
    Unpack one member piece by piece, stopping at the limit whatever size the archive claims.

    Parameters
    ----------
    path
        The archive.
    name
        One of :func:`member_names`.
    max_bytes
        Largest unpacked size.

    Raises
    ------
    SourceError
        If the member is missing, damaged or encrypted, or unpacks to more than the limit.
    """
    size = 0
    try:
        with zipfile.ZipFile(path) as archive, archive.open(name) as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                size += len(chunk)
                if size > max_bytes:
                    break
                yield chunk
    except (*_DAMAGE, KeyError) as error:
        raise SourceError(f"{name} in {path} cannot be unpacked ({error}); download the archive again") from error
    if size > max_bytes:
        raise SourceError(f"{name} in {path} unpacks to more than {max_bytes / 1e6:g} MB; do not trust the archive")


def member_lines(path: Path, name: str, max_bytes: int) -> Iterator[str]:
    """Unpack one member line by line as UTF-8; characters that are none are replaced. Limits as :func:`member_chunks`."""
    rest = b""
    for chunk in member_chunks(path, name, max_bytes):
        *lines, rest = (rest + chunk).split(b"\n")
        yield from (line.decode("utf-8", "replace").rstrip("\r") for line in lines)
    if rest:
        yield rest.decode("utf-8", "replace").rstrip("\r")
