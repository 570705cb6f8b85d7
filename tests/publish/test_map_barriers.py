import shapely

from wayout.publish.map_barriers import _middle


def test_the_middle_of_what_lies_at_a_point_is_the_point():
    assert _middle(shapely.Point(1, 2)).equals(shapely.Point(1, 2))
    assert _middle(shapely.MultiPoint([(1, 2), (3, 4)])).geom_type == "Point"


def test_the_middle_of_a_line_is_on_its_longest_part():
    lines = shapely.MultiLineString([[(0, 0), (0, 1)], [(5, 0), (5, 10)]])
    assert _middle(lines).equals(shapely.Point(5, 5))
