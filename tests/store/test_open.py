"""A place says which backend it is; naming a store loads none."""

import subprocess
import sys

import pytest

from wayout.store.open import open_store


def test_naming_a_store_loads_no_database():
    code = (
        "import sys, wayout.store.base, wayout.store.open; "
        "print([m for m in ('sqlalchemy', 'alembic', 'psycopg', 'pysqlite3', 'shapely', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_store_that_is_there_is_opened_without_the_migrations(tmp_path):
    path = tmp_path / "wayout.sqlite"
    open_store(path).close()
    code = f"import sys; from wayout.store.open import open_store; open_store({str(path)!r}).close(); print('alembic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_place_says_its_backend(where):
    with open_store(where) as store:
        assert store.check().backend == ("postgresql" if where.startswith("postgresql") else "sqlite")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_both_spellings_of_the_scheme(server, scheme):
    with open_store(server.place("spelled").replace("postgresql", scheme, 1)) as store:
        assert store.documents() == ()
