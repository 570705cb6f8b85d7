"""The user's own ground is read for the theatre of the question, counts, and goes into the provenance."""

import hashlib
import json

import pytest
import shapely

from wayout import ways_out
from wayout.errors import InputError, SourceError

HERE, EAST = shapely.Point(31.2, -10.2), shapely.Point(32.4, -10.2)
CELL = {"cell_km": 6.0, "party": "aid_convoy", "within_h": 48}


def write_road(path, line):
    feature = {"type": "Feature", "properties": {"highway": "primary"}, "geometry": shapely.geometry.mapping(line)}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    return path


def test_a_road_of_the_users_shortens_the_way_and_is_hashed(tmp_path):
    road = write_road(tmp_path / "road.geojson", shapely.LineString([(31.2, -10.2), (31.8, -10.25), (32.4, -10.2)]))
    without = ways_out.find_ways(HERE, exits={"east": EAST}, **CELL)
    files = ways_out.GroundFiles(roads=road)
    along = ways_out.find_ways(HERE, exits={"east": EAST}, ground=files, **CELL)
    assert along.exits[0].travel_time_h_p50 < without.exits[0].travel_time_h_p50
    made = dict(along.told.made_by.parameters)
    assert made["roads_sha256 road.geojson"] == hashlib.sha256(road.read_bytes()).hexdigest()


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(SourceError, match=r"none\.tif \(relief\) is not there"):
        ways_out.find_ways(
            HERE, exits={"east": EAST}, ground=ways_out.GroundFiles(relief=tmp_path / "none.tif"), **CELL
        )


def test_roads_of_another_region_are_refused(tmp_path):
    road = write_road(tmp_path / "road.geojson", shapely.LineString([(2.0, 48.0), (3.0, 48.0)]))
    with pytest.raises(SourceError, match="theatre"):
        ways_out.find_ways(HERE, exits={"east": EAST}, ground=ways_out.GroundFiles(roads=road), **CELL)


def test_a_grid_of_a_billion_cells_is_refused_before_it_is_made():
    far = shapely.Point(43.0, 5.0)
    with pytest.raises(InputError, match=r"GB; the limit is 16,000,000: take cells of \d"):
        ways_out.find_ways(HERE, exits={"far": far}, cell_km=0.1, within_h=720)


def test_a_column_tells_the_classes_of_the_users_roads(tmp_path):
    path = write_road(tmp_path / "road.geojson", shapely.LineString([(31.2, -10.2), (31.8, -10.25), (32.4, -10.2)]))
    path.write_text(path.read_text(encoding="utf-8").replace("highway", "sort"), encoding="utf-8")
    hours = {}
    for column in (None, "sort"):
        files = ways_out.GroundFiles(roads=path, class_column=column)
        hours[column] = ways_out.find_ways(HERE, exits={"east": EAST}, ground=files, **CELL).exits[0].travel_time_h_p50
    assert hours["sort"] < hours[None]
    with pytest.raises(InputError, match="none is named; give roads too"):
        ways_out.find_ways(HERE, exits={"east": EAST}, ground=ways_out.GroundFiles(class_column="sort"), **CELL)
