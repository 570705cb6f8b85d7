import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.errors import NotFoundError
from wayout.model import MobilityProfile
from wayout.move.mobility import elapsed_hours, mode_of, moving_hours, profile_for
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
