"""Whatever a notebook holds becomes features of a role."""

import pytest
import shapely

from wayout.errors import InputError
from wayout.ways_out.features import as_features, feature

POINT = shapely.Point(31.2, -10.2)


class Frame:
    """What a geopandas frame looks like from outside."""

    __geo_interface__ = {  # noqa: RUF012
        "type": "FeatureCollection",
        "features": [
            {
                "id": "0",
                "type": "Feature",
                "properties": {"name": "a", "p_closed": 0.2},
                "geometry": POINT.__geo_interface__,
            },
            {
                "id": "1",
                "type": "Feature",
                "properties": {"name": "b", "p_closed": 0.4},
                "geometry": POINT.__geo_interface__,
            },
        ],
    }


def roles(things, role="barrier"):
    return [f["properties"].get("role") for f in as_features(things, role)]


def test_every_form_becomes_features_with_the_role():
    forms = [
        POINT,
        POINT.__geo_interface__,
        feature(POINT, name="x"),
        {"the ford": POINT},
        [POINT],
        (POINT,),
        iter([POINT]),
    ]
    for form in forms:
        made = as_features(form, "source")
        assert [f["properties"]["role"] for f in made] == ["source"]
        assert made[0]["geometry"]["type"] == "Point"


def test_a_frame_keeps_its_columns():
    made = as_features(Frame(), "barrier")
    assert [(f["properties"]["name"], f["properties"]["p_closed"]) for f in made] == [("a", 0.2), ("b", 0.4)]


def test_shapes_by_name_carry_their_names():
    assert as_features({"north": POINT, "south": POINT}, "exit")[1]["properties"] == {"name": "south", "role": "exit"}


def test_nothing_is_nothing():
    assert as_features(None, "exit") == []
    assert as_features([], "exit") == []


def test_a_checkpoint_may_stand_among_the_barriers_and_a_destination_among_the_exits():
    assert roles(feature(POINT, role="checkpoint")) == ["checkpoint"]
    assert roles(feature(POINT, role="destination"), "exit") == ["destination"]


def test_a_feature_of_another_role_is_refused():
    with pytest.raises(InputError, match="where it belongs"):
        as_features(feature(POINT, role="source"), "exit")


@pytest.mark.parametrize("thing", ["situation.geojson", 7])
def test_what_holds_no_shape_is_refused(thing):
    with pytest.raises(InputError, match="GeoJSON"):
        as_features(thing, "source")
