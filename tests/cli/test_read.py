"""`wayout read` prints documents and claims as JSON lines, and says what it could not read."""

import json

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
