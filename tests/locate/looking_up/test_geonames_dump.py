from pathlib import Path

import pytest

from wayout.errors import NotFoundError, SourceError
from wayout.locate.looking_up.gazetteer_file import ALIAS, OWN_NAME, STRIPPED
from wayout.locate.looking_up.geonames_dump import as_point, kind_of_code, read_dump
from wayout.model import PlaceKind

FOLDER = Path(__file__).parents[2] / "made_up_country"
ROWS = (FOLDER / "ML.txt").read_text(encoding="utf-8").splitlines()
NAMES = (FOLDER / "ML-names.txt").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def dump():
    return read_dump(ROWS, "ML", NAMES)


@pytest.fixture(scope="module")
def by_id(dump):
    return {entry.id: entry for entry in dump.entries}


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("geonames:99000010", "populated_place"),
        ("geonames:99000012", "populated_place"),
        ("geonames:99000013", "region"),
        ("geonames:99000014", "river"),
        ("geonames:99000015", "installation"),
        ("geonames:99000016", "installation"),
        ("geonames:99000017", "crossing"),
        ("admin2:99000002", "admin2"),
        ("admin3:99000003", "admin3"),
    ],
)
def test_feature_codes_become_our_kinds(by_id, number, kind):
    assert by_id[number].kind == kind


def test_every_code_is_of_a_kind_that_places_have():
    assert set(kind_of_code().values()) <= set(PlaceKind.__args__)


def test_ids_are_those_of_the_base(by_id):
    assert by_id["geonames:2455290"].name == "Kidal"
    assert by_id["admin1:ML-8"].name == "Kidal"
    assert "admin2:7701465" in by_id


def test_names_of_every_script_are_kept_and_codes_are_not(by_id):
    names = by_id["geonames:99000010"].names
    assert names["tin tafarat"] == OWN_NAME
    assert names["تين تفرات"] == names["puits de tafarat"] == names["ti n tafarat"] == ALIAS
    assert not any("example" in name for name in names)
    assert "gaxx" not in by_id["geonames:99000015"].names
    assert "azw" not in by_id["admin1:ML-gn99000001"].names
    assert "kydal" not in by_id["geonames:2455290"].names


def test_divisions_are_found_without_their_kind_word(by_id):
    assert by_id["admin2:99000002"].names["tin tafarat"] == STRIPPED


def test_a_place_lies_in_the_division_of_the_layer(by_id):
    assert by_id["geonames:99000010"].admin1 == "ML-8"
    # Its region is newer than the layer: the layer's division stays, as for the places of the base.
    assert by_id["geonames:99000019"].admin1 == "ML-7"
    assert by_id["admin1:ML-gn99000001"].admin1 == "ML-gn99000001"


def test_two_regions_of_one_name_do_not_take_one_place():
    twin = ROWS[0].replace("2597449", "99000099").replace("\t08\t", "\t98\t")
    ids = {entry.id for entry in read_dump([twin, *ROWS], "ML").entries}
    assert {"admin1:ML-8", "admin1:ML-gn99000099"} <= ids


def test_unknown_population_is_unknown(by_id):
    assert by_id["geonames:99000010"].population == 850
    assert by_id["geonames:99000011"].population is None


def test_what_is_left_out_is_counted(dump):
    assert dump.left_out == {
        "of a kind we do not use": 1,
        "without a usable coordinate": 2,
        "of another country": 1,
        "not 19 columns": 1,
    }


def test_the_order_of_rows_changes_nothing(dump):
    again = read_dump(ROWS[::-1], "ML", NAMES[::-1])
    assert [(e.id, e.names) for e in again.entries] == [(e.id, e.names) for e in dump.entries]


def test_a_row_that_comes_twice_is_one_place(dump):
    again = read_dump([*ROWS, ROWS[6]], "ML", NAMES)
    assert len(again.entries) == len(dump.entries)
    assert again.left_out["doubled"] == 1


@pytest.mark.parametrize("lines", [[], ["<html>", "<p>Not found</p>"], ROWS[:2]])
def test_what_is_no_dump_of_the_country_is_refused(lines):
    with pytest.raises(SourceError, match="no GeoNames dump of SD"):
        read_dump(lines, "SD")


def test_a_country_that_nobody_knows_is_refused():
    with pytest.raises(NotFoundError, match="ZZ"):
        read_dump(ROWS, "ZZ")


@pytest.mark.parametrize(
    ("lon", "lat"), [("0", "0.0"), ("x", "1"), ("", ""), ("nan", "1"), ("inf", "1"), ("181", "0"), ("1", "-91")]
)
def test_a_coordinate_that_says_nothing_is_none(lon, lat):
    assert as_point(lon, lat) is None


def test_a_coordinate_is_lon_lat():
    assert as_point(" 25.1 ", "13") == (25.1, 13.0)
