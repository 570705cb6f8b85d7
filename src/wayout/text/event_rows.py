"""The text of a row of an event table: a title, then one "field: value" paragraph a field; written by READ, read by EXTRACT and LOCATE."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from wayout.model import Document

EVENT_ROW = ("layout", "event row")
"""The parameter of the step that made such a document; words alone ("latitude: 1") never make one."""
FORMAT = "format"
"""Name of the parameter that tells the table's format, a key of ``vocab/event_tables.yaml``."""
_PARAGRAPH = "\n\n"
_COLON = ": "


class Field(NamedTuple):
    """A field's value as written, and where in the text it stands (code points, half open)."""

    value: str
    start: int
    end: int


def is_event_row(document: Document) -> bool:
    """Tell whether a document is a row of an event table."""
    return EVENT_ROW in document.made_by.parameters


def format_of(document: Document) -> str:
    """Return the format of the table a row comes from; empty for any other document."""
    return next((value for key, value in document.made_by.parameters if key == FORMAT), "")


def write_row(title: str, fields: Iterable[tuple[str, str]]) -> str:
    """
    Write a row as text.

    Parameters
    ----------
    title
        One line.
    fields
        Names and values of one line each, in order; empty values are left out.

    Returns
    -------
    text
        The title and the fields, one paragraph each.
    """
    return _PARAGRAPH.join((title, *(f"{name}{_COLON}{value}" for name, value in fields if value)))


def read_row(text: str) -> Mapping[str, Field]:
    """
    Read the fields of a row's text.

    Parameters
    ----------
    text
        As :func:`write_row` wrote it.

    Returns
    -------
    fields
        By name; of two fields of one name the first.

    Examples
    --------
    >>> read_row(write_row("A - B, Homs", [("side_a", "A"), ("best", "4")]))["best"]
    Field(value='4', start=30, end=31)
    """
    fields: dict[str, Field] = {}
    start = text.find(_PARAGRAPH)
    while start >= 0:
        start += len(_PARAGRAPH)
        next_start = text.find(_PARAGRAPH, start)
        end = len(text) if next_start < 0 else next_start
        name, colon, value = text[start:end].partition(_COLON)
        if colon and value and name not in fields:
            fields[name] = Field(value, end - len(value), end)
        start = next_start
    return fields
