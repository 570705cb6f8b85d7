"""Outlines of districts: read a country at a time, whole or from their parts."""

import pytest
import shapely

from wayout.geo.layers import read_layer
from wayout.geo.outlines import divided_countries, division_outline, read_divisions
from wayout.vocab import read_vocab


@pytest.mark.parametrize(
    ("place_id", "country", "inside", "outside"),
    [
        (
            "admin2:7895145",
            "SY",
            (38.28, 34.56),
            (36.72, 34.73),
        ),  # Tadmur: Palmyra, not Homs; the union of its subdistricts
        ("admin2:99455", "IQ", (43.78, 33.35), (43.3, 33.43)),  # Falluja: the town, not Ramadi
        ("admin2:9179534", "CD", (28.8, -1.4), (29.23, -1.68)),  # Masisi: its hills, not Goma
        ("admin2:713172", "UA", (38.0, 48.59), (37.55, 48.72)),  # Bakhmut: the town, not Kramatorsk; share-alike
    ],
)
def test_a_district_holds_its_own_towns_and_not_its_neighbour_s(place_id, country, inside, outside):
    outline = division_outline(place_id, country)
    assert outline.contains(shapely.Point(inside))
    assert not outline.contains(shapely.Point(outside))


def test_what_no_archive_has_is_none_and_not_a_guess():
    assert division_outline("admin2:0", "SY") is None
    assert division_outline("admin2:7895145", "XX") is None
    assert division_outline("admin2:7895145", None) is None


@pytest.mark.parametrize("country", ["SY", "IQ", "SD", "YE", "MM", "CD", "HT", "CO", "ML"])
def test_outlines_of_a_country_lie_in_it_and_hardly_overlap(country):
    home = next(f.geometry for f in read_layer("countries") if f.properties["iso_a2"] == country)
    shapes = [f.geometry for f in read_divisions(country)]
    assert all(s.is_valid and s.area > 0 for s in shapes)
    whole = shapely.union_all(shapes)
    assert sum(s.area for s in shapes) < 1.02 * whole.area
    assert whole.intersection(home).area > 0.9 * home.area


def test_a_place_s_own_point_lies_in_its_outline_or_at_its_seat():
    for feature in read_divisions("SD"):
        assert feature.geometry.distance(shapely.Point(feature.properties["at"])) < 0.01


def test_only_open_licences_make_places_and_share_alike_ones_carry_ids_alone():
    table = read_vocab("boundary_sources.yaml")
    licence = {row["country"]: row["licence"] for row in table["sources"] if row["level"] >= 2}
    assert set(divided_countries())
    assert all(licence[c] in table["open"] for c in divided_countries())
    assert not set(table["open"]) & set(table["share_alike"])
    assert all("NC" not in name and "ND" not in name for name in table["open"] + table["share_alike"])


def test_every_boundary_file_says_who_drew_it_and_under_which_licence():
    rows = read_vocab("boundary_sources.yaml")["sources"]
    assert len(rows) == 206
    assert len({row["id"] for row in rows}) == 206
    assert all(row["source"] and row["licence"] and 1 <= row["level"] <= 3 for row in rows)
