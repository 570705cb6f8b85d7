from types import SimpleNamespace

from shapely.geometry import Point

from wayout.geo.layers import read_layer
from wayout.locate.shaping.person_floor import coarsen_to_province, provinces_of


def test_a_point_becomes_its_whole_province(build: SimpleNamespace) -> None:
    town = Point(29.23, -1.68).buffer(0.05)
    region = build.region("the town", town, where_prec=1)
    coarse = coarsen_to_province(region)
    province = next(f.geometry for f in read_layer("admin1") if f.properties["iso_3166_2"] == "CD-NK")
    assert coarse.geometry.buffer(0.01).covers(province)
    assert coarse.where_prec == 4
    assert coarse.phrase == "the town"


def test_coarsening_again_changes_nothing(build: SimpleNamespace) -> None:
    once = coarsen_to_province(build.region("the town", Point(29.23, -1.68).buffer(0.05), where_prec=1))
    twice = coarsen_to_province(once)
    assert twice.geometry.symmetric_difference(once.geometry).area < 0.02 * once.geometry.area


def test_far_from_any_province_an_area_stays_as_it_is() -> None:
    sea = Point(-30, -50).buffer(1)
    assert provinces_of(sea).equals(sea)
