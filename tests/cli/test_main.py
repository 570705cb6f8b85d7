"""Every error of the command is one line that says what, where and what to do; the exit status says whose it was."""

import subprocess
import sys

import pytest

from wayout.cli import main as command


def call(monkeypatch, capsys, *words):
    monkeypatch.setattr(sys, "argv", ["wayout", *words])
    with pytest.raises(SystemExit) as done:
        command.main()
    told = capsys.readouterr()
    return done.value.code, told.out, told.err


def test_the_version_is_shown(monkeypatch, capsys):
    status, out, _ = call(monkeypatch, capsys, "--version")
    assert status == 0
    assert out.startswith("wayout ")


def test_without_words_the_help_is_shown(monkeypatch, capsys):
    status, out, err = call(monkeypatch, capsys)
    assert status == 2
    assert "brief" in out + err


def test_a_verb_of_verbs_alone_shows_its_help_and_no_empty_error(monkeypatch, capsys):
    status, out, err = call(monkeypatch, capsys, "data")
    assert status == 2
    assert "remove" in out + err
    assert "wayout: ;" not in err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["frob"], "No such command 'frob'"),
        (["brief"], "Missing"),
        (["brief", "x.txt", "--party", "civilians"], "Missing option"),
        (["brief", "x", "--party", "civilians", "--in", "Homs", "--out", "o", "--within", "0"], "'0'; give a number"),
        (["brief", "x", "--party", " ", "--in", "Homs", "--out", "o"], "'--party'"),
        (["brief", "x", "--party", "civilians", "--in", "", "--out", "o"], "'--in'"),
        (["brief", "x", "--party", "civilians", "--in", "Homs", "--out", "o", "--at", "2019-99-08"], "'2019-99-08'"),
        (["brief", "x", "--party", "civilians", "--in", "Homs", "--out", "o", "--seed", "-5"], "'--seed'"),
    ],
)
def test_a_wrong_call_is_one_line_and_status_two(monkeypatch, capsys, words, told):
    status, out, err = call(monkeypatch, capsys, *words)
    assert (status, out) == (2, "")
    assert told in err
    assert err.count("\n") == 1
    assert "--help" in err


def test_a_name_that_nobody_knows_is_status_one(monkeypatch, capsys):
    status, _, err = call(monkeypatch, capsys, "locate", "Xyzzyvillage")
    assert status == 1
    assert err.startswith("wayout: ")
    assert err.count("\n") == 1


def test_an_error_with_foreign_text_stays_one_visible_line(monkeypatch, capsys):
    status, _, err = call(monkeypatch, capsys, "locate", "Nowhere\u202e\x1b[31m\nland")
    assert status == 1
    assert err.count("\n") == 1
    assert "\x1b" not in err
    assert "\u202e" not in err


def test_the_command_starts_as_a_program():
    done = subprocess.run(
        [sys.executable, "-c", "from wayout.cli.main import main; main()", "--version"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
