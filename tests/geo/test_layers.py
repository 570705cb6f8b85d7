import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from wayout.errors import InputError, NotFoundError
from wayout.geo.layers import LAYER_NAMES, pack_layer, read_layer, unpack_layer


@pytest.fixture(scope="module")
def countries():
    return {f.properties["iso_a2"]: f.geometry for f in read_layer("countries")}


@pytest.mark.parametrize("name", LAYER_NAMES)
def test_every_geometry_is_valid_and_on_earth(name):
    geometries = np.array([f.geometry for f in read_layer(name)], dtype=object)
    assert shapely.is_valid(geometries).all()
    assert not shapely.is_empty(geometries).any()
    west, south, east, north = shapely.total_bounds(geometries)
    assert west >= -180
    assert south >= -90
    assert east <= 180.001
    assert north <= 90


def test_divisions_lie_in_their_countries(countries):
    for feature in read_layer("admin1"):
        inside = feature.geometry.representative_point()
        assert countries[feature.properties["country"]].covers(inside), feature.properties["name"]


def test_division_ids_are_unique():
    ids = [f.properties["id"] for f in read_layer("admin1")]
    assert len(ids) == len(set(ids))


def test_no_country_is_called_minus_99(countries):
    assert all(len(code) == 2 and code.isupper() for code in countries)
    assert {"FR", "NO", "XK", "PS", "SS", "TW"} <= set(countries)


@pytest.mark.parametrize(("first", "second"), [("SY", "IQ"), ("UA", "PL"), ("ML", "NE"), ("CD", "RW"), ("MM", "TH")])
def test_neighbours_share_a_border_without_overlap(countries, first, second):
    shared = countries[first].intersection(countries[second])
    assert shared.length > 1
    assert shared.area < 0.01


def test_crimea_follows_its_iso_code(countries):
    assert countries["UA"].covers(shapely.Point(34.1, 44.95))
    assert not countries["RU"].covers(shapely.Point(34.1, 44.95))


@pytest.mark.parametrize(
    ("code", "lon", "lat"),
    [("IQ-AN", 40.3, 33.0), ("SY-DY", 40.14, 35.33), ("ML-5", -4.2, 14.5), ("UA-65", 33.4, 46.6)],
)
def test_known_points_lie_in_their_division(code, lon, lat):
    shapes = [f.geometry for f in read_layer("admin1") if f.properties["iso_3166_2"] == code]
    assert any(shape.covers(shapely.Point(lon, lat)) for shape in shapes)


def test_a_river_is_one_line_through_its_countries(countries):
    (line,) = (f.geometry for f in read_layer("rivers") if f.properties["name"] == "Euphrates")
    assert all(line.intersects(countries[code]) for code in ("TR", "SY", "IQ"))


def test_unknown_layer_is_refused():
    with pytest.raises(NotFoundError, match="admin1"):
        read_layer("roads")


def test_a_geometry_smaller_than_the_grid_is_refused():
    speck = shapely.Point(10, 10).buffer(1e-5)
    with pytest.raises(InputError, match="vanishes"):
        pack_layer([{}], [speck])


@given(lon=st.floats(-170, 170), lat=st.floats(-80, 80), size=st.floats(0.05, 5), name=st.text(max_size=8))
def test_packing_keeps_shapes_to_the_grid_and_is_stable(lon, lat, size, name):
    shape = shapely.MultiPolygon([shapely.box(lon, lat, lon + size, lat + size)])
    data = pack_layer([{"name": name}], [shape])
    (back,), (properties,) = unpack_layer(data)
    assert properties == {"name": name}
    assert shapely.hausdorff_distance(back, shape) <= 0.001
    assert pack_layer([properties], [back]) == data


def test_countries_and_divisions_bear_plain_names() -> None:
    countries = {f.properties["iso_a2"]: f.properties["name"] for f in read_layer("countries")}
    assert (countries["SS"], countries["HK"], countries["TZ"]) == ("South Sudan", "Hong Kong", "Tanzania")
    divisions = {f.properties["id"]: f.properties["name"] for f in read_layer("admin1")}
    assert (divisions["SD-DW"], divisions["SD-DC"]) == ("West Darfur", "Central Darfur")


def test_rivers_of_our_own_come_after_the_source_s_and_flow_somewhere():
    rivers = read_layer("rivers")
    names = [f.properties["name"] for f in rivers]
    assert names.index("Great Zab") > names.index("Euphrates")
    tigris = next(f.geometry for f in rivers if f.properties["name"] == "Tigris")
    for name in ("Great Zab", "Little Zab", "Diyala", "Adhaim River"):
        mouth = shapely.Point(next(f.geometry for f in rivers if f.properties["name"] == name).geoms[0].coords[-1])
        assert tigris.distance(mouth) < 0.15
