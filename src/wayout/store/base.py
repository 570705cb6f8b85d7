"""What a store is: evidence that is only ever added, judgements in a chain, and columns that can be made again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

from wayout.errors import InputError
from wayout.model import ActorId, Claim, ClaimId, Document, DocumentId, Judgement, Mention, Miss, Predicate, Reading

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Columns = Mapping[str, NDArray[np.generic]]
    """Columns of equal length by name: numbers, booleans, dates, or text of fixed width (never Python objects)."""

BBox = tuple[float, float, float, float]
"""West, south, east, north in degrees; west above east crosses the 180th meridian."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFilter:
    """
    Which claims are asked for; what is ``None`` restricts nothing, an empty collection lets nothing through.

    Attributes
    ----------
    until
        Only of documents known by then, inclusive; aware. A document is known from when it was published, else retrieved; one
        that has neither time is known at no time, and answers only where ``until`` is ``None``.
    bbox
        Only claims with a located place that touches this box: any reading of the place, its doubt's radius left out.
    actors
        Only claims whose subject or object is one of these.
    predicates
        Only these.
    text
        Only claims in whose words all words of this text occur, in any order: the exact words they rest on, subject, object, place phrases and
        whom they are attributed to; whole words, folded as names are (case, accents, apostrophes).
    documents
        Only of these.
    ids
        Only these claims.
    limit, offset
        A page of the answer: how many at most, how many to leave out first.
    """

    until: datetime | None = None
    bbox: BBox | None = None
    actors: tuple[ActorId, ...] | None = None
    predicates: tuple[Predicate, ...] | None = None
    text: str | None = None
    documents: tuple[DocumentId, ...] | None = None
    ids: tuple[ClaimId, ...] | None = None
    limit: int | None = None
    offset: int = 0

    def __post_init__(self) -> None:
        """Refuse a time without a zone, a box that is none, and negative pages."""
        if self.until is not None and self.until.tzinfo is None:
            raise InputError(f"until is {self.until}, a time without a zone; give it in UTC")
        if self.bbox is not None:
            west, south, east, north = self.bbox
            if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
                raise InputError(f"bbox {self.bbox} is no box; give west, south, east, north in degrees")
        if (self.limit is not None and self.limit < 0) or self.offset < 0:
            raise InputError(f"page of {self.limit} from {self.offset} cannot be; neither may be negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreCheck:
    """
    What :meth:`Store.check` found.

    ``counts`` are rows by table; ``head`` is the hash of the last judgement ("" where there is none): noted elsewhere, it shows a
    chain cut off at its end. ``problems`` say what is damaged, and what to do.
    """

    backend: str
    counts: tuple[tuple[str, int], ...]
    head: str
    problems: tuple[str, ...] = ()


class Store(Protocol):
    """
    Where reports and judgements are kept. A method that returns has written: its rows survive kill -9 and loss of power.

    Evidence (sources, documents, their appearances, readings, claims) and judgements are only ever added. What is derived can be made
    again and may be replaced. Every method may raise :class:`wayout.errors.BackendError`: the disk is full, the server is gone, another
    process writes for too long; nothing is half written then.
    """

    def add_reading(
        self,
        document: Document,
        claims: Iterable[Claim],
        mentions: Iterable[Mention],
        misses: Iterable[Miss],
        reader: str,
    ) -> bool:
        """
        Keep a document and what one version of the reader took from it, in one transaction.

        Parameters
        ----------
        document
            The text as read. The same text published by another source, at another address or time is one document with one more appearance.
        claims, mentions, misses
            What was taken from it; kept in this order.
        reader
            Version of all that read it: another version is another reading, the one added last is the one that answers.

        Returns
        -------
        added
            ``False`` where this reading was there; a new appearance of the document is kept all the same.

        Raises
        ------
        InputError
            If a claim or mention is not of this document, a time has no zone, or the reader's name is not printable ASCII.
        """
        ...

    def add_readings(self, readings: Iterable[Reading], reader: str) -> tuple[bool, ...]:
        """Keep many readings (with their times) in one transaction: all or none; far faster than one by one. As :meth:`add_reading`."""
        ...

    def add_document(self, document: Document) -> bool:
        """
        Keep an appearance of a document, without reading it.

        For a text that was read before and turns up again elsewhere (:meth:`has` says so). ``False`` where this appearance was there: same
        text, source, address and time of publication.
        """
        ...

    def add_documents(self, documents: Iterable[Document]) -> tuple[bool, ...]:
        """Keep many appearances in one transaction. As :meth:`add_document`."""
        ...

    def has(self, document: DocumentId, reader: str) -> bool:
        """Tell whether this version of the reader has read this document."""
        ...

    def documents(self, ids: Iterable[DocumentId] | None = None, until: datetime | None = None) -> tuple[Document, ...]:
        """
        Return documents, each as it first appeared.

        Parameters
        ----------
        ids
            Only these; ``None``: all. Unknown ids are passed over.
        until
            Only what was known by then, inclusive (see :class:`ClaimFilter`).

        Returns
        -------
        documents
            One a text, by when it was first known, then by id; undated ones last.
        """
        ...

    def appearances(self, ids: Iterable[DocumentId] | None = None) -> tuple[Document, ...]:
        """Return every appearance of documents: records that share id and text and differ in source, address or time; in the same order."""
        ...

    def claims(self, which: ClaimFilter = ...) -> tuple[Claim, ...]:
        """
        Return claims of the newest reading of each document.

        Returns
        -------
        claims
            By document id, then in the reading's order: the same on every backend, whatever the order things were added in.
        """
        ...

    def mentions(self, ids: Iterable[DocumentId]) -> tuple[Mention, ...]:
        """Return the mentions of the newest reading of these documents, by document id, then in the reading's order."""
        ...

    def misses(self, ids: Iterable[DocumentId] | None = None) -> tuple[tuple[DocumentId, Miss], ...]:
        """Return what the newest readings could not read, locate or use, by document id; ``None``: of all documents."""
        ...

    def add_judgement(self, judgement: Judgement) -> Judgement:
        """
        Put a judgement at the end of the chain.

        Returns
        -------
        judgement
            As kept, with the hash before it; one that was there already (same id) as it was kept then.

        Raises
        ------
        ProvenanceError
            If it says that it stands behind another one than the last.
        """
        ...

    def add_judgements(self, judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
        """Put judgements at the end of the chain, in their order and one transaction: all or, where one is refused, none."""
        ...

    def judgements(self, kind: str | None = None, until: datetime | None = None) -> tuple[Judgement, ...]:
        """Return judgements in the chain's order: of one kind, made by some time (inclusive), or all."""
        ...

    def derived(self, name: str) -> "dict[str, NDArray[Any]] | None":
        """Return the columns kept under a name, read-only; ``None`` where there are none."""
        ...

    def derived_basis(self, name: str) -> str | None:
        """Return what the columns were made from, as :meth:`put_derived` was told; ``None`` where there are none."""
        ...

    def put_derived(self, name: str, columns: "Columns", *, basis: str = "", extend: bool = False) -> None:
        """
        Keep columns that can be made again (echo signatures, evidence rows), in place of those kept under the name.

        Parameters
        ----------
        name
            Whose; printable ASCII.
        columns
            Arrays of equal length (first axis) and fixed dtype.
        basis
            What they were made from (a version, a hash), to be compared before they are trusted.
        extend
            Add these rows behind the kept ones, in one transaction with the new basis; names of columns must be the same, and types must fit.

        Raises
        ------
        InputError
            If lengths differ, a column holds Python objects, or an extension has other columns.
        """
        ...

    def head(self) -> str:
        """Return the hash of the last judgement, "" where there is none: print it beside results, and the chain cannot be cut unseen."""
        ...

    def check(self) -> StoreCheck:
        """Check the file or database, that texts, readings and judgements are those that were added, and that indexes are whole."""
        ...

    def export(self) -> Iterator[str]:
        """
        Tell all evidence and judgements as canonical JSON lines.

        Yields
        ------
        line
            Without its line break. The same content gives the same lines on every backend, whatever the order things were added in.
        """
        ...

    def readings(self) -> Iterator[tuple[str, Reading]]:
        """Yield every reading of every version with its reader, in the order they were added; each with its document as it first appeared."""
        ...

    def close(self) -> None:
        """Let go of the file or the connections."""
        ...

    def __enter__(self) -> Self:
        """Return the store, to be closed at the end."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        ...
