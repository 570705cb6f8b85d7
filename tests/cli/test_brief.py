"""`wayout brief` writes a whole brief or nothing."""

import json
import sys
from pathlib import Path

import pytest

from wayout.cli import main as command
from wayout.publish.write import FILE_NAMES

EXAMPLE = Path(__file__).parents[2] / "examples" / "el_fasher.html"


def call(monkeypatch, capsys, *words):
    monkeypatch.setattr(sys, "argv", ["wayout", "brief", *map(str, words)])
    with pytest.raises(SystemExit) as done:
        command.main()
    told = capsys.readouterr()
    return done.value.code, told.out, told.err


def asked(out, party="civilians", area="El Fasher"):
    return ["--party", party, "--in", area, "--at", "2025-08-20", "--within", "10d", "--out", out]


def test_it_writes_the_files_and_prints_the_ways(monkeypatch, capsys, tmp_path):
    status, out, _ = call(monkeypatch, capsys, EXAMPLE, *asked(tmp_path / "brief"))
    assert status == 0
    assert {p.name for p in (tmp_path / "brief").iterdir()} == set(FILE_NAMES)
    assert out.startswith("Way\t")
    assert str(tmp_path / "brief" / "index.html") in out


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02\x03" * 500, b"<html><body><nav><a href='/'>Home</a></nav><footer>2020</footer></body></html>"],
    ids=["empty", "binary", "furniture"],
)
def test_from_nothing_it_makes_nothing(monkeypatch, capsys, tmp_path, content):
    page = tmp_path / "page.html"
    page.write_bytes(content)
    status, out, err = call(monkeypatch, capsys, page, *asked(tmp_path / "brief"))
    assert (status, out) == (1, "")
    assert str(page) in err.splitlines()[0]
    assert "could be read" in err.splitlines()[-1]
    assert not (tmp_path / "brief").exists()


@pytest.mark.parametrize(("party", "area"), [("Zorgon Horde", "El Fasher"), ("civilians", "Xyzzyvillage")])
def test_what_is_not_known_is_named(monkeypatch, capsys, tmp_path, party, area):
    status, out, err = call(monkeypatch, capsys, EXAMPLE, *asked(tmp_path / "brief", party, area))
    assert (status, out) == (1, "")
    assert ("Zorgon Horde" in err) or ("Xyzzyvillage" in err)
    assert len(err.splitlines()) == 1
    assert not (tmp_path / "brief").exists()


def test_a_file_is_no_folder_to_write_into(monkeypatch, capsys, tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("mine", encoding="utf-8")
    status, _, err = call(monkeypatch, capsys, EXAMPLE, *asked(taken))
    assert status == 2
    assert len(err.splitlines()) == 1
    assert taken.read_text(encoding="utf-8") == "mine"


def test_a_folder_that_cannot_be_made_is_one_line(monkeypatch, capsys, tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("mine", encoding="utf-8")
    status, _, err = call(monkeypatch, capsys, EXAMPLE, *asked(taken / "brief"))
    assert status == 2
    assert len(err.splitlines()) == 1, "told before any work is done"
    assert str(taken / "brief") in err
    assert taken.read_text(encoding="utf-8") == "mine"


def test_roads_that_the_user_added_are_used_and_named(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("WAYOUT_DATA", str(tmp_path / "data"))
    roads = tmp_path / "darfur.geojson"
    line = {"type": "LineString", "coordinates": [[25.35, 13.63], [24.5, 13.3], [23.5, 13.2], [22.5, 13.4]]}
    feature = {"type": "Feature", "properties": {"highway": "primary"}, "geometry": line}
    roads.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["wayout", "data", "add", "roads", str(roads)])
    with pytest.raises(SystemExit) as added:
        command.main()
    assert added.value.code == 0
    capsys.readouterr()
    status, _, _ = call(monkeypatch, capsys, EXAMPLE, *asked(tmp_path / "brief"))
    assert status == 0
    manifest = json.loads((tmp_path / "brief" / "manifest.json").read_text(encoding="utf-8"))
    assert list(manifest["ground"]) == ["roads/darfur"]
    assert "roads: darfur" in (tmp_path / "brief" / "assessment.json").read_text(encoding="utf-8")
