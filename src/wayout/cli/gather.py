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
from wayout.read.event_header import HEADER_BYTES, begins_event_table
from wayout.read.event_table import split_event_table
from wayout.read.from_jsonl import split_records
from wayout.read.gunzip import GZIP_START, gunzip_chunks
from wayout.read.pages import MAX_RECORDS_BYTES, RECORD_ENDINGS
from wayout.read.raw_page import MAX_PAGE_BYTES, RawPage

TEXT_ENDINGS = (".html", ".htm", ".xhtml", ".txt", ".text", ".md", ".markdown", ".jsonl", ".ndjson")
"""What is read from a folder, also with ``.gz`` behind it; a file named by itself is read whatever its ending."""

REPORT_ENDINGS = (".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".eml", ".msg", ".pages")
"""Probably reports, not read yet: said aloud, so that nobody believes they were used."""

TABLE_ENDINGS = (".csv", ".tsv")
"""In a folder these are looked into: tables of events are read, others are no reports."""
TABLE_PART_BYTES = MAX_PAGE_BYTES // 2
"""A table comes in parts of this size: a data set of the whole world needs no more memory than one."""

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
            yield from _from_path(source, options)


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


def _from_path(source: str, options: GatherOptions) -> Iterator[RawPage | Miss]:
    path = Path(source)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        yield Miss(what=source, why=f"cannot be opened ({reason}); check the path")
        return
    if stat.S_ISDIR(mode):
        yield from _from_folder(path, options)
    elif stat.S_ISREG(mode):
        yield from _from_file(path, options)
    else:
        yield Miss(what=source, why="is a device or socket; give a file, a folder, or - for standard input")


def _from_folder(folder: Path, options: GatherOptions) -> Iterator[RawPage | Miss]:
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
            elif path.is_file() and (ending.endswith(TEXT_ENDINGS) or _is_event_table(path, ending)):
                n_found += 1
                yield from _from_file(path, options)
    yield from unreadable
    if not n_found and not unreadable:
        kinds = " ".join((*TEXT_ENDINGS, *TABLE_ENDINGS))
        yield Miss(what=str(folder), why=f"holds no file that can be read ({kinds}, also .gz); check the folder")


def _is_event_table(path: Path, ending: str) -> bool:
    if not ending.endswith(TABLE_ENDINGS):
        return False
    try:
        with path.open("rb") as stream:
            return begins_event_table(stream.read(4 * HEADER_BYTES))
    except OSError:
        return True  # opening it again says why it cannot be read


def _from_file(path: Path, options: GatherOptions) -> Iterator[RawPage | Miss]:
    name = str(path)
    try:
        with path.open("rb") as stream:
            if name.lower().endswith(RECORD_ENDINGS):
                yield from _from_records(stream, name)
                return
            content = stream.read(MAX_PAGE_BYTES + 1)
            if begins_event_table(content):
                stream.seek(0)
                yield from _from_event_table(stream, name, options, is_packed=content.startswith(GZIP_START))
                return
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


def _from_event_table(
    stream: IO[bytes], name: str, options: GatherOptions, *, is_packed: bool
) -> Iterator[RawPage | Miss]:
    """Stream a table of events part by part; no event is later than the clock says now."""
    packed = gunzip_chunks(stream, name, MAX_RECORDS_BYTES)
    chunks = packed if is_packed else iter(lambda: stream.read(io.DEFAULT_BUFFER_SIZE * 8), b"")
    try:
        yield from split_event_table(_lines(chunks), name, options.now(), TABLE_PART_BYTES)
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
