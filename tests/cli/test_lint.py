"""`wayout lint` as one types it: places, JSON, standard input, exit status."""

import json

import pytest
import typer
from typer.testing import CliRunner

from wayout.cli.lint import lint
from wayout.errors import SourceError

app = typer.Typer()
app.command()(lint)


def call(*words, **options):
    return CliRunner().invoke(app, list(words), **options)


@pytest.fixture
def draft(tmp_path):
    path = tmp_path / "draft.md"
    path.write_text('Fine.\n\nIt is likely (30 %) that they go.\nHe said: "They may go."\n', encoding="utf-8")
    return path


def test_findings_have_their_place_and_end_with_one(draft):
    done = call(str(draft))
    assert done.exit_code == 1
    (line,) = done.output.splitlines()
    assert line.startswith(f"{draft}:3:7: word-and-number: ")
    assert "write 'unlikely'" in line


def test_clean_text_ends_with_nought(tmp_path):
    path = tmp_path / "clean.txt"
    path.write_text("It is likely (60%) that they go.", encoding="utf-8")
    done = call(str(path))
    assert (done.exit_code, done.output) == (0, "")


def test_words_of_others_are_shown_on_demand_only(draft):
    shown = call(str(draft), "--quoted").output.splitlines()
    assert len(shown) == 2
    assert "another's words" in shown[1]


def test_standard_input_and_json():
    done = call("-", "--json", input="An attack cannot be ruled out.")
    record = json.loads(done.output)
    assert record["rule"] == "no-bounds"
    assert (record["file"], record["line"], record["column"]) == ("-", 1, 11)


def test_a_page_is_linted_without_its_markup(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("<style>may{}</style><p title='may'>They may go.</p>", encoding="utf-8")
    assert [line.split(":")[2] for line in call(str(path)).output.splitlines()] == ["41"]


def test_quotations_of_a_page_are_words_of_others(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(
        "<p>They stay.</p><blockquote>They may go.</blockquote><p>He said <q>it may be</q>.</p>", encoding="utf-8"
    )
    assert call(str(path)).exit_code == 0


def test_what_is_no_text_is_named(tmp_path):
    path = tmp_path / "x.bin"
    path.write_bytes(b"\xff\xfe\xfa")
    assert isinstance(call(str(path)).exception, SourceError)
    assert isinstance(call(str(tmp_path / "none.txt")).exception, FileNotFoundError)


def test_nothing_in_a_text_steers_the_terminal(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("They may\x1b[31m possibly go.", encoding="utf-8")
    assert "\x1b" not in call(str(path)).output
