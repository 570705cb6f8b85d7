"""No coordinate that leaves the program is finer than the floor's grid."""

import math

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.errors import InputError
from wayout.geo.compass import distance_km
from wayout.geo.floor import FLOOR_KM, snap_to_floor, step_deg

LON, LAT = st.floats(-180, 180), st.floats(-90, 90)
FLOORS = st.sampled_from([5.0, 7.3, 12.0, 25.0, 60.0])


def on_grid(geometry, step):
    turns = shapely.get_coordinates(geometry) / step
    return bool((abs(turns - turns.round()) < 1e-4).all())


def on_the_map(geometry):
    west, south, east, north = geometry.bounds
    return west >= -180 and east <= 180 and south >= -90 and north <= 90


@given(LON, LAT, FLOORS)
def test_a_point_anywhere_moves_to_the_grid_and_stays_on_the_map(lon, lat, floor_km):
    point = shapely.Point(lon, lat)
    snapped = snap_to_floor(point, floor_km)
    assert snapped.geom_type == "Point"
    assert on_grid(snapped, step_deg(point, floor_km))
    assert on_the_map(snapped)


@given(st.floats(-179, 179), st.floats(-75, 75), FLOORS)
def test_neighbouring_grid_points_lie_at_least_the_floor_apart(lon, lat, floor_km):
    step = step_deg(shapely.Point(lon, lat), floor_km)
    here = shapely.Point(lon, lat)
    north = shapely.Point(lon, lat - math.copysign(step, lat))
    assert distance_km(here, north) >= floor_km * 0.999
    east = shapely.Point(lon - math.copysign(step, lon), lat)
    assert distance_km(here, east) >= floor_km * 0.995


@settings(max_examples=60)
@given(LON, LAT, st.floats(0.0001, 3), FLOORS)
def test_lines_areas_and_crumbs_never_vanish_nor_leave_the_map(lon, lat, size, floor_km):
    world = shapely.box(-180, -90, 180, 90)
    line = shapely.LineString([(lon, lat), (lon + size, lat + size / 3), (lon + 2 * size, lat)])
    several = shapely.GeometryCollection([shapely.Point(lon, lat), shapely.Point(lon, lat).buffer(size)])
    for shape in (shapely.Point(lon, lat).buffer(size), line, several):
        inside = shape.intersection(world)
        if inside.is_empty:
            continue
        snapped = snap_to_floor(inside, floor_km)
        assert not snapped.is_empty
        assert snapped.is_valid
        assert on_the_map(snapped)
        assert on_grid(snapped, step_deg(inside, floor_km))


def test_a_village_and_its_neighbour_a_kilometre_off_are_told_apart_no_more():
    assert snap_to_floor(shapely.Point(30.211, 12.642)).equals(snap_to_floor(shapely.Point(30.203, 12.648)))


def test_nothing_stays_nothing_and_a_floor_of_none_is_refused():
    assert snap_to_floor(shapely.Polygon()).is_empty
    with pytest.raises(InputError, match="floor_km is 0"):
        snap_to_floor(shapely.Point(1, 1), 0)


def test_the_floor_of_the_project_is_five_kilometres():
    assert FLOOR_KM == 5.0
