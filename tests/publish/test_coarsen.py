"""Nothing published is finer than the floor, and persons are never placed below a province."""

import math
from dataclasses import replace

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.model import Actor
from wayout.publish.coarsen import KM_PER_DEG, coarsen, published_geometry, published_radii, step_deg
from wayout.publish.to_geojson import situation_geojson
from wayout.publish.to_json import claim_lines

LON, LAT = st.floats(-175, 175), st.floats(-70, 70)


def on_grid(geometry, step):
    coordinates = shapely.get_coordinates(geometry) / step
    return bool((abs(coordinates - coordinates.round()) < 1e-6).all())


@given(LON, LAT, st.sampled_from([5.0, 8.0, 25.0]))
def test_a_point_is_snapped_to_a_grid_no_finer_than_the_floor(lon, lat, floor_km):
    point = shapely.Point(lon, lat)
    step = step_deg(point, floor_km)
    assert step * KM_PER_DEG * math.cos(math.radians(lat)) >= floor_km * 0.999
    assert on_grid(coarsen(point, floor_km), step)


@settings(max_examples=40)
@given(LON, LAT, st.floats(0.0001, 2))
def test_areas_lines_and_crumbs_are_snapped_and_never_vanish(lon, lat, size):
    for shape in (
        shapely.Point(lon, lat).buffer(size),
        shapely.LineString([(lon, lat), (lon + size, lat + size / 3), (lon + 2 * size, lat)]),
    ):
        coarse = coarsen(shape)
        assert not coarse.is_empty
        assert coarse.is_valid
        assert on_grid(coarse, step_deg(shape))


def test_a_named_person_is_placed_in_a_province_at_most(findings):
    hills = next(p for p in findings.situation.presences if p.actor == "hilu").region
    person = next(a for a in findings.actors if a.id == "hilu")
    placed = published_geometry(hills, [person])
    assert placed.area > 1
    assert placed.buffer(0.1).covers(hills.geometry)


def test_a_private_individual_is_not_placed_at_all(findings):
    somebody = Actor(id="unknown:somebody", name="Somebody", kind="person")
    assert published_geometry(findings.situation.presences[0].region, [somebody]) is None


def test_the_files_hold_no_position_of_a_person(findings):
    features = situation_geojson(findings)["features"]
    presence = next(f for f in features if f["properties"]["layer"] == "presence")
    assert shapely.from_geojson(str(presence["geometry"]).replace("'", '"')).area > 1
    line = next(x for x in claim_lines(findings) if x["id"] == "claim-leader")
    region = line["places"][0]["region"]
    assert region["places"] == []
    assert "30.0123" not in str(line)
    assert shapely.from_geojson(str(region["geometry"]).replace("'", '"')).area > 1


@pytest.mark.parametrize("floor_km", [5.0, 20.0])
def test_every_coordinate_of_the_geojson_is_on_a_coarse_grid(findings, floor_km):
    for feature in situation_geojson(findings, floor_km)["features"]:
        geometry = shapely.from_geojson(str(feature["geometry"]).replace("'", '"').replace("(", "[").replace(")", "]"))
        steps = [n / 100 for n in range(1, 100) if n / 100 * KM_PER_DEG >= floor_km]
        assert any(on_grid(geometry, step) for step in steps), feature["id"]


def test_radii_are_published_signed_and_never_below_the_floor(findings):
    region = findings.situation.presences[0].region
    fine = replace(region, radius_km=1.2, radius50_km=-0.44)
    assert published_radii(fine, []) == {"radius50_km": -0.4, "radius_km": 5.0}
    assert published_radii(replace(region, radius_km=30.0, radius50_km=None), [])["radius50_km"] is None


def test_a_person_widened_to_a_province_has_no_inner_radius(findings):
    region = replace(findings.situation.presences[0].region, radius50_km=-3.0)
    person = next(a for a in findings.actors if a.kind == "person")
    assert published_radii(region, [person])["radius50_km"] is None


def test_features_of_places_carry_both_radii(findings):
    for feature in situation_geojson(findings)["features"]:
        if feature["properties"]["layer"] in ("presence", "control"):
            assert feature["properties"]["radius_km"] >= 5
            assert "radius50_km" in feature["properties"]
