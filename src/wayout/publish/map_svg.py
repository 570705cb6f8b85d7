"""Draw the map of the brief as inline SVG: readable without scripts, in light and dark, and not by colour alone."""

import math
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import shapely
from shapely.geometry.base import BaseGeometry

from wayout.model import Exit, Findings
from wayout.publish.coarsen import coarsen
from wayout.publish.facts import is_from_map, is_reported
from wayout.publish.map_barriers import (
    direction_words,
    draw_barriers,
    draw_patterns,
    keep_lines_free,
    number_barriers,
    ordered_barriers,
)
from wayout.publish.map_frame import NARROW, Canvas, Frame, make_frame, number
from wayout.publish.map_ground import draw_land, draw_lines, draw_scale, in_frame, node
from wayout.publish.map_labels import Box, Placer
from wayout.publish.map_surface import surface_classes
from wayout.stats.likelihood import likelihood_term, percent

MOST_NAMES = 26
"""Places and provinces labelled, at most."""

MOST_CORRIDORS = 2
"""Corridors drawn, at most: more would cover the ground they are meant to show."""

STATED = 0.82
"""Size of what is stated of a direction, as a share of its label's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapKey:
    """What the legend and table need: the number of each barrier on the map, and the thresholds that were shaded."""

    numbers: dict[str, str]
    thresholds: tuple[float, ...]


def draw_map(findings: Findings, floor_km: float, canvas: Canvas) -> tuple[str, MapKey]:
    """
    Draw the map.

    Parameters
    ----------
    findings
        The outcome of a run.
    floor_km
        Floor of published positions, km: everything of the findings is coarsened to it before it is drawn.
    canvas
        The paper.

    Returns
    -------
    svg, key
        The ``<svg>`` element as text, and what its legend needs.
    """
    reach = findings.reach
    frame = make_frame(reach.surface_bounds, _focus(findings), canvas)
    svg = ET.Element("svg", _attributes(frame, canvas.prefix))
    node(svg, "title", f"Map: the ways for {findings.question.party.name}", id=f"{canvas.prefix}-title")
    node(svg, "desc", _description(findings), id=f"{canvas.prefix}-desc")
    draw_patterns(svg, frame, canvas.prefix)
    ground = node(svg, "g", clip_path=f"url(#{canvas.prefix}-clip)")
    draw_land(ground, frame)
    classes = surface_classes(reach.p_surface, reach.surface_bounds, floor_km)
    for n, (_, area) in enumerate(classes):
        level = _level(classes[n][0])
        node(ground, "path", class_=f"m-s m-s{level}", d=frame.path(frame.clip(area)))
    draw_lines(ground, frame)
    barriers = ordered_barriers(findings)
    numbers = {b.id: f"B{n}" for n, b in enumerate(barriers, start=1)}
    draw_barriers(ground, frame, findings, (canvas.prefix, floor_km))
    area = frame.clip(coarsen(reach.source, floor_km))
    node(ground, "path", class_="m-source", d=frame.path(area))
    window = frame.clip(shapely.box(*reach.surface_bounds).exterior)
    node(ground, "path", class_="m-window", d=frame.path(window))
    placer = _placer(svg, frame)
    keep_lines_free(frame, barriers, placer)
    _draw_ways(ground, frame, findings, placer, (floor_km, numbers))
    number_barriers(frame, barriers, numbers, placer)
    _name_places(findings, frame, placer, floor_km)
    _write_labels(svg, placer)
    draw_scale(svg, frame)
    node(svg, "rect", class_="m-edge", x=0.5, y=0.5, width=frame.width - 1, height=frame.height - 1)
    return ET.tostring(svg, encoding="unicode"), MapKey(numbers=numbers, thresholds=tuple(t for t, _ in classes))


def _level(threshold: float) -> int:
    return round(threshold * 100)


def _attributes(frame: Frame, prefix: str) -> dict[str, str]:
    return {
        "class": f"map {prefix}",
        "id": prefix,
        "viewBox": f"0 0 {number(frame.width)} {number(frame.height)}",
        "role": "img",
        "aria-labelledby": f"{prefix}-title {prefix}-desc",
        "focusable": "false",
    }


def _description(findings: Findings) -> str:
    ways = [
        f"{e.name}: "
        + (f"{likelihood_term(e.p_reach)}, {percent(e.p_reach)}" if is_reported(e) else "no report, a prior")
        for e in findings.reach.exits
        if e.kind == "direction"
    ]
    return (
        f"The area asked about is {findings.question.area_text}. Ways: {'; '.join(ways)}. "
        "Shading shows how likely it is that ground is reached in time; patterns show what closes a way. "
        "The tables after the map hold the same."
    )


def _focus(findings: Findings) -> BaseGeometry:
    reach = findings.reach
    shapes = [reach.source]
    for exit_ in reach.exits:
        if exit_.kind == "direction":
            shapes += [exit_.geometry] + ([exit_.route] if exit_.route is not None else [])
    shapes += [b.geometry for b in findings.situation.barriers if not is_from_map(b)]
    window = shapely.box(*reach.surface_bounds)
    return shapely.union_all([shapely.make_valid(s).intersection(window).envelope for s in shapes if not s.is_empty])


def _placer(svg: ET.Element, frame: Frame) -> Placer:
    placer = Placer(frame=Box(left=6, top=6, right=frame.width - 6, bottom=frame.height - 6))
    width, height = draw_scale(ET.Element("svg"), frame)
    placer.block(
        Box(left=frame.width - width - 12, top=frame.height - height - 8, right=frame.width, bottom=frame.height)
    )
    return placer


def _draw_ways(
    parent: ET.Element, frame: Frame, findings: Findings, placer: Placer, how: tuple[float, dict[str, str]]
) -> None:
    """Draw corridors, routes and an arrow for every direction, and label the arrows."""
    floor_km, numbers = how
    ways = [e for e in findings.reach.exits if e.kind == "direction" and e.bearing_deg is not None]
    for exit_ in with_corridors(findings):
        if exit_.corridor is not None:
            ground = frame.clip(coarsen(exit_.corridor, floor_km))
            node(parent, "path", class_="m-corridor", d=frame.path(ground))
    for exit_ in sorted(ways, key=lambda e: e.p_reach):
        if exit_.route is not None and not exit_.route.is_empty:
            kind = "m-route" if is_reported(exit_) else "m-route m-unreported"
            node(parent, "path", class_=kind, d=frame.path(frame.clip(coarsen(exit_.route, floor_km))))
    source = coarsen(findings.reach.source, floor_km)
    middle = frame.xy(source.centroid.x, source.centroid.y)
    ends = {e.id: _draw_arrow(parent, frame, source, e, findings.question.party.aim) for e in ways}
    size, no_report = (19.0, "no report; ") if frame.width > NARROW.width else (15.0, "")
    for start, end in ends.values():
        placer.block_line(start, end, 6.0)
    for exit_ in sorted(ways, key=lambda e: (not is_reported(e), -e.p_reach, e.id)):
        told = f"{likelihood_term(exit_.p_reach)}, {percent(exit_.p_reach)}"
        second = told if is_reported(exit_) else f"{no_report}prior {percent(exit_.p_reach)}"
        kind = "m-way" if is_reported(exit_) else "m-way m-quiet"
        lines = (exit_.name.capitalize(), second, *direction_words(findings, exit_, numbers))
        placer.place(lines, ends[exit_.id][1], size, kind, must=True)
    placer.place((findings.question.area_text,), middle, size + 1, "m-area-name", must=True)


def with_corridors(findings: Findings) -> list[Exit]:
    """List the directions whose corridors are drawn: the most open that reports speak of, else the most open."""
    ways = [
        e for e in findings.reach.exits if e.kind == "direction" and e.corridor is not None and not e.corridor.is_empty
    ]
    leading = [e for e in ways if is_reported(e)] or ways
    return sorted(leading, key=lambda e: (-e.p_reach, e.id))[:MOST_CORRIDORS]


def _draw_arrow(
    parent: ET.Element, frame: Frame, source: BaseGeometry, exit_: Exit, aim: str
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Draw an arrow from the area's edge outward (inward where the party must get in); return its inner and outer end."""
    turn = math.radians(exit_.bearing_deg or 0.0)
    dx, dy = math.sin(turn), -math.cos(turn)
    x0, y0 = frame.xy(source.centroid.x, source.centroid.y)
    west, south, east, north = source.bounds
    left, top = frame.xy(west, north)
    right, bottom = frame.xy(east, south)
    reach = abs(dx) * (right - left) / 2 + abs(dy) * (bottom - top) / 2 + 12
    room = _room(frame, (x0, y0), (dx, dy)) - 34
    start = min(reach, max(18.0, room - 60))
    length = max(46.0, min(0.2 * frame.width, room - start))
    a = (x0 + dx * start, y0 + dy * start)
    b = (x0 + dx * (start + length), y0 + dy * (start + length))
    tail, head = (a, b) if aim == "out" else (b, a)
    ux, uy = (dx, dy) if aim == "out" else (-dx, -dy)
    neck = (head[0] - ux * 17, head[1] - uy * 17)
    wide = 2.5 + 6.5 * exit_.p_reach
    kind = "m-arrow" if is_reported(exit_) else "m-arrow m-unreported"
    line = f"M{number(tail[0])} {number(tail[1])}L{number(neck[0])} {number(neck[1])}"
    node(parent, "path", class_=f"{kind} m-casing", d=line, stroke_width=wide + 4)
    node(parent, "path", class_=kind, d=line, stroke_width=wide)
    side = 6.0 + wide
    corners = [
        head,
        (neck[0] - uy * side, neck[1] + ux * side),
        (neck[0] + uy * side, neck[1] - ux * side),
    ]
    points = " ".join(f"{number(x)},{number(y)}" for x, y in corners)
    node(parent, "polygon", class_="m-head" if is_reported(exit_) else "m-head m-unreported", points=points)
    return a, b


def _room(frame: Frame, at: tuple[float, float], step: tuple[float, float]) -> float:
    """Measure how far one can go from a point in a direction before the edge, SVG units."""
    far = []
    for position, direction, limit in ((at[0], step[0], frame.width), (at[1], step[1], frame.height)):
        if abs(direction) > 1e-9:
            far.append(((limit if direction > 0 else 0.0) - position) / direction)
    return min(far)


def _name_places(findings: Findings, frame: Frame, placer: Placer, floor_km: float) -> None:
    """Name countries, places that the reports name, and provinces, as far as there is room."""
    for feature in in_frame("countries", frame):
        seen = feature.geometry.intersection(frame.box())
        if seen.area > 0.02 * frame.box().area:
            point = seen.representative_point()
            placer.place(
                (str(feature.properties["name"]).upper(),), frame.xy(point.x, point.y), 17.0, "m-country", must=False
            )
    places = {p.id: p for c in findings.claims for u in c.places if u.region for p in u.region.places}
    named = 0
    for place in sorted(places.values(), key=lambda p: (-(p.population or 0), p.id)):
        point = coarsen(shapely.Point(place.lon, place.lat), floor_km).centroid
        if place.name == findings.question.area_text:
            continue
        if place.kind == "populated_place" and frame.box().contains(point) and named < MOST_NAMES:
            named += placer.place((place.name,), frame.xy(point.x, point.y), 15.0, "m-place", must=False)
    for feature in in_frame("admin1", frame):
        seen = feature.geometry.intersection(frame.box())
        if seen.area > 0.015 * frame.box().area and named < MOST_NAMES:
            point = seen.representative_point()
            named += placer.place(
                (str(feature.properties["name"]),), frame.xy(point.x, point.y), 14.0, "m-province", must=False
            )


def _write_labels(svg: ET.Element, placer: Placer) -> None:
    group = node(svg, "g", class_="m-labels")
    for label in placer.labels:
        text = node(group, "text", class_=f"m-label {label.kind}", x=label.x, y=label.y, font_size=label.size)
        for n, line in enumerate(label.lines):
            # A way's third line and those after it say what reports state: smaller than the judgement itself.
            small = {"class_": "m-stated", "font_size": label.size * STATED} if n > 1 else {}
            node(text, "tspan", line, x=label.x, dy=label.size * 1.15 if n else 0.0, **small)
