"""What was read: sources, documents, and exact words of a document."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from wayout.errors import InputError, SpanError
from wayout.model.identity import DocumentId, content_id

RELIABILITY_LETTERS = frozenset("ABCDEF")
"""The Admiralty letters (NATO AJP-2.1); their words are in ``vocab/admiralty.yaml``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The step that made a record: its name, the code's version, its parameters and seed."""

    name: str
    version: str
    parameters: tuple[tuple[str, str], ...] = ()
    seed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """
    Exact words of a document: code points ``start`` (in) to ``end`` (out).

    Follows the W3C Web Annotation text-position selector; the quote is taken from the document.
    """

    document: DocumentId
    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse empty and negative spans."""
        if not 0 <= self.start < self.end:
            raise SpanError(
                f"span {self.start}:{self.end} of document {self.document} is empty or negative; "
                "start must be >= 0 and end > start"
            )

    def contains(self, other: Self) -> bool:
        """Tell whether the other span lies inside this one (same document)."""
        return self.document == other.document and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Self) -> bool:
        """Tell whether the spans share a character (same document)."""
        return self.document == other.document and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """
    Who publishes. ``reliability`` is the Admiralty letter A-F; it belongs to the source, never to one report.

    A reader gives F: letters come from people, as judgements (``wayout sources rate``), which win over this one. F means "cannot be judged" (unknown), not "worst".
    """

    name: str
    reliability: str = "F"
    url: str | None = None

    def __post_init__(self) -> None:
        """Refuse a letter that the scale does not have: it would have no weight."""
        if self.reliability not in RELIABILITY_LETTERS:
            raise InputError(
                f"source {self.name!r} has reliability {self.reliability!r}; give an Admiralty letter, A to F (F: cannot be judged)"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    r"""
    One text as read. ``text`` is immutable; every span in the project is an offset into it.

    Paragraphs are separated by one blank line (``"\\n\\n"``); the title, where there is one, is the first
    paragraph of ``text`` too, so that claims made by a headline have words to rest on.
    """

    id: DocumentId
    text: str
    title: str | None
    source: Source
    url: str | None
    byline: str | None
    published: datetime | None
    retrieved: datetime | None
    language: str | None
    made_by: Step

    def quote(self, span: Span) -> str:
        """
        Return the exact words of a span.

        Parameters
        ----------
        span
            A span of this document.

        Returns
        -------
        words
            ``text[start:end]``.

        Raises
        ------
        SpanError
            If the span belongs to another document or ends past the text.
        """
        if span.document != self.id:
            raise SpanError(f"span of document {span.document} was asked of document {self.id}")
        if span.end > len(self.text):
            raise SpanError(f"span {span.start}:{span.end} ends past document {self.id} ({len(self.text)} characters)")
        return self.text[span.start : span.end]

    def span(self, start: int, end: int) -> Span:
        """Make a span of this document; ``end`` is exclusive."""
        return Span(document=self.id, start=start, end=end)


def document_id(text: str) -> DocumentId:
    """Make the id of a text: a hash of its characters."""
    return DocumentId(content_id("doc", text))
