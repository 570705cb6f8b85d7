"""`wayout data` for roads, relief and land cover: against files of the tests' own and a local server."""

import hashlib
import json
import re
import sys
from pathlib import Path

import numpy as np
import pytest
import shapely
from typer.testing import CliRunner

from wayout.cli.data import app
from wayout.cli.data_folder import data_settings
from wayout.cli.data_ground_get import tile_names
from wayout.cli.main import main
from wayout.ground_files.frame import Frame
from wayout.ground_files.rasters import read_raster
from wayout.ground_files.road_store import read_stored

XML = (
    '<?xml version="1.0"?>\n<osm version="0.6"><node id="1" lat="34" lon="36" version="1"/><node id="2" lat="34" lon="37" '
    'version="1"/><way id="5" version="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="{}"/></way></osm>'
)
ROADS = XML.format("primary").encode()
AROUND = Frame(west=35, south=33, east=38, north=36)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("WAYOUT_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def call(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def run_main(monkeypatch, capsys, *words):
    monkeypatch.setattr(sys, "argv", ["wayout", "data", *map(str, words)])
    with pytest.raises(SystemExit) as end:
        main()
    return end.value.code, capsys.readouterr().err


def tif(path, values, corner, step):
    import rasterio
    from affine import Affine

    profile = {
        "driver": "GTiff",
        "height": values.shape[0],
        "width": values.shape[1],
        "count": 1,
        "dtype": values.dtype,
    }
    with rasterio.open(
        path, "w", **profile, crs="EPSG:4326", transform=Affine(step, 0, corner[0], 0, -step, corner[1])
    ) as out:
        out.write(values, 1)
    return path


def stored_roads():
    (path,) = data_settings().roads
    return read_stored([path], AROUND)[0]


# Roads from Geofabrik.


@pytest.fixture
def geofabrik(httpserver):
    """Serve an index of extracts, one extract and its checksum."""

    def row(region, codes, name, **more):
        urls = {"pbf": httpserver.url_for(f"/asia/{name}-latest.osm.pbf")}
        return {"type": "Feature", "properties": {"id": region, "iso3166-1:alpha2": codes, "urls": urls, **more}}

    rows = [
        {"type": "Feature", "properties": {"id": "asia", "urls": {"pbf": httpserver.url_for("/asia-latest.osm.pbf")}}},
        row("levant", ["SY", "LB"], "levant"),
        row("syria", ["SY"], "syria"),
        row("gcc-states", ["SA", "QA"], "gcc"),
    ]
    index = {"type": "FeatureCollection", "features": rows}
    httpserver.expect_request("/index-v1-nogeom.json").respond_with_json(index, headers={"ETag": '"i"'})
    for name in ("syria", "gcc"):
        path = f"/asia/{name}-latest.osm.pbf"
        httpserver.expect_request(path).respond_with_data(
            ROADS, content_type="application/octet-stream", headers={"ETag": '"v1"'}
        )
        checksum = f"{hashlib.md5(ROADS).hexdigest()}  {name}-latest.osm.pbf\n"
        httpserver.expect_request(f"{path}.md5").respond_with_data(checksum, content_type="application/x-md5")
    return httpserver.url_for("").rstrip("/")


def test_a_countrys_roads_are_got_from_the_extract_that_is_its_own(geofabrik, folder):
    done = call("get", "roads", "syr", "--from", geofabrik, "--json")
    assert done.exit_code == 0, done.output
    (added,) = json.loads(done.stdout)["ground"]
    assert (added["name"], added["kind"], added["holds"]["by_class"]) == ("SY", "roads", {"primary": 1})
    assert added["sources"][0]["address"].endswith("/asia/syria-latest.osm.pbf")
    assert added["sources"][0]["sha256"] == hashlib.sha256(ROADS).hexdigest()
    assert "ODbL" in added["sources"][0]["licence"]
    assert stored_roads().road_class.tolist() == ["primary"]
    assert not list(folder.rglob("*.part*"))


def test_an_extract_of_several_countries_is_used_and_said(geofabrik):
    done = call("get", "roads", "SA", "--from", geofabrik)
    assert done.exit_code == 0
    assert "the extract gcc-states covers 2 countries" in done.stderr


def test_what_is_unchanged_is_asked_for_but_not_sent_again(geofabrik, httpserver, folder):
    call("get", "roads", "SY", "--from", geofabrik)
    first = data_settings().roads[0].read_bytes()
    assert call("get", "roads", "SY", "--from", geofabrik).exit_code == 0
    asked = [r.headers.get("If-None-Match") for r, _ in httpserver.log if r.path.endswith("syria-latest.osm.pbf")]
    assert asked == [None, '"v1"']
    assert data_settings().roads[0].read_bytes() == first


def test_a_file_that_is_not_what_its_checksum_says_is_thrown_away(geofabrik, httpserver, folder, monkeypatch, capsys):
    httpserver.clear_all_handlers()
    index = {
        "features": [{"properties": {"id": "s", "iso3166-1:alpha2": ["SY"], "urls": {"pbf": f"{geofabrik}/s.pbf"}}}]
    }
    httpserver.expect_request("/index-v1-nogeom.json").respond_with_json(index)
    httpserver.expect_request("/s.pbf").respond_with_data(ROADS, content_type="application/octet-stream")
    httpserver.expect_request("/s.pbf.md5").respond_with_data("0" * 32 + "  s.pbf", content_type="text/plain")
    status, told = run_main(monkeypatch, capsys, "get", "roads", "SY", "--from", geofabrik)
    assert status == 1
    assert "not what its checksum says" in told
    assert data_settings().roads == ()
    assert not (folder / "ground" / "downloads" / "SY.osm.pbf").exists()


@pytest.mark.parametrize("index", [b"[]", b"<html>", b'{"features": [{"properties": {"iso3166-1:alpha2": ["SY"]}}]}'])
def test_an_index_that_is_none_is_told_and_not_kept(httpserver, folder, index, monkeypatch, capsys):
    httpserver.expect_request("/index-v1-nogeom.json").respond_with_data(index, content_type="application/json")
    status, told = run_main(monkeypatch, capsys, "get", "roads", "SY", "--from", httpserver.url_for(""))
    assert status == 1
    assert "is no index of extracts" in told
    assert not (folder / "ground" / "downloads" / "geofabrik-index.json").exists()


@pytest.mark.parametrize("address", ["file:///etc/passwd", "/vsicurl/x", "http://10.0.0.1/x.osm.pbf"])
def test_an_index_does_not_lead_inside(httpserver, address, monkeypatch, capsys):
    index = {"features": [{"properties": {"id": "s", "iso3166-1:alpha2": ["SY"], "urls": {"pbf": address}}}]}
    httpserver.expect_request("/index-v1-nogeom.json").respond_with_json(index)
    status, told = run_main(monkeypatch, capsys, "get", "roads", "SY", "--from", httpserver.url_for(""))
    assert status == 1
    assert "no web address" in told or "not a public address" in told


def test_a_country_without_an_extract_is_told(geofabrik, monkeypatch, capsys):
    status, told = run_main(monkeypatch, capsys, "get", "roads", "ML", "--from", geofabrik)
    assert status == 1
    assert "has no extract of ML; download one that holds it and add it" in told


def test_one_country_that_fails_does_not_stop_the_next(geofabrik, monkeypatch, capsys):
    status, told = run_main(monkeypatch, capsys, "get", "roads", "ML", "SY", "--from", geofabrik)
    assert status == 1
    assert "roads of 1 of 2 could not be made" in told
    assert [path.stem for path in data_settings().roads] == ["SY"]


def test_without_a_network_the_message_says_what_to_do(monkeypatch, capsys, folder):
    status, told = run_main(monkeypatch, capsys, "get", "roads", "SY", "--from", "http://127.0.0.1:9")
    assert status == 1
    assert "check the network" in told
    assert "or give --from, or put the file at" in told


def test_without_a_network_a_file_put_there_by_hand_or_on_a_stick_is_used(folder, tmp_path):
    kept = folder / "ground" / "downloads"
    kept.mkdir(parents=True)
    (kept / "SY.osm.pbf").write_bytes(ROADS)
    assert call("get", "roads", "SY", "--from", "http://127.0.0.1:9").exit_code == 0
    (tmp_path / "IQ.osm.pbf").write_bytes(ROADS)
    assert call("get", "roads", "IQ", "--from", tmp_path).exit_code == 0
    assert [path.stem for path in data_settings().roads] == ["IQ", "SY"]


def test_when_the_server_is_gone_the_kept_file_is_used(geofabrik, httpserver):
    call("get", "roads", "SY", "--from", geofabrik)
    httpserver.clear()
    done = call("get", "roads", "SY", "--from", geofabrik)
    assert done.exit_code == 0, done.output
    assert "is used" in done.stderr


# Relief from Copernicus.


@pytest.fixture
def copernicus(httpserver, tmp_path):
    """Serve two tiles of a degree and the list of tiles."""
    names = [f"Copernicus_DSM_COG_30_N34_00_E{lon:03d}_00_DEM" for lon in (35, 36)]
    for name, height in zip(names, (100, 300), strict=True):
        path = tif(tmp_path / "t.tif", np.full((120, 120), height, "float32"), (int(name[-10:-7]), 35), 1 / 120)
        httpserver.expect_request(f"/{name}/{name}.tif").respond_with_data(path.read_bytes(), content_type="image/tiff")
    httpserver.expect_request("/tileList.txt").respond_with_data("\r\n".join(names) + "\r\n", content_type="text/plain")
    return httpserver.url_for("").rstrip("/")


def test_relief_of_a_window_is_made_of_its_tiles(copernicus):
    done = call("get", "relief", "--bbox", "35.2,33.8,36.8,34.9", "--from", copernicus, "--json")
    assert done.exit_code == 0, done.output
    (added,) = json.loads(done.stdout)["ground"]
    assert added["name"] == "box-35p2E-33p8N-36p8E-34p9N"
    assert added["bounds"] == [35, 34, 37, 35]
    assert "Copernicus" in added["sources"][0]["licence"]
    assert "2 tiles" in added["sources"][0]["title"]
    assert "2 of 4 tiles do not exist" in done.stderr
    found = read_raster(data_settings().relief[0], "relief", Frame(west=35, south=34, east=37, north=35, pixel_km=5))
    assert set(np.unique(found.values[:, :8]).tolist()) == {100}
    assert set(np.unique(found.values[:, -8:]).tolist()) == {300}


def test_relief_of_a_country_asks_for_the_tiles_its_outline_touches(copernicus, httpserver):
    done = call("get", "relief", "LB", "--from", copernicus)
    assert done.exit_code == 0, done.output
    assert [path.stem for path in data_settings().relief] == ["LB"]
    assert sum(r.path.endswith(".tif") for r, _ in httpserver.log) == 2


def test_relief_from_a_folder_of_tiles(tmp_path):
    tif(tmp_path / "Copernicus_DSM_COG_10_N34_00_E036_00_DEM.tif", np.full((60, 60), 300, "float32"), (36, 35), 1 / 60)
    done = call("get", "relief", "--bbox", "36.1,34.1,36.2,34.2", "--resolution", "30", "--from", tmp_path, "--json")
    assert done.exit_code == 0, done.output


def test_open_sea_and_too_many_tiles_are_told(copernicus, monkeypatch, capsys):
    status, told = run_main(monkeypatch, capsys, "get", "relief", "--bbox", "0,0,1,1", "--from", copernicus)
    assert status == 1
    assert "there is no relief tile in" in told
    status, told = run_main(monkeypatch, capsys, "get", "relief", "--bbox", "0,0,60,60", "--from", copernicus)
    assert status == 1
    assert "needs 3,600 tiles, at most 1,500" in told


def test_tiles_are_named_by_their_south_western_corner():
    assert tile_names(shapely.box(-70.5, -33.5, -70.4, -33.4), 30) == ("Copernicus_DSM_COG_10_S34_00_W071_00_DEM",)
    assert tile_names(shapely.box(179.5, 0.5, 180.5, 0.6), 90) == (
        "Copernicus_DSM_COG_30_N00_00_E179_00_DEM",
        "Copernicus_DSM_COG_30_N00_00_W180_00_DEM",
    )


# Files of one's own.


def test_roads_are_added_listed_and_removed(tmp_path):
    path = tmp_path / "north roads.osm"
    path.write_bytes(ROADS)
    done = call("add", "roads", path)
    assert done.exit_code == 0, done.output
    assert "north-roads  roads  36.00,34.00 to 37.00,34.00" in done.stdout
    assert "1 primary" in done.stdout
    assert "ODbL" in done.stdout
    listed = json.loads(call("list", "--json").stdout)
    assert [(row["kind"], row["name"], row["whole"]) for row in listed["ground"]] == [("roads", "north-roads", True)]
    assert "north-roads" in call("list").stdout
    assert json.loads(call("remove", "roads", "north-roads", "--json").stdout) == {"removed": ["north-roads"]}
    assert data_settings().roads == ()


def test_adding_again_replaces_and_the_licence_given_stands(tmp_path):
    path = tmp_path / "r.osm"
    for highway in ("primary", "track"):
        path.write_text(XML.format(highway))
        assert call("add", "roads", path, "--as", "mine", "--licence", "ours").exit_code == 0
    assert stored_roads().road_class.tolist() == ["track"]
    assert json.loads(call("list", "--json").stdout)["ground"][0]["sources"][0]["licence"] == "ours"


def test_the_column_of_classes_may_be_named(tmp_path):
    path = tmp_path / "r.geojson"
    feature = {
        "type": "Feature",
        "properties": {"etat": "piste"},
        "geometry": {"type": "LineString", "coordinates": [[36, 34], [37, 34]]},
    }
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert "name one with --class-column" in call("add", "roads", path).stdout
    assert call("add", "roads", path, "--class-column", "etat").exit_code == 0
    assert stored_roads().road_class.tolist() == ["track"]


def test_relief_and_land_cover_are_added(tmp_path):
    relief = tif(tmp_path / "dem.tif", np.full((100, 100), 500.0), (36, 35), 0.01)
    cover = tif(tmp_path / "cover.tif", np.full((100, 100), 10, "uint8"), (36, 35), 0.01)
    assert "100 x 100 cells, 100% known" in call("add", "relief", relief).stdout
    assert "--legend" in str(call("add", "landcover", cover).exception)
    assert "legend worldcover" in call("add", "landcover", cover, "--legend", "worldcover").stdout
    found = data_settings()
    assert [p.name for p in (*found.relief, *found.landcover)] == ["dem.tif", "cover.tif"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("add", "roads", "/vsicurl/http://127.0.0.1/x.osm.pbf"), "is no file on this machine"),
        (("add", "relief", "absent.tif"), "there is no file absent.tif"),
        (("remove", "roads", "SY"), "there is no roads 'SY'"),
        (("remove", "relief", "../SY"), "cannot name relief"),
    ],
)
def test_what_cannot_be_done_is_told(words, why, monkeypatch, capsys):
    status, told = run_main(monkeypatch, capsys, *words)
    assert status == 1
    assert why in told


@pytest.mark.parametrize(
    "words",
    [
        ("get", "roads"),
        ("get", "relief"),
        ("get", "landcover", "SY"),
        ("get", "roads", "--bbox", "1,2,3,4"),
        ("get", "relief", "SY", "--bbox", "1,2,3,4"),
        ("get", "relief", "--bbox", "1,2,3,4", "--resolution", "10"),
        ("add", "gazetteer", "x.csv"),
        ("add", "relief", "x.tif", "--class-column", "x"),
        ("add", "roads", "x.osm", "--legend", "igbp"),
    ],
)
def test_a_wrong_call_is_told(words, monkeypatch, capsys):
    assert run_main(monkeypatch, capsys, *words)[0] == 2


def test_a_window_that_is_none_is_told(monkeypatch, capsys):
    for text in ("1,2,3", "a,b,c,d", "3,2,1,4"):
        status, told = run_main(monkeypatch, capsys, "get", "relief", "--bbox", text)
        assert status == 1
        assert "--bbox" in told or "is no frame" in told


# The how-to page.


def test_the_trial_of_the_how_to_page_runs(tmp_path, monkeypatch):
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "own-roads-and-relief.md").read_text(encoding="utf-8")
    first, *commands = re.search(r"```\n(echo .*?)```", page, re.DOTALL)[1].splitlines()
    content, name = re.fullmatch(r"echo '(.*)' > (\S+)", first).groups()
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(content, encoding="utf-8")
    told = [call(*command.split()[2:]) for command in commands]
    assert [done.exit_code for done in told] == [0, 0, 0]
    assert "1 primary" in told[1].stdout
    assert told[2].stdout == "removed: trial\n"
