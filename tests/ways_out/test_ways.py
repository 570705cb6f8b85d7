"""A question asked through the API: the answer, its other worlds, its table, its drawing, its GeoJSON."""

import json
import math
import re
from dataclasses import FrozenInstanceError
from pathlib import Path

import jsonschema
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout import ways_out
from wayout.errors import InputError, NotFoundError
from wayout.geo.floor import FLOOR_KM

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs" / "reference" / "move.geojson.schema.json").read_text(encoding="utf-8"))
INPUT_SCHEMA = json.loads((ROOT / "docs" / "reference" / "move_situation.schema.json").read_text(encoding="utf-8"))
HERE = shapely.Point(31.2, -10.2)
EAST, NORTH = shapely.Point(31.9, -10.2), shapely.Point(31.4, -8.85)
FRONT = ways_out.feature(shapely.box(31.4, -11.6, 31.6, -8.4), name="the front", p_closed=0.7, kind="hostile_operation")
GATE = ways_out.feature(shapely.Point(31.65, -10.2), role="checkpoint", name="the gate", delay_h=4)
CELL = {"cell_km": 6.0, "profile": "on_foot"}


@pytest.fixture(scope="module")
def ways():
    return ways_out.find_ways(
        {"home": HERE}, [FRONT, GATE], {"east": EAST, "north": NORTH}, within_h=240, title="Made up", **CELL
    )


def test_exits_are_told_with_what_decides_them(ways):
    east = ways.exit("East")
    assert next(e.name for e in ways.exits) == "north"
    assert east.deciding[0].barrier == "the front"
    assert east.sealed_by is None  # there is a way round the front
    assert ways.exit("north").p_reach > east.p_reach > 0


def test_no_way_over_land_is_told_as_what_it_is():
    port, plain, island = shapely.Point(45.03, 12.79), shapely.Point(44.9, 13.1), shapely.Point(43.42, 12.66)
    across = ways_out.find_ways({"Aden": port}, [], {"Lahij": plain, "Perim": island}, within_h=2000, cell_km=2)
    assert across.exit("Lahij").p_reach > 0.9  # Aden hangs together with its plain
    assert across.exit("Perim").p_reach == 0
    (told,) = across.warnings
    assert "'Perim'" in told


def test_the_probability_within_a_time_rises_with_it_and_ends_at_p_reach(ways):
    p = [ways.p_within("east", h) for h in (0, 24, 72, 120, 240)]
    assert p == sorted(p)
    assert p[0] == 0.0
    assert p[-1] == pytest.approx(ways.exit("east").p_reach, abs=1e-6)


@pytest.mark.parametrize("hours", [-1, 241, math.nan, math.inf])
def test_a_time_that_was_not_asked_about_is_refused(ways, hours):
    with pytest.raises(InputError, match="0 and 240"):
        ways.p_within("east", hours)


def test_another_probability_gives_another_answer_with_both(ways):
    other = ways.what_if({"The Front": 0.1})
    assert other.exit("east").p_reach > ways.exit("east").p_reach
    assert other.told.before is ways.reach
    assert "->" in repr(other)
    assert [b.p_closed for b in ways.barriers] == [0.7, 0.0]  # the first answer stays as it was
    back = other.what_if({"the front": 0.7})
    assert back.exit("east").p_reach == ways.exit("east").p_reach


@settings(max_examples=5, deadline=None)
@given(st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted))
def test_a_more_closed_barrier_never_opens_an_exit(ways, pair):
    low, high = (ways.what_if({"the front": p}).exit("east").p_reach for p in pair)
    assert low >= high - 1e-12


@pytest.mark.parametrize("moved", [{}, {"the front": 1.5}, {"the front": True}, {"the front": "0.2"}])
def test_a_senseless_what_if_is_refused(ways, moved):
    with pytest.raises(InputError):
        ways.what_if(moved)


def test_an_unknown_name_is_told_with_those_there_are(ways):
    with pytest.raises(NotFoundError, match="is 'the front' meant"):
        ways.what_if({"the fornt": 0.2})
    with pytest.raises(NotFoundError, match="'north'"):
        ways.exit("south")


def test_the_answer_is_frozen(ways):
    with pytest.raises(FrozenInstanceError):
        ways.told = None


def test_the_order_of_what_is_given_changes_no_figure(ways):
    turned = ways_out.find_ways(
        {"home": HERE}, [GATE, FRONT], {"north": NORTH, "east": EAST}, within_h=240, title="Made up", **CELL
    )
    assert [(e.name, e.p_reach, e.travel_time_h_p50) for e in turned.exits] == [
        (e.name, e.p_reach, e.travel_time_h_p50) for e in ways.exits
    ]


def test_the_same_question_gives_the_same_bytes(ways):
    again = ways_out.find_ways(
        {"home": HERE}, [FRONT, GATE], {"east": EAST, "north": NORTH}, within_h=240, title="Made up", **CELL
    )
    assert json.dumps(again.to_geojson()) == json.dumps(ways.to_geojson())
    assert again._repr_html_() == ways._repr_html_()
    assert again.to_html() == ways.to_html()


def test_the_geojson_keeps_to_its_schema_and_to_the_floor(ways):
    collection = json.loads(json.dumps(ways.what_if({"the gate": 0.3}).to_geojson(), allow_nan=False))
    jsonschema.validate(collection, SCHEMA)
    derived = [f for f in collection["features"] if f["properties"]["layer"] in ("route", "corridor")]
    assert {f["properties"]["layer"] for f in derived} >= {"route"}
    for f in derived:
        for xy in shapely.get_coordinates(shapely.geometry.shape(f["geometry"])).ravel():
            assert round(xy * 100) == pytest.approx(xy * 100, abs=1e-6)
    own = next(f for f in collection["features"] if f["id"] == "barrier:the front")
    assert shapely.geometry.shape(own["geometry"]).equals(shapely.box(31.4, -11.6, 31.6, -8.4))
    assert own["properties"]["importance"] > 0.1
    assert collection["floor_km"] == FLOOR_KM
    assert dict(collection["made_by"]["parameters"])["features_sha256"]
    assert collection["made_by"]["seed"] == 1


def test_a_ring_seals_what_it_surrounds():
    ring = shapely.Point(31.9, -10.2).buffer(0.4).exterior
    ways = ways_out.find_ways(HERE, ways_out.feature(ring, name="the ring", p_closed=0.8), {"east": EAST}, **CELL)
    assert ways.exit("east").sealed_by == ("the ring",)
    assert "the ring" in repr(ways)
    assert ways.exit("east").p_reach == pytest.approx(0.2)


def test_without_exits_directions_borders_and_provinces_are_looked_at():
    ways = ways_out.find_ways(HERE, within_h=120, **CELL)
    assert {"direction", "province"} <= {e.kind for e in ways.exits}
    assert not any(e.reported for e in ways.exits)
    jsonschema.validate(json.loads(json.dumps(ways.to_geojson())), SCHEMA)


def test_a_destination_alone_asks_from_where_it_can_be_reached():
    town = ways_out.feature(HERE, role="destination", name="Kasama")
    ways = ways_out.find_ways(exits=town, party="aid_convoy", within_h=72, cell_km=6)
    assert "From where can an aid convoy" in repr(ways)
    assert {e.kind for e in ways.exits} >= {"direction"}


def test_a_collection_says_the_question_and_the_call_wins():
    features = [
        ways_out.feature(HERE, role="source", name="home"),
        ways_out.feature(EAST, role="exit", name="east"),
    ]
    collection = {
        "type": "FeatureCollection",
        "question": {"within_h": 48, "party": "aid_convoy"},
        "features": features,
    }
    assert ways_out.find_ways_in(collection, cell_km=6).told.question.within_h == 48
    assert ways_out.find_ways_in(collection, within_h=96, cell_km=6).told.question.within_h == 96


@pytest.mark.parametrize(
    "wrong",
    [{"type": "Feature"}, {"type": "FeatureCollection"}, {"type": "FeatureCollection", "features": [], "question": 3}],
)
def test_a_collection_that_is_none_is_refused(wrong):
    with pytest.raises(InputError, match=r"FeatureCollection|question"):
        ways_out.find_ways_in(wrong)


def test_a_source_on_water_is_refused_by_name():
    with pytest.raises(InputError, match="lies on water"):
        ways_out.find_ways({"in the lake": shapely.Point(33.0, -1.0)}, exits={"east": EAST}, **CELL)


def test_barriers_that_play_no_part_are_told():
    barriers = [
        ways_out.feature(shapely.box(-10.3, 31.1, -10.0, 31.5), name="swapped", p_closed=1),
        ways_out.feature(shapely.box(31.5, -10.3, 31.6, -10.0), name="past", p_closed=1, valid_to="2031-01-01"),
        ways_out.feature(shapely.box(31.5, -10.3, 31.6, -10.0), name="future", p_closed=1, valid_from="2032-01-01"),
        ways_out.feature(shapely.box(31.5, -10.3, 31.6, -10.0), name="others", p_closed=1, blocks="armed_group"),
        ways_out.feature(shapely.Point(31.2, -10.2).buffer(0.002), name="inside", p_closed=1),
    ]
    ways = ways_out.find_ways(HERE, barriers, {"east": EAST}, at="2031-05-02", **CELL)
    said = {re.search(r"'(.*?)'", w)[1]: w for w in ways.warnings}
    assert set(said) == {"swapped", "past", "future", "others", "inside"}
    assert "swapped?" in said["swapped"]
    assert ways.exit("east").p_reach == pytest.approx(1.0)


def test_barriers_with_days_need_a_day():
    dated = ways_out.feature(shapely.box(31.5, -10.3, 31.6, -10.0), name="dated", p_closed=1, valid_to="2031-01-01")
    with pytest.raises(InputError, match="as of which day"):
        ways_out.find_ways(HERE, dated, {"east": EAST}, **CELL)


def test_the_examples_keep_to_the_schema_of_situation_files():
    for path in sorted((ROOT / "examples" / "move").glob("*.geojson")):
        collection = json.loads(path.read_text(encoding="utf-8"))
        jsonschema.validate(collection, INPUT_SCHEMA)
        assert "made-up" in collection["question"]["note"]


def test_a_hostile_name_runs_nowhere():
    name = "</td><script>alert(1)</script>\u202e\x1b[31m"
    ways = ways_out.find_ways(
        {name: HERE},
        [ways_out.feature(FRONT["geometry"], name=name, p_closed=0.5)],
        {name: EAST},
        title=name,
        note=name,
        **CELL,
    )
    for html in (ways._repr_html_(), ways.to_html()):
        assert "<script>alert" not in html
        assert not re.search("[\u202a-\u202e\x1b]", html)
    assert "\x1b" not in repr(ways)
    assert "\u202e" not in repr(ways)


def test_the_time_may_be_written_in_words_in_the_file_and_the_call_wins():
    features = [ways_out.feature(HERE, role="source"), ways_out.feature(EAST, role="exit")]
    collection = {"type": "FeatureCollection", "question": {"within": "2d"}, "features": features}
    assert ways_out.find_ways_in(collection, cell_km=6).told.question.within_h == 48
    assert ways_out.find_ways_in(collection, within_h=30, cell_km=6).told.question.within_h == 30
    with pytest.raises(InputError, match="within is 'soon'"):
        ways_out.find_ways_in({**collection, "question": {"within": "soon"}})


def test_a_file_does_not_choose_which_files_are_read():
    features = [ways_out.feature(HERE, role="source")]
    wrong = {"type": "FeatureCollection", "question": {"ground": {"roads": "/etc/passwd"}}, "features": features}
    with pytest.raises(InputError, match="which files are read"):
        ways_out.find_ways_in(wrong)


def test_half_a_character_in_a_name_can_still_be_written():
    ways = ways_out.find_ways({"a\ud800b": HERE}, exits={"east": EAST}, title="\ud800", note="\udc00", **CELL)
    assert json.dumps(ways.to_geojson(), ensure_ascii=False).encode("utf-8")
    assert ways.to_html().encode("utf-8")


@pytest.mark.parametrize("p", [0.0, 0.25, 1.0])
def test_a_slider_says_at_once_what_asking_again_says(ways, p):
    asked = ways.what_if({"the front": p})
    for exit_ in ways.exits:
        assert ways.p_if(exit_.name, "the front", p) == pytest.approx(asked.exit(exit_.name).p_reach, abs=1e-3)


def test_a_slider_of_a_group_is_refused():
    shapes = (shapely.box(31.4, -11.0, 31.5, -10.2), shapely.box(31.4, -10.2, 31.5, -9.4))
    pair = [ways_out.feature(s, name=f"part {k}", group="one army", p_closed=0.4) for k, s in enumerate(shapes)]
    ways = ways_out.find_ways(HERE, pair, {"east": EAST}, **CELL)
    with pytest.raises(InputError, match="ask what_if"):
        ways.p_if("east", "part 0", 0.1)
    with pytest.raises(InputError, match="between 0"):
        ways.p_if("east", "part 0", 3)
