"""The map in a terminal: what it shades, what it names, and that it fits."""

import pytest
import shapely

from wayout.cli.terminal_map import ASCII, UNICODE, Ground, TerminalMap

FOCUS = shapely.box(22.0, 12.0, 28.0, 16.0)
GROUND = Ground(
    half=shapely.Point(25, 14).buffer(0.5),
    most=shapely.Point(25, 14).buffer(1.0),
    focus=FOCUS,
    anchors=(("Kutum", 24.65, 14.2),),
)


def draw(ground=GROUND, columns=78, rows=20, signs=UNICODE):
    drawn = TerminalMap(ground, columns, rows, signs)
    drawn.name_towns(ground.anchors, "anchor")
    return drawn


def text(drawn):
    return [line.plain for line in drawn.lines()]


@pytest.mark.parametrize(("columns", "rows"), [(24, 6), (78, 20), (100, 30)])
def test_it_has_exactly_its_size(columns, rows):
    lines = text(draw(columns=columns, rows=rows))
    assert len(lines) == rows
    assert {len(line) for line in lines} == {columns}


def test_the_surer_ground_is_shaded_inside_the_other():
    lines = text(draw())
    rows = [n for n, line in enumerate(lines) if "▒" in line]
    assert rows
    outer = [n for n, line in enumerate(lines) if "░" in line or "▒" in line]
    assert min(outer) < min(rows)
    assert max(rows) < max(outer)


def test_the_ground_is_where_it_belongs():
    east = Ground(half=shapely.Point(27, 14).buffer(0.3), most=shapely.Point(27, 14).buffer(0.5), focus=FOCUS)
    assert all(line.index("░") > 39 for line in text(draw(east)) if "░" in line)


def test_ground_smaller_than_a_cell_is_still_marked():
    tiny = Ground(half=shapely.Point(25, 14).buffer(0.001), most=shapely.Point(25, 14).buffer(0.002), focus=FOCUS)
    assert 1 <= sum(line.count("▒") for line in text(draw(tiny))) <= 4


def test_towns_are_named_and_do_not_cover_each_other():
    drawn = draw()
    here = [("El Fasher", 25.35, 13.63), ("Same spot", 25.35, 13.63), ("Outside", 40.0, 14.0)]
    assert drawn.name_towns(here) in (1, 2)
    whole = "\n".join(text(drawn))
    assert "El Fasher" in whole
    assert "◆ Kutum" in whole
    assert "Outside" not in whole


def test_countries_are_named_where_there_is_room():
    drawn = draw()
    drawn.name_countries()
    assert "SUDAN" in "\n".join(text(drawn))


def test_plain_ascii_where_the_terminal_has_no_more():
    ground = Ground(
        half=GROUND.half, most=GROUND.most, focus=shapely.box(30, 30, 40, 37), anchors=(("Ségou", 25.0, 14.0),)
    )
    drawn = draw(ground, signs=ASCII)
    drawn.name_towns([("Idlîb", 36.6, 35.9)])
    drawn.name_countries()
    whole = "\n".join(text(drawn)) + drawn.scale()
    assert whole.isascii()
    assert "Idlib" in whole
    assert "~" in whole


def test_the_scale_bar_is_as_long_as_it_says():
    drawn = draw()
    bar, km, _ = drawn.scale().rsplit(" ", 2)
    assert len(bar) / (drawn.frame.units_per_km / 2) == pytest.approx(float(km), rel=0.2)


def test_nothing_is_told_by_colour_alone():
    kinds = {span.style for line in draw().lines() for span in line.spans}
    assert len(kinds) > 3
    assert UNICODE.half != UNICODE.most
    assert UNICODE.town != UNICODE.anchor


def test_a_strip_narrower_than_a_cell_is_not_lost():
    strip = shapely.LineString([(22.5, 12.5), (27.5, 15.5)]).buffer(0.01)
    lines = text(draw(Ground(half=shapely.Polygon(), most=strip, focus=FOCUS)))
    assert sum("░" in line for line in lines) >= 10
