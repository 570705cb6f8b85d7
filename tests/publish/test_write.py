"""The files are complete, follow their schemas, are the same each time, and are written all or none."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from wayout.errors import InputError, ProvenanceError
from wayout.publish import write as writing
from wayout.publish.write import FILE_NAMES, brief_files, write_brief

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
MANIFEST = {"versions": {"wayout": "0"}, "parameters": {"floor_km": 5.0, "seed": 1}, "inputs": {}}


@pytest.fixture(scope="module")
def folder(findings, tmp_path_factory):
    out = tmp_path_factory.mktemp("publish") / "brief"
    page = write_brief(findings, out, MANIFEST)
    assert page == out / "index.html"
    return out


def records(path):
    text = path.read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()] if path.suffix == ".jsonl" else [json.loads(text)]


def test_all_files_of_the_contract_are_there_and_no_other(folder):
    assert {p.name for p in folder.iterdir()} == set(FILE_NAMES)
    assert [p.name for p in folder.parent.iterdir()] == [folder.name]


@pytest.mark.parametrize("name", [n for n in FILE_NAMES if n != "index.html"])
def test_each_file_follows_its_schema(folder, name):
    schema = json.loads((REFERENCE / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    found = records(folder / name)
    assert found
    for record in found:
        checker.validate(record)


@pytest.mark.parametrize("name", ["brief.json", "claims.jsonl", "situation.geojson", "assessment.json"])
def test_the_schemas_refuse_what_is_not_such_a_file(name):
    schema = json.loads((REFERENCE / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert not jsonschema.Draft202012Validator(schema).is_valid({"type": "FeatureCollection", "features": [{}]})


def test_every_quote_is_the_slice_its_span_names(folder):
    texts = {d["id"]: d["text"] for d in records(folder / "documents.jsonl")}
    seen = 0

    def walk(node):
        nonlocal seen
        if isinstance(node, dict):
            if "quote" in node:
                seen += 1
                assert texts[node["document"]][node["start"] : node["end"]] == node["quote"]
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    for name in ("claims.jsonl", "assessment.json", "brief.json"):
        walk(records(folder / name))
    assert seen > 50


def test_the_manifest_holds_the_run_and_the_hash_of_every_other_file(folder):
    manifest = records(folder / "manifest.json")[0]
    assert manifest["parameters"]["seed"] == 1
    assert set(manifest["files"]) == set(FILE_NAMES) - {"manifest.json"}
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_the_same_findings_give_the_same_bytes(findings, folder):
    again = brief_files(findings, 5.0, MANIFEST)
    assert {name: (folder / name).read_bytes() for name in FILE_NAMES} == again


def test_the_same_bytes_with_another_hash_seed(folder):
    code = (
        f"import sys, json; sys.path.insert(0, {str(Path(__file__).parent)!r}); import conftest;"
        "from wayout.publish.write import brief_files; import hashlib;"
        f"files = brief_files(conftest.make_findings(), 5.0, {MANIFEST!r});"
        "print(hashlib.sha256(b''.join(files.values())).hexdigest())"
    )
    env = {**os.environ, "PYTHONHASHSEED": "77"}
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True).stdout
    ours = hashlib.sha256(b"".join((folder / name).read_bytes() for name in FILE_NAMES)).hexdigest()
    assert told.strip() == ours


def test_other_files_in_the_folder_are_left_alone(findings, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    write_brief(findings, tmp_path, MANIFEST)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_finer_floor_than_the_projects_own_is_not_taken(findings, tmp_path):
    write_brief(findings, tmp_path / "out", {"parameters": {"floor_km": 0.1}})
    assert records(tmp_path / "out" / "situation.geojson")[0]["floor_km"] == 5.0


def test_nothing_is_written_when_the_gate_refuses(findings, tmp_path, monkeypatch):
    real = writing.compose_brief

    def tampered(*args):
        brief = real(*args)
        return replace(brief, headline=replace(brief.headline, text=brief.headline.text + " Wagner agrees."))

    monkeypatch.setattr(writing, "compose_brief", tampered)
    with pytest.raises(ProvenanceError, match="Wagner"):
        write_brief(findings, tmp_path / "out", MANIFEST)
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_refused(findings, tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(InputError, match="is a file"):
        write_brief(findings, tmp_path / "out", MANIFEST)


def test_a_link_out_of_the_folder_is_not_followed(findings, tmp_path):
    outside = tmp_path / "outside.html"
    outside.write_text("precious")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "index.html").symlink_to(outside)
    with pytest.raises(InputError, match="link"):
        write_brief(findings, tmp_path / "out", MANIFEST)
    assert outside.read_text() == "precious"


def test_the_ways_carry_curve_reports_and_seal_and_their_corridors_are_features(folder):
    exits = records(folder / "assessment.json")[0]["exits"]
    assert exits[0]["reach_curve"]
    assert {e["sealed_by"] is None for e in exits} == {True, False}
    features = records(folder / "situation.geojson")[0]["features"]
    layers = [f["properties"]["layer"] for f in features]
    assert layers.count("corridor") == sum(bool(e["reach_curve"]) for e in exits)
    assert all(f["geometry"]["type"].endswith("Polygon") for f in features if f["properties"]["layer"] == "corridor")
