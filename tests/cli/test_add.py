"""`wayout add` reads each report once; broken off anywhere and run again it leaves the same store."""

import json
import os
import signal
import subprocess
import sys

import pytest

from wayout.cli import main as command
from wayout.store.open import open_store

TEXT = "Rebels closed the road near Bria on Monday, residents said. The army has sent troops to Bambari."
N_ROWS = 120
"""Rows of the table that is added while the command is killed: enough transactions to be killed between."""


def call(monkeypatch, capsys, *words):
    monkeypatch.setattr(sys, "argv", ["wayout", *map(str, words)])
    with pytest.raises(SystemExit) as done:
        command.main()
    told = capsys.readouterr()
    return done.value.code, told.out, told.err


@pytest.fixture
def report(tmp_path):
    page = tmp_path / "reports.jsonl"
    record = {"text": TEXT, "title": "Road closed", "date": "2021-01-12", "outlet": "Made-up Wire"}
    page.write_text(json.dumps(record) + "\n", encoding="utf-8")
    return page


def test_a_second_run_adds_nothing_and_says_so(monkeypatch, capsys, tmp_path, report):
    store = tmp_path / "s.sqlite"
    status, out, _ = call(monkeypatch, capsys, "add", report, "--store", store)
    assert status == 0
    assert out.startswith("1 new report with ")
    with open_store(store) as kept:
        before = list(kept.export())
    status, out, err = call(monkeypatch, capsys, "add", report, "--store", store)
    assert (status, err) == (0, "")
    assert out.startswith("Nothing new. 0 new reports with 0 claims, 1 known before")
    with open_store(store) as kept:
        assert list(kept.export()) == before


def test_what_cannot_be_read_is_told_and_the_rest_is_kept(monkeypatch, capsys, tmp_path, report):
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\x00\x01\x02" * 500)
    status, out, err = call(monkeypatch, capsys, "add", bad, report, "--store", tmp_path / "s.sqlite", "--json")
    assert status == 0
    summary = json.loads(out)
    assert (summary["n_new"], summary["n_unread"]) == (1, 1)
    assert summary["n_claims"] > 0
    assert str(bad) in err


def test_from_nothing_comes_an_error(monkeypatch, capsys, tmp_path):
    status, _, err = call(monkeypatch, capsys, "add", tmp_path / "none.txt", "--store", tmp_path / "s.sqlite")
    assert status == 1
    assert "none of the 1 sources could be read" in err.splitlines()[-1]


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2999-01-01", "is dated 2999-01-01, after"),
        (None, "is undated: it is counted from 2021-02-03"),
        ("1970-01-01", "clock"),
    ],
)
def test_odd_dates_are_told_with_the_rule(monkeypatch, capsys, tmp_path, date, said):
    page = tmp_path / "reports.jsonl"
    page.write_text(json.dumps({"text": TEXT, **({"date": date} if date else {})}) + "\n", encoding="utf-8")
    status, _, err = call(monkeypatch, capsys, "add", page, "--store", tmp_path / "s.sqlite", "--at", "2021-02-03")
    assert status == 0
    assert said in err


def test_the_same_text_from_elsewhere_is_one_report_with_two_appearances(monkeypatch, capsys, tmp_path, report):
    again = tmp_path / "again.jsonl"
    record = {"text": TEXT, "title": "Road closed", "date": "2021-01-13", "outlet": "Another Wire"}
    again.write_text(json.dumps(record) + "\n", encoding="utf-8")
    store = tmp_path / "s.sqlite"
    call(monkeypatch, capsys, "add", report, "--store", store)
    _, out, _ = call(monkeypatch, capsys, "add", again, "--store", store)
    assert "1 known before (1 of them from elsewhere)" in out
    with open_store(store) as kept:
        assert len(kept.documents()) == 1
        assert len(kept.appearances()) == 2


def test_killed_anywhere_and_run_again_it_leaves_the_same_bytes(tmp_path):
    """The real command, killed as soon as it has kept something new, three times over; then let to its end."""
    corpus = tmp_path / "rows.csv"
    header = "id,type_of_violence,side_a,side_b,latitude,longitude,date_start,date_end\n"
    days = [f"2021-03-{n % 28 + 1:02d}" for n in range(N_ROWS)]
    rows = [f"{n},1,Group {n % 7},Group {n % 5 + 7},6.5,{20 + n / 100},{day},{day}\n" for n, day in enumerate(days)]
    corpus.write_text(header + "".join(rows), encoding="utf-8")
    whole, broken = tmp_path / "whole.sqlite", tmp_path / "broken.sqlite"
    assert _start(corpus, whole).wait() == 0
    n_killed = 0
    for least in (1, N_ROWS // 3, 2 * N_ROWS // 3):
        process = _start(corpus, broken)
        while process.poll() is None and _kept(broken) < least:
            try:
                process.wait(0.01)
            except subprocess.TimeoutExpired:
                continue
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
            n_killed += 1
        process.wait()
    assert n_killed >= 1
    assert _start(corpus, broken).wait() == 0
    assert _kept(broken) == N_ROWS
    with open_store(whole) as first, open_store(broken) as second:
        assert not second.check().problems
        assert list(second.export()) == list(first.export())
        assert _picture(second) == _picture(first)


def _start(corpus, store):
    """Start the command; rows need no parser, so it starts fast, and a few a transaction leave many places to be killed at."""
    code = "from wayout.casebook import adding; adding.ROWS_TOGETHER = 2; from wayout.cli.main import main; main()"
    words = [sys.executable, "-c", code, "add", str(corpus), "--store", str(store), "--at", "2021-04-01"]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _kept(store):
    from contextlib import closing

    from pysqlite3 import dbapi2 as sqlite3

    if not store.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
            return connection.execute("SELECT count(*) FROM readings").fetchone()[0]
    except sqlite3.Error:
        return 0


def _picture(store):
    from datetime import UTC, datetime

    from wayout.casebook.picture import picture_at

    return picture_at(store, datetime(2021, 4, 1, tzinfo=UTC)).situation
