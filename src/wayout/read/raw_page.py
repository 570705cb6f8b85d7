"""What the outside world hands to READ: bytes with a name, before anybody has looked into them."""

from dataclasses import dataclass
from datetime import datetime

MAX_PAGE_BYTES = 10_000_000
"""Largest page read, 10 MB decoded: the longest report seen is below 1 MB; more is an archive, a log or an attack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """
    One page, file or record as it came: nothing decoded, nothing trusted.

    Attributes
    ----------
    name
        What the user called it (path, address, ``"line 3 of feed.jsonl"``); every error names it.
    content
        The bytes, not decompressed.
    url
        Where it was found, if on the web.
    retrieved
        When it was fetched, aware UTC; ``None`` for files.
    charset
        Character encoding told by whoever delivered it (the HTTP header).
    title, published, outlet
        What a carrier (a JSON lines record) says of it; they win over what is guessed from the content.
    first_row
        Of an event table that came in parts: the number of this part's first row, the header of the whole being row 1.
    """

    name: str
    content: bytes
    url: str | None = None
    retrieved: datetime | None = None
    charset: str | None = None
    title: str | None = None
    published: datetime | None = None
    outlet: str | None = None
    first_row: int = 2
