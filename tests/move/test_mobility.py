import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.errors import InputError, NotFoundError
from wayout.model import ROAD_CLASSES, MobilityProfile
from wayout.move.mobility import elapsed_hours, mode_of, moving_hours, moving_share, profile_for, profile_from
from wayout.vocab import read_vocab


@pytest.mark.parametrize("kind", ["armed_group", "civilians", "aid_convoy"])
def test_every_kind_of_party_has_a_profile_with_a_source(kind):
    profile = profile_for(kind)
    assert profile.speed_kmh > 0
    assert profile.source


def test_a_profile_can_be_chosen_by_name():
    assert (
        profile_for("civilians", "on_foot").speed_kmh
        == read_vocab("mobility_profiles.yaml")["profiles"]["on_foot"]["speed_kmh"]
    )
    with pytest.raises(NotFoundError, match="families_on_foot"):
        profile_for("civilians", "by_balloon")


def test_mode_of_an_unknown_profile_goes_by_its_speed():
    def made(speed):
        return MobilityProfile(
            name="mine", speed_kmh=speed, hours_per_day=8, slope_limit_deg=20, water_crossing_h=5, source="a user"
        )

    assert (mode_of(made(4)), mode_of(made(30))) == ("foot", "vehicle")


def test_families_walk_a_day_and_rest_a_night():
    profile = profile_for("civilians", "families_on_foot")  # seven hours a day
    assert elapsed_hours(np.array([3.0, 7.0, 8.0, np.inf]), profile).tolist() == [3.0, 7.0, 25.0, np.inf]


@given(elapsed=st.floats(0, 2000), more=st.floats(0, 100))
def test_hours_of_movement_and_clock_time_are_inverse_and_rise(elapsed, more):
    profile = profile_for("armed_group")
    moving = moving_hours(elapsed, profile)
    assert moving <= moving_hours(elapsed + more, profile)
    assert float(elapsed_hours(np.array([moving]), profile)[0]) <= elapsed + 1e-6
    assert moving_hours(float(elapsed_hours(np.array([moving]), profile)[0]), profile) == pytest.approx(moving)


def test_a_party_that_moves_by_night_needs_more_clock_hours():
    night = profile_for("armed_group", "on_foot_by_night")
    assert night.hours_by_night == night.hours_per_day
    worth = night.hours_per_day * night.night_pace
    assert moving_hours(24.0, night) == pytest.approx(worth)
    assert moving_share(night) == pytest.approx(worth / 24)
    assert float(elapsed_hours(np.array([worth]), night)[0]) == pytest.approx(night.hours_per_day)
    assert float(elapsed_hours(np.array([3.0]), night)[0]) == pytest.approx(4.0)


@given(elapsed=st.floats(0, 2000), day=st.floats(0.5, 12), night=st.floats(0, 12), pace=st.floats(0.1, 1.0))
def test_day_and_night_together_are_inverse_too(elapsed, day, night, pace):
    profile = MobilityProfile(
        name="mine",
        speed_kmh=4,
        hours_per_day=day + night,
        hours_by_night=night,
        night_pace=pace,
        slope_limit_deg=30,
        water_crossing_h=1,
        source="a test",
    )
    moving = moving_hours(elapsed, profile)
    back = float(elapsed_hours(np.array([moving]), profile)[0])
    assert back <= elapsed + 1e-6
    assert moving_hours(back, profile) == pytest.approx(moving, abs=1e-6)


@pytest.mark.parametrize("name", sorted(read_vocab("mobility_profiles.yaml")["profiles"]))
def test_every_profile_has_a_speed_on_every_class_of_road_and_says_how_sure_it_is(name):
    profile = profile_for("civilians", name)
    assert {road for road, _ in profile.road_kmh} == set(ROAD_CLASSES)
    assert profile.mode in ("foot", "vehicle")
    assert 0 < profile.pace_sd < 1
    speeds = dict(profile.road_kmh)
    assert speeds["motorway"] >= speeds["primary"] >= speeds["local"] >= speeds["path"]


def test_every_table_of_road_speeds_says_where_it_is_from():
    for table in read_vocab("road_speeds.yaml")["tables"].values():
        assert len(table["source"]) > 20


def test_a_profile_of_ones_own_may_start_from_a_shipped_one():
    mine = profile_from({"name": "cyclists", "like": "on_foot", "speed_kmh": 10, "road_kmh": {"primary": 15}})
    assert (mine.name, mine.speed_kmh, dict(mine.road_kmh)["primary"], mine.hours_per_day) == ("cyclists", 10, 15, 8)
    assert "on_foot" in mine.source
    whole = profile_from(
        {"name": "x", "speed_kmh": 3, "hours_per_day": 6, "slope_limit_deg": 20, "water_crossing_h": 1, "roads": "foot"}
    )
    assert whole.pace_sd == 0


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"speed_kmh": 3}, "name is None"),
        ({"name": "x", "speed": 3, "like": "on_foot"}, "a field 'speed'"),
        ({"name": "x", "speed_kmh": 3}, "lacks hours_per_day"),
        ({"name": "x", "like": "on_foot", "speed_kmh": "fast"}, "give a number"),
        ({"name": "x", "like": "on_foot", "speed_kmh": True}, "give a number"),
        ({"name": "x", "like": "on_foot", "speed_kmh": 0}, r"must lie in \[0.1, 120\]"),
        ({"name": "x", "like": "on_foot", "speed_kmh": float("nan")}, "must lie in"),
        ({"name": "x", "like": "on_foot", "hours_by_night": 20}, "moves 20 h by night"),
        ({"name": "x", "like": "on_foot", "road_kmh": {"boulevard": 3}}, "no road class 'boulevard'"),
        ({"name": "x", "like": "on_foot", "road_kmh": {"primary": float("inf")}}, "0.1 to 150"),
        ({"name": "x", "like": "on_foot", "road_kmh": 3}, "for each road class"),
        ({"name": "x", "like": "on_foot", "mode": "balloon"}, "foot or vehicle"),
        ([], "give fields"),
    ],
)
def test_a_broken_profile_is_refused_by_name(mapping, message):
    with pytest.raises(InputError, match=message):
        profile_from(mapping)


@pytest.mark.parametrize(
    "mapping", [{"name": "x", "like": "by_balloon"}, {"name": "x", "like": "on_foot", "roads": "rails"}]
)
def test_profiles_and_tables_that_are_not_there_are_listed(mapping):
    with pytest.raises(NotFoundError, match=r"on_foot|truck"):
        profile_from(mapping)
