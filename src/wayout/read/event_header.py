"""Recognise an event table by its header, whatever the file is called: which format, which separator, which column is what."""

import codecs
import csv
import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from wayout.errors import SourceError
from wayout.read.gunzip import GZIP_START
from wayout.vocab import read_vocab

HEADER_BYTES = 16_384
"""No header is longer: the longest release has some 50 columns."""
_SEPARATORS = (",", ";", "\t")
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class EventHeader(NamedTuple):
    """A table's format (a key of ``vocab/event_tables.yaml``), its separator, how many cells a row has, and where each column stands."""

    format: str
    separator: str
    n_cells: int
    columns: Mapping[str, int]


def begins_event_table(content: bytes) -> bool:
    """
    Tell whether bytes begin like an event table, packed (gzip) or not.

    Parameters
    ----------
    content
        A file or its beginning.

    Returns
    -------
    is_table
        Judged by the names in the first line only; columns may still be missing (:func:`read_header` says which).
    """
    line = _first_line(content)
    return line is not None and _recognised(line) is not None


def read_header(line: str, name: str) -> EventHeader:
    """
    Read the first line of an event table.

    Parameters
    ----------
    line
        The line, decoded.
    name
        The table's name, for errors.

    Returns
    -------
    header
        Columns by our names; columns we do not know are left out.

    Raises
    ------
    SourceError
        If it is no event table, or columns that a row needs are missing: all of them are named.
    """
    found = _recognised(line)
    if found is None:
        raise SourceError(f"{name} has no header of an event table; give a UCDP GED or ACLED file with its first line")
    key, separator, cells = found
    columns: dict[str, int] = {}
    twice = []
    for i, cell in enumerate(cells):
        column = _spellings(key).get(cell)
        if column is None:
            continue
        if column in columns:
            # A release may hold a column under its own name beside an older one of the same meaning.
            if cells[columns[column]] == cell:
                twice.append(cell)
            elif cell == column:
                columns[column] = i
            continue
        columns[column] = i
    told = formats()[key]
    missing = [column for column in told["needed"] if column not in columns]
    if missing or twice:
        faults = [f"lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)}"] if missing else []
        faults += [f"has the column {cell} twice" for cell in sorted(set(twice))]
        raise SourceError(
            f"{name} looks like {told['name']} but {' and '.join(faults)}; give the file as the data set's own site exports it"
        )
    return EventHeader(key, separator, len(cells), columns)


@cache
def formats() -> Mapping[str, Any]:
    """Return the known formats by key, as ``vocab/event_tables.yaml`` tells them."""
    known: Mapping[str, Any] = read_vocab("event_tables.yaml")["formats"]
    return known


@cache
def _spellings(key: str) -> Mapping[str, str]:
    """Return our name of every spelling of a column."""
    columns = formats()[key]["columns"]
    return {spelling: name for name, others in columns.items() for spelling in (name, *others)}


def _recognised(line: str) -> tuple[str, str, list[str]] | None:
    for separator in _SEPARATORS:
        if separator not in line:
            continue
        cells = _cells(line, separator)
        names = {
            _spellings_of.get(cell, cell) for key in formats() for _spellings_of in (_spellings(key),) for cell in cells
        }
        for key, told in formats().items():
            if all(any(name in names for name in either.split("|")) for either in told["known_by"]):
                return key, separator, cells
    return None


def _cells(line: str, separator: str) -> list[str]:
    try:
        row: Sequence[str] = next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []
    return ["_".join(cell.replace(".", " ").split()).strip('"').casefold() for cell in row]


def _first_line(content: bytes) -> str | None:
    """Decode the first line; a header is ASCII whatever the encoding of the rows is."""
    start = content[:HEADER_BYTES]
    if start.startswith(GZIP_START):
        try:
            start = zlib.decompressobj(wbits=31).decompress(content[: 4 * HEADER_BYTES], HEADER_BYTES)
        except zlib.error:
            return None
    if start.startswith(_UTF16_MARKS):
        text = start[: len(start) // 2 * 2].decode("utf-16", "ignore")
    else:
        text = start.removeprefix(codecs.BOM_UTF8).decode("latin-1")
    line = text.lstrip("\r\n").partition("\n")[0].rstrip("\r")
    return line if line and len(line) < HEADER_BYTES else None
