import numpy as np
import pytest
from shapely.geometry import LineString, MultiPolygon, box

from wayout.errors import InputError
from wayout.geo.compass import buffer_km
from wayout.model import Ground, GroundRaster, RoadLines
from wayout.move.options import MoveOptions
from wayout.move.travel_time import prepare_field, solve
from wayout.move.ways.theatre import open_theatre

STEPPE = box(37.6, 34.0, 39.4, 34.9)
HIGHWAY = [(38.5, 34.45), (39.5, 34.45), (40.5, 34.45)]


def roads(*lines, **more) -> RoadLines:
    none = np.zeros(len(lines), dtype=bool)
    fields = {"road_class": np.array(["primary"] * len(lines), dtype=str), "bridge": none, "ferry": none, **more}
    shapes = np.empty(len(lines), dtype=object)
    shapes[:] = [LineString(line) for line in lines]
    return RoadLines(lines=shapes, source="drawn by hand", **fields)


def times(theatre):
    field = prepare_field(theatre.friction, theatre.grid.cell_km, theatre.network)
    return field.unpadded(solve(field, field.cost, field.padded(theatre.start)))


def test_without_a_users_ground_there_are_no_roads_and_the_theatre_says_so(make_question, make_situation):
    theatre = open_theatre(make_question(STEPPE), make_situation(), MoveOptions(cell_km=6.0))
    assert theatre.network is None
    assert any(layer.startswith("roads: none given") for layer in theatre.layers)
    assert any("shipped" in layer for layer in theatre.layers)


def test_roads_shorten_ways_along_them_and_lengthen_none(make_question, make_situation):
    question, situation = make_question(STEPPE, "aid_convoy"), make_situation()
    plain = open_theatre(question, situation, MoveOptions(cell_km=6.0))
    ground = Ground(roads=roads(HIGHWAY), notes=("three lines had no class",))
    laid = open_theatre(question, situation, MoveOptions(cell_km=6.0, ground=ground))
    assert laid.roads is not None
    assert any("drawn by hand" in layer and "km in the frame" in layer for layer in laid.layers)
    assert "three lines had no class" in laid.layers
    without, on = times(plain), times(laid)
    assert without.shape == on.shape
    assert (on <= without * (1 + 1e-9)).all()
    x, y = laid.grid.to_km(np.array([40.4]), np.array([34.45]))
    row, col = laid.grid.cell_of(x, y)
    assert on[row[0], col[0]] < 0.7 * without[row[0], col[0]]


def test_roads_that_lie_elsewhere_are_told(make_question, make_situation):
    ground = Ground(roads=roads([(0.0, 0.0), (1.0, 1.0)]))
    theatre = open_theatre(make_question(STEPPE), make_situation(), MoveOptions(cell_km=6.0, ground=ground))
    assert theatre.network is None
    assert any("none of drawn by hand lies in the frame" in layer for layer in theatre.layers)


def test_who_goes_by_road_waits_at_an_open_checkpoint_too(make_question, make_situation, make_barrier):
    wall = make_barrier("checkpoint", box(39.7, 25.0, 39.9, 45.0), 0.1, delay_h=48.0)
    options = MoveOptions(cell_km=6.0, ground=Ground(roads=roads(HIGHWAY)))
    free = open_theatre(make_question(STEPPE, "aid_convoy"), make_situation(), options)
    held = open_theatre(make_question(STEPPE, "aid_convoy"), make_situation(wall), options)
    x, y = free.grid.to_km(np.array([40.4]), np.array([34.45]))
    row, col = free.grid.cell_of(x, y)
    longer = times(held)[row[0], col[0]] - times(free)[row[0], col[0]]
    share = held.profile.hours_per_day / 24
    assert longer == pytest.approx(48.0 * share, rel=0.3)


def test_a_users_rasters_are_named_with_the_share_they_cover(make_question, make_situation):
    forest = GroundRaster(
        values=np.full((500, 300), 10, dtype=np.uint8),
        kind="landcover",
        legend="worldcover",
        west=36.0,
        north=38.0,
        step_lon_deg=0.01,
        step_lat_deg=0.01,
        source="a map of trees",
    )
    options = MoveOptions(cell_km=6.0, ground=Ground(landcover=forest))
    theatre = open_theatre(make_question(STEPPE), make_situation(), options)
    told = next(layer for layer in theatre.layers if layer.startswith("land cover"))
    assert "a map of trees for" in told
    assert "% of the frame" in told


@pytest.mark.parametrize("cell_km", [0.001, 0.015])
def test_a_grid_larger_than_memory_is_refused_before_it_is_made(cell_km, make_question, make_situation):
    with pytest.raises(InputError, match="take larger cells"):
        open_theatre(make_question(STEPPE), make_situation(), MoveOptions(cell_km=cell_km))


def test_several_source_areas_each_hold_a_start(make_question, make_situation):
    two = MultiPolygon([box(38.0, 34.0, 38.4, 34.4), box(39.2, 34.5, 39.6, 34.9)])
    theatre = open_theatre(make_question(two), make_situation(), MoveOptions(cell_km=5.0))
    lon, _ = theatre.grid.centres_lonlat()
    assert {bool(side) for side in lon[theatre.start] > 38.8} == {True, False}


def test_a_source_on_water_starts_on_ordinary_ground_of_its_own(make_question, make_situation):
    at_sea = buffer_km(box(34.0, 33.2, 34.01, 33.21), 8.0)
    theatre = open_theatre(make_question(at_sea, "civilians"), make_situation(), MoveOptions(cell_km=5.0))
    assert np.isfinite(theatre.friction[theatre.start]).all()
    assert theatre.start.any()
