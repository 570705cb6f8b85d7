"""`wayout forecast` from the question to the page, on a made-up table."""

import json
import re
import shlex
from pathlib import Path

import jsonschema
import pytest
import yaml
from typer.testing import CliRunner

from wayout.cli.forecast import app
from wayout.errors import InputError, NotFoundError, SourceError

ROOT = Path(__file__).resolve().parents[2]
HEAD = "type_of_violence,side_a,side_b,where_prec,adm_1,latitude,longitude,country,date_prec,date_start,best\n"
ROW = "1,Government,Blues,1,North,32.6,34.9,Exampleland,1,{day},2\n"
QUESTION = {
    "name": "blues",
    "from": "2021-06-01",
    "days": 30,
    "dataset": "UCDP",
    "actors": ["Blues"],
    "countries": ["Exampleland"],
}


@pytest.fixture
def call(tmp_path):
    def run(*words):
        return CliRunner().invoke(app, [*map(str, words), "--store", str(tmp_path / "s.sqlite")])

    return run


@pytest.fixture
def files(tmp_path):
    (tmp_path / "q.yaml").write_text(yaml.safe_dump([QUESTION, QUESTION | {"name": "later", "from": "2035-01-01"}]))
    days = ("2020-01-01", "2021-06-10", "2021-08-01")
    (tmp_path / "ucdp.csv").write_text(HEAD + "".join(ROW.format(day=day) for day in days))
    return tmp_path


def test_the_whole_way(call, files):
    asked = call("ask", files / "q.yaml")
    assert asked.exit_code == 0
    assert "has begun" in asked.output
    assert "hindcast" in call("make", "blues", "likely", "--by", "ann", "--as-of", "2021-05-31").output
    assert "not scored" in call("make", "blues", "0.99", "--by", "late").output
    assert "ahead" in call("make", "later", "30%", "--by", "ann").output
    settled = call("resolve", files / "ucdp.csv").output.splitlines()
    assert settled[0].startswith("blues: yes; 1 events")
    assert settled[1].startswith("later: open; the table's last row is of 2021-08-01")
    told = call("score").output
    assert "ann, hindcast: 1 resolved" in told
    assert "1 forecasts came late" in told
    record = json.loads(call("score", "--json").output)
    assert record["authors"][0]["brier"]["value"] == pytest.approx(0.325**2)
    page = files / "r.html"
    assert call("page", "--out", page).exit_code == 0
    assert "blues" in page.read_text(encoding="utf-8")


def test_asking_twice_is_no_change_and_a_change_is_refused(call, files):
    call("ask", files / "q.yaml")
    assert "was asked already" in call("ask", files / "q.yaml").output
    (files / "q.yaml").write_text(yaml.safe_dump(QUESTION | {"days": 31}))
    assert isinstance(call("ask", files / "q.yaml").exception, InputError)


def test_the_template_can_be_asked(call, files):
    (files / "t.yaml").write_text(call("ask", "--template").output)
    assert call("ask", files / "t.yaml").output.startswith("group-valley-june: UCDP GED records")


def test_what_is_listed_follows_the_schema(call, files):
    schema = json.loads((ROOT / "docs" / "reference" / "ledger.jsonl.schema.json").read_text(encoding="utf-8"))
    call("ask", files / "q.yaml")
    call("make", "later", "0.2")
    call("resolve", files / "ucdp.csv")
    lines = call("list", "--json").output.splitlines()
    assert len(lines) == 2
    for line in lines:
        jsonschema.validate(json.loads(line), schema)


def test_what_is_not_there_is_named(call, files):
    assert isinstance(call("list").exception, NotFoundError)
    call("ask", files / "q.yaml")
    assert isinstance(call("make", "none", "0.2").exception, NotFoundError)
    assert isinstance(call("resolve", files / "q.yaml").exception, SourceError)
    assert call("import", files / "q.yaml", "--format", "x").exit_code == 2
    assert call("ask").exit_code == 2


def test_others_questions_are_taken_in_once(call, files):
    path = files / "g.csv"
    path.write_text(
        "ifp_id,q_text,q_desc,options,date_start,date_to_close,q_status,outcome\n"
        '1-0,Will it end before 1 June 2013?,,"(a) Yes, (b) No",1/1/13,5/31/13,closed,b\n'
    )
    assert "1 questions, 1 forecasts, 1 resolutions" in call("import", path, "--format", "gjp").output
    assert "0 questions, 0 forecasts, 0 resolutions" in call("import", path, "--format", "gjp").output


def test_the_how_to_runs_as_it_stands(tmp_path, monkeypatch):
    page = (ROOT / "docs" / "how-to" / "keep-a-forecast-record.md").read_text(encoding="utf-8")
    for path in (ROOT / "examples" / "forecast").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.chdir(tmp_path)
    said = {}
    commands = [line.removeprefix("$ wayout forecast ") for line in page.splitlines() if line.startswith("$ wayout")]
    assert len(commands) == 9
    for command in commands:
        done = CliRunner().invoke(app, shlex.split(command))
        assert done.exit_code == 0, (command, done.output, done.exception)
        said[command.split()[0]] = done.output
    assert "blues-in-june-if-truce-breaks: voided" in said["resolve"]
    assert "blues-in-june-if-truce-holds: yes; 1 events" in said["resolve"]
    assert "blues-in-2040: open" in said["resolve"]
    assert "ann, hindcast: 2 resolved" in said["score"]
    assert "42%" in (tmp_path / "record.html").read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert yaml.safe_load(block)[0] == yaml.safe_load((tmp_path / "questions.yaml").read_text(encoding="utf-8"))[0]


def test_a_record_without_questions_says_what_to_do(call, files):
    call("ask", files / "q.yaml")
    (files / "s.sqlite").unlink()
    (files / "s.sqlite").touch()
    for verb in ("list", "score"):
        assert "wayout forecast ask" in call(verb).output


def test_the_list_gives_shares_that_add_up(call, files):
    call("ask", files / "q.yaml")
    call("make", "later", "likely", "--by", "ann")
    assert "ann no 32%, yes 68%" in call("list").output
