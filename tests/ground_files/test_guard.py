import json
import os
import re
import sqlite3
import struct
import zlib

import numpy as np
import pytest
import shapely

from wayout.errors import SourceError
from wayout.ground_files.frame import Frame
from wayout.ground_files.guard import local_file, vector_format
from wayout.ground_files.rasters import read_raster
from wayout.ground_files.road_files import open_roads

AROUND = Frame(west=35, south=33, east=38, north=36)
ROAD = shapely.LineString([(36, 34), (36.5, 34.5)])


def read_all(path):
    with open_roads(path) as source:
        return [line for batch in source.batches for line in batch.lines]


@pytest.mark.parametrize(
    "name",
    [
        "/vsicurl/http://127.0.0.1/x.tif",
        "/vsizip/x.zip/x.tif",
        "/VSIMEM/x.tif",
        "vsis3/b/x.tif",
        "https://example.org/x.tif",
        "s3://bucket/x.gpkg",
    ],
)
def test_what_is_no_file_of_this_machine_is_refused(name):
    with pytest.raises(SourceError, match="is no file on this machine"):
        local_file(name)
    with pytest.raises(SourceError, match="is no file on this machine"):
        read_raster(name, "relief", AROUND)
    with pytest.raises(SourceError, match="is no file on this machine"):
        read_all(name)


def test_folders_pipes_missing_and_empty_files_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.tif")
    (tmp_path / "empty.tif").touch()
    for name, why in (
        ("", "no ordinary file"),
        ("pipe.tif", "no ordinary file"),
        ("empty.tif", "empty"),
        ("x", "no file"),
    ):
        with pytest.raises(SourceError, match=why):
            local_file(tmp_path / name)


def vrt(httpserver, other):
    return (
        '<VRTDataset rasterXSize="20" rasterYSize="20"><SRS>EPSG:4326</SRS><GeoTransform>36,.1,0,35,0,-.1</GeoTransform>'
        f'<VRTRasterBand dataType="Float32" band="1"><SimpleSource><SourceFilename>/vsicurl/{httpserver.url_for("/x.tif")}'
        f"</SourceFilename></SimpleSource><SimpleSource><SourceFilename>{other}</SourceFilename></SimpleSource>"
        "</VRTRasterBand></VRTDataset>"
    )


@pytest.mark.parametrize("name", ["relief.tif", "relief.vrt", "relief.tiff"])
def test_a_raster_that_points_elsewhere_is_not_opened(tmp_path, write_tif, httpserver, name):
    other = write_tif(tmp_path / "other.tif", np.ones((20, 20), "float32"), (36, 35), 0.1)
    (tmp_path / name).write_text(vrt(httpserver, other))
    with pytest.raises(SourceError, match="is no raster that is read here"):
        read_raster(tmp_path / name, "relief", AROUND)
    assert httpserver.log == []


@pytest.mark.parametrize("name", ["roads.json", "roads.geojson", "roads.gdalg.json"])
def test_json_that_carries_a_command_is_not_obeyed(tmp_path, write_lines, httpserver, name):
    other = write_lines(tmp_path / "other.gpkg", [ROAD], highway=["primary"])
    for source in (other, f"/vsicurl/{httpserver.url_for('/x.geojson')}"):
        command = f"gdal vector pipeline ! read {source} ! write --of stream streamed_dataset"
        (tmp_path / name).write_text(json.dumps({"type": "gdal_streamed_alg", "command_line": command}))
        with pytest.raises(SourceError, match="cannot be read"):
            read_all(tmp_path / name)
    assert httpserver.log == []


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0"?><OGRVRTDataSource><OGRVRTLayer name="lines"><SrcDataSource>{}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>',
        '<osm version="0.6"><!-- <OGRVRTDataSource><OGRVRTLayer name="lines"><SrcDataSource>{}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource> --></osm>',
        '<!DOCTYPE osm [<!ENTITY x SYSTEM "file:///etc/passwd">]><osm version="0.6">&x;</osm>',
        '<?xml version="1.0"?><OGRWFSDataSource><URL>{}</URL></OGRWFSDataSource>',
    ],
)
@pytest.mark.parametrize("name", ["roads.osm", "roads.xml", "roads.gpkg"])
def test_xml_that_points_elsewhere_is_not_opened(tmp_path, write_lines, httpserver, text, name):
    path = tmp_path / name
    path.write_text(text.format(httpserver.url_for("/x")))
    with pytest.raises(SourceError, match=r"no file of roads|no plain OpenStreetMap file"):
        read_all(path)
    assert httpserver.log == []


def test_an_entity_bomb_is_refused(tmp_path):
    levels = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    path = tmp_path / "roads.osm"
    path.write_text(f'<?xml version="1.0"?><!DOCTYPE osm [<!ENTITY a0 "ha">{levels}]><osm version="0.6">&a11;</osm>')
    with pytest.raises(SourceError, match="no file of roads"):
        read_all(path)


def test_a_geopackage_with_a_table_in_another_file_is_refused(tmp_path, write_lines):
    path = write_lines(tmp_path / "roads.gpkg", [ROAD], highway=["primary"])
    assert len(read_all(path)) == 1
    with sqlite3.connect(path) as base:
        base.execute("PRAGMA writable_schema = ON")
        base.execute(
            "INSERT INTO sqlite_master VALUES ('table', 'spy', 'spy', 0, "
            "'CREATE VIRTUAL TABLE spy USING VirtualOGR(''/etc/passwd'')')"
        )
    base.close()
    with pytest.raises(SourceError, match="tables that lie in other files"):
        read_all(path)


def test_a_database_that_is_no_geopackage_is_refused(tmp_path):
    with sqlite3.connect(tmp_path / "x.gpkg") as base:
        base.execute("CREATE TABLE roads (x)")
    base.close()
    with pytest.raises(SourceError, match="a database but no GeoPackage"):
        vector_format(tmp_path / "x.gpkg")


@pytest.mark.parametrize("head", [b"PK\x03\x04", b"\x1f\x8b\x08", b"BZh9"])
def test_archives_are_to_be_unpacked_first(tmp_path, head):
    (tmp_path / "roads.shp.zip").write_bytes(head + b"\0" * 100)
    with pytest.raises(SourceError, match="is an archive; unpack it"):
        read_all(tmp_path / "roads.shp.zip")


@pytest.mark.parametrize(("name", "driver"), [("r.gpkg", "GPKG"), ("r.shp", "ESRI Shapefile"), ("r.fgb", "FlatGeobuf")])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_file_that_was_cut_short_is_named(tmp_path, write_lines, name, driver, share):
    lines = [shapely.LineString([(36 + i / 1000, 34), (36 + i / 1000, 34.5)]) for i in range(2000)]
    path = write_lines(tmp_path / name, lines, driver, highway=["primary"] * 2000)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(SourceError, match=rf"{re.escape(name)} cannot be read|{re.escape(name)} is a damaged"):
        read_all(path)


def test_an_extract_with_a_wrong_byte_is_named(tmp_path, make_osm):
    whole = bytearray(make_osm("pbf"))
    path = tmp_path / "country.osm.pbf"
    for at in range(100, len(whole), 7):
        broken = whole.copy()
        broken[at] ^= 0x55
        path.write_bytes(broken)
        with pytest.raises(SourceError, match=r"country\.osm\.pbf cannot be read"):
            read_all(path)


def test_a_block_that_unpacks_without_end_is_refused(tmp_path, make_osm):
    blob = zlib.compress(bytes(64 * 1024 * 1024))
    block = b"\x10\x80\x80\x80\x20\x1a" + varint(len(blob)) + blob
    header = b"\x0a\x07OSMData\x18" + varint(len(block))
    path = tmp_path / "country.osm.pbf"
    path.write_bytes(make_osm("pbf") + struct.pack(">I", len(header)) + header + block)
    with pytest.raises(SourceError, match=r"country\.osm\.pbf cannot be read"):
        read_all(path)


def varint(n):
    return bytes([n & 127]) if n < 128 else bytes([n & 127 | 128]) + varint(n >> 7)


@pytest.mark.parametrize("form", ["pbf", "xml"])
def test_an_extract_that_was_cut_short_is_named(tmp_path, make_osm, form):
    path = tmp_path / "country.osm.pbf"
    whole = make_osm(form)
    path.write_bytes(whole[: int(0.7 * len(whole))])
    with pytest.raises(SourceError, match=r"country\.osm\.pbf cannot be read"):
        read_all(path)


def test_names_mean_nothing(tmp_path, make_osm, write_lines):
    odd = tmp_path / "GPKG:a,b!c zip.pbf.zip"
    odd.write_bytes(make_osm("pbf"))
    assert len(read_all(odd)) == 4
    lines = write_lines(tmp_path / "r.gpkg", [ROAD], highway=["primary"])
    assert len(read_all(lines.rename(tmp_path / "x.osm.pbf"))) == 1


def test_settings_of_gdal_are_put_back(tmp_path, make_osm):
    import pyogrio

    path = tmp_path / "c.osm.pbf"
    path.write_bytes(make_osm("pbf"))
    before = pyogrio.get_gdal_config_option("CPL_TMPDIR")
    read_all(path)
    assert pyogrio.get_gdal_config_option("CPL_TMPDIR") == before


def test_a_raster_cut_short_is_named(tmp_path, write_tif):
    values = np.random.default_rng(0).normal(500, 100, (400, 400)).astype("float32")
    path = write_tif(tmp_path / "r.tif", values, (36, 35), 0.005)
    path.write_bytes(path.read_bytes()[: 300 * 400 * 4])
    with pytest.raises(SourceError, match=r"r\.tif cannot be read .*get it again"):
        read_raster(path, "relief", AROUND)


def test_a_raster_in_one_huge_piece_is_refused_before_memory_is_taken(tmp_path, write_tif):
    import rasterio
    from affine import Affine

    path = tmp_path / "r.tif"
    profile = {"driver": "GTiff", "width": 60_000, "height": 60_000, "count": 1, "dtype": "float32", "crs": "EPSG:4326"}
    with rasterio.open(
        path,
        "w",
        **profile,
        blockysize=60_000,
        compress="deflate",
        sparse_ok=True,
        transform=Affine(1e-4, 0, 36, 0, -1e-4, 35),
    ):
        pass
    with pytest.raises(SourceError, match="pieces of 60000 x 60000 cells; rewrite it tiled"):
        read_raster(path, "relief", AROUND)


def test_a_raster_of_a_declared_million_a_side_is_refused_or_read_in_moments(tmp_path):
    import rasterio
    from affine import Affine

    from wayout.ground_files.raster_store import store_rasters

    path = tmp_path / "r.tif"
    profile = {"driver": "GTiff", "width": 1_000_000, "height": 1_000_000, "count": 1, "dtype": "int16", "tiled": True}
    place = Affine(3e-6, 0, 35, 0, -3e-6, 36)
    with rasterio.open(
        path,
        "w",
        **profile,
        crs="EPSG:4326",
        sparse_ok=True,
        bigtiff="yes",
        blockxsize=4096,
        blockysize=4096,
        transform=place,
    ):
        pass
    assert path.stat().st_size < 2_000_000
    with pytest.raises(SourceError, match="cells in the theatre and no overviews"):
        read_raster(path, "relief", AROUND)
    with pytest.raises(SourceError, match="cut it to the region"):
        store_rasters([path], "relief", tmp_path / "out.tif")
    assert not (tmp_path / "out.tif").exists()
