"""The map shows every way and barrier, tells reports from priors by more than colour, and its labels keep apart."""

import itertools
from dataclasses import replace
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import shapely

from wayout.publish.map_frame import NARROW, WIDE, make_frame
from wayout.publish.map_labels import Box, Placer
from wayout.publish.map_surface import surface_classes
from wayout.publish.map_svg import draw_map


@pytest.fixture(scope="module", params=[WIDE, NARROW], ids=["wide", "narrow"])
def svg(findings, request):
    return ET.fromstring(draw_map(findings, 5.0, request.param)[0])


def with_class(svg, name):
    return [e for e in svg.iter() if name in e.get("class", "").split()]


def test_it_has_a_title_and_a_description_for_those_who_do_not_see_it(svg, findings):
    assert svg.get("role") == "img"
    named = svg.get("aria-labelledby").split()
    texts = {e.get("id"): e.text for e in svg.iter() if e.get("id") in named}
    assert "families of Kadugli" in texts[named[0]]
    assert "south: likely, 67%" in texts[named[1]]
    assert "west: no report" in texts[named[1]]


def test_every_way_has_an_arrow_and_a_label(svg, findings):
    ways = [e for e in findings.reach.exits if e.kind == "direction"]
    assert len(with_class(svg, "m-head")) == len(ways)
    written = [t.text for e in with_class(svg, "m-way") for t in e]
    for way in ways:
        assert way.name.capitalize() in written


def test_unreported_ways_are_drawn_differently(svg):
    assert len(with_class(svg, "m-head")) - len([e for e in with_class(svg, "m-unreported") if e.tag == "polygon"]) == 3


def test_barriers_are_patterned_and_priors_are_dotted(svg):
    areas = with_class(svg, "m-area")
    assert {e.get("fill").split("-")[-1] for e in areas if "m-reported" in e.get("class")} == {"cross)", "slant)"}
    assert {e.get("fill").split("-")[-1] for e in areas if "m-prior" in e.get("class")} == {"dots)"}
    assert len(with_class(svg, "m-line")) == 2


def test_no_attribute_carries_style_or_script(svg):
    for element in svg.iter():
        assert element.tag != "script"
        assert not [key for key in element.attrib if key == "style" or key.startswith("on") or "href" in key]


def test_it_does_not_fail_on_an_empty_surface_or_a_point(findings):
    reach = replace(
        findings.reach,
        p_surface=np.full((3, 4), np.nan, dtype=np.float32),
        source=shapely.Point(29.7, 11.0),
        exits=(),
    )
    text, key = draw_map(replace(findings, reach=reach), 5.0, WIDE)
    assert key.thresholds == ()
    assert text.startswith("<svg")


def test_a_higher_class_lies_within_the_lower(findings):
    reach = findings.reach
    classes = surface_classes(reach.p_surface, reach.surface_bounds, 5.0)
    assert [t for t, _ in classes] == sorted(t for t, _ in classes)
    for (_, low), (_, high) in itertools.pairwise(classes):
        assert high.difference(low.buffer(0.05)).is_empty


def test_the_frame_holds_its_focus_and_its_shape():
    for canvas in (WIDE, NARROW):
        for focus in (shapely.box(30, 10, 39, 11), shapely.box(30, 10, 31, 19)):
            frame = make_frame((20, 0, 50, 30), focus, canvas)
            assert frame.box().covers(focus)
            assert canvas.low - 0.02 <= frame.height / canvas.width <= canvas.high + 0.02


def test_labels_do_not_cover_each_other():
    placer = Placer(frame=Box(left=0, top=0, right=400, bottom=400))
    placed = sum(placer.place((f"Place {n}",), (200, 200), 14, "m-place", must=False) for n in range(30))
    assert 3 < placed < 30
    for a, b in itertools.combinations(placer.taken, 2):
        assert not a.overlaps(b)


def test_the_corridors_of_the_leading_ways_lie_under_the_routes(svg, findings):
    kinds = [e.get("class") for e in svg.iter() if e.get("class")]
    assert kinds.count("m-corridor") == 2
    assert max(n for n, k in enumerate(kinds) if k == "m-corridor") < min(
        n for n, k in enumerate(kinds) if k.startswith("m-route")
    )
