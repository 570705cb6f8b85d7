"""Records of what is an echo of what."""

from dataclasses import dataclass
from datetime import datetime

from wayout.fuse.origins.publishers import publisher_of
from wayout.fuse.origins.shingles import signature
from wayout.model import Document, DocumentId
from wayout.text.event_rows import is_event_row


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class EchoLink:
    """
    Two documents behind which one text stands.

    ``first`` and ``second`` are in the order of their ids; ``share`` (0-1) is the part of the shorter one's five-word runs
    that the other has too, runs that many texts use counting less.
    """

    first: DocumentId
    second: DocumentId
    share: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EchoEntry:
    """What is kept of a document to find its echoes: no text, but its run hashes, publisher and day."""

    document: DocumentId
    signature: bytes
    publisher: str | None
    published: datetime | None


def entry_of(document: Document) -> EchoEntry:
    """Reduce a document to its entry."""
    return EchoEntry(
        document=document.id,
        # Rows of a table share its field names, not a text: no row is a copy of another.
        signature=b"" if is_event_row(document) else signature(document.text),
        publisher=publisher_of(document.source),
        published=document.published,
    )
