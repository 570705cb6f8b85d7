"""From what a user types to raw pages: files, folders, web addresses, standard input."""

import io
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from wayout.cli.fetch_limits import FetchLimits
from wayout.errors import SourceError
from wayout.model import Miss
from wayout.read.from_jsonl import split_records
from wayout.read.gunzip import gunzip_chunks
from wayout.read.pages import MAX_RECORDS_BYTES, RECORD_ENDINGS
from wayout.read.raw_page import MAX_PAGE_BYTES, RawPage

TEXT_ENDINGS = (".html", ".htm", ".xhtml", ".txt", ".text", ".md", ".markdown", ".jsonl", ".ndjson")
"""What is read from a folder, also with ``.gz`` behind it; a file named by itself is read whatever its ending."""

REPORT_ENDINGS = (".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".eml", ".msg", ".pages")
"""Probably reports, not read yet: said aloud, so that nobody believes they were used."""

STDIN_NAME = "standard input"
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class GatherOptions:
    """
    How to gather.

    Attributes
    ----------
    limits
        Bounds of a fetch.
    now
        Clock that stamps fetched pages, aware UTC.
    """

    limits: FetchLimits = field(default_factory=FetchLimits)
    now: Callable[[], datetime] = _now


def gather(
    sources: Sequence[str], stdin: IO[bytes] | None = None, options: GatherOptions | None = None
) -> Iterator[RawPage | Miss]:
    """
    Gather raw pages, one source after the other; what fails is a miss that says what to do.

    Parameters
    ----------
    sources
        Paths of files and folders (read recursively in sorted order, without hidden files), http or https addresses, or
        ``"-"`` for standard input.
    stdin
        Binary standard input.
    options
        Bounds and clock.

    Yields
    ------
    page
        A page, or a miss. JSON lines files come record by record.
    """
    options = options or GatherOptions()
    for source in sources:
        if source == "-":
            yield from _from_stdin(stdin)
        elif source.lower().startswith(("http://", "https://")):
            yield _from_web(source, options)
        elif _SCHEME.match(source):
            yield Miss(what=source, why="is not an http or https address; save the page as a file and give that")
        else:
            yield from _from_path(source)


def _from_stdin(stdin: IO[bytes] | None) -> Iterator[RawPage | Miss]:
    if stdin is None:
        yield Miss(what=STDIN_NAME, why="is missing; pipe a text into the command or give a file")
        return
    content = stdin.read(MAX_PAGE_BYTES + 1)
    if len(content) > MAX_PAGE_BYTES:
        yield _too_large(STDIN_NAME)
    else:
        yield RawPage(name=STDIN_NAME, content=content)


def _from_web(url: str, options: GatherOptions) -> RawPage | Miss:
    from wayout.cli.fetch import fetch

    try:
        fetched = fetch(url, options.limits)
    except SourceError as error:
        return Miss(what=url, why=str(error).removeprefix(f"{url} "))
    return RawPage(name=url, content=fetched.content, url=fetched.url, retrieved=options.now(), charset=fetched.charset)


def _from_path(source: str) -> Iterator[RawPage | Miss]:
    path = Path(source)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        yield Miss(what=source, why=f"cannot be opened ({reason}); check the path")
        return
    if stat.S_ISDIR(mode):
        yield from _from_folder(path)
    elif stat.S_ISREG(mode):
        yield from _from_file(path)
    else:
        yield Miss(what=source, why="is a device or socket; give a file, a folder, or - for standard input")


def _from_folder(folder: Path) -> Iterator[RawPage | Miss]:
    """Read a folder's text files in sorted order; links out of it are not followed."""
    n_found = 0
    unreadable: list[Miss] = []

    def note(error: OSError) -> None:
        name = str(error.filename)
        unreadable.append(Miss(what=name, why=f"cannot be opened ({error.strerror}); check its permissions"))

    for place, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(n for n in names if not n.startswith(".")):
            path = Path(place) / name
            ending = name.lower().removesuffix(".gz")
            if ending.endswith(REPORT_ENDINGS):
                n_found += 1
                yield Miss(what=str(path), why="is no text or web page; save it as plain text first")
            elif ending.endswith(TEXT_ENDINGS) and path.is_file():
                n_found += 1
                yield from _from_file(path)
    yield from unreadable
    if not n_found and not unreadable:
        kinds = " ".join(TEXT_ENDINGS)
        yield Miss(what=str(folder), why=f"holds no file that can be read ({kinds}, also .gz); check the folder")


def _from_file(path: Path) -> Iterator[RawPage | Miss]:
    name = str(path)
    try:
        with path.open("rb") as stream:
            if name.lower().endswith(RECORD_ENDINGS):
                yield from _from_records(stream, name)
                return
            content = stream.read(MAX_PAGE_BYTES + 1)
    except OSError as error:
        yield Miss(what=name, why=f"cannot be read ({error.strerror}); check its permissions")
        return
    yield _too_large(name) if len(content) > MAX_PAGE_BYTES else RawPage(name=name, content=content)


def _from_records(stream: IO[bytes], name: str) -> Iterator[RawPage | Miss]:
    """Stream a JSON lines file record by record: a feed of a gigabyte needs no more memory than its longest line."""
    try:
        if name.lower().endswith(".gz"):
            yield from split_records(_lines(gunzip_chunks(stream, name, MAX_RECORDS_BYTES)), name)
        else:
            yield from split_records(_lines(iter(lambda: stream.read(io.DEFAULT_BUFFER_SIZE * 8), b"")), name)
    except SourceError as error:
        yield Miss(what=name, why=str(error).removeprefix(f"{name} "))


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut chunks into lines; of a line over the limit only so much is kept that the reader sees it is too long."""
    parts: list[bytes] = []
    size = 0
    for chunk in chunks:
        *ended, rest = chunk.split(b"\n")
        for line in ended:
            yield b"".join(parts) + line if size <= MAX_PAGE_BYTES else b"".join(parts)
            parts, size = [], 0
        if rest and size <= MAX_PAGE_BYTES:
            parts.append(rest)
            size += len(rest)
    if parts:
        yield b"".join(parts)


def _too_large(name: str) -> Miss:
    limit = f"{MAX_PAGE_BYTES // 1_000_000} MB"
    return Miss(what=name, why=f"is over {limit}; give the page of one report, or many reports as JSON lines")
