import shapely

from wayout.fuse.closing.stretches import border_along
from wayout.geo.borders import borders_near

CORNER = shapely.box(38.8, 32.0, 41.0, 34.5)
"""Western Iraq up to where Syria, Iraq and Jordan meet."""


def _between(a, b):
    return next(line for x, y, line in borders_near(CORNER, 1.0) if {x, y} == {a, b})


def test_the_border_along_a_province_abroad_is_not_its_neighbours_border():
    line = border_along(shapely.box(39.3, 32.5, 41.0, 34.3), frozenset({"SY"}))
    assert line.length > 1
    assert line.distance(_between("IQ", "SY")) < 0.01
    assert line.intersection(_between("JO", "SY").buffer(0.01)).length < 0.05


def test_a_region_at_home_has_every_border_of_home_near_it():
    line = border_along(shapely.box(38.0, 33.0, 38.9, 33.6), frozenset({"SY"}))
    assert line.length > 0.3


def test_a_region_far_from_borders_has_none():
    assert border_along(shapely.box(40.5, 31.5, 40.6, 31.6).buffer(0.01), frozenset({"SY"})).is_empty
