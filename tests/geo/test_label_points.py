"""Label points of countries: of the field's reference gazetteer, and near the country they label."""

import shapely

from wayout.geo.layers import read_layer
from wayout.vocab import read_vocab

ISLANDS = {"CV", "PH", "SC", "ST", "TO", "TT", "VU"}
"""Their reference point lies at sea, between islands."""


def test_label_points_lie_in_their_country_or_close_by():
    shapes = {f.properties["iso_a2"]: f.geometry for f in read_layer("countries")}
    points = read_vocab("label_points.yaml")["countries"]
    assert len(points) > 190
    assert set(points) <= {*shapes, "VA", "MC", "SM"}
    far = {c for c, p in points.items() if c in shapes and shapes[c].distance(shapely.Point(p)) > 0.15}
    assert far <= ISLANDS


def test_no_label_is_the_point_zero():
    assert all(p != [0, 0] for p in read_vocab("label_points.yaml")["countries"].values())
