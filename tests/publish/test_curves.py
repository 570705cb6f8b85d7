"""The small curves show what the records hold, share one scale, and are told in words as well."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from wayout.publish.curves import HEIGHT, WIDTH, curve_svg, curve_words, span_h
from wayout.stats.likelihood import percent


@pytest.fixture
def south(findings):
    return findings.reach.exits[0]


def test_the_words_are_the_figures_of_the_curve(south):
    assert curve_words(replace(south, reach_curve=((10.0, 0.2), (40.0, 0.5))), 72.0) == "20% by day 1, 50% by day 3"


def test_a_figure_that_no_longer_grows_is_told_once(south):
    assert curve_words(replace(south, reach_curve=((10.0, 0.2),)), 72.0) == "20% by day 1"


def test_a_horizon_of_odd_hours_is_told_in_hours(south):
    assert curve_words(replace(south, reach_curve=((10.0, 0.2), (30.0, 0.4))), 36.0) == "20% by day 1, 40% by hour 36"


def test_the_time_shown_holds_the_slowest_way_and_never_more_than_was_asked(findings):
    exits = findings.reach.exits
    slowest = max(e.travel_time_h_p90 for e in exits if e.travel_time_h_p90 is not None)
    assert slowest <= span_h(exits, 2000.0) < slowest + 24 * 3 + slowest / 4
    assert span_h(exits, 30.0) == 30.0
    assert span_h((), 336.0) == 24.0


def test_the_line_rises_and_ends_at_the_last_figure_within_the_time(south):
    exit_ = replace(south, reach_curve=((5.0, 0.1), (20.0, 0.6), (90.0, 0.9)))
    drawing = ET.fromstring(curve_svg(exit_, 48.0, "c-1"))
    line = next(e for e in drawing if e.get("class") == "c-line").get("d")
    points = [tuple(map(float, pair.split())) for pair in re.split("[ML]", line) if pair]
    heights = [y for _, y in points]
    assert heights == sorted(heights, reverse=True)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)
    base, top = HEIGHT - 3, 2.0
    assert heights[-1] == pytest.approx(base - (base - top) * 0.6, abs=0.06)


def test_it_can_be_read_without_seeing_it(south):
    drawing = ET.fromstring(curve_svg(south, 72.0, "way-1"))
    parts = {e.get("id"): e.text for e in drawing if e.get("id")}
    assert drawing.get("role") == "img"
    assert drawing.get("aria-labelledby").split() == list(parts)
    assert "south" in parts["way-1-title"]
    assert percent(south.p_reach) in parts["way-1-desc"]


def test_a_way_never_reached_has_no_curve(south):
    never = replace(south, reach_curve=())
    assert (curve_svg(never, 72.0, "x"), curve_words(never, 72.0)) == ("", "")


def test_a_name_cannot_break_out_of_the_drawing(south):
    hostile = replace(south, name="</title><script>alert(1)</script>")
    assert "<script>" not in curve_svg(hostile, 72.0, "x")
