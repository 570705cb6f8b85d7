"""The embedded store: one SQLite file, written ahead (WAL), found by place with R*Tree and by word with FTS5."""

import os
import stat
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Engine, TextClause, create_engine, event, text
from sqlalchemy.pool import QueuePool, StaticPool

from wayout.errors import BackendError, InputError
from wayout.store.base import BBox, Store
from wayout.store.door import WRITES, Door
from wayout.store.migrate import bring_up_to_date
from wayout.store.shapes import searchable, touches
from wayout.store.sql_store import SqlStore

OLDEST_SQLITE = (3, 51, 3)
"""Before it, two connections could corrupt a WAL file as it was reset (sqlite.org/changes.html, 3.51.3)."""
BUSY_MS = 60_000
"""How long a writer waits for another one, ms."""
APPLICATION_ID = 0x5741594F
"""Written into the file's header ("WAYO"): a database of another program is never touched."""
HEADER = b"SQLite format 3\x00"


def open_sqlite(path: Path | None) -> Store:
    """
    Open a store in a file, and make it where there is none.

    Parameters
    ----------
    path
        The only path written, with ``-wal`` and ``-shm`` behind it; ``None``: memory only.

    Raises
    ------
    InputError
        If it is a folder, no store of ours, or cannot be written.
    BackendError
        If the SQLite driver is too old, or the store was written by a newer version.
    """
    driver = _driver()
    if path is not None:
        _refuse_foreign(path)
    engine = _engine(driver, path)
    door = Door(engine, SqliteWording(), str(path) if path else "in memory")
    try:
        with door.reading() as connection:
            _refuse_other_programs(connection, path)
        bring_up_to_date(door)
    except (InputError, BackendError):
        engine.dispose()
        raise
    return SqlStore(door)


def _driver() -> Any:
    from pysqlite3 import dbapi2

    if dbapi2.sqlite_version_info < OLDEST_SQLITE:
        raise BackendError(
            f"SQLite {dbapi2.sqlite_version} can corrupt a store (fixed in {'.'.join(map(str, OLDEST_SQLITE))}); "
            "install a newer one: pip install --upgrade pysqlite3"
        )
    return dbapi2


def _refuse_foreign(path: Path) -> None:
    """Refuse by name what cannot be a store, before SQLite touches it."""
    try:
        start = _beginning(path)
    except InputError:
        raise
    except (OSError, ValueError) as error:  # no right to read it, a name too long, a NUL in it
        raise InputError(f"store {path} cannot be read ({error}); give a file of your own") from error
    if start and start != HEADER:
        raise InputError(f"store {path} is no SQLite database; name another file, or move this one away")
    if start and not os.access(path, os.W_OK):
        raise InputError(
            f"store {path} is read-only; make it writable (chmod u+w), or copy it to where it may be written"
        )


def _beginning(path: Path) -> bytes:
    """Return a file's first bytes, none where it is not there yet."""
    if path.is_dir():
        raise InputError(f"store {path} is a folder; name a file in it, such as {path / 'wayout.sqlite'}")
    if not path.parent.is_dir():
        raise InputError(f"store {path} cannot be made: there is no folder {path.parent}; make it first")
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return b""
    if not stat.S_ISREG(mode):
        raise InputError(f"store {path} is no file (a pipe or a device); name another")
    with path.open("rb") as file:
        return file.read(len(HEADER))


def _refuse_other_programs(connection: Connection, path: Path | None) -> None:
    mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    n_tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar_one()
    if n_tables and mark != APPLICATION_ID:
        raise InputError(f"store {path} is a database of another program; name another file")


def _engine(driver: Any, path: Path | None) -> Engine:
    # An absolute path is taken as it is; "file:..." and ":memory:" would mean something, as "?" and "%" would in an address.
    where = str(path.absolute()) if path is not None else ":memory:"
    engine = create_engine(
        "sqlite://",
        module=driver,
        creator=lambda: driver.connect(where, timeout=BUSY_MS / 1000, check_same_thread=False),
        poolclass=StaticPool if path is None else QueuePool,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # transactions are begun by us
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.create_function("wayout_touches", 5, touches, deterministic=True)


def _begin(connection: Connection) -> None:
    # A writer takes its lock at once: one that reads first and writes later fails where another has written meanwhile.
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


ON_GEOMETRIES = "claims.number IN (SELECT claim FROM claim_places WHERE geometry IN ({}))"


class SqliteWording:
    """What SQLite says in its own way."""

    backend = "sqlite"
    writer_options: Mapping[str, Any] = MappingProxyType({})

    def lock(self, connection: Connection) -> None:
        """Do nothing: ``BEGIN IMMEDIATE`` has locked."""

    def keep_shapes(self, connection: Connection, shapes: Mapping[int, bytes]) -> None:
        """Put the boxes of geometries into the R*Tree, which rounds them outwards."""
        rows = []
        for number, wkb in shapes.items():
            geometry = searchable(wkb)
            if geometry is not None:
                west, south, east, north = geometry.bounds
                rows.append((number, west, east, south, north))
        if rows:
            connection.exec_driver_sql("INSERT INTO geometry_boxes VALUES (?, ?, ?, ?, ?)", rows)

    def keep_words(self, connection: Connection, words: Iterable[tuple[int, tuple[str, ...]]]) -> None:
        """Put the words of claims into FTS5."""
        rows = [(number, " ".join(said)) for number, said in words]
        if rows:
            connection.exec_driver_sql("INSERT INTO claim_words (rowid, words) VALUES (?, ?)", rows)

    def touches(self, boxes: tuple[BBox, ...]) -> TextClause:
        """Ask the R*Tree, and the geometry itself where its box lies across the edge."""
        one = (
            "(b.east >= :w{0} AND b.west <= :e{0} AND b.north >= :s{0} AND b.south <= :n{0} AND ("
            "(b.west >= :w{0} AND b.east <= :e{0} AND b.south >= :s{0} AND b.north <= :n{0})"
            " OR wayout_touches(g.wkb, :w{0}, :s{0}, :e{0}, :n{0})))"
        )
        any_box = " OR ".join(one.format(i) for i in range(len(boxes)))
        bounds = {f"{side}{i}": bound for i, box in enumerate(boxes) for side, bound in zip("wsen", box, strict=True)}
        # Only names and numbers of ours are put together here; what was asked is bound.
        near = f"SELECT b.number FROM geometry_boxes b JOIN geometries g ON g.number = b.number WHERE {any_box}"  # noqa: S608
        return text(ON_GEOMETRIES.format(near)).bindparams(**bounds)

    def says(self, words: tuple[str, ...]) -> TextClause:
        """Ask FTS5 for all words; they are letters and digits only."""
        return text("claims.number IN (SELECT rowid FROM claim_words WHERE claim_words MATCH :said)").bindparams(
            said=" AND ".join(f'"{word}"' for word in words)
        )

    def in_bytes(self, connection: Connection) -> AbstractContextManager[None]:
        """Do nothing: SQLite answers in bytes."""
        return nullcontext()

    def problems(self, connection: Connection) -> Iterable[str]:
        """Run SQLite's own checks."""
        for (said,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
            if said != "ok":
                yield f"the file is damaged ({said}); restore a backup"
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"row {row[1]} of {row[0]} points to a row of {row[2]} that is gone; restore a backup"

    def remedy(self, error: Any) -> tuple[type[Exception], str] | None:
        """Name what SQLite names by a code."""
        said = str(error)
        for words, kind, remedy in REMEDIES:
            if words in said:
                return kind, f"{said}; {remedy}"
        return None


REMEDIES: tuple[tuple[str, type[Exception], str], ...] = (
    ("readonly", InputError, "make the file and its folder writable, or copy it to where it may be written"),
    ("unable to open", InputError, "look at the path, its folder's rights and the open files"),
    ("not a database", InputError, "name another file, or restore a backup"),
    ("malformed", BackendError, "the file is damaged: restore a backup"),
    ("locked", BackendError, f"another process has been writing for {BUSY_MS // 1000} s: try again when it is done"),
    ("is full", BackendError, "nothing of this was written, what was there is safe: free some space and do it again"),
    (
        "disk I/O",
        BackendError,
        "nothing of this was written: look at the disk (space, quota, file size limit) and do it again",
    ),
    ("append-only", BackendError, "evidence and judgements are only ever added: add a judgement of kind 'correction'"),
)
