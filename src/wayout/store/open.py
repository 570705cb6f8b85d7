"""Open a store by where it is: a path is SQLite, an address ``postgresql://`` is PostgreSQL."""

from pathlib import Path

from wayout.errors import InputError
from wayout.store.base import Store

POSTGRES = ("postgresql://", "postgres://")
IN_MEMORY = ":memory:"


def open_store(where: str | Path) -> Store:
    """
    Open a store, and make it where there is none.

    Parameters
    ----------
    where
        A file's path; ``postgresql://user:password@host/database``; or the text ``":memory:"`` for one that is gone at
        the end and has one connection: there, finish :meth:`~wayout.store.base.Store.readings` or ``export`` before you ask again.

    Returns
    -------
    store
        Brought to this version's schema.

    Raises
    ------
    InputError
        If the path is a folder, no store of ours, or cannot be written, or the address is of another kind.
    BackendError
        If the store was written by a newer version, a driver is missing or too old, or the server does not answer.
    """
    if isinstance(where, str) and where.startswith(POSTGRES):
        from wayout.store.in_postgres import open_postgres

        return open_postgres(where)
    if isinstance(where, str) and "://" in where:
        raise InputError(
            f"a store is a file's path or postgresql://user:password@host/database, not {where.split('://')[0]}://"
        )
    from wayout.store.in_sqlite import open_sqlite

    return open_sqlite(None if where == IN_MEMORY else Path(where))
