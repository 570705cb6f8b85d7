import numpy as np
import pytest
import shapely
from shapely.geometry import Point, box

from wayout.geo.compass import area_km2, plane_around
from wayout.move.exits import explore
from wayout.move.options import GivenExit, MoveOptions
from wayout.move.ways.corridors import likely_worlds
from wayout.move.ways.given import given_targets
from wayout.move.ways.solved import make_scenes, solve_scenes
from wayout.move.ways.theatre import open_theatre

TOWN = Point(25.35, 13.63)
EXIT = GivenExit(id="east", name="East", geometry=Point(26.6, 13.63))


@pytest.fixture(scope="module")
def walls(make_barrier):
    """Two walls across the straight way, one after the other, each with a way round it on another side."""
    return (
        make_barrier("first", box(25.7, 13.3, 25.75, 14.8), 0.4),
        make_barrier("second", box(26.1, 12.4, 26.15, 13.9), 0.2),
    )


@pytest.fixture(scope="module")
def run(make_question, make_situation):
    def run(*barriers, floor_km=5.0, cell_km=4.0, within_h=500.0):
        question = make_question(TOWN, "civilians", within_h=within_h, radius_km=5.0)
        options = MoveOptions(cell_km=cell_km, floor_km=floor_km, exits=(EXIT,))
        return question, make_situation(*barriers), options

    return run


def test_a_corridor_leads_from_the_source_to_the_exit_and_holds_the_route(run, walls):
    (exit_,) = explore(*run(*walls)).exits
    assert exit_.corridor.is_valid
    assert exit_.corridor.distance(TOWN) < 0.06
    assert exit_.corridor.distance(EXIT.geometry) < 0.06
    assert exit_.corridor.covers(exit_.route)


def test_open_ground_gives_an_ellipse_as_wide_as_the_slack_allows(run):
    """The ellipse of all points with d1 + d2 <= 1.1 d is 0.46 d wide (ground and moves are uneven: within a third)."""
    (exit_,) = explore(*run()).exits
    flat = plane_around(EXIT.geometry).project(exit_.corridor)
    west, south, east, north = flat.bounds
    assert north - south == pytest.approx(0.46 * (east - west) / 1.1, rel=0.35)


def test_no_side_of_a_corridor_is_finer_than_the_floor(run, walls):
    for floor_km in (5.0, 15.0):
        (exit_,) = explore(*run(*walls, floor_km=floor_km)).exits
        assert area_km2(exit_.corridor) > floor_km**2
        flat = plane_around(EXIT.geometry).project(exit_.corridor)
        assert not flat.buffer(-0.3 * floor_km).is_empty
        corners = shapely.get_coordinates(shapely.simplify(flat, 0.2 * floor_km))
        assert len(corners) < 4 * flat.length / floor_km


def test_ground_beyond_a_wall_that_mostly_stands_is_no_corridor(run, make_barrier):
    tall = box(25.9, 13.3, 26.0, 18.0)
    likely = explore(*run(make_barrier("wall", tall, 0.9))).exits[0].corridor
    unlikely = explore(*run(make_barrier("wall", tall, 0.1))).exits[0].corridor
    on_the_wall = Point(25.95, 13.63)
    assert unlikely.covers(on_the_wall)
    assert not likely.covers(on_the_wall)


def test_an_exit_that_is_never_reached_has_no_corridor(run, make_barrier):
    ring = TOWN.buffer(0.4).difference(TOWN.buffer(0.2))
    (exit_,) = explore(*run(make_barrier("ring", ring, 1.0, kind="siege"))).exits
    assert exit_.p_reach == 0
    assert exit_.corridor is None
    assert exit_.reach_curve == ()


def test_worlds_stand_for_all_in_which_the_way_takes_as_long(run, walls, make_barrier):
    aside = make_barrier("aside", box(23.0, 15.0, 23.4, 15.4), 0.3)  # on nobody's way
    question, situation, options = run(*walls, aside)
    theatre = open_theatre(question, situation, options)
    (solved,), _ = solve_scenes(theatre, make_scenes(theatre, given_targets(theatre, options.exits), options))
    worlds = likely_worlds(solved, 8)
    assert len(worlds) == 4
    assert sum(weight for _, weight in worlds) == pytest.approx(1.0)
    assert worlds[0][0] == int(np.argmax(solved.outcome.states.weights))
    assert likely_worlds(solved, 2) == worlds[:2]
