"""Read a spreadsheet's CSV as people have them: any usual encoding and delimiter, quoted line ends, ragged rows, stray quotes."""

import codecs
import csv
import io
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self

from wayout.errors import SourceError
from wayout.read.decode import decode_page

SAMPLE_BYTES = 1 << 20
DELIMITERS = (",", ";", "\t", "|")
SNIFFED_LINES = 50
MOST_LINES = 500
"""Lines of one record; a quote that is open longer is a stray one and is read as a character."""
MOST_CELL = 1 << 20
"""Characters of one cell; longer ones are refused by the parser and read line by line."""
_EXCEL_HINT = "sep="


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a sheet is written: encoding (a Python codec), delimiter, line end, and whether it opens with a byte order mark."""

    codec: str
    delimiter: str
    line_end: str
    marked: bool


class Sheet:
    """
    An open sheet: its header, and its rows one after the other.

    Parameters
    ----------
    stream
        Bytes of the file.
    name
        How to call it in errors.
    codec, delimiter
        As the user says; found out where ``None``.
    header
        Whether the first row names the columns; else they are called column_1, column_2 ...
    """

    def __init__(
        self,
        stream: BinaryIO,
        name: str,
        *,
        codec: str | None = None,
        delimiter: str | None = None,
        header: bool = True,
    ) -> None:
        self.name = name
        self.n_ragged = 0
        sample = _take_sample(stream)
        self.form = _find_form(sample, name, codec, delimiter, stream)
        raw = io.BufferedReader(_Joined(sample, stream), SAMPLE_BYTES)
        text = io.TextIOWrapper(raw, encoding=self.form.codec, errors="replace", newline="")
        self._records = _records(_without_hint(text), self.form.delimiter)
        first = next((row for row in self._records if any(cell.strip() for cell in row)), None)
        if first is None:
            raise SourceError(f"{name} holds no row; give a CSV with a header line and at least one row")
        self.columns = (
            tuple(c.strip() for c in first) if header else tuple(f"column_{i + 1}" for i in range(len(first)))
        )
        self._first = None if header else first

    def rows(self) -> Iterator[list[str]]:
        """Yield every row with exactly one cell a column; blank lines are passed over, surplus cells joined into the last."""
        width = len(self.columns)
        if self._first is not None:
            yield self._first
        for row in self._records:
            if len(row) == width:
                yield row
            elif row:
                self.n_ragged += 1
                yield self._squared(row, width)

    def _squared(self, row: list[str], width: int) -> list[str]:
        if len(row) < width:
            return row + [""] * (width - len(row))
        surplus = row[width - 1 :]
        while len(surplus) > 1 and not surplus[-1].strip():
            surplus.pop()
        return [*row[: width - 1], self.form.delimiter.join(surplus)]


def open_bytes(source: str) -> BinaryIO:
    """Open a file, or standard input for ``-``."""
    return sys.stdin.buffer if source == "-" else Path(source).open("rb")


class _Joined(io.RawIOBase):
    """The sample that was read already, then the rest of the stream."""

    def __init__(self, sample: bytes, stream: BinaryIO) -> None:
        self._sample = memoryview(sample)
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        if len(self._sample):
            n = min(len(buffer), len(self._sample))
            buffer[:n] = self._sample[:n]
            self._sample = self._sample[n:]
            return n
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _take_sample(stream: BinaryIO) -> bytes:
    parts, size = [], 0
    while size < SAMPLE_BYTES and (part := stream.read(SAMPLE_BYTES - size)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _find_form(sample: bytes, name: str, codec: str | None, delimiter: str | None, stream: BinaryIO) -> Form:
    if sample.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise SourceError(f"{name} is a workbook, not CSV; save its sheet as CSV (UTF-8) and give that")
    if not sample.strip():
        raise SourceError(f"{name} is empty; give a CSV with a header line and at least one row")
    whole = len(sample) < SAMPLE_BYTES
    # A sample is cut at a line's end, so that no character is torn.
    head = sample if whole else sample[: sample.rfind(b"\n") + 1] or sample
    marked = head.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if codec is None:
        try:
            text, codec = decode_page(head, name)
        except SourceError as error:
            raise SourceError(str(error).replace("a text or a web page", "a CSV")) from error
        if codec in ("utf-8", "ascii") and not whole and not _is_utf8(stream):
            _, codec = decode_page(_lines_beyond_ascii(stream), name)
    else:
        text = head.decode(codec, "replace")
    line_end = "\r\n" if "\r\n" in text else "\n"
    return Form(codec=codec, delimiter=delimiter or find_delimiter(text), line_end=line_end, marked=marked)


def _is_utf8(stream: BinaryIO) -> bool:
    """Tell whether a file is UTF-8 to its end; what cannot be read twice (a pipe) is taken to be as its beginning."""
    if not stream.seekable():
        return True
    at = stream.tell()
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while part := stream.read(SAMPLE_BYTES):
            decoder.decode(part)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        # The first bytes after the sample may be the end of a character torn at its edge.
        return bool(
            error.start == 0 and error.end < 4 and len(error.object) > 8 and error.reason == "invalid start byte"
        )
    else:
        return True
    finally:
        stream.seek(at)


def _lines_beyond_ascii(stream: BinaryIO) -> bytes:
    """Collect lines that hold more than ASCII, for an encoding to be guessed from."""
    at = stream.tell()
    found, size = [], 0
    for line in stream:
        if not line.isascii():
            found.append(line)
            size += len(line)
            if size > SAMPLE_BYTES // 8:
                break
    stream.seek(at)
    return b"".join(found)


def find_delimiter(text: str) -> str:
    r"""
    Find the delimiter: the one that gives the first lines the same number of cells, the more the better.

    Parameters
    ----------
    text
        The beginning of the sheet.

    Returns
    -------
    delimiter
        A comma where there is one column only.

    Examples
    --------
    >>> find_delimiter('date;place\n1 May;"Goma, near the lake"\n')
    ';'
    """
    lines = text.splitlines()[:SNIFFED_LINES]
    if lines and lines[0].lower().startswith(_EXCEL_HINT) and len(lines[0]) == len(_EXCEL_HINT) + 1:
        return lines[0][-1]

    def worth(delimiter: str) -> tuple[float, int]:
        widths = [len(row) for row in _records(iter([f"{line}\n" for line in lines]), delimiter) if row]
        if not widths or widths[0] < 2:
            return (0.0, 0)
        return (sum(w == widths[0] for w in widths) / len(widths) + 0.01 * min(widths[0], 20), widths[0])

    best = max(DELIMITERS, key=worth)
    return best if worth(best)[0] > 0 else ","


def _without_hint(lines: Iterable[str]) -> Iterator[str]:
    """Leave out a first line "sep=;", which only speaks to a spreadsheet program."""
    first = True
    for line in lines:
        if not (first and line.lower().startswith(_EXCEL_HINT) and len(line.strip()) == len(_EXCEL_HINT) + 1):
            yield line
        first = False


class _StrayQuoteError(Exception):
    """A quote stayed open for longer than any cell is."""


class _Taken:
    """Hands lines to the parser and remembers those of the record at hand; lines can be put back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._back: deque[str] = deque()
        self.held: list[str] = []
        self.ended = False

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        if len(self.held) >= MOST_LINES:
            raise _StrayQuoteError
        if self._back:
            line = self._back.popleft()
        else:
            try:
                line = next(self._lines)
            except StopIteration:
                self.ended = True
                raise
        self.held.append(line)
        return line

    def check_closed(self) -> None:
        """Refuse a record that only ended because the sheet did."""
        if self.ended and len(self.held) > 1 and sum(line.count('"') for line in self.held) % 2:
            raise _StrayQuoteError

    def take_first(self) -> str:
        """Take the first line of the record at hand, and put the others back."""
        first = self.held[0]
        self._back.extendleft(reversed(self.held[1:]))
        self.held.clear()
        return first


def _records(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    """Parse records; the line of a quote that never closes is read with the quote as a character."""
    csv.field_size_limit(MOST_CELL)
    taken = _Taken(lines)
    while True:
        try:
            for row in csv.reader(taken, delimiter=delimiter):
                taken.check_closed()
                taken.held.clear()
                yield row
        except (_StrayQuoteError, csv.Error):
            yield taken.take_first().rstrip("\r\n").split(delimiter)
        else:
            return
