import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.errors import NotFoundError, SourceError
from wayout.locate.looking_up.gazetteer_file import ALIAS, OWN_NAME
from wayout.locate.looking_up.place_list import ListColumns, read_place_list
from wayout.model import Place

COLUMNS = ListColumns(name="site", lat="y", lon="x", also=("arabic",), pcode="code")
HEAD = "site,arabic,y,x,code\n"
ROWS = HEAD + "Um Sayala Gathering,أم سيالة,13.62,25.34,SD04001\nTawila Fields,,13.49,24.88,\n"


def read(text, columns=COLUMNS, country="SD", **more):
    return read_place_list(text.encode(), columns, country, **more)


def test_rows_become_places_of_the_country_and_its_division():
    first, second = sorted(read(ROWS).entries, key=lambda e: e.lat)
    assert (first.name, first.country, first.admin1, first.kind) == ("Tawila Fields", "SD", "SD-DN", "populated_place")
    assert (second.lon, second.lat, second.pcode) == (25.34, 13.62, "SD04001")
    assert second.names["um sayala gathering"] == OWN_NAME
    assert [p for n, p in second.names.items() if not n.isascii()] == [ALIAS]
    assert first.pcode is None


def test_names_in_another_script_are_names():
    (place,) = read(HEAD + ",,1,1,\nKafod,كفود,13.62,25.34,\n").entries
    assert any("\u0643" in name for name in place.names)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",,13.6,25.3,", "without a name"),
        ("...,,13.6,25.3,", "without a name"),
        ("Nyala Gate,,,25.3,", "without a usable coordinate"),
        ("Nyala Gate,,north,25.3,", "without a usable coordinate"),
        ("Nyala Gate,,0,0,", "without a usable coordinate"),
        ("Nyala Gate,,99,25.3,", "without a usable coordinate"),
        ("Nyala Gate,,nan,25.3,", "without a usable coordinate"),
        ("Nyala Gate,,48.2,16.4,", "outside SD"),
        ("Nyala Gate", "without a usable coordinate"),
        ("N" * 300 + ",,13.6,25.3,", "with a name of over 200 characters"),
    ],
)
def test_a_bad_row_is_counted_and_costs_nothing_else(row, why):
    found = read(ROWS + row + "\n")
    assert len(found.entries) == 2
    assert found.left_out == {why: 1}


def test_exchanged_columns_are_refused_and_the_remedy_said():
    swapped = ListColumns(name="site", lat="x", lon="y")
    with pytest.raises(SourceError, match="exchanged; give --lat 'y' --lon 'x'"):
        read(ROWS, swapped)


def test_one_exchanged_row_is_left_out_not_guessed():
    found = read(ROWS + "Nyala Gate,,24.9,12.1,\n")
    assert found.left_out == {"outside SD": 1}


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_are_understood(delimiter):
    assert len(read(ROWS.replace(",", delimiter)).entries) == 2


def test_a_decimal_comma_is_understood():
    (place,) = read("site;y;x\nKafod;13,52;25,21\n", ListColumns(name="site", lat="y", lon="x")).entries
    assert (place.lon, place.lat) == (25.21, 13.52)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1256"])
def test_encodings_of_spreadsheets_are_understood(encoding):
    found = read_place_list(ROWS.encode(encoding), COLUMNS, "SD")
    assert any("سيال" in name for entry in found.entries for name in entry.names)


def test_points_of_geojson_are_read_and_other_shapes_left_out():
    features = [
        {"properties": {"site": "Um Sayala"}, "geometry": {"type": "Point", "coordinates": [25.34, 13.62]}},
        {"properties": {"site": "A line"}, "geometry": {"type": "LineString", "coordinates": [[25, 13], [26, 14]]}},
        {"properties": {"site": "Nowhere"}, "geometry": None},
    ]
    found = read(json.dumps({"type": "FeatureCollection", "features": features}), ListColumns(name="site"))
    assert [e.name for e in found.entries] == ["Um Sayala"]
    assert found.left_out == {"without a usable coordinate": 2}


def test_a_missing_column_is_named_with_those_there_are():
    with pytest.raises(SourceError, match=r"no column 'village'; its columns are 'site'"):
        read(ROWS, ListColumns(name="village", lat="y", lon="x"))


@pytest.mark.parametrize("text", ["", HEAD, HEAD + ",,,,\n", '{"features": []}', "{", '{"features": 5}'])
def test_a_list_without_a_usable_row_is_refused(text):
    with pytest.raises(SourceError):
        read(text)


def test_a_country_that_nobody_knows_is_refused():
    with pytest.raises(NotFoundError, match="ZZ"):
        read(ROWS, country="ZZ")


def known_town(key):
    town = Place(
        id="geonames:1",
        name="Um Sayala",
        kind="populated_place",
        country="SD",
        admin1="SD-DN",
        lon=25.35,
        lat=13.6,
        population=900,
    )
    return [town] if key == "um sayala gathering" else []


def test_a_known_place_near_by_keeps_its_id_and_gains_the_names():
    found = read(ROWS, known=known_town)
    (same,) = [e for e in found.entries if e.id == "geonames:1"]
    assert found.n_known == 1
    assert (same.name, same.lon, same.population, same.pcode) == ("Um Sayala", 25.35, 900, "SD04001")
    assert {"um sayala", "um sayala gathering"} <= set(same.names)


def test_a_place_of_that_name_elsewhere_is_another():
    found = read(ROWS.replace("25.34", "25.94"), known=known_town)
    assert found.n_known == 0
    assert not any(e.id == "geonames:1" for e in found.entries)


def test_a_row_that_comes_twice_is_one_place():
    assert len(read(ROWS + ROWS.removeprefix(HEAD)).entries) == 2


@given(st.permutations([*ROWS.removeprefix(HEAD).splitlines(), "Kafod,,13.7,25.4,", "Shagra,,13.66,25.2,"]))
def test_the_order_of_rows_changes_nothing(rows):
    found = read(HEAD + "\n".join(rows))
    assert [e.name for e in found.entries] == [e.name for e in read(HEAD + "\n".join(sorted(rows))).entries]


@given(st.binary(max_size=300), st.booleans())
def test_no_content_whatever_raises_anything_but_our_error(content, with_head):
    with contextlib.suppress(SourceError):
        read_place_list(ROWS.encode() * with_head + content, COLUMNS, "SD")
