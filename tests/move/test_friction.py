import numpy as np
import pytest
from shapely.geometry import Point, box

from wayout.model import MobilityProfile
from wayout.move.friction import build_friction, draw_rivers, near_points, slope_slowdown, survey
from wayout.move.ground.grid import make_grid
from wayout.move.mobility import moving_share, profile_for

NILE_DELTA_EDGE = box(30.6, 27.0, 31.2, 27.6)


@pytest.fixture(scope="module")
def nile():
    return make_grid(NILE_DELTA_EDGE, 100.0, cell_km=4.0)


@pytest.mark.parametrize("mode", ["foot", "vehicle"])
def test_slope_slows_and_flat_ground_does_not(mode):
    slope = np.array([0.0, 2.0, 5.0, 10.0, 20.0])
    slowdown = slope_slowdown(slope, mode)
    assert slowdown[0] == pytest.approx(1.0)
    assert (np.diff(slowdown) >= 0).all()
    assert slowdown[-1] > 2


def test_sea_is_closed_and_land_is_passable():
    grid = make_grid(Point(14.4, 35.9).buffer(0.15), 50.0, cell_km=5.0)  # an island
    friction = build_friction(grid, profile_for("civilians"))
    assert np.isinf(friction).mean() > 0.8
    assert np.isfinite(friction).any()


def test_steep_ground_is_closed_to_lorries_and_open_on_foot():
    grid = make_grid(Point(86.9, 28.0).buffer(0.3), 50.0, cell_km=5.0)  # the high Himalaya
    lorries = build_friction(grid, profile_for("aid_convoy"))
    walkers = build_friction(grid, profile_for("civilians", "on_foot"))
    assert np.isinf(lorries).sum() > np.isinf(walkers).sum()


def test_a_river_costs_its_crossing_time_except_near_a_town(nile):
    profile = profile_for("civilians")
    rivers = draw_rivers(nile)
    assert rivers.any()
    away = build_friction(nile, profile)
    town = tuple(float(v[np.nonzero(rivers)][len(np.nonzero(rivers)[0]) // 2]) for v in nile.centres_lonlat())
    bridged = build_friction(nile, profile, (town,))
    near = rivers & near_points(nile, (town,), 6.0) & np.isfinite(away)
    assert near.any()
    np.testing.assert_allclose(
        (away[near] - bridged[near]) * nile.cell_km, profile.water_crossing_h * moving_share(profile)
    )
    elsewhere = np.isfinite(away) & ~near
    np.testing.assert_allclose(away[elsewhere], bridged[elsewhere])


def test_bridges_that_are_only_assumed_are_told(nile):
    said, unsaid = (survey(nile, profile_for("civilians"), towns).layers for towns in (((33.0, 20.0),), ()))
    assert any("within 6 km of towns" in line for line in said)
    assert not any("towns" in line for line in unsaid)


def test_towns_off_the_grid_are_no_crossing(nile):
    assert not near_points(nile, ((0.0, 0.0),), 6.0).any()
    assert not near_points(nile, (), 6.0).any()


def test_a_faster_party_is_faster_everywhere(nile):
    def made(speed):
        return MobilityProfile(
            name="mine", speed_kmh=speed, hours_per_day=8, slope_limit_deg=30, water_crossing_h=0, source="a user"
        )

    slow, fast = build_friction(nile, made(10.0)), build_friction(nile, made(20.0))
    land = np.isfinite(slow)
    np.testing.assert_allclose(slow[land], 2 * fast[land])
