import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from shapely.geometry import LineString, box

from wayout.model import RoadLines
from wayout.move.friction import GATE_KM, near_points, survey
from wayout.move.ground.borders import border_cells, countries_on, official_crossings, with_border_waits
from wayout.move.ground.grid import make_grid
from wayout.move.ground.roads import lay_roads, make_network
from wayout.move.mobility import moving_share, profile_for
from wayout.move.travel_time import travel_time

EUPHRATES = make_grid(box(40.9, 34.0, 41.3, 34.6), 150.0, cell_km=5.0)  # where a river passes a border


@settings(deadline=None)
@given(arrays(np.int16, (9, 9), elements=st.integers(1, 3)))
def test_no_move_passes_a_border_unmarked(land):
    marked = border_cells(land)
    friction = np.where(marked, np.inf, 1.0)
    for country in (1, 2, 3):
        start = np.argwhere((land == country) & ~marked)
        if len(start):
            time = travel_time(friction, start)
            assert np.isinf(time[(land != country) & ~marked]).all()


def test_the_sea_makes_no_border():
    land = np.array([[0, 1], [0, 1]], dtype=np.int16)
    assert not border_cells(land).any()


def test_a_border_costs_a_convoy_away_from_the_crossings_and_walkers_nothing():
    land = countries_on(EUPHRATES)
    assert len(np.unique(land[land > 0])) >= 2
    gates = near_points(EUPHRATES, official_crossings(), GATE_KM)
    convoy = profile_for("aid_convoy")
    free = survey(EUPHRATES, profile_for("civilians")).friction
    held = survey(EUPHRATES, convoy).friction * convoy.speed_kmh
    assert (gates & border_cells(land)).any()
    far = border_cells(land) & ~gates & np.isfinite(held)
    assert (held[far] * EUPHRATES.cell_km / convoy.speed_kmh >= convoy.border_h * moving_share(convoy)).all()
    assert np.nanmedian(free[far & np.isfinite(free)]) < 3


def test_a_road_over_the_border_costs_it_unless_it_passes_a_gate():
    drawn = [LineString([(39.4, lat), (42.0, lat)]) for lat in (34.37, 33.9)]
    lines = np.empty(2, dtype=object)
    lines[:] = drawn
    none = np.zeros(2, dtype=bool)
    roads = RoadLines(lines=lines, road_class=np.array(["primary"] * 2), bridge=none, ferry=none, source="t")
    laid = lay_roads(EUPHRATES, roads)
    profile = profile_for("aid_convoy")
    network = make_network(EUPHRATES, laid, roads, profile, np.full(EUPHRATES.shape, 0.1))
    gates = near_points(EUPHRATES, official_crossings(), GATE_KM)
    waiting = with_border_waits(network, countries_on(EUPHRATES), gates, 24.0)
    extra = np.bincount(laid.origin, weights=waiting.hours - network.hours, minlength=2)
    assert extra.tolist() == pytest.approx([0.0, 24.0])
