"""Transactions on one engine: one writer at a time, readers on one state, and errors that say what to do."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError, DisconnectionError, SQLAlchemyError

from wayout.errors import BackendError
from wayout.store.wording import Wording

WRITES = "wayout_writes"
"""Execution option of a connection that is going to write."""


class Door:
    """
    The way into a database.

    Parameters
    ----------
    engine
        Made by ``in_sqlite`` or ``in_postgres``.
    wording
        What this backend says differently.
    place
        Where it is, for messages: without passwords.
    """

    def __init__(self, engine: Engine, wording: Wording, place: str) -> None:
        self.engine = engine
        self.wording = wording
        self.place = place
        _keep_to_one_process(engine)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Begin a transaction that sees one state of the store."""
        with self._understood(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Begin a transaction that nobody else writes beside; it is on the disk when this ends, or nothing of it is."""
        with self._understood(), self.engine.connect() as connection:
            writer = connection.execution_options(**{WRITES: True}, **self.wording.writer_options)
            with writer.begin():
                self.wording.lock(writer)
                yield writer

    @contextmanager
    def _understood(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            kind, sentence = self.wording.remedy(error.orig) or (BackendError, f"{error.orig}; nothing was written")
            raise kind(f"store {self.place}: {sentence}") from error
        except SQLAlchemyError as error:
            raise BackendError(f"store {self.place}: {error}") from error


def _keep_to_one_process(engine: Engine) -> None:
    """Let a forked process open connections of its own: one that is shared mixes two talks up."""

    @event.listens_for(engine, "connect")
    def _note(_: Any, record: Any) -> None:
        record.info["process"] = os.getpid()

    @event.listens_for(engine, "checkout")
    def _compare(_: Any, record: Any, proxy: Any) -> None:
        if record.info["process"] != os.getpid():
            record.dbapi_connection = proxy.dbapi_connection = None
            raise DisconnectionError("this connection was made by another process")
