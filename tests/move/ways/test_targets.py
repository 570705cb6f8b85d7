import numpy as np
import pytest
from shapely.geometry import Point, box

from wayout.move.options import MoveOptions
from wayout.move.ways.targets import deep_cells, look_around, make_targets
from wayout.move.ways.theatre import open_theatre

LAKE_SHORE_TOWN = Point(14.28, 13.15)  # near where four countries meet


@pytest.fixture(scope="module")
def theatre(make_question, make_situation):
    return open_theatre(
        make_question(LAKE_SHORE_TOWN, "civilians", radius_km=6.0), make_situation(), MoveOptions(cell_km=3.0)
    )


@pytest.fixture(scope="module")
def targets(theatre):
    return {t.id: t for t in make_targets(theatre, look_around(theatre), 4)}


def test_four_directions_and_the_neighbours_are_exits(targets):
    assert list(targets)[:4] == [f"direction:{d}" for d in ("north", "east", "south", "west")]
    assert {"border:NE", "border:TD", "border:CM", "border:NG"} & set(targets)


def test_goals_lie_beyond_the_source_and_on_their_side(theatre, targets):
    x, y = theatre.grid.centres_km()
    for name, ahead in (("north", y), ("south", -y), ("east", x), ("west", -x)):
        goal = targets[f"direction:{name}"].goal
        assert goal.any()
        assert (ahead[goal] > 0).all()
        assert not (goal & theatre.source).any()


def test_goals_of_directions_do_not_overlap(targets):
    ways = [t for t in targets.values() if t.kind == "direction"]
    assert np.sum([t.goal for t in ways], axis=0).max() == 1


def test_lands_are_entered_deeply(theatre, targets):
    for t in targets.values():
        if t.kind != "direction":
            assert not (t.goal & theatre.source).any()
            assert 0 <= t.bearing_deg <= 360


def test_direct_ways_leave_third_countries_out(theatre, targets):
    around = look_around(theatre)
    for t in targets.values():
        if t.kind == "border":
            for land in around.countries:
                if land.code not in {t.country, *around.home}:
                    assert not (t.domain & land.cells & ~theatre.source).any()


def test_deep_cells_of_a_small_land_are_its_inner_half():
    cells = np.zeros((9, 9), dtype=bool)
    cells[3:6, 3:6] = True
    assert deep_cells(cells, 1.0).any()
    assert deep_cells(cells, 1.0).sum() < cells.sum()
    assert not deep_cells(np.zeros((3, 3), dtype=bool), 1.0).any()
    assert deep_cells(np.ones((3, 3), dtype=bool), 1.0).all()


def test_eight_directions_tile_more_finely(theatre):
    eight = [t for t in make_targets(theatre, look_around(theatre), 8) if t.kind == "direction"]
    assert [t.name for t in eight][:3] == ["north", "north-east", "east"]
    assert np.sum([t.goal for t in eight], axis=0).max() == 1


def test_an_area_that_spills_over_a_border_starts_at_home(make_question, make_situation):
    spilling = box(40.0, 33.6, 41.0, 35.0)  # mostly in one country, its south-east corner in the next
    theatre = open_theatre(make_question(spilling), make_situation(), MoveOptions(cell_km=5.0))
    around = look_around(theatre)
    abroad = [c for c in around.countries if c.code not in around.home]
    assert all(not (c.cells & theatre.source).any() for c in abroad)
    assert theatre.start.any()
    assert (theatre.source | ~theatre.start).all()
