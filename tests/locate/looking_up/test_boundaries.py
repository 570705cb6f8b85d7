import json
import struct
import zipfile
from pathlib import Path

import pytest
import shapely

from wayout.errors import SourceError
from wayout.locate.looking_up.boundaries import read_boundaries
from wayout.locate.looking_up.coded_divisions import add_divisions
from wayout.locate.looking_up.gazetteer_file import Entry
from wayout.locate.looking_up.geonames_dump import read_dump
from wayout.locate.looking_up.shapefile import read_polygons

FOLDER = Path(__file__).parents[2] / "made_up_country"
GEOJSON = FOLDER / "boundaries.geojson"


@pytest.fixture(scope="module")
def places():
    rows = (FOLDER / "ML.txt").read_text(encoding="utf-8").splitlines()
    coded = add_divisions(read_dump(rows, "ML").entries, read_boundaries(GEOJSON), "ML")
    return {entry.id: entry for entry in coded}


def test_divisions_come_by_order_and_code():
    divisions = read_boundaries(GEOJSON)
    assert [(d.level, d.pcode) for d in divisions] == [
        (1, "ML08"),
        (1, "ML99"),
        (2, "ML0801"),
        (2, "ML0802"),
        (2, "ML0803"),
    ]
    assert divisions[-1].names == ("Issalane Ouest", "Issalane-Ouest")


def test_the_newer_columns_are_read_too(tmp_path):
    feature = {
        "type": "Feature",
        "properties": {
            "adm2_name": "Wadi Sherif",
            "adm2_name1": "وادي شريف",
            "adm2_pcode": "SD0401",
            "adm1_pcode": "SD04",
        },
        "geometry": shapely.geometry.mapping(shapely.box(24, 13, 25, 14)),
    }
    path = tmp_path / "b.json"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    (division,) = read_boundaries(path)
    assert division.level == 2
    assert division.names == ("Wadi Sherif", "وادي شريف")


def test_shared_borders_stay_shared():
    west, east = (d.shape for d in read_boundaries(GEOJSON) if d.pcode in ("ML0802", "ML0801"))
    assert west.intersection(east).area == 0
    assert west.distance(east) == 0


def test_known_divisions_get_code_and_outline(places):
    assert places["admin1:ML-8"].pcode == "ML08"
    assert places["admin1:ML-gn99000001"].pcode == "ML99"
    assert places["admin2:7701465"].pcode == "ML0801"
    assert places["admin2:99000002"].pcode == "ML0802"
    assert places["admin2:99000002"].shape.area == pytest.approx(0.8 * 0.6)
    assert "GeoNames" in places["admin2:99000002"].source
    assert "OCHA" in places["admin2:99000002"].source


def test_an_unknown_division_is_added_inside_itself(places):
    new = places["pcode:ML0803"]
    assert (new.kind, new.admin1, new.pcode) == ("admin2", "ML-8", "ML0803")
    assert new.shape.contains(shapely.Point(new.lon, new.lat))
    assert "issalane ouest" in new.names


def test_no_division_is_doubled_or_lost(places):
    codes = [entry.pcode for entry in places.values() if entry.pcode]
    assert sorted(codes) == ["ML08", "ML0801", "ML0802", "ML0803", "ML99"]


def test_a_town_of_the_divisions_name_is_not_the_division():
    town = Entry("geonames:1", "Tin Tafarat", "populated_place", "ML", "ML-8", 0.6, 18.9)
    divisions = [d for d in read_boundaries(GEOJSON) if d.pcode == "ML0802"]
    coded = add_divisions([town], divisions, "ML")
    assert town.pcode is None
    assert [e.id for e in coded] == ["geonames:1", "pcode:ML0802"]


def polygon_record(ring):
    points = b"".join(struct.pack("<2d", *xy) for xy in ring)
    body = struct.pack("<i4d2i", 5, 0, 0, 0, 0, 1, len(ring)) + struct.pack("<i", 0) + points
    return struct.pack(">2i", 1, len(body) // 2) + body


def table(rows, encoding="utf-8"):
    """Write a dBase III table of text columns, 20 bytes each."""
    names = list(rows[0])
    width = 1 + 20 * len(names)
    head = struct.pack("<4BIHH20x", 3, 26, 1, 1, len(rows), 32 + 32 * len(names) + 1, width)
    fields = b"".join(name.encode().ljust(11, b"\0") + b"C" + bytes(4) + bytes([20, 0]) + bytes(14) for name in names)
    body = b"".join(b" " + b"".join(str(v).encode(encoding).ljust(20) for v in row.values()) for row in rows)
    return head + fields + b"\r" + body


CLOCKWISE = [(24, 13), (24, 14), (25, 14), (25, 13), (24, 13)]
HEAD = bytes.fromhex("0000270a") + bytes(28)
SHP = HEAD + struct.pack("<i", 5) + bytes(64) + polygon_record(CLOCKWISE)
POINTS = HEAD + struct.pack("<i", 1) + bytes(64) + struct.pack(">2i", 1, 10) + struct.pack("<i2d", 1, 24.5, 13.5)
DBF = table([{"ADM1_EN": "Jebel Noor", "ADM1_PCODE": "SD77"}])


def test_a_zipped_shapefile_is_read(tmp_path):
    path = tmp_path / "shp.zip"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("sdn_adm1.shp", SHP)
        out.writestr("sdn_adm1.dbf", DBF)
        out.writestr("sdn_adm1.prj", "GEOGCS[]")
    (division,) = read_boundaries(path)
    assert (division.level, division.pcode, division.names) == (1, "SD77", ("Jebel Noor",))
    assert division.shape.equals(shapely.box(24, 13, 25, 14))


def test_layers_of_points_beside_the_outlines_are_passed_over(tmp_path):
    path = tmp_path / "shp.zip"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("sdn_admbndp.shp", POINTS)
        out.writestr("sdn_admbndp.dbf", DBF)
        out.writestr("sdn_adm1.shp", SHP)
        out.writestr("sdn_adm1.dbf", DBF)
    assert [d.pcode for d in read_boundaries(path)] == ["SD77"]


@pytest.mark.parametrize(
    ("page", "encoding"), [("UTF-8", "utf-8"), ("windows-1256", "cp1256"), ("no such page", "utf-8")]
)
def test_names_are_read_in_the_code_page_that_is_named(tmp_path, page, encoding):
    path = tmp_path / "shp.zip"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("sdn_adm1.shp", SHP)
        out.writestr("sdn_adm1.dbf", table([{"ADM1_AR": "جبل نور", "ADM1_PCODE": "SD77"}], encoding))
        out.writestr("sdn_adm1.cpg", page)
    (division,) = read_boundaries(path)
    assert division.names == ("جبل نور",)


def test_what_is_finer_than_the_third_order_is_left_out(tmp_path):
    def feature(level):
        codes = {f"adm{i}_pcode": f"SD{'77' * i}" for i in range(1, level + 1)}
        return {
            "type": "Feature",
            "properties": {**codes, f"adm{level}_name": "Jebel Noor"},
            "geometry": shapely.geometry.mapping(shapely.box(24, 13, 25, 14)),
        }

    path = tmp_path / "b.geojson"
    path.write_text(json.dumps({"features": [feature(level) for level in (1, 2, 3, 4)]}))
    assert [d.level for d in read_boundaries(path)] == [1, 2, 3]


def test_a_shapefile_without_its_table_is_refused(tmp_path):
    path = tmp_path / "shp.zip"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("sdn_adm1.shp", SHP)
    with pytest.raises(SourceError, match="lacks the attributes"):
        read_boundaries(path)


@pytest.mark.parametrize("cut", [0, 50, 101, 120, 150, len(SHP) - 1])
def test_a_cut_shapefile_is_refused(cut):
    with pytest.raises(SourceError, match="shapefile"):
        read_polygons(SHP[:cut], DBF)


def test_a_shapefile_that_claims_a_giant_polygon_is_refused():
    lying = bytearray(SHP)
    lying[108 + 36 : 108 + 44] = struct.pack("<2i", 1, 2_000_000_000)
    with pytest.raises(SourceError, match="longer than its record"):
        read_polygons(bytes(lying), DBF)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{}", "no GeoJSON"),
        ("[1", "no GeoJSON"),
        ('{"features": [{"geometry": {"type": "Polygon", "coordinates": "x"}, "properties": {}}]}', "no GeoJSON"),
        ('{"features": []}', "no division with a P-code"),
    ],
)
def test_what_holds_no_divisions_is_refused(tmp_path, text, why):
    path = tmp_path / "b.geojson"
    path.write_text(text)
    with pytest.raises(SourceError, match=why):
        read_boundaries(path)


def test_metres_are_refused(tmp_path):
    feature = {
        "type": "Feature",
        "properties": {"ADM1_EN": "Jebel Noor", "ADM1_PCODE": "SD77"},
        "geometry": shapely.geometry.mapping(shapely.box(500_000, 1_400_000, 510_000, 1_410_000)),
    }
    path = tmp_path / "b.geojson"
    path.write_text(json.dumps({"features": [feature]}))
    with pytest.raises(SourceError, match="not degrees"):
        read_boundaries(path)


def test_the_boundaries_of_another_country_are_refused():
    with pytest.raises(SourceError, match="5 of 5 divisions lie outside SD"):
        add_divisions([], read_boundaries(GEOJSON), "SD")
