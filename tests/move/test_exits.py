from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely.geometry import Point, box

from wayout.errors import InputError
from wayout.geo.borders import borders_near
from wayout.geo.sectors import sector_outside
from wayout.model.reach import p_within
from wayout.move.exits import explore, prepare, rank_exits
from wayout.move.options import MoveOptions

DESERT = box(37.6, 34.0, 39.4, 34.9)  # between two towns of a steppe
SAHEL_TOWN = Point(25.35, 13.63)  # a town, families inside
CONVOY_TOWN = Point(36.2, 48.5)  # a town on a plain, a convoy outside
COARSE = MoveOptions(cell_km=6.0)


def way(area, bearing, *, reach_km=1500):
    return sector_outside(area, bearing, 45, reach_km)


def by_id(reach):
    return {e.id: e for e in reach.exits}


@pytest.fixture(scope="module")
def desert_barriers(make_barrier):
    border = next(line for a, b, line in borders_near(DESERT, 5.0) if (a, b) == ("IQ", "SY"))
    return {
        "north": make_barrier("north", way(DESERT, 0), 0.85, kind="stated_closed"),
        "east": make_barrier("east", way(DESERT, 90), 0.8),
        "south": make_barrier("south", way(DESERT, 180), 0.2, kind="stated_closed"),
        "west": make_barrier("west", way(DESERT, 270), 0.6, kind="unreported", is_prior=True),
        "border": make_barrier("border", border, 0.55),
    }


@pytest.fixture(scope="module")
def desert(make_question, make_situation, desert_barriers):
    return explore(make_question(DESERT), make_situation(*desert_barriers.values()), COARSE)


def test_closed_directions_fall_below_the_open_one(desert):
    exits = by_id(desert)
    assert exits["direction:south"].p_reach == pytest.approx(0.8, abs=0.01)
    assert exits["direction:west"].p_reach == pytest.approx(0.4, abs=0.01)
    assert 0.05 < exits["direction:east"].p_reach < 0.2  # it is out only across the border, which may be closed too
    assert exits["direction:north"].p_reach == pytest.approx(0.15, abs=0.01)
    ranked = [e.name for e in sorted(exits.values(), key=lambda e: -e.p_reach) if e.kind == "direction"]
    assert ranked[:2] == ["south", "west"]


def test_an_uncertain_border_decides_the_country_behind_it(desert):
    iraq = by_id(desert)["border:IQ"]
    assert iraq.name == "Iraq"
    assert 0.05 < iraq.p_reach < 0.5
    assert iraq.deciding[0].barrier == "border"
    assert iraq.deciding[0].p_reach_if_closed < 0.02
    assert iraq.reported
    assert "claim about border" in iraq.claims


def test_a_direction_says_what_lies_there_and_on_whose_word(desert):
    south = by_id(desert)["direction:south"]
    assert "Iraq" in south.toward or "Jordan" in south.toward
    assert south.claims[0] == "claim about south"
    assert south.evidence
    west = by_id(desert)["direction:west"]
    assert not west.reported
    assert west.claims == ()


def test_every_exit_is_a_sound_record(desert):
    assert len({e.id for e in desert.exits}) == len(desert.exits)
    for e in desert.exits:
        assert e.p_low <= e.p_reach <= e.p_high
        assert e.geometry.is_valid
        if e.travel_time_h_p50 is not None:
            assert e.travel_time_h_p10 <= e.travel_time_h_p50 <= e.travel_time_h_p90
            assert e.route is None or not e.route.is_empty
    assert desert.p_surface.min() >= 0
    assert desert.p_surface.max() == pytest.approx(1.0)


def test_an_exit_tells_its_whole_curve_its_corridor_and_what_reports_would_do(desert):
    for e in desert.exits:
        assert p_within(e, desert.horizon_h) == e.p_reach
        assert p_within(e, 0.0) == 0.0
        assert e.p_reach <= e.reach_curve[-1][1] + 1e-9
        assert e.corridor.is_valid
        assert e.route is None or e.corridor.covers(e.route)
        for q, interval in zip(
            (e.travel_time_h_p10, e.travel_time_h_p50, e.travel_time_h_p90), e.travel_time_h_intervals, strict=True
        ):
            assert interval[0] <= q <= interval[1]
    iraq = by_id(desert)["border:IQ"]
    deciding = {d.barrier: d for d in iraq.deciding}
    assert {r.claim for r in iraq.reports} == {f"claim about {name}" for name in deciding if name != "west"}
    for report in iraq.reports:
        assert report.importance == deciding[report.barriers[0]].importance
    assert iraq.reports[0].value_of_information == max(r.value_of_information for r in iraq.reports) > 0


def test_a_route_leads_from_the_source_to_its_exit(desert):
    south = by_id(desert)["direction:south"]
    first, last = (Point(south.route.coords[i]) for i in (0, -1))
    assert DESERT.buffer(0.1).covers(first)
    assert last.y < DESERT.bounds[1] - 0.4


def test_the_surface_is_lower_behind_barriers(desert):
    west, _, east, north = desert.surface_bounds
    rows, cols = desert.p_surface.shape
    south = desert.surface_bounds[1]

    def p_at(lon, lat):
        return desert.p_surface[int((north - lat) / (north - south) * rows), int((lon - west) / (east - west) * cols)]

    assert p_at(38.5, 34.4) == pytest.approx(1.0)
    assert p_at(38.5, 35.6) < p_at(38.5, 33.6)


@pytest.mark.parametrize("name", ["north", "east", "south", "west", "border"])
def test_closing_a_barrier_never_raises_a_probability(
    name, desert, desert_barriers, make_question, make_situation, make_barrier
):
    tighter = dict(desert_barriers)
    old = tighter[name]
    tighter[name] = make_barrier(name, old.geometry, 1.0, kind=old.kind, is_prior=old.is_prior)
    closed = by_id(explore(make_question(DESERT), make_situation(*tighter.values()), COARSE))
    for e in desert.exits:
        if e.id in closed:  # an exit that is never reached at all may go
            assert closed[e.id].p_reach <= e.p_reach + 1e-9


def test_the_order_of_barriers_changes_nothing(desert, desert_barriers, make_question, make_situation):
    again = explore(make_question(DESERT), make_situation(*list(desert_barriers.values())[::-1]), COARSE)
    assert [(e.id, e.p_reach, e.deciding) for e in again.exits] == [(e.id, e.p_reach, e.deciding) for e in desert.exits]
    np.testing.assert_array_equal(again.p_surface, desert.p_surface)


def test_ground_under_a_stated_prior_is_neither_open_nor_closed(make_question, make_situation, make_barrier):
    priors = [make_barrier(str(b), way(DESERT, b), 0.5, kind="unreported", is_prior=True) for b in (0, 90, 180, 270)]
    reach = explore(make_question(DESERT), make_situation(*priors), COARSE)
    ways = [e for e in reach.exits if e.kind == "direction"]
    assert all(0.4 < e.p_reach < 0.6 and not e.reported for e in ways)


def test_without_any_barrier_the_ground_alone_decides(make_question, make_situation):
    reach = explore(make_question(DESERT), make_situation(), COARSE)
    assert all(
        e.p_reach > 0.99 and e.deciding == () for e in reach.exits if e.kind == "direction"
    )  # a pace is never sure


@pytest.fixture(scope="module")
def besieged(make_question, make_situation, make_barrier):
    question = make_question(SAHEL_TOWN, "civilians", within_h=120.0, radius_km=5.0)
    area = SAHEL_TOWN.buffer(0.05)
    ring = [make_barrier(f"ring {b}", way(area, b), 0.9, kind="siege", group="ring") for b in (0, 90, 270)]
    corridor = make_barrier("corridor", way(area, 180), 0.3, kind="stated_closed")
    return explore(question, make_situation(*ring, corridor), MoveOptions(cell_km=2.0))


def test_families_in_a_ring_leave_by_the_corridor(besieged):
    exits = by_id(besieged)
    assert besieged.exits[0].travel_time_h_p50 is not None
    assert exits["direction:south"].p_reach == pytest.approx(0.7, abs=0.02)
    assert all(exits[f"direction:{d}"].p_reach == pytest.approx(0.1, abs=0.02) for d in ("north", "east", "west"))
    assert exits["direction:south"].deciding[0].barrier == "corridor"


def test_families_on_foot_need_clock_hours_with_rests(besieged):
    south = by_id(besieged)["direction:south"]
    assert 8 < south.travel_time_h_p50 < 72  # some twenty kilometres out


def test_too_little_time_is_no_way_out_but_its_length_is_told(make_question, make_situation):
    reach = explore(
        make_question(SAHEL_TOWN, "civilians", within_h=2.0, radius_km=5.0), make_situation(), MoveOptions(cell_km=2.0)
    )
    south = by_id(reach)["direction:south"]
    assert south.p_reach < 0.001
    assert south.travel_time_h_p50 > 2.0


def test_a_convoy_comes_in_by_the_approach_that_is_open(make_question, make_situation, make_barrier):
    question = make_question(CONVOY_TOWN, "aid_convoy", aim="in", within_h=72.0, radius_km=6.0)
    area = CONVOY_TOWN.buffer(0.06)
    fights = make_barrier("front", way(area, 90), 0.9, kind="hostile_operation")
    cut = make_barrier("cut", way(area, 180), 0.8, kind="sealed")
    reach = explore(question, make_situation(fights, cut), MoveOptions(cell_km=2.0))
    ways = {e.name: e for e in reach.exits if e.kind == "direction"}
    assert ways["west"].p_reach > 0.95 > 0.25 > ways["south"].p_reach > ways["east"].p_reach
    last = Point(ways["west"].route.coords[-1])
    assert last.distance(CONVOY_TOWN) < 0.12  # the way ends in the town


def test_a_claim_of_an_open_way_makes_its_exit_reported(make_question, make_situation, make_claim):
    claim = make_claim("way_open", ("to", 270.0, None))
    reach = explore(make_question(DESERT), make_situation(), MoveOptions(cell_km=6.0, open_claims=(claim,)))
    exits = by_id(reach)
    assert exits["direction:west"].reported
    assert exits["direction:west"].claims == (claim.id,)
    assert not exits["direction:east"].reported


def test_a_claim_of_a_slanting_direction_asks_for_eight(make_question, make_situation, make_claim):
    claim = make_claim("way_open", ("to", 45.0, None))
    reach = explore(make_question(DESERT), make_situation(), MoveOptions(cell_km=6.0, open_claims=(claim,)))
    names = {e.name for e in reach.exits if e.kind == "direction"}
    assert len(names) == 8
    assert by_id(reach)["direction:north-east"].reported


def test_many_barriers_are_drawn_with_an_interval_and_repeat(make_question, make_situation, make_barrier):
    spots = [
        make_barrier(f"spot {k}", box(37.5 + 0.18 * k, 33.4, 37.6 + 0.18 * k, 33.6), 0.5, kind="hostile_presence")
        for k in range(11)
    ]
    options = MoveOptions(cell_km=6.0, max_states=64, n_draws=100, seed=3)
    first, second = (explore(make_question(DESERT), make_situation(*spots), options) for _ in range(2))
    assert first.n_draws == 100
    assert first.made_by.seed == 3
    south = by_id(first)["direction:south"]
    assert south.p_low < south.p_high
    np.testing.assert_array_equal(first.p_surface, second.p_surface)
    assert [e.p_reach for e in first.exits] == [e.p_reach for e in second.exits]


def test_an_island_has_no_way_out_on_land(make_question, make_situation):
    reach = explore(
        make_question(Point(14.43, 35.9), "civilians", radius_km=8.0), make_situation(), MoveOptions(cell_km=3.0)
    )
    beyond = [e for e in reach.exits if not e.id.startswith("province:MT")]  # the island's own parts
    assert {e.kind for e in beyond} == {"direction"}
    assert all(e.p_reach == 0 and e.route is None for e in beyond)


def test_towns_are_ways_over_a_river(make_question, make_situation):
    bank = Point(31.15, 27.18).buffer(0.12)  # on the west bank of a large river
    question = make_question(bank, "aid_convoy", within_h=30.0)
    without = by_id(explore(question, make_situation(), MoveOptions(cell_km=3.0)))
    bridged = by_id(explore(question, make_situation(), MoveOptions(cell_km=3.0, towns=((31.19, 27.18),))))
    assert bridged["direction:east"].travel_time_h_p50 < without["direction:east"].travel_time_h_p50


def test_exits_are_ranked_by_what_is_reported_then_by_probability(desert):
    shuffled = list(desert.exits)[::-1]
    assert rank_exits(shuffled) == desert.exits
    keys = [(e.reported, e.p_reach) for e in desert.exits]
    assert keys == sorted(keys, reverse=True)


@pytest.mark.parametrize("change", [{"directions": 5}, {"n_draws": 0}, {"max_states": 0}, {"floor_km": 0.0}])
def test_senseless_options_are_refused(change):
    with pytest.raises(InputError):
        MoveOptions(**change)


def test_a_claim_that_names_ground_speaks_of_the_exit_there(make_question, make_situation, make_claim):
    claim = make_claim("opens", ("at", box(37.0, 32.6, 40.0, 33.8), None))
    reach = explore(make_question(DESERT), make_situation(), MoveOptions(cell_km=6.0, open_claims=(claim,)))
    assert by_id(reach)["direction:south"].reported
    assert not by_id(reach)["direction:north"].reported
    assert shapely.is_valid(by_id(reach)["direction:south"].geometry)


def test_a_question_asked_again_is_answered_as_if_it_were_new(
    desert_barriers, make_question, make_situation, make_barrier
):
    def with_p(**p):
        return [replace(b, p_closed=p.get(name, b.p_closed), group="side") for name, b in desert_barriers.items()]

    question = make_question(DESERT)
    prepared = prepare(question, make_situation(*with_p()), COARSE)
    # Members of one group change places, become certain, and come back.
    for moved in ({}, {"north": 0.05, "south": 0.99}, {"east": 1.0, "west": 0.0}, {}):
        barriers = with_p(**moved)
        again, new = prepared.answer(barriers), explore(question, make_situation(*barriers), COARSE)
        assert again.exits == new.exits
        np.testing.assert_array_equal(again.p_surface, new.p_surface)
    other = make_barrier("north", DESERT.buffer(0.5), 0.5)
    assert not prepared.fits([other])
    with pytest.raises(InputError, match="other barriers than those that were prepared"):
        prepared.answer([other])


def test_a_barrier_beyond_the_180th_meridian_counts(make_question, make_situation, make_barrier):
    question = make_question(Point(179.9, 67.5), "aid_convoy", within_h=96.0, profile="on_foot")
    strip = make_barrier("strip", box(-180.0, 66.0, -179.8, 70.0), 0.4)
    east = by_id(explore(question, make_situation(strip), MoveOptions(cell_km=5.0)))["direction:east"]
    assert east.p_reach == pytest.approx(0.6, abs=0.01)
    assert east.sealed_by == ("strip",)
