import io
import json
import sqlite3
import sys
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from wayout.cli.data import app
from wayout.cli.data_folder import data_settings
from wayout.cli.main import main

FOLDER = Path(__file__).parents[1] / "made_up_country"
DUMP = (FOLDER / "ML.txt").read_bytes()
NAMES = (FOLDER / "ML-names.txt").read_bytes()
BOUNDARIES = (FOLDER / "boundaries.geojson").read_bytes()
LIST = "site,arabic,y,x\nUm Sayala Gathering,أم سيالة,13.62,25.34\nNyala Gate,,48.2,16.4\n"


def zipped(**members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in members.items():
            out.writestr(zipfile.ZipInfo(f"{name}.txt"), data)
    return buffer.getvalue()


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("WAYOUT_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "gazetteer"


@pytest.fixture
def mirror(httpserver):
    """Serve a country's dump, its names, and a catalogue with its boundaries."""
    package = {
        "result": {
            "license_title": "Creative Commons Attribution for Intergovernmental Organisations",
            "resources": [
                {"format": "XLSX", "url": httpserver.url_for("/table.xlsx")},
                {"format": "SHP", "url": httpserver.url_for("/shp.zip")},
                {"format": "GeoJSON", "url": httpserver.url_for("/boundaries.geojson")},
            ],
        }
    }
    httpserver.expect_request("/ML.zip").respond_with_data(
        zipped(ML=DUMP, readme=b"made up"), content_type="application/zip", headers={"ETag": '"v1"'}
    )
    httpserver.expect_request("/alternatenames/ML.zip").respond_with_data(
        zipped(ML=NAMES), content_type="application/zip"
    )
    httpserver.expect_request("/api/3/action/package_show", query_string="id=cod-ab-mli").respond_with_json(package)
    httpserver.expect_request("/boundaries.geojson").respond_with_data(BOUNDARIES, content_type="application/geo+json")
    return httpserver.url_for("").rstrip("/")


def call(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def get(mirror, *words):
    return call("get", "gazetteer", "ML", "--from", mirror, "--hdx", mirror, *words)


def rows(folder, query, name="ML"):
    with sqlite3.connect(folder / f"{name}.sqlite") as base:
        return base.execute(query).fetchall()


# Getting a country.


def test_a_country_is_got_with_its_boundaries_and_licences(mirror, folder):
    done = get(mirror, "--json")
    assert done.exit_code == 0, done.output
    (edition,) = json.loads(done.stdout)["editions"]
    assert (edition["name"], edition["country"], edition["whole"]) == ("ML", "ML", True)
    assert [source["title"] for source in edition["sources"]] == ["GeoNames dump", "GeoNames names", "boundaries"]
    assert "CC BY 4.0" in edition["sources"][0]["licence"]
    assert "Intergovernmental" in edition["sources"][2]["licence"]
    assert rows(folder, "SELECT pcode FROM places WHERE id = 'admin2:99000002'") == [("ML0802",)]
    assert rows(folder, "SELECT count(*) FROM shapes") == [(5,)]


def test_the_same_files_give_the_same_bytes(mirror, folder):
    get(mirror)
    first = (folder / "ML.sqlite").read_bytes()
    assert get(mirror).exit_code == 0
    assert (folder / "ML.sqlite").read_bytes() == first
    assert not list(folder.rglob("*.part*"))


@pytest.mark.parametrize("country", ["mli", "Mali", "مالي"])
def test_a_country_may_be_given_by_any_code_or_name(mirror, folder, country):
    assert call("get", "gazetteer", country, "--from", mirror, "--no-boundaries").exit_code == 0
    assert [p.name for p in data_settings().editions] == ["ML.sqlite"]


def test_without_boundaries_the_places_are_got_and_it_is_said(mirror, folder, httpserver):
    done = call("get", "gazetteer", "ML", "--from", mirror, "--hdx", httpserver.url_for("/elsewhere"))
    assert done.exit_code == 0
    assert "outlines and P-codes are left out" in done.stderr
    assert rows(folder, "SELECT count(*) FROM shapes") == [(0,)]


def test_boundaries_of_another_country_are_left_out_and_it_is_said(mirror, folder, tmp_path):
    there = json.loads(BOUNDARIES)
    for feature in there["features"]:
        ring = feature["geometry"]["coordinates"][0]
        feature["geometry"]["coordinates"][0] = [[x + 25, y - 5] for x, y in ring]
    path = tmp_path / "b.geojson"
    path.write_text(json.dumps(there))
    done = call("get", "gazetteer", "ML", "--from", mirror, "--boundaries", path)
    assert done.exit_code == 0
    assert "lie outside ML" in done.stderr
    assert path.exists()
    assert rows(folder, "SELECT count(*) FROM places WHERE pcode IS NOT NULL") == [(0,)]


def test_a_file_of_boundaries_may_be_named(mirror, folder):
    done = call("get", "gazetteer", "ML", "--from", mirror, "--boundaries", FOLDER / "boundaries.geojson")
    assert done.exit_code == 0
    assert rows(folder, "SELECT count(*) FROM places WHERE pcode IS NOT NULL") == [(5,)]


def test_a_folder_serves_as_well_as_a_server(tmp_path, folder):
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "ML.zip").write_bytes(zipped(ML=DUMP))
    done = call("get", "gazetteer", "ML", "--from", stick, "--no-boundaries")
    assert done.exit_code == 0
    assert "further names are left out" in done.stderr


def test_a_file_put_there_by_hand_is_used_without_a_network(folder):
    (folder / "downloads").mkdir(parents=True)
    (folder / "downloads" / "ML.zip").write_bytes(zipped(ML=DUMP))
    done = call("get", "gazetteer", "ML", "--from", "http://127.0.0.1:9", "--no-boundaries")
    assert done.exit_code == 0, done.output
    assert "put there by hand" in done.stderr
    assert (folder / "ML.sqlite").is_file()


def test_when_the_server_is_gone_the_kept_file_is_used(mirror, folder, httpserver):
    get(mirror, "--no-boundaries")
    httpserver.clear()
    done = get(mirror, "--no-boundaries")
    assert done.exit_code == 0
    assert "is used" in done.stderr


def test_without_network_or_file_the_message_says_what_to_do(folder, monkeypatch, capsys):
    status, told = run_main(monkeypatch, capsys, "data", "get", "gazetteer", "ML", "--from", "http://127.0.0.1:9")
    assert status == 1
    assert "give --from, or put the file at" in told
    assert str(folder / "downloads" / "ML.zip") in told
    assert not (folder / "ML.sqlite").exists()


def test_one_country_that_fails_does_not_stop_the_next(mirror, folder, monkeypatch, capsys):
    words = ("data", "get", "gazetteer", "SD", "ML", "--from", mirror, "--no-boundaries")
    status, told = run_main(monkeypatch, capsys, *words)
    assert status == 1
    assert "1 of 2 gazetteers could not be made" in told
    assert (folder / "ML.sqlite").is_file()


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<html>sorry</html>", "no zip archive"),
        (zipped(SD=DUMP), "does not hold ML.txt"),
        (zipped(ML=b"<html>sorry</html>"), "no GeoNames dump of ML"),
        (zipped(ML=DUMP)[:-30], "no zip archive"),
    ],
)
def test_a_download_that_is_no_dump_is_refused_and_not_kept(httpserver, folder, body, why, monkeypatch, capsys):
    httpserver.expect_request("/ML.zip").respond_with_data(body, content_type="application/zip")
    words = ("data", "get", "gazetteer", "ML", "--from", httpserver.url_for("").rstrip("/"), "--no-boundaries")
    status, told = run_main(monkeypatch, capsys, *words)
    assert status == 1
    assert why in told
    assert not (folder / "downloads" / "ML.zip").exists()
    assert not (folder / "ML.sqlite").exists()


def test_a_path_trick_in_the_archive_is_refused(httpserver, folder, monkeypatch, capsys):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        out.writestr("../../ML.txt", DUMP)
    httpserver.expect_request("/ML.zip").respond_with_data(buffer.getvalue(), content_type="application/zip")
    words = ("data", "get", "gazetteer", "ML", "--from", httpserver.url_for("").rstrip("/"), "--no-boundaries")
    status, told = run_main(monkeypatch, capsys, *words)
    assert status == 1
    assert "leads out of the archive" in told


def test_a_catalogue_does_not_lead_inside(mirror, httpserver, folder):
    httpserver.expect_request("/trap/api/3/action/package_show").respond_with_json(
        {"result": {"resources": [{"format": "GeoJSON", "url": "http://10.0.0.1/secret.geojson"}]}}
    )
    done = call("get", "gazetteer", "ML", "--from", mirror, "--hdx", httpserver.url_for("/trap"))
    assert "not a public address" in done.stderr
    assert done.exit_code == 0


@pytest.mark.parametrize("words", [("ZZ",), ("../SY",), ("SY", "IQ", "--boundaries", "x.zip"), ()])
def test_a_wrong_call_is_told(words, monkeypatch, capsys):
    status, _ = run_main(monkeypatch, capsys, "data", "get", "gazetteer", *words)
    assert status == 2


@pytest.mark.parametrize(
    "words", [("get", "SD", "ML"), ("add", "x.csv", "y.csv", "--country", "SD", "--name", "n"), ("remove", "SD", "ML")]
)
def test_the_kind_of_data_left_out_is_told(words, monkeypatch, capsys):
    status, told = run_main(monkeypatch, capsys, "data", *words)
    assert status == 2
    assert f"{words[1]!r} is no kind of data" in told
    assert f"wayout data {words[0]} gazetteer" in told


def test_what_was_got_is_located(mirror, folder, monkeypatch, capsys):
    words = ("locate", "Tin Tafarat", "--country", "ML", "--json")
    status, _ = run_main(monkeypatch, capsys, *words)
    assert status != 0
    get(mirror)
    monkeypatch.setattr(sys, "argv", ["wayout", *words])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 0
    assert "99000010" in capsys.readouterr().out


# Adding a list.


def add(tmp_path, *words, text=LIST):
    path = tmp_path / "sites of 2026.csv"
    path.write_text(text, encoding="utf-8")
    return call("add", "gazetteer", path, "--country", "SD", "--name", "site", "--lat", "y", "--lon", "x", *words)


def test_a_list_is_added_with_its_terms(tmp_path, folder):
    done = add(tmp_path, "--also", "arabic", "--licence", "ours, free", "--json")
    assert done.exit_code == 0, done.output
    (edition,) = json.loads(done.stdout)["editions"]
    assert (edition["name"], edition["n_places"]) == ("SD-sites-of-2026", 1)
    assert edition["sources"][0]["licence"] == "ours, free"
    assert edition["left_out"] == {"outside SD": 1}
    assert rows(folder, "SELECT name, source FROM places", "SD-sites-of-2026") == [
        ("Um Sayala Gathering", "SD-sites-of-2026")
    ]


def test_adding_twice_gives_the_same_bytes(tmp_path, folder):
    add(tmp_path)
    first = (folder / "SD-sites-of-2026.sqlite").read_bytes()
    add(tmp_path)
    assert (folder / "SD-sites-of-2026.sqlite").read_bytes() == first


def test_a_town_that_the_base_knows_is_not_doubled(tmp_path, folder):
    done = add(tmp_path, text="site,y,x\nEl Fasher,13.63,25.35\n")
    assert "1 of 1 places were known already" in done.stderr
    ((number, population),) = rows(folder, "SELECT id, population FROM places", "SD-sites-of-2026")
    assert number.startswith("geonames:")
    assert population > 100_000


def test_a_name_of_an_edition_is_never_a_path(tmp_path, monkeypatch, capsys):
    done = add(tmp_path, "--as", "../../x")
    assert done.exit_code != 0
    assert "cannot name an edition" in str(done.exception)


def test_a_list_does_not_take_the_name_of_a_country(tmp_path, folder):
    assert "names its full gazetteer" in add(tmp_path, "--as", "SD").stderr
    assert not (folder / "SD.sqlite").exists()


# Listing and removing.


def test_editions_are_listed_and_removed(tmp_path, folder):
    add(tmp_path, "--as", "SD-sites")
    listed = call("list")
    assert "SD-sites  SD  1 places" in listed.stdout
    assert "sites of 2026.csv" in listed.stdout
    assert "left out: 1 outside SD" in listed.stdout
    assert json.loads(call("list", "--json").stdout)["editions"][0]["name"] == "SD-sites"
    assert json.loads(call("remove", "gazetteer", "SD-sites", "--json").stdout) == {"removed": ["SD-sites"]}
    assert json.loads(call("list", "--json").stdout) == {"editions": [], "ground": []}


def test_nothing_added_is_said(folder):
    done = call("list")
    assert done.exit_code == 0
    assert "nothing was added yet" in done.stderr


def test_removing_what_is_not_there_is_told(monkeypatch, capsys):
    status, told = run_main(monkeypatch, capsys, "data", "remove", "gazetteer", "SD")
    assert status == 1
    assert "there is no edition 'SD'" in told


def run_main(monkeypatch, capsys, *words):
    monkeypatch.setattr(sys, "argv", ["wayout", *map(str, words)])
    with pytest.raises(SystemExit) as end:
        main()
    return end.value.code, capsys.readouterr().err
