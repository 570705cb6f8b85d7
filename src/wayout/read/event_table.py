"""Event tables (UCDP GED, ACLED) as sources: each row becomes a document; a bad row is a miss with its number, and the rest goes on."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from wayout import __version__
from wayout.errors import SourceError
from wayout.model import Document, Miss, Source, Step, document_id
from wayout.read.decode import decode_page
from wayout.read.event_header import EventHeader, formats, read_header
from wayout.read.event_values import EventRow
from wayout.read.from_acled import read_acled_row
from wayout.read.from_ucdp import read_ucdp_row
from wayout.read.raw_page import RawPage
from wayout.read.tidy import tidy_text
from wayout.text.event_rows import EVENT_ROW, FORMAT, write_row

MAX_TITLE = 300
"""Characters of a title; a joint side of ten groups is cut there, and stands whole in its own line."""
MOST_ROWS_TOLD = 10
"""Rows that a summary names; the rest are counted."""
_READERS: Mapping[str, Callable[..., EventRow]] = {
    "ucdp_ged": read_ucdp_row,
    "acled": read_acled_row,
}
_ZONES_AHEAD = timedelta(hours=14)
"""The day begins first at UTC+14: until then no day is in the future everywhere."""


def read_event_table(raw: RawPage) -> Iterator[tuple[str, Document | Miss]]:
    """
    Read an event table row by row.

    Parameters
    ----------
    raw
        The table, unpacked; ``retrieved`` bounds its days, ``first_row`` numbers its rows.

    Yields
    ------
    name, document
        The row's name and its document, or a miss that says what is wrong with it; one miss for the whole table where columns are
        missing.
    """
    try:
        text, _ = decode_page(raw.content, raw.name, raw.charset)
        lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").split("\n")
        while lines and not lines[0].strip():
            del lines[0]
        header = read_header(lines[0] if lines else "", raw.name)
    except SourceError as error:
        yield raw.name, Miss(what=raw.name, why=str(error).removeprefix(f"{raw.name} "))
        return
    told = formats()[header.format]
    latest = (raw.retrieved + _ZONES_AHEAD).date() if raw.retrieved else None
    noted: dict[str, list[int]] = {}
    for number, row in enumerate(_rows(lines[1:], header), start=raw.first_row):
        if not any(cell.strip() for cell in row) or _is_tags(row):
            continue
        name = f"{raw.name} row {number}"
        try:
            found = _READERS[header.format](_cells(row, header), told, latest)
        except SourceError as error:
            yield name, Miss(what=name, why=str(error))
            continue
        for note in found.notes:
            noted.setdefault(note, []).append(number)
        yield name, _document(raw, found, header.format)
    for note, numbers in noted.items():
        yield raw.name, Miss(what=f"{raw.name} {_told_rows(numbers)}", why=note)


def _rows(lines: Sequence[str], header: EventHeader) -> Iterator[list[str]]:
    """Yield the rows; where a quotation mark was left open, the lines it swallowed are read one by one."""
    reader = csv.reader((line + "\n" for line in lines), delimiter=header.separator)
    while True:
        begin = reader.line_num
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            row = []
        swallowed = lines[begin : reader.line_num]
        if len(row) == header.n_cells or len(swallowed) < 2:
            yield row or list(swallowed)
            continue
        for line in swallowed:
            yield from csv.reader([line], delimiter=header.separator)


def _is_tags(row: Sequence[str]) -> bool:
    """Tell whether a row holds the hashtags that humanitarian exchange files put below the header ("#date+start")."""
    filled = [cell for cell in row if cell.strip()]
    return len(filled) > 1 and all(cell.lstrip().startswith("#") for cell in filled)


def _cells(row: Sequence[str], header: EventHeader) -> dict[str, str]:
    """Name and tidy a row's values."""
    if len(row) != header.n_cells:
        raise SourceError(
            f"it has {len(row)} cells where the header has {header.n_cells}; mend its separators and quotation marks"
        )
    return {column: _tidy(row[i]) for column, i in header.columns.items()}


def _document(raw: RawPage, row: EventRow, format: str) -> Document:
    told = formats()[format]
    title = row.title if len(row.title) <= MAX_TITLE else f"{row.title[: MAX_TITLE - 1]}…"
    text = write_row(title, ((column, row.fields.get(column, "")) for column in told["columns"]))
    return Document(
        id=document_id(text),
        text=text,
        title=title,
        source=Source(name=told["name"], reliability="F", url=told["url"]),
        url=None,
        byline=None,
        published=row.published,
        retrieved=raw.retrieved if raw.url else None,
        language="en",
        made_by=Step(
            name="read", version=__version__, parameters=(("extractor", "event table"), EVENT_ROW, (FORMAT, format))
        ),
    )


def _told_rows(numbers: Sequence[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:MOST_ROWS_TOLD])
    more = len(numbers) - MOST_ROWS_TOLD
    return f"row{'s' * (len(numbers) > 1)} {shown}{f' and {more} more' if more > 0 else ''}"


def _tidy(cell: str) -> str:
    """Bring a cell onto one line, so that no value can pass for a field of its own."""
    if not (cell.isascii() and cell.isprintable()):
        cell = tidy_text(cell)
    return " ".join(cell.split())


def split_event_table(
    lines: Iterable[bytes], name: str, retrieved: datetime | None, part_bytes: int
) -> Iterator[RawPage]:
    """
    Cut a table that is too long to be held at once into tables with the same header.

    Parameters
    ----------
    lines
        Its lines, without their ends.
    name
        Its name; every part has it.
    retrieved
        When it is read: no event is later.
    part_bytes
        Size from which a part ends with its row.

    Yields
    ------
    page
        A table; ``first_row`` is the number its first row has in the whole, the header being row 1.
    """
    header, held, size, is_open = b"", [], 0, False
    first_row, n_rows = 2, 0
    for line in lines:
        if not header:
            header = line if line.strip(b"\xef\xbb\xbf \r") else b""
            continue
        held.append(line)
        size += len(line) + 1
        is_open ^= line.count(b'"') % 2 == 1
        n_rows += not is_open
        # A quotation mark left open would swallow the rest: twice the size ends a part whatever is open.
        if size >= part_bytes and (not is_open or size >= 2 * part_bytes):
            yield _part(name, header, held, retrieved, first_row)
            first_row, n_rows, held, size, is_open = first_row + n_rows, 0, [], 0, False
    if held or header:
        yield _part(name, header, held, retrieved, first_row)


def _part(name: str, header: bytes, held: Sequence[bytes], retrieved: datetime | None, first_row: int) -> RawPage:
    content = b"\n".join((header, *held)) + b"\n"
    return RawPage(name=name, content=content, retrieved=retrieved, first_row=first_row)
