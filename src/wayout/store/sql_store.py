"""The one store of both backends: each method is one transaction, its work told in the file named after it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from numpy.typing import NDArray

from wayout.errors import InputError
from wayout.model import Claim, Document, DocumentId, Judgement, Mention, Miss, Reading
from wayout.store.asking import ask_claims, ask_documents, ask_has, ask_reading_parts
from wayout.store.base import ClaimFilter, StoreCheck
from wayout.store.chain import add_to_chain, ask_judgements, head_of
from wayout.store.checking import check_store
from wayout.store.columns import Columns, read_basis, read_columns, write_columns
from wayout.store.door import Door
from wayout.store.exporting import ask_readings, export_lines
from wayout.store.intake import Intake
from wayout.store.records import reading_part
from wayout.store.rows import check_reader

ALL = ClaimFilter()


class SqlStore:
    """
    A store in SQL (:class:`wayout.store.base.Store`); open one with :func:`wayout.store.open.open_store`.

    Parameters
    ----------
    door
        The way into a database that has this version's schema.
    """

    def __init__(self, door: Door) -> None:
        self.door = door

    def add_reading(
        self,
        document: Document,
        claims: Iterable[Claim],
        mentions: Iterable[Mention],
        misses: Iterable[Miss],
        reader: str,
    ) -> bool:
        """Keep a document and what one version of the reader took from it."""
        reading = Reading(document=document, claims=tuple(claims), mentions=tuple(mentions), misses=tuple(misses))
        return self.add_readings([reading], reader)[0]

    def add_readings(self, readings: Iterable[Reading], reader: str) -> tuple[bool, ...]:
        """Keep many readings in one transaction."""
        check_reader(reader)
        many = list(readings)
        with self.door.writing() as connection:
            _, new = Intake(connection, self.door.wording).add([r.document for r in many], many, reader)
        return tuple(new)

    def add_document(self, document: Document) -> bool:
        """Keep an appearance of a document, without reading it."""
        return self.add_documents([document])[0]

    def add_documents(self, documents: Iterable[Document]) -> tuple[bool, ...]:
        """Keep many appearances in one transaction."""
        many = list(documents)
        with self.door.writing() as connection:
            new, _ = Intake(connection, self.door.wording).add(many, [None] * len(many), "")
        return tuple(new)

    def has(self, document: DocumentId, reader: str) -> bool:
        """Tell whether this version of the reader has read this document."""
        with self.door.reading() as connection:
            return ask_has(connection, document, reader)

    def documents(self, ids: Iterable[DocumentId] | None = None, until: datetime | None = None) -> tuple[Document, ...]:
        """Return documents, each as it first appeared."""
        if until is not None and until.tzinfo is None:
            raise InputError(f"until is {until}, a time without a zone; give it in UTC")
        with self.door.reading() as connection:
            return tuple(ask_documents(connection, ids, until, first_only=True))

    def appearances(self, ids: Iterable[DocumentId] | None = None) -> tuple[Document, ...]:
        """Return every appearance of documents."""
        with self.door.reading() as connection:
            return tuple(ask_documents(connection, ids, None, first_only=False))

    def claims(self, which: ClaimFilter = ALL) -> tuple[Claim, ...]:
        """Return claims of the newest reading of each document."""
        with self.door.reading() as connection, self.door.wording.in_bytes(connection):
            return ask_claims(connection, self.door.wording, which)

    def mentions(self, ids: Iterable[DocumentId]) -> tuple[Mention, ...]:
        """Return the mentions of the newest reading of documents."""
        with self.door.reading() as connection:
            parts = ask_reading_parts(connection, ids)
            return tuple(mention for document, body in parts for mention in reading_part(body, document, "mentions"))

    def misses(self, ids: Iterable[DocumentId] | None = None) -> tuple[tuple[DocumentId, Miss], ...]:
        """Return what the newest readings could not read, locate or use."""
        with self.door.reading() as connection:
            parts = ask_reading_parts(connection, ids)
            return tuple((document, m) for document, body in parts for m in reading_part(body, document, "misses"))

    def readings(self) -> Iterator[tuple[str, Reading]]:
        """Yield every reading with its reader, in the order they were added."""
        with self.door.reading() as connection:
            yield from ask_readings(connection)

    def add_judgement(self, judgement: Judgement) -> Judgement:
        """Put a judgement at the end of the chain."""
        return self.add_judgements([judgement])[0]

    def add_judgements(self, judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
        """Put judgements at the end of the chain in one transaction."""
        many = list(judgements)
        with self.door.writing() as connection:
            return tuple(add_to_chain(connection, judgement) for judgement in many)

    def judgements(self, kind: str | None = None, until: datetime | None = None) -> tuple[Judgement, ...]:
        """Return judgements in the chain's order."""
        with self.door.reading() as connection:
            return tuple(ask_judgements(connection, kind, until))

    def derived(self, name: str) -> dict[str, NDArray[Any]] | None:
        """Return the columns kept under a name, read-only."""
        with self.door.reading() as connection, self.door.wording.in_bytes(connection):
            return read_columns(connection, name)

    def derived_basis(self, name: str) -> str | None:
        """Return what the columns of a name were made from."""
        with self.door.reading() as connection:
            return read_basis(connection, name)

    def put_derived(self, name: str, columns: Columns, *, basis: str = "", extend: bool = False) -> None:
        """Keep columns that can be made again."""
        with self.door.writing() as connection:
            write_columns(connection, name, columns, basis, extend=extend)

    def head(self) -> str:
        """Return the hash of the last judgement."""
        with self.door.reading() as connection:
            return head_of(connection)

    def check(self) -> StoreCheck:
        """Check the store from end to end."""
        with self.door.reading() as connection:
            return check_store(connection, self.door.wording)

    def export(self) -> Iterator[str]:
        """Tell all evidence and judgements as canonical JSON lines."""
        with self.door.reading() as connection:
            yield from export_lines(connection)

    def close(self) -> None:
        """Let go of the file or the connections."""
        self.door.engine.dispose()

    def __enter__(self) -> Self:
        """Return the store, to be closed at the end."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()
