"""The server's own troubles: each an error by name that says what to do, and none that shows a password."""

import sys

import pytest

from wayout.errors import BackendError, InputError
from wayout.store.open import open_store


def test_a_missing_driver_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(BackendError, match=r"pip install 'wayout\[postgres\]'"):
        open_store("postgresql://somebody:secret@localhost/nowhere")


def test_an_address_that_is_none():
    with pytest.raises(InputError, match="special characters") as caught:
        open_store("postgresql://user:secret@host:port:x/db")
    assert "secret" not in str(caught.value)


def test_a_server_that_is_not_there(tmp_path):
    with pytest.raises(BackendError, match="does not answer") as caught:
        open_store(f"postgresql://somebody:secret@/nowhere?host={tmp_path}")
    assert "secret" not in str(caught.value)


def test_a_database_that_is_not_there(server):
    with pytest.raises(BackendError, match="createdb"):
        open_store(server.address.replace("/wayout?", "/nowhere?"))


def test_a_user_who_may_not(server):
    server.say("DROP ROLE IF EXISTS guest", "CREATE ROLE guest LOGIN", "CREATE SCHEMA IF NOT EXISTS closed")
    address = server.address.replace("wayout@", "guest@") + "&options=-csearch_path%3Dclosed,public"
    with pytest.raises(BackendError, match="owner"):
        open_store(address)


def test_an_answer_does_not_depend_on_the_servers_zone(server, reports):
    address = server.place("zone")
    server.say("ALTER ROLE wayout SET timezone TO 'Asia/Baghdad'")
    try:
        given = reports.reading("A report.")
        with open_store(address) as store:
            store.add_readings([given], "1")
            assert store.documents(until=given.document.published) == (given.document,)
    finally:
        server.say("ALTER ROLE wayout RESET timezone")
