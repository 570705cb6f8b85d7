"""The team's store: PostgreSQL with PostGIS, found by place with GiST and by word with a ``tsvector``."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from types import MappingProxyType
from typing import Any

import shapely
from sqlalchemy import Connection, TextClause, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from wayout.errors import BackendError, InputError
from wayout.store.base import BBox, Store
from wayout.store.door import Door
from wayout.store.migrate import bring_up_to_date
from wayout.store.shapes import box_shape, searchable
from wayout.store.sql_store import SqlStore

WRITER_LOCK = 0x5741594F
"""Number of the advisory lock that a writer holds until its transaction ends."""
CONNECT_S = 15
"""How long the server may take to answer, s."""


def open_postgres(address: str) -> Store:
    """
    Open a store on a server, and make its tables where there are none.

    Parameters
    ----------
    address
        ``postgresql://user:password@host:port/database``. The database must exist and have PostGIS, or the user may install it.

    Raises
    ------
    InputError
        If the address cannot be understood.
    BackendError
        If psycopg or PostGIS is missing, the server does not answer, or the store was written by a newer version.
    """
    url = _url(address)
    place = make_url(address).render_as_string(hide_password=True)
    engine = create_engine(url, pool_pre_ping=True, isolation_level="REPEATABLE READ")
    event.listen(engine, "connect", _prepare)
    door = Door(engine, PostgresWording(), place)
    try:
        bring_up_to_date(door)
    except (InputError, BackendError):
        engine.dispose()
        raise
    return SqlStore(door)


def _url(address: str) -> URL:
    try:
        import psycopg  # noqa: F401 - an extra: said by name where it is missing
    except ImportError as error:
        raise BackendError(
            "a store on PostgreSQL needs psycopg, which is not installed; install the extra: pip install 'wayout[postgres]'"
        ) from error
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        raise InputError(
            "the store's address cannot be understood; give postgresql://user:password@host:port/database, "
            "with %XX for special characters in the password"
        ) from error
    query = {"connect_timeout": str(CONNECT_S), **url.query}
    return url.set(drivername="postgresql+psycopg", query=query)


def _prepare(connection: Any, _: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'UTC'")
        cursor.execute(
            "SET synchronous_commit = on"
        )  # an acknowledged write is on the disk, whatever the server's default
    connection.commit()


@cache
def _binary_cursor() -> type:
    """Return the kind of cursor that is answered in bytes."""
    from psycopg import Cursor
    from psycopg.pq import Format

    class BinaryCursor(Cursor[Any]):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            self.format = Format.BINARY

    return BinaryCursor


ON_GEOMETRIES = "claims.number IN (SELECT claim FROM claim_places WHERE geometry IN ({}))"


class PostgresWording:
    """What PostgreSQL says in its own way."""

    backend = "postgresql"
    # After the lock is got, a writer must see what the one before it wrote.
    writer_options: Mapping[str, Any] = MappingProxyType({"isolation_level": "READ COMMITTED"})

    def lock(self, connection: Connection) -> None:
        """Wait for the one lock of writers; what comes after sees all that was written before."""
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITER_LOCK})

    def keep_shapes(self, connection: Connection, shapes: Mapping[int, bytes]) -> None:
        """Put geometries into PostGIS."""
        found = ((number, searchable(wkb)) for number, wkb in shapes.items())
        rows = [{"number": number, "wkb": shapely.to_wkb(shape)} for number, shape in found if shape is not None]
        if rows:
            connection.execute(
                text("INSERT INTO geometry_shapes VALUES (:number, ST_SetSRID(ST_GeomFromWKB(:wkb), 4326))"), rows
            )

    def keep_words(self, connection: Connection, words: Iterable[tuple[int, tuple[str, ...]]]) -> None:
        """Put the words of claims into a ``tsvector`` as they are: no stemmer, no stop words."""
        rows = [{"number": number, "words": list(said)} for number, said in words]
        if rows:
            connection.execute(
                text("INSERT INTO claim_words VALUES (:number, array_to_tsvector(CAST(:words AS text[])))"), rows
            )

    def touches(self, boxes: tuple[BBox, ...]) -> TextClause:
        """Ask PostGIS."""
        any_box = " OR ".join(
            f"ST_Intersects(shape, ST_SetSRID(ST_GeomFromWKB(:b{i}), 4326))" for i in range(len(boxes))
        )
        # Only names and numbers of ours are put together here; what was asked is bound.
        near = f"SELECT number FROM geometry_shapes WHERE {any_box}"  # noqa: S608
        return text(ON_GEOMETRIES.format(near)).bindparams(
            **{f"b{i}": shapely.to_wkb(box_shape(box)) for i, box in enumerate(boxes)}
        )

    def says(self, words: tuple[str, ...]) -> TextClause:
        """Ask for all words; they are letters and digits only."""
        return text(
            "claims.number IN (SELECT number FROM claim_words WHERE words @@ CAST(:said AS tsquery))"
        ).bindparams(said=" & ".join(f"'{word}'" for word in words))

    @contextmanager
    def in_bytes(self, connection: Connection) -> Iterator[None]:
        """Let the server answer in bytes, not in hexadecimal text: a quarter of the time. Its catalogue is not read so."""
        driver: Any = connection.connection.driver_connection
        before, driver.cursor_factory = driver.cursor_factory, _binary_cursor()
        try:
            yield
        finally:
            driver.cursor_factory = before

    def problems(self, connection: Connection) -> Iterable[str]:
        """Leave the files to the server: page checksums and ``pg_amcheck`` are its administrator's."""
        return ()

    def remedy(self, error: Any) -> tuple[type[Exception], str] | None:
        """Name what the server names by a code (SQLSTATE)."""
        said = str(error).strip().splitlines()[0]
        # A connection that fails carries no code, only the server's words.
        code = getattr(error, "sqlstate", None) or next((c for words, c in REFUSALS if words in said), "08001")
        remedy = next((remedy for start, remedy in REMEDIES if code.startswith(start)), None)
        return None if remedy is None else (BackendError, f"{said}; {remedy}")


REFUSALS = (("does not exist", "3D000"), ("authentication failed", "28P01"), ("no password supplied", "28P01"))
REMEDIES = (
    ("53", "the server is out of space, memory or connections; nothing of this was written: free some and do it again"),
    ("28", "look at the user and the password in the address"),
    ("3D", "make the database first: createdb, then CREATE EXTENSION postgis"),
    ("0A000", "install PostGIS on the server (Debian: postgresql-15-postgis-3)"),
    ("42501", "the user may not do this: ask the database's owner"),
    ("25006", "the server or the database is read-only: name the primary server"),
    ("57", "the server is stopping or cancelled this; nothing of it was written: do it again when it is up"),
    ("08", "the server does not answer: look at host, port, and whether it runs; nothing of this was written"),
    ("P0001", "evidence and judgements are only ever added: add a judgement of kind 'correction'"),
)
