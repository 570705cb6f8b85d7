"""What differs between the backends: how a place and a word are found, who may write, and what the file says of itself."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol

from sqlalchemy import Connection, TextClause

from wayout.store.base import BBox


class Wording(Protocol):
    """The few sentences that SQLite and PostgreSQL say each in its own way."""

    backend: str
    writer_options: Mapping[str, Any]
    """Execution options of a writer's connection."""

    def lock(self, connection: Connection) -> None:
        """Let nobody else write until the transaction ends."""
        ...

    def keep_shapes(self, connection: Connection, shapes: Mapping[int, bytes]) -> None:
        """Make geometries (well-known bytes by number) findable by place."""
        ...

    def keep_words(self, connection: Connection, words: Iterable[tuple[int, tuple[str, ...]]]) -> None:
        """Make claims (words by number) findable by word."""
        ...

    def touches(self, boxes: tuple[BBox, ...]) -> TextClause:
        """Say that a claim has a geometry that touches one of the boxes."""
        ...

    def says(self, words: tuple[str, ...]) -> TextClause:
        """Say that a claim has all these words."""
        ...

    def in_bytes(self, connection: Connection) -> AbstractContextManager[None]:
        """Have blobs answered as they are kept, while this lasts."""
        ...

    def problems(self, connection: Connection) -> Iterable[str]:
        """Say what is wrong with the file or database, and with its own indexes."""
        ...

    def remedy(self, error: Any) -> tuple[type[Exception], str] | None:
        """Turn the driver's error into a kind of ours and a sentence with the remedy; ``None`` for one not foreseen."""
        ...
