"""Features become sources, barriers and exits, each checked; each refusal names feature, value and remedy."""

import pytest
import shapely

from wayout.errors import InputError
from wayout.ways_out.features import feature
from wayout.ways_out.given import MOST_FEATURES, read_given

SOURCE = feature(shapely.Point(31.2, -10.2), role="source", name="Kasama")
BOX = shapely.box(31.5, -10.5, 31.8, -10.0)


def barrier(**properties):
    return feature(BOX, **{"role": "barrier", "name": "front", "p_closed": 0.5, **properties})


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (barrier(p_closed=1.2), "p_closed 1.2"),
        (barrier(p_closed=30), "write 0.3"),
        (barrier(p_closed=-0.1), "between 0 (open) and 1 (closed)"),
        (barrier(p_closed="often"), "'often'"),
        (barrier(p_closed=True), "finite number"),
        (barrier(p_closed=None), "no p_closed"),
        (barrier(delay_h=-1), "delay_h -1"),
        (barrier(delay_h=1e9), "delay_h 1e+09"),
        (barrier(kind="wall"), "the kinds are"),
        (barrier(blocks="tourists"), "it may block"),
        (barrier(blocks=7), "armed_group"),
        (barrier(valid_from="tomorrow"), "YYYY-MM-DD"),
        (barrier(valid_from="2031-02-02", valid_to="2031-01-01"), "earlier day first"),
        (barrier(role="barier"), "is 'barrier' meant"),
        (barrier(role="tank"), "the roles are"),
        (barrier(role=None), "no role"),
        (barrier(name="x" * 500), "500 characters"),
        (barrier(name=["a"]), "give a text"),
        (feature(shapely.Point(31.3, -10.2), role="checkpoint", name="gate"), "no delay_h"),
        (feature(shapely.Point(31.3, -10.2), role="source", name="other", radius_km=0), "radius_km 0"),
        (feature(None, role="exit", name="nowhere"), "empty geometry"),
        ({"type": "Feature", "geometry": None, "properties": 3}, "properties 3"),
        ("a line of text", "no GeoJSON feature"),
    ],
)
def test_what_is_wrong_with_a_feature_is_told_with_its_number(wrong, said):
    with pytest.raises(InputError, match="feature 2") as caught:
        read_given([SOURCE, wrong])
    assert said in str(caught.value)


def test_a_name_given_twice_names_both_features():
    with pytest.raises(InputError, match=r"feature 2 and feature 3 are both a barrier called 'Front'"):
        read_given([SOURCE, barrier(), barrier(name="Front")])


def test_per_cent_is_asked_about_only_where_it_may_be_meant():
    for p, asked in ((1.2, False), (85, True)):
        with pytest.raises(InputError) as caught:
            read_given([SOURCE, barrier(p_closed=p)])
        assert ("per cent" in str(caught.value)) == asked


def test_a_barrier_and_an_exit_may_share_a_name():
    exit_ = feature(shapely.Point(32, -10.5), role="exit", name="front")
    assert read_given([SOURCE, barrier(), exit_]).exits[0].name == "front"


@pytest.mark.parametrize(
    ("features", "said"),
    [
        ([], "no features"),
        ([barrier()], "no source"),
        ([SOURCE] * (MOST_FEATURES + 1), "not a map layer"),
        (
            [SOURCE, *(feature(shapely.Point(32, -10), role=r, name=r) for r in ("exit", "destination"))],
            "out by exits or in to destinations",
        ),
    ],
)
def test_what_is_wrong_with_the_whole_is_told(features, said):
    with pytest.raises(InputError, match=r"give|there") as caught:
        read_given(features)
    assert said in str(caught.value)


def test_too_many_positions_are_refused_before_they_are_drawn():
    ring = [[31.0 + k * 1e-6, -10.0] for k in range(600_000)]
    heavy = feature({"type": "LineString", "coordinates": ring}, role="barrier", name="b", p_closed=1)
    with pytest.raises(InputError, match="simplify"):
        read_given([SOURCE, heavy])


def test_a_checkpoint_is_a_barrier_that_is_open_and_costs_time():
    gate = feature(shapely.Point(31.4, -10.2), role="checkpoint", name="gate", delay_h=6, radius_km=5)
    made = read_given([SOURCE, gate]).barriers[0]
    assert (made.p_closed, made.delay_h) == (0.0, 6.0)
    assert made.geometry.area > 0  # a point stands for its surroundings


def test_barriers_without_a_group_stand_and_fall_alone():
    first, second = read_given([SOURCE, barrier(), barrier(name="other")]).barriers
    assert first.group != second.group
    together = read_given([SOURCE, barrier(group="g"), barrier(name="other", group="g")]).barriers
    assert {b.group for b in together} == {"g"}


def test_what_a_map_program_writes_for_nothing_is_nothing():
    made = read_given(
        [SOURCE, barrier(delay_h=float("nan"), valid_from="", valid_to=float("nan"), blocks=float("nan"), kind=None)]
    ).barriers[0]
    assert (made.delay_h, made.valid_from, made.blocks, made.kind) == (0.0, None, (), "hostile_presence")


def test_who_is_stopped_can_be_said_in_words():
    made = read_given([SOURCE, barrier(blocks="Civilians, aid convoy")]).barriers[0]
    assert made.blocks == ("civilians", "aid-convoys")


def test_ground_nobody_reports_on_is_a_prior():
    assert read_given([SOURCE, barrier(kind="unreported")]).barriers[0].is_prior


def test_destinations_turn_the_question_round():
    town = feature(shapely.Point(31.9, -10.5), role="destination", name="Town")
    assert read_given([town]).aim == "in"
    assert read_given([SOURCE, town]).aim == "in"
    assert read_given([SOURCE]).aim == "out"


def test_an_exit_on_the_source_is_told():
    here = feature(shapely.Point(31.2, -10.2), role="exit", name="here")
    assert "reached at once" in read_given([SOURCE, here]).warnings[0]
