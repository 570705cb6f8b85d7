"""Bring a store to this version's schema, in one transaction: it is old or new, never between."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from wayout.errors import BackendError
from wayout.store.door import Door

NEWEST = "0001"
"""This version's schema; the newest file in ``migrations/versions``."""
VERSION_TABLE = "wayout_version"
FOLDER = Path(__file__).parent / "migrations"


def bring_up_to_date(door: Door, to: str = NEWEST) -> None:
    """
    Make the tables, or change those of an older version.

    Parameters
    ----------
    door
        The way into the database.
    to
        Version to stop at; tests make old stores by it.

    Raises
    ------
    BackendError
        If a newer version made the store.
    """
    with door.reading() as connection:
        if schema_version(connection) == to:
            return
    with door.writing() as connection:
        # Another process may have done it while this one waited for the lock.
        found = schema_version(connection)
        if found != to:
            _migrate(connection, found, to, door.place)


def schema_version(connection: Connection) -> str | None:
    """Return the schema's version, ``None`` where there are no tables yet."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    version: str | None = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608
    return version


def _migrate(connection: Connection, found: str | None, to: str, place: str) -> None:
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(FOLDER))
    if found is not None and found not in {revision.revision for revision in script.walk_revisions()}:
        raise BackendError(
            f"store {place} has schema {found}, which a newer version of Wayout made (this one knows {NEWEST}); update Wayout"
        )
    environment = EnvironmentContext(
        Config(), script, fn=lambda before, _: script._upgrade_revs(to, before), destination_rev=to
    )
    with environment:
        environment.configure(connection=connection, version_table=VERSION_TABLE, transaction_per_migration=False)
        environment.run_migrations()
