"""The fast way of plain names says what the whole way says."""

from random import Random

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from wayout.geo.floor import snap_to_floor
from wayout.locate.context import PhraseContext
from wayout.locate.gazetteer import open_gazetteer
from wayout.locate.phrases import locate_phrase
from wayout.locate.table_cells import COLUMNS, located_cells
from wayout.locate.table_divisions import keep_parts
from wayout.locate.table_names import PlainNames, snapped
from wayout.locate.tables import Query, RowLocator

SAME = (
    "lat",
    "lon",
    "name_found",
    "place_id",
    "kind",
    "admin1",
    "country",
    "pcode",
    "where_prec",
    "likelihood",
    "others",
)


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_numbers_are_snapped_as_points_are(lon, lat):
    point = snap_to_floor(shapely.Point(lon, lat))
    assert snapped(lon, lat) == pytest.approx((point.x, point.y), abs=1e-9)


def test_both_ways_agree():
    gazetteer = open_gazetteer()
    names = PlainNames(gazetteer)
    n_fast = 0
    for town in gazetteer.some_towns(Random(11), 120):
        found = names.only_town(town.name, (town.country,))
        if found is None:
            continue
        n_fast += 1
        fast = dict(zip(COLUMNS, names.cells(town.name, [(found, 1.0)]), strict=True))
        region = locate_phrase(town.name, gazetteer, PhraseContext(countries={town.country: 1.0}))
        whole = dict(zip(COLUMNS, located_cells(region), strict=True))
        assert {k: fast[k] for k in SAME} == {k: whole[k] for k in SAME}, town
        for radius in ("radius50_km", "radius90_km"):
            assert float(fast[radius]) == pytest.approx(float(whole[radius]), rel=0.05, abs=0.2)
    assert n_fast > 50


def test_both_ways_agree_on_namesakes():
    gazetteer = open_gazetteer()
    names = PlainNames(gazetteer)
    n_fast = 0
    for town in gazetteer.some_towns(Random(5), 200):
        weighted = names.namesakes(town.name, (town.country,))
        if not weighted:
            continue
        n_fast += 1
        fast = dict(zip(COLUMNS, names.cells(town.name, weighted), strict=True))
        region = locate_phrase(town.name, gazetteer, PhraseContext(countries={town.country: 1.0}))
        at_home = [p for p in region.parts if p.place is not None and p.place.country == town.country]
        whole = dict(zip(COLUMNS, located_cells(keep_parts(region, at_home)), strict=True))
        assert fast["place_id"] == whole["place_id"]
        assert float(fast["likelihood"]) == pytest.approx(float(whole["likelihood"]), abs=0.02)
    assert n_fast > 10


@pytest.mark.parametrize(
    "name",
    [
        "San José",  # many
        "Sudan",  # a country
        "North Darfur",  # a division
        "Kutum town",  # a word for its kind
        "near Kutum",  # a relation
        "Syrian",  # a people
        "Kutum, North Darfur",
        "Xyzzyville",
        "kutum",  # may be a word
        "",
    ],
)
def test_what_needs_weighing_goes_the_whole_way(name):
    assert PlainNames(open_gazetteer()).only_town(name, ()) is None


def test_a_name_in_another_script_is_known_too():
    town = PlainNames(open_gazetteer()).only_town("الفاشر", ("SD",))
    assert town is not None
    assert town.name == "El Fasher"


def test_an_answer_does_not_hang_on_the_rows_before_it():
    gazetteer = open_gazetteer()
    rows = [Query(town.name, town.country or "") for town in gazetteer.some_towns(Random(3), 60)]
    forward, backward = RowLocator(gazetteer), RowLocator(gazetteer)
    there = [forward.answer(row) for row in rows]
    back = [backward.answer(row) for row in reversed(rows)]
    assert there == back[::-1]
