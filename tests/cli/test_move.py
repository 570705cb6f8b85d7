"""`wayout move` as a newcomer types it: the table, the files, the page, and what is said where something is wrong."""

import importlib
import io
import json
import re
import shlex
from pathlib import Path

import jsonschema
import pytest
import typer
from typer.testing import CliRunner

from wayout.cli.move import move
from wayout.errors import InputError, SourceError

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs" / "reference" / "move.geojson.schema.json").read_text(encoding="utf-8"))
TOWN = str(ROOT / "examples" / "move" / "town.geojson")
app = typer.Typer()
app.command()(move)


class Terminal(io.StringIO):
    def isatty(self):
        return True


COARSE = ("--cell-km", "8")


def call(*words, **options):
    return CliRunner().invoke(app, list(words), **options)


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    out = tmp_path_factory.mktemp("move")
    files = {"geojson": out / "a.geojson", "gpkg": out / "a.gpkg", "html": out / "a.html", "tif": out / "a.tif"}
    words = ("-o", str(files["geojson"]), "--html", str(files["html"]), "--surface", str(files["tif"]))
    done = call(TOWN, *COARSE, "--if", "the western gate=0.9", *words)
    assert done.exit_code == 0, done.output
    return done, files


def test_in_a_pipe_it_prints_tab_separated_lines(asked):
    lines = asked[0].stdout.splitlines()
    assert len({line.count("\t") for line in lines}) == 1
    assert lines[0].startswith("Exit\tP within 12 days, before -> after\t")
    assert {line.split("\t")[0] for line in lines[1:]} == {"Mbala", "Mporokoso", "Luwingu", "Chinsali"}
    assert all("%" in line for line in lines[1:])


def test_what_plays_no_part_is_told_on_standard_error(asked):
    assert "air raids of April" in asked[0].stderr
    assert "air raids" not in asked[0].stdout


def test_the_geojson_keeps_to_its_schema(asked):
    collection = json.loads(asked[1]["geojson"].read_text(encoding="utf-8"))
    jsonschema.validate(collection, SCHEMA)
    assert collection["changes"] == [{"barrier": "the western gate", "p_before": 0.25, "p_after": 0.9}]
    luwingu = next(f for f in collection["features"] if f["id"] == "Luwingu")["properties"]
    assert luwingu["p_reach"] < luwingu["p_reach_before"]


def test_the_surface_is_no_finer_than_the_floor(asked):
    import rasterio

    with rasterio.open(asked[1]["tif"]) as raster:
        assert raster.crs.to_epsg() == 4326
        assert min(raster.res) * 110.57 >= 4.95
        values = raster.read(1)
    assert values.min() >= 0
    assert values.max() <= 1


def test_the_page_stands_alone(asked):
    page = asked[1]["html"].read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "http://" not in page.replace("http://www.w3.org/", "")
    assert "https://" not in page


def test_a_geopackage_goes_in_and_out(tmp_path):
    import pyogrio

    first, second = tmp_path / "a.gpkg", tmp_path / "b.json"
    assert call(TOWN, *COARSE, "-o", str(first)).exit_code == 0
    assert {str(name) for name, _ in pyogrio.list_layers(first)} >= {"sources", "exits", "routes", "barriers"}
    done = call(TOWN, *COARSE, "--json", "-o", str(second))
    assert json.loads(done.stdout) == json.loads(second.read_text(encoding="utf-8"))
    assert done.stdout.count("\n") == 1


def test_the_same_call_gives_the_same_bytes(tmp_path):
    for name in ("a.geojson", "b.geojson"):
        assert call(TOWN, *COARSE, "-o", str(tmp_path / name)).exit_code == 0
    assert (tmp_path / "a.geojson").read_bytes() == (tmp_path / "b.geojson").read_bytes()


def test_the_template_is_taken_as_it_is():
    text = call("--template").stdout
    schema = json.loads((ROOT / "docs" / "reference" / "move_situation.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(text), schema)
    done = call("-", *COARSE, input=text)
    assert done.exit_code == 0, done.output
    assert "Senanga" in done.stdout


def test_on_a_terminal_it_is_a_table(monkeypatch):
    from rich.console import Console

    verb = importlib.import_module("wayout.cli.move")

    shown = Console(width=140, record=True, force_terminal=True)
    monkeypatch.setattr("wayout.cli.read.open_console", lambda: shown)
    monkeypatch.setattr(verb.sys, "stdout", Terminal())
    ways = verb.ask(TOWN, {"cell_km": 8.0}, {})
    verb._show(ways, as_json=False)
    text = shown.export_text()
    assert "Which way can civilians (families on foot) get out of Kasama?" in text
    assert "Luwingu" in text
    assert "Worth finding out first: the state of 'the western gate'" in " ".join(text.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "--template"),
        ((TOWN, "--party", "tourists"), "'tourists'"),
        ((TOWN, "--within", "soon"), "'soon'"),
        ((TOWN, "--profile", "balloon"), "truck_convoy"),
        ((TOWN, "--if", "the western gate"), "between 0 and 1"),
        ((TOWN, "--if", "the western gate=7"), "between 0 and 1"),
        ((TOWN, "--if", "the western gate=.1", "--if", "the western gate=.2"), "twice"),
        ((TOWN, *COARSE, "--if", "the eastern gate=.1"), "is 'the western gate' meant"),
        ((TOWN, "-o", "answer.docx"), ".geojson or .json or .gpkg"),
        ((TOWN, "-o", "/no/such/folder/a.geojson"), "a folder that is there"),
        ((TOWN, "-o", TOWN), "the situation itself"),
        ((TOWN, "--html", "a.pdf"), ".html"),
        ((TOWN, "--surface", "a.png"), ".tif"),
        ((TOWN, "--cell-km", "0.01"), "0.1"),
        ((TOWN, "--draws", "0"), "equal to 1"),
    ],
)
def test_a_wrong_call_is_told_with_the_remedy(words, said):
    done = call(*words)
    assert done.exit_code == 2
    assert said in " ".join(done.output.replace("│", " ").split())


def test_what_is_wrong_in_the_file_is_an_error_of_the_work(tmp_path):
    wrong = json.loads(Path(TOWN).read_text(encoding="utf-8"))
    wrong["features"][5]["properties"]["p_closed"] = 85
    file = tmp_path / "wrong.geojson"
    file.write_text(json.dumps(wrong), encoding="utf-8")
    done = call(str(file))
    assert isinstance(done.exception, InputError)
    assert "feature 6 (barrier 'the ring, north') has p_closed 85" in str(done.exception)


@pytest.mark.parametrize("text", ["{not yaml", "- 1\n- 2\n", "speed_kmh: [1"])
def test_a_profile_file_that_is_none_is_refused(tmp_path, text):
    file = tmp_path / "own.yaml"
    file.write_text(text, encoding="utf-8")
    assert isinstance(call(TOWN, "--profile", str(file)).exception, SourceError)


def test_a_profile_of_ones_own_is_taken(tmp_path):
    file = tmp_path / "mule_train.yaml"
    file.write_text("speed_kmh: 4.5\nhours_per_day: 9\nslope_limit_deg: 30\nwater_crossing_h: 12\n", encoding="utf-8")
    done = call(TOWN, *COARSE, "--profile", str(file), "--json")
    made = dict(json.loads(done.stdout)["made_by"]["parameters"])
    assert made["profile"] == "mule_train"
    assert json.loads(made["profile_numbers"])["speed_kmh"] == 4.5


def commands():
    page = (ROOT / "docs" / "how-to" / "move-without-text.md").read_text(encoding="utf-8")
    return re.findall(r"^\.venv/bin/wayout move (.*)$", page, re.MULTILINE)


def test_the_commands_of_the_how_to_run_one_after_the_other(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    assert len(commands()) >= 5
    for line in commands():
        words = shlex.split(line, comments=True)
        target = words[words.index(">") + 1] if ">" in words else None
        done = call(*(words[: words.index(">")] if target else words))
        assert done.exit_code == 0, (line, done.output)
        if target:
            (tmp_path / target).write_text(done.stdout, encoding="utf-8")
    assert {"town.html", "page.html", "answer.geojson", "answer.gpkg", "reached.tif"} <= {
        p.name for p in tmp_path.iterdir()
    }


def test_what_the_file_asks_holds_where_the_command_is_silent(tmp_path):
    asked = json.loads(Path(TOWN).read_text(encoding="utf-8"))
    asked["question"]["seed"] = 9
    file = tmp_path / "s.geojson"
    file.write_text(json.dumps(asked), encoding="utf-8")
    assert json.loads(call(str(file), *COARSE, "--json").stdout)["made_by"]["seed"] == 9
    assert json.loads(call(str(file), *COARSE, "--json", "--seed", "3").stdout)["made_by"]["seed"] == 3
