"""Every test of the contract runs on SQLite and on a PostgreSQL of its own, started from Debian's packages and stopped at the end."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest
import shapely

from wayout.model import Mention, Miss, Reading, TimeValue
from wayout.store import schema
from wayout.store.open import open_store

BACKENDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def server() -> Iterator["Server"]:
    """A server of our own."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not binaries:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql-15-postgis-3 postgresql-15-postgis-3-scripts)")
    folder = binaries[-1].parent
    if not Path(f"/usr/share/postgresql/{folder.parent.name}/extension/postgis.control").exists():
        pytest.skip("PostGIS is not installed (Debian: postgresql-15-postgis-3 postgresql-15-postgis-3-scripts)")
    user = "postgres" if os.getuid() == 0 else None  # the server refuses to run as root
    root = Path(tempfile.mkdtemp(prefix="wayout-pg-"))
    if user:
        owner = pwd.getpwnam(user)
        os.chown(root, owner.pw_uid, owner.pw_gid)

    def run(program: str, *arguments: str) -> str:
        done = subprocess.run(
            [folder / program, *arguments],
            user=user,
            cwd=root,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    data = str(root / "data")
    run("initdb", "-D", data, "-A", "trust", "-U", "wayout", "-E", "UTF8", "--locale=C.UTF-8", "--data-checksums")
    run("pg_ctl", "-D", data, "-w", "-l", str(root / "log"), "-o", f"-c listen_addresses='' -k {root}", "start")
    try:
        run("createdb", f"-h{root}", "-U", "wayout", "wayout")
        made = Server(f"postgresql://wayout@/wayout?host={root}")
        made.say("CREATE EXTENSION postgis")
        yield made
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")  # nothing in it is wanted
        shutil.rmtree(root)


class Server:
    """A PostgreSQL server with one database; a store has a schema of its own in it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._made: set[str] = set()

    def say(self, *sentences: str) -> None:
        """Run SQL as the administrator."""
        import psycopg

        with psycopg.connect(self.address, autocommit=True) as connection:
            for sentence in sentences:
                connection.execute(sentence)

    def place(self, name: str) -> str:
        """Where an empty store is; tables are made once, then emptied past their triggers, for making them takes longer than a test."""
        if name in self._made:
            tables = (*schema.metadata.tables, "claim_words", "geometry_shapes")
            self.say("SET session_replication_role = replica", *(f"DELETE FROM {name}.{table}" for table in tables))
        else:
            self._made.add(name)
            self.say(f"CREATE SCHEMA {name}")
        return f"{self.address}&options=-csearch_path%3D{name},public"


NUMBERS = count()


def new_place(backend: str, request: pytest.FixtureRequest) -> str:
    """Where a new store may be made."""
    if backend == "sqlite":
        return str(request.getfixturevalue("tmp_path") / f"store-{next(NUMBERS)}.sqlite")
    return str(request.getfixturevalue("server").place("one"))


@pytest.fixture(params=BACKENDS)
def where(request):
    """Where a new store may be made, on each backend."""
    return new_place(request.param, request)


@pytest.fixture
def store(where):
    """A new store on each backend."""
    with open_store(where) as made:
        yield made


@pytest.fixture(scope="session")
def reports(build):
    """Makers of readings from literals."""

    def reading(text: str, *, source: str = "Test Wire", hours: int = 0, claims: tuple = (), **fields) -> Reading:
        from dataclasses import replace

        document = build.document(text, published=build.at + timedelta(hours=hours))
        document = replace(document, source=replace(document.source, name=source), **fields)
        made = tuple(build.claim(document, *words, **more) for *words, more in claims)
        span = document.span(0, 4)
        return Reading(
            document=document,
            claims=made,
            mentions=(
                Mention(span=span, text=text[:4], kind="actor", ref="the-army", route="alias", candidates=("a",)),
            ),
            times=(TimeValue(text=text[:4], span=span, start=build.at.date(), end=None, date_prec=3),),
            misses=(Miss(what=text[:4], why="a test says so"),),
        )

    def aleppo_and_homs() -> tuple[Reading, Reading]:
        north = {"at": build.region("Aleppo", shapely.box(36.5, 35.5, 37.5, 36.5))}
        south = {"at": build.region("Homs", shapely.Point(36.7, 34.7))}
        first = reading(
            "Hay\u2019at Tahrir took Aleppo today. The army left Homs.",
            claims=(
                ("Hay\u2019at Tahrir took Aleppo", "takes", {"subject": "hts", "object": "the-army", "regions": north}),
                ("The army left Homs", "loses", {"subject": "the-army", "regions": south}),
            ),
        )
        second = reading(
            "Shelling was heard in Aleppo.",
            hours=48,
            claims=(("Shelling was heard in Aleppo", "strikes", {"object": "hts", "regions": north}),),
        )
        return first, second

    return SimpleNamespace(reading=reading, aleppo_and_homs=aleppo_and_homs)
