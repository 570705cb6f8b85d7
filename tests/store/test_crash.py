"""What survives: kill -9 at any moment, a full disk, two writers at once."""

import multiprocessing
import os
import random
import resource
import select
import signal
from contextlib import closing

import pytest

from wayout.errors import BackendError
from wayout.model import make_judgement
from wayout.store.open import open_store

FORK = multiprocessing.get_context("fork")
KILLS = {"sqlite": 20, "postgresql": 8}
ROUNDS = int(os.environ.get("WAYOUT_KILL_ROUNDS", "1"))
"""Stores that are killed so often each; 25 make the long run of 500."""
PATIENCE_S = 60
"""Longest wait for a child; only a hanging one needs it."""


@pytest.fixture(scope="module")
def many(build, reports):
    """Sixty readings and a judgement on each."""
    found = []
    for i in range(60):
        place = {"at": build.region(f"town {i % 9}", build.box(i % 9, 0, i % 9 + 1, 1))}
        words = (f"Unit {i} took town {i % 9}", "takes", {"subject": f"group-{i % 4}", "regions": place})
        reading = reports.reading(f"Unit {i} took town {i % 9}. {'More was said. ' * 40}", hours=i, claims=(words,))
        judged = make_judgement(kind="rating", about=reading.document.id, made_at=build.at, by="a test", value=i)
        found.append((reading, judged))
    return found


def ingest(where, many, tell):
    """Add what is not there yet, and tell of each when it is acknowledged."""
    with open_store(where) as store:
        for reading, judged in many:
            if not store.has(reading.document.id, "1"):
                store.add_readings([reading], "1")
                tell(reading.document.id)
            store.add_judgement(judged)


def start(target, *arguments):
    """Run something in a process of its own that tells through a pipe."""
    here, there = FORK.Pipe(duplex=False)
    process = FORK.Process(target=target, args=(*arguments, there))
    process.start()
    there.close()
    return process, here


def told(pipe):
    """All that was told before the pipe broke."""
    found = []
    with closing(pipe):
        while pipe.poll(PATIENCE_S):
            try:
                found.append(pipe.recv())
            except EOFError:
                break
    return found


def ingest_in_child(where, many, pipe):
    ingest(where, many, pipe.send)


def uninterrupted(many):
    with open_store(":memory:") as store:
        for reading, judged in many:
            store.add_readings([reading], "1")
            store.add_judgement(judged)
        return list(store.export())


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_kill_9_loses_nothing_acknowledged(where, many, seed):
    kills = KILLS["postgresql" if where.startswith("postgresql") else "sqlite"]
    chance = random.Random(seed)
    acknowledged, n_killed = set(), 0
    for turn in range(kills):
        process, pipe = start(ingest_in_child, where, many)
        heard = []
        # The first ones die while the tables are made, the others between and within writes.
        for _ in range(chance.randrange(4) if turn >= kills // 5 else 0):
            try:
                heard.append(pipe.recv())
            except EOFError:
                break
        select.select([], [], [], chance.random() * 0.03)
        process.kill()
        heard += told(pipe)
        process.join(PATIENCE_S)
        n_killed += process.exitcode == -signal.SIGKILL
        acknowledged.update(heard)
        with open_store(where) as store:
            assert store.check().problems == ()
            assert all(store.has(document, "1") for document in acknowledged)
    assert acknowledged
    assert n_killed > kills // 2
    process, pipe = start(ingest_in_child, where, many)
    told(pipe)
    process.join(PATIENCE_S)
    with open_store(where) as store:
        assert list(store.export()) == uninterrupted(many)


def add_half(where, readings, pipe):
    with open_store(where) as store:
        for reading in readings:
            store.add_readings([reading], "1")
        store.add_judgement(
            make_judgement(
                kind="rating", about="x", made_at=readings[0].document.published, by="b", value=len(readings)
            )
        )
        pipe.send("done")


def test_two_processes_make_a_store_and_add_at_once(where, many):
    readings = [reading for reading, _ in many]
    children = [start(add_half, where, half) for half in (readings[:40], readings[:19:-1])]
    assert [told(pipe) for _, pipe in children] == [["done"], ["done"]]
    for process, _ in children:
        process.join(PATIENCE_S)
    with open_store(where) as store, open_store(":memory:") as alone:
        alone.add_readings(readings, "1")
        assert store.check().problems == ()
        assert len(store.judgements()) == 2
        assert [line for line in store.export() if '"table":"judgements"' not in line] == list(alone.export())


def fill_a_small_disk(where, many, limit, pipe):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        ingest(where, many, pipe.send)
    except BackendError as error:
        pipe.send(error)


@pytest.mark.parametrize("limit", [250_000, 400_000])
def test_a_full_disk_is_said_by_name_and_loses_nothing(tmp_path, many, limit):
    where = tmp_path / "small.sqlite"
    process, pipe = start(fill_a_small_disk, where, many, limit)
    *acknowledged, error = told(pipe)
    process.join(PATIENCE_S)
    assert isinstance(error, BackendError)
    assert "nothing of this was written" in str(error)
    assert "do it again" in str(error)
    with open_store(where) as store:
        assert store.check().problems == ()
        assert all(store.has(document, "1") for document in acknowledged)
    ingest(where, many, lambda _: None)
    with open_store(where) as store:
        assert list(store.export()) == uninterrupted(many)


def test_a_connection_does_not_cross_into_a_forked_process(where, many):
    with open_store(where) as store:
        store.add_readings([many[0][0]], "1")

        def in_child(pipe):
            pipe.send((store.has(many[0][0].document.id, "1"), store.add_readings([many[1][0]], "1")))

        process, pipe = start(in_child)
        assert told(pipe) == [(True, (True,))]
        process.join(PATIENCE_S)
        assert len(store.documents()) == 2
        assert store.check().problems == ()
