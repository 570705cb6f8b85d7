"""`wayout situation` from reports and from the store, in words and as GeoJSON."""

import json
import sys
from pathlib import Path

import pytest

from wayout.cli import main as command

EXAMPLE = Path(__file__).parents[2] / "examples" / "el_fasher.html"


def call(monkeypatch, capsys, *words):
    monkeypatch.setattr(sys, "argv", ["wayout", *map(str, words)])
    with pytest.raises(SystemExit) as done:
        command.main()
    told = capsys.readouterr()
    return done.value.code, told.out, told.err


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """The example, added once."""
    from datetime import UTC, datetime

    from wayout.casebook.adding import AddOptions, add_reports
    from wayout.read.raw_page import RawPage
    from wayout.store.open import open_store

    where = tmp_path_factory.mktemp("store") / "s.sqlite"
    with open_store(where) as kept:
        page = RawPage(name=EXAMPLE.name, content=EXAMPLE.read_bytes())
        add_reports([page], kept, AddOptions(today=datetime(2026, 1, 1, tzinfo=UTC)))
    return where


def test_the_store_and_the_report_itself_give_one_picture(monkeypatch, capsys, store):
    status, kept, _ = call(monkeypatch, capsys, "situation", "--store", store, "--at", "2025-08-20")
    assert status == 0
    _, named, _ = call(monkeypatch, capsys, "situation", EXAMPLE, "--at", "2025-08-20")
    assert json.loads(kept) == json.loads(named)
    layers = {f["properties"]["layer"] for f in json.loads(kept)["features"]}
    assert {"presence", "control", "operation"} <= layers
    assert "barrier" not in layers


def test_before_the_report_nothing_is_known_and_it_is_said(monkeypatch, capsys, store):
    status, out, err = call(monkeypatch, capsys, "situation", "--store", store, "--at", "2025-01-01")
    assert status == 0
    assert json.loads(out)["features"] == []
    assert "known only after 2025-01-01" in err


def test_on_a_terminal_it_is_tables(monkeypatch, capsys, store):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    status, out, _ = call(monkeypatch, capsys, "situation", "--store", store, "--at", "2025-08-20")
    assert status == 0
    for words in ("The situation as of 2025-08-20 (UTC), from 1 report", "Who is where", "Who holds what", "likely"):
        assert words in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--party", "civilians"], "--party and --in go together"),
        ([str(EXAMPLE), "--store", "s.sqlite"], "--store is for a call without SOURCE"),
    ],
)
def test_half_a_call_is_refused(monkeypatch, capsys, words, said):
    status, _, err = call(monkeypatch, capsys, "situation", *words)
    assert status == 2
    assert said in err


def test_a_store_that_is_not_there_is_named(monkeypatch, capsys, tmp_path):
    status, _, err = call(monkeypatch, capsys, "situation", "--store", tmp_path / "none.sqlite")
    assert status == 1
    assert "there is no store at" in err
    assert "wayout add" in err
    assert not (tmp_path / "none.sqlite").exists()


def test_the_brief_is_the_same_from_the_store_and_from_the_report(monkeypatch, capsys, store, tmp_path):
    asked = ["--party", "civilians", "--in", "El Fasher", "--at", "2025-08-20", "--within", "10d", "--out"]
    status, _, _ = call(monkeypatch, capsys, "brief", EXAMPLE, *asked, tmp_path / "named")
    assert status == 0
    status, _, _ = call(monkeypatch, capsys, "brief", "--store", store, *asked, tmp_path / "kept")
    assert status == 0
    for file in (tmp_path / "named").iterdir():
        assert (tmp_path / "kept" / file.name).read_bytes() == file.read_bytes(), file.name


def test_a_rating_acts_in_the_judgement_from_the_store(monkeypatch, capsys, store, tmp_path):
    import shutil
    from datetime import UTC, datetime

    from wayout.fuse.reliability import make_rating
    from wayout.store.open import open_store

    rated = tmp_path / "rated.sqlite"
    shutil.copy(store, rated)
    with open_store(rated) as kept:
        (report,) = kept.documents()
        kept.add_judgement(make_rating(report.source.name, "E", "it erred", "me", datetime(2025, 8, 19, tzinfo=UTC)))
    asked = ["--party", "civilians", "--in", "El Fasher", "--at", "2025-08-20", "--within", "10d", "--json"]
    plain, weighed = (call(monkeypatch, capsys, "assess", *asked, "--store", where) for where in (store, rated))
    assert (plain[0], weighed[0]) == (0, 0)
    assert json.loads(plain[1]) != json.loads(weighed[1])


def test_what_changed_is_told_in_the_words_of_the_report(monkeypatch, capsys, store):
    status, out, _ = call(
        monkeypatch, capsys, "diff", "--store", store, "--from", "2025-08-17", "--to", "2025-08-20", "--json"
    )
    assert status == 0
    found = json.loads(out)
    assert found["n_new_reports"] == 1
    text = " ".join(EXAMPLE.read_text(encoding="utf-8").split())
    for change in found["changes"]:
        assert change["p_after"] != change["p_before"]
        assert change["because"], change["says"]
        assert all(b["quote"].removesuffix("...") in text for b in change["because"])


def test_a_diff_backwards_is_refused(monkeypatch, capsys, store):
    status, _, err = call(monkeypatch, capsys, "diff", "--store", store, "--from", "2025-08-20", "--to", "2025-08-17")
    assert status == 2
    assert "must be before" in err


def test_a_diff_of_the_ways_names_barriers(monkeypatch, capsys, store):
    words = ["--from", "2025-08-20", "--to", "2025-11-20", "--party", "civilians", "--in", "El Fasher"]
    status, out, _ = call(monkeypatch, capsys, "diff", "--store", store, *words)
    assert status == 0
    assert "barrier: " in out
    assert "what was said has aged" in out
