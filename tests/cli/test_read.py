"""`wayout read` prints documents and claims as JSON lines, and says what it could not read."""

import json
import sys
from datetime import datetime

import pytest
import typer
from typer.testing import CliRunner

from wayout.cli.read import read
from wayout.errors import SourceError

APP = typer.Typer()
APP.command()(read)
TEXT = (
    "Rebels closed the road near Bria on Monday, residents said. Families cannot leave the town to the north, "
    "aid workers said. The army has sent troops to Bambari."
)


def test_it_prints_documents_and_claims(tmp_path):
    page = tmp_path / "report.txt"
    page.write_text(TEXT, encoding="utf-8")
    done = CliRunner().invoke(APP, [str(page), "--at", "2021-01-10", "--json"])
    assert done.exit_code == 0
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert rows[0]["record"] == "document"
    claims = [r for r in rows if r["record"] == "claim"]
    assert claims
    for claim in claims:
        span = claim["evidence"][0]
        assert rows[0]["text"][span["start"] : span["end"]]


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 400, b"<html><nav><a href='/'>Home</a></nav></html>"])
def test_nothing_to_read_is_an_error(tmp_path, content):
    page = tmp_path / "page.html"
    page.write_bytes(content)
    done = CliRunner().invoke(APP, [str(page)])
    assert isinstance(done.exception, SourceError)
    assert str(page) in done.stderr
    assert done.stdout == ""


@pytest.fixture
def terminal(monkeypatch, capsys):
    """Give the function that makes standard output say that it is a terminal."""

    def pretend():
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        monkeypatch.setenv("COLUMNS", "100")
        monkeypatch.setenv("TERM", "dumb")

    return pretend


def test_a_terminal_gets_a_readable_view(tmp_path, terminal, capsys):
    terminal()
    page = tmp_path / "report.txt"
    page.write_text(TEXT, encoding="utf-8")
    read([str(page), str(tmp_path / "missing.txt")], datetime(2021, 1, 10))
    told = " ".join(capsys.readouterr().out.split())
    assert "colours: deed who whom where when hedge source" in told
    assert "said by residents" in told
    assert "“Rebels closed the road near Bria on Monday" in told
    assert told.endswith("check the path")
    assert '{"record"' not in told


def test_json_is_given_on_a_terminal_too_where_asked(tmp_path, terminal, capsys):
    terminal()
    page = tmp_path / "report.txt"
    page.write_text(TEXT, encoding="utf-8")
    read([str(page), str(tmp_path / "missing.txt")], as_json=True)
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert rows[0]["record"] == "document"
    assert (rows[-1]["record"], rows[-1]["document"]) == ("miss", None)


def test_a_file_name_that_is_no_text_is_shown_and_written(tmp_path, terminal, capsys):
    terminal()
    page = tmp_path / "\x1b[31m\udcff.txt"
    page.write_text(TEXT, encoding="utf-8")
    read([str(page)])
    read([str(page)], as_json=True)
    told = capsys.readouterr().out
    told.encode("utf-8")
    assert "\x1b[31m" not in told


def test_a_private_person_is_named_but_not_placed(tmp_path, capsys):
    page = tmp_path / "report.txt"
    page.write_text(
        "Mayor Yusuf Osman fled from Khartoum to Kosti on Monday. The army fled to Kosti.", encoding="utf-8"
    )
    read([str(page)], as_json=True)
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    persons = {r["ref"] for r in rows if r["record"] == "mention" and r["kind"] == "person"}
    told = [c for c in rows if c["record"] == "claim" and c["places"]]
    private = [p for c in told if c["subject"] in persons for p in c["places"]]
    others = [p for c in told if c["subject"] not in persons for p in c["places"]]
    assert private
    assert others
    assert all(p["region"] is None or p["region"]["geometry"] is None for p in private)
    assert any(p["region"]["geometry"] for p in others if p["region"])
