"""Situation files as they come: broken, huge, projected, hostile; each refusal says which file, what and what to do."""

import json

import numpy as np
import pytest
import shapely

from wayout.cli import move_file
from wayout.cli.move_file import read_situation_file
from wayout.errors import InputError, SourceError

POINT = {
    "type": "Feature",
    "properties": {"role": "source"},
    "geometry": {"type": "Point", "coordinates": [31.2, -10.2]},
}


def written(tmp_path, content):
    file = tmp_path / "s.geojson"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(file)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        ("role,name\nsource,a", "no JSON"),
        (b"\xff\xfe\x00role", "UTF-8"),
        (b"SQLite format 3\x00 and then nothing", "GeoPackage"),
        ("[" * 100_000, "nests"),
        ('{"type": "Topology"}', "'Topology'"),
        ('{"type": "FeatureCollection"}', "FeatureCollection"),
        ("[1, 2]", "'list'"),
        ("1" * 6000, "number"),
    ],
)
def test_a_file_that_is_no_situation_is_refused(tmp_path, content, said):
    with pytest.raises(SourceError, match=r"s\.geojson") as caught:
        read_situation_file(written(tmp_path, content))
    assert said in str(caught.value)


def test_a_number_that_is_none_is_refused(tmp_path):
    text = json.dumps({"type": "FeatureCollection", "features": [POINT]}).replace("31.2", "NaN")
    with pytest.raises(InputError, match="NaN"):
        read_situation_file(written(tmp_path, text))


def test_a_projection_that_is_only_named_is_refused(tmp_path):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32735"}}
    with pytest.raises(InputError, match="reproject it to EPSG:4326"):
        read_situation_file(
            written(tmp_path, json.dumps({"type": "FeatureCollection", "crs": crs, "features": [POINT]}))
        )


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"])
def test_longitude_and_latitude_by_any_name_are_taken(tmp_path, name):
    crs = {"type": "name", "properties": {"name": name}}
    text = json.dumps({"type": "FeatureCollection", "crs": crs, "features": [POINT]})
    assert read_situation_file(written(tmp_path, "\ufeff" + text))["features"] == [POINT]


def test_one_feature_alone_is_a_collection_of_one(tmp_path):
    assert read_situation_file(written(tmp_path, json.dumps(POINT)))["features"] == [POINT]


def test_a_large_file_is_refused_before_it_is_parsed(tmp_path, monkeypatch):
    monkeypatch.setattr(move_file, "MOST_BYTES", 1000)
    with pytest.raises(SourceError, match="simplify"):
        read_situation_file(written(tmp_path, '{"type": "FeatureCollection", "x": "' + "y" * 2000))


def test_what_is_not_there_and_a_folder_are_told(tmp_path):
    with pytest.raises(SourceError, match="--template"):
        read_situation_file(str(tmp_path / "none.geojson"))
    with pytest.raises(SourceError, match="folder"):
        read_situation_file(str(tmp_path))


def write_geopackage(path, layer, shapes, columns, crs="EPSG:4326", **more):
    import pyogrio.raw

    wkb = shapely.to_wkb(np.array(shapes, dtype=object))
    data = [np.array(values, dtype=object if isinstance(values[0], str) else float) for values in columns.values()]
    pyogrio.raw.write(
        str(path),
        wkb,
        data,
        list(columns),
        layer=layer,
        driver="GPKG",
        geometry_type="Unknown",
        crs=crs,
        promote_to_multi=False,
        **more,
    )


def test_a_geopackage_gives_its_layers_as_roles_and_is_brought_to_degrees(tmp_path):
    from pyproj import Transformer

    file = tmp_path / "s.gpkg"
    x, y = Transformer.from_crs("EPSG:4326", "EPSG:32736", always_xy=True).transform(31.2, -10.2)
    write_geopackage(file, "sources", [shapely.Point(x, y)], {"name": ["home"]}, crs="EPSG:32736")
    barriers = {
        "name": ["front", "ford"],
        "role": ["barrier", "checkpoint"],
        "p_closed": [0.4, np.nan],
        "delay_h": [np.nan, 3.0],
    }
    shapes = [shapely.box(31.4, -10.4, 31.5, -10.0), shapely.Point(31.6, -10.2)]
    write_geopackage(file, "drawn", shapes, barriers, append=True)
    features = read_situation_file(str(file))["features"]
    assert [f["properties"]["role"] for f in features] == ["source", "barrier", "checkpoint"]
    assert features[0]["geometry"]["coordinates"] == pytest.approx((31.2, -10.2), abs=1e-6)
    assert features[1]["properties"]["delay_h"] is None
    assert features[2]["properties"] == {"name": "ford", "role": "checkpoint", "p_closed": None, "delay_h": 3.0}


def test_a_geopackage_without_a_coordinate_system_is_refused(tmp_path):
    file = tmp_path / "s.gpkg"
    with pytest.warns(UserWarning, match="crs"):
        write_geopackage(file, "sources", [shapely.Point(31.2, -10.2)], {"name": ["home"]}, crs=None)
    with pytest.raises(InputError, match="EPSG:4326"):
        read_situation_file(str(file))
