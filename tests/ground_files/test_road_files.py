import sys

import numpy as np
import pytest
import shapely

from wayout.errors import SourceError
from wayout.ground_files.frame import Frame
from wayout.ground_files.road_files import OSM_LICENCE, open_roads, read_roads

AROUND = Frame(west=35, south=33, east=38, north=36)
LINES = [shapely.LineString([(36, 34), (36.5, 34.5)]), shapely.LineString([(37, 35), (37.2, 35)])]


@pytest.mark.parametrize("form", ["pbf", "xml"])
def test_ways_of_openstreetmap_become_classes_bridges_and_ferries(osm_files, form):
    roads = read_roads(osm_files[form], AROUND)
    found = sorted(zip(roads.road_class.tolist(), roads.bridge.tolist(), roads.ferry.tolist(), strict=True))
    assert found == [
        ("motorway", True, False),
        ("primary", False, False),
        ("track", True, False),
        ("unknown", False, True),
    ]
    assert roads.licence == OSM_LICENCE
    primary = roads.lines[roads.road_class.tolist().index("primary")]
    assert np.allclose(primary.coords, [(36, 34), (36.1, 34), (36.2, 34.1)])


@pytest.mark.parametrize("form", ["pbf", "xml"])
def test_what_is_no_way_is_counted_by_reason(osm_files, form):
    with open_roads(osm_files[form]) as source:
        n = sum(len(batch.lines) for batch in source.batches)
        notes = " | ".join(source.notes)
    assert n == 4
    assert "2 lines are left out: closed to all, or military" in notes
    assert "1 lines are left out: not built yet" in notes
    assert "1 lines are left out: driveways" in notes


def test_nothing_but_the_standard_library_takes_the_stream_apart(osm_files, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    roads = read_roads(osm_files["pbf"], AROUND)
    assert roads.n_lines == 4
    assert roads.snap_km == 0.0  # its roads share their nodes: a gap is a gap


@pytest.mark.parametrize(
    ("name", "driver"),
    [("r.gpkg", "GPKG"), ("r.shp", "ESRI Shapefile"), ("r.geojson", "GeoJSON"), ("r.fgb", "FlatGeobuf")],
)
def test_other_makers_files_are_read_by_their_column(tmp_path, write_lines, name, driver):
    path = write_lines(tmp_path / name, LINES, driver, fclass=["Main road", "Dirt track"], bridge=["T", "F"])
    roads = read_roads(path, AROUND)
    assert roads.snap_km == 0.1  # drawn lines only nearly meet
    rows = sorted(zip(roads.road_class.tolist(), roads.bridge.tolist(), strict=True))
    assert rows == [("primary", True), ("track", False)]
    assert roads.licence == "not stated"


def test_only_what_reaches_into_the_frame_is_read(tmp_path, write_lines):
    path = write_lines(tmp_path / "r.gpkg", LINES, highway=["primary", "track"])
    assert read_roads(path, Frame(west=36.9, south=34.9, east=37.1, north=35.1)).road_class.tolist() == ["track"]
    with pytest.raises(SourceError, match=r"r\.gpkg has no road in the theatre, -?\d+\.\d to "):
        read_roads(path, Frame(west=0, south=0, east=1, north=1))


def test_another_coordinate_system_is_brought_to_degrees(tmp_path, write_lines):
    from pyproj import Transformer

    onto = Transformer.from_crs("EPSG:4326", "EPSG:32637", always_xy=True)
    flat = [shapely.LineString([onto.transform(x, y) for x, y in line.coords]) for line in LINES]
    path = write_lines(tmp_path / "r.gpkg", flat, crs="EPSG:32637", highway=["primary", "track"])
    roads = read_roads(path, AROUND)
    assert np.allclose(shapely.get_coordinates(roads.lines), shapely.get_coordinates(LINES), atol=1e-6)
    assert read_roads(path, Frame(west=36.9, south=34.9, east=37.1, north=35.1)).n_lines == 1


def test_the_column_may_be_named(tmp_path, write_lines):
    path = write_lines(tmp_path / "r.gpkg", LINES, etat=["piste", "route nationale"])
    assert set(read_roads(path, AROUND).road_class.tolist()) == {"unknown"}
    assert sorted(read_roads(path, AROUND, class_column="etat").road_class.tolist()) == ["track", "trunk"]
    with pytest.raises(SourceError, match=r"no column 'klass'; it has etat"):
        read_roads(path, AROUND, class_column="klass")


def test_a_file_without_a_class_column_says_so(tmp_path, write_lines):
    path = write_lines(tmp_path / "r.gpkg", LINES, length=[1.0, 2.0])
    with open_roads(path) as source:
        list(source.batches)
        assert "no column that tells the class" in source.notes[0]


def test_numbers_of_groads_are_known(tmp_path, write_lines):
    path = write_lines(tmp_path / "r.gpkg", LINES, FCLASS=[2, 6])
    assert sorted(read_roads(path, AROUND).road_class.tolist()) == ["primary", "track"]


def test_lines_in_many_parts_and_with_heights_are_parted_and_flattened(tmp_path, write_lines):
    many = [shapely.MultiLineString(LINES), shapely.MultiLineString([[(36, 34, 5), (36, 35, 9)]])]
    path = write_lines(tmp_path / "r.geojson", many, "GeoJSON", geometry_type="Unknown", highway=["primary", "path"])
    roads = read_roads(path, AROUND)
    assert sorted(roads.road_class.tolist()) == ["path", "primary", "primary"]
    assert not shapely.has_z(roads.lines).any()


def test_lines_without_length_and_points_are_left_out(tmp_path):
    path = tmp_path / "r.geojson"
    path.write_text(
        '{"type":"FeatureCollection","features":['
        '{"type":"Feature","properties":{"highway":"primary"},"geometry":{"type":"LineString","coordinates":[[36,34],[36,34]]}},'
        '{"type":"Feature","properties":{"highway":"primary"},"geometry":{"type":"Point","coordinates":[36,34]}},'
        '{"type":"Feature","properties":{"highway":"primary"},"geometry":null},'
        '{"type":"Feature","properties":{"highway":"primary"},"geometry":{"type":"LineString","coordinates":[[36,34],[36,35]]}}]}'
    )
    with open_roads(path) as source:
        assert sum(len(batch.lines) for batch in source.batches) == 1
        assert source.left_out["not lines"] == 1
        assert source.left_out["without length or a place on the Earth"] == 1


def test_metres_called_degrees_are_refused(tmp_path, write_lines):
    far = [shapely.LineString([(400_000, 3_800_000), (410_000, 3_800_000)])]
    path = write_lines(tmp_path / "r.gpkg", far, highway=["primary"])
    with open_roads(path) as source, pytest.raises(SourceError, match="most coordinates are no degrees"):
        list(source.batches)


def test_a_shapefile_without_its_coordinate_system_is_refused(tmp_path, write_lines):
    path = write_lines(tmp_path / "r.shp", LINES, "ESRI Shapefile", highway=["primary", "track"])
    path.with_suffix(".prj").unlink()
    with pytest.raises(SourceError, match=r"put its \.prj file beside it"):
        read_roads(path, AROUND)


def test_a_file_of_points_is_refused(tmp_path, write_lines):
    path = write_lines(tmp_path / "r.gpkg", [shapely.Point(36, 34)], geometry_type="Point", highway=["primary"])
    with pytest.raises(SourceError, match=r"no layer of lines.*Shapefile, GeoJSON or FlatGeobuf$"):
        read_roads(path, AROUND)
