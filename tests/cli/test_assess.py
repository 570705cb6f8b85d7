"""`wayout assess` prints the judgement: rows in a pipe, JSON on demand, nothing from nothing."""

import json
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from wayout.cli import main as command

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "el_fasher.html"
ASKED = ["--party", "civilians", "--in", "El Fasher", "--at", "2025-08-20", "--within", "10d"]


def call(monkeypatch, capsys, *words):
    monkeypatch.setattr(sys, "argv", ["wayout", "assess", *map(str, words)])
    with pytest.raises(SystemExit) as done:
        command.main()
    told = capsys.readouterr()
    return done.value.code, told.out, told.err


def test_in_a_pipe_it_prints_a_row_a_course_most_likely_first(monkeypatch, capsys):
    status, out, _ = call(monkeypatch, capsys, EXAMPLE, *ASKED)
    assert status == 0
    heading, *rows = [line.split("\t") for line in out.splitlines()]
    assert heading == ["Course", "Likelihood", "p", "Halved to doubled", "Prior"]
    assert {"stays", "something else", "west"} <= {row[0] for row in rows}
    figures = [0 if "under" in row[2] else int(row[2].rstrip("%")) for row in rows]
    assert figures == sorted(figures, reverse=True)


def test_json_is_the_assessment_as_the_schema_has_it(monkeypatch, capsys):
    status, out, _ = call(monkeypatch, capsys, EXAMPLE, *ASKED, "--json")
    assert status == 0
    told = json.loads(out)
    schema = json.loads((ROOT / "docs" / "reference" / "assessment.json.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(told)
    assert sum(h["p"] for h in told["hypotheses"]) == pytest.approx(1, abs=1e-4)
    assert told["flip"]["n_origins"] >= 1
    assert told["diagnosticity"]


def test_from_nothing_it_judges_nothing(monkeypatch, capsys, tmp_path):
    page = tmp_path / "page.html"
    page.write_bytes(b"")
    status, out, err = call(monkeypatch, capsys, page, *ASKED)
    assert (status, out) == (1, "")
    assert "could be read" in err.splitlines()[-1]


def test_reports_and_a_store_in_one_call_are_refused(monkeypatch, capsys):
    status, _, err = call(monkeypatch, capsys, EXAMPLE, *ASKED, "--store", "x.sqlite")
    assert status == 2
    assert "--store" in err
