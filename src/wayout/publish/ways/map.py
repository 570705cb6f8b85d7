"""The map of an answer of `wayout move` as SVG: what is reached, what closes a way, routes, exits; not by colour alone."""

from xml.etree import ElementTree as ET

import shapely
from shapely.geometry.base import BaseGeometry

from wayout.geo.floor import FLOOR_KM
from wayout.model import Barrier, Exit
from wayout.publish.coarsen import coarsen, step_deg
from wayout.publish.map_barriers import BROAD, PATTERN_OF, draw_patterns
from wayout.publish.map_frame import NARROW, Canvas, Frame, make_frame, number
from wayout.publish.map_ground import draw_land, draw_lines, draw_scale, in_frame, node
from wayout.publish.map_labels import Box, Placer
from wayout.publish.map_surface import surface_classes
from wayout.publish.ways.told import ToldWays, numbered_barriers, told_exits
from wayout.stats.likelihood import likelihood_term, percent

COUNTRY_SHARE = 0.02
"""Countries over at least this share of the map are named."""
FAR_SHARE = 0.04
"""Towns nearer than this share of the map's width to a source or an exit are not named: those are named already."""
MOST_LABELLED = 14
"""Exits labelled on the map; the table has them all."""


def draw_ways(told: ToldWays, canvas: Canvas) -> tuple[str, tuple[float, ...]]:
    """
    Draw the map.

    Parameters
    ----------
    told
        An answer.
    canvas
        The paper; its prefix makes the ids of the drawing.

    Returns
    -------
    svg, thresholds
        The ``<svg>`` element as text, names escaped by the serialiser, and the lower bounds of the shaded classes.
    """
    reach = told.reach
    frame = make_frame(reach.surface_bounds, _focus(told), canvas)
    svg = ET.Element("svg", _attributes(frame, canvas))
    node(svg, "title", f"Map: {told.title or 'the ways'}", id=f"{canvas.prefix}-title")
    node(svg, "desc", _description(told), id=f"{canvas.prefix}-desc")
    draw_patterns(svg, frame, canvas.prefix)
    ground = node(svg, "g", clip_path=f"url(#{canvas.prefix}-clip)")
    draw_land(ground, frame)
    classes = surface_classes(reach.p_surface, reach.surface_bounds, FLOOR_KM)
    for threshold, area in classes:
        node(ground, "path", class_=f"m-s m-s{round(threshold * 100)}", d=frame.path(frame.clip(area)))
    draw_lines(ground, frame)
    _draw_corridors(ground, frame, told)
    for barrier in reversed(told.barriers):
        _draw_barrier(ground, frame, barrier, canvas.prefix)
    for exit_ in reversed(told_exits(told)):
        _draw_route(ground, frame, exit_)
    for source in told.sources:
        node(ground, "path", class_="m-source", d=frame.path(frame.clip(source.geometry)))
    placer = _placer(frame)
    _label(ground, frame, told, placer)
    _name_around(ground, frame, told, placer)
    group = node(svg, "g", class_="m-labels")
    for label in placer.labels:
        text = node(group, "text", class_=f"m-label {label.kind}", x=label.x, y=label.y, font_size=label.size)
        for n, line in enumerate(label.lines):
            node(text, "tspan", line, x=label.x, dy=0.0 if n == 0 else label.size * 1.2)
    draw_scale(svg, frame)
    node(svg, "rect", class_="m-edge", x=0.5, y=0.5, width=frame.width - 1, height=frame.height - 1)
    return ET.tostring(svg, encoding="unicode"), tuple(t for t, _ in classes)


def _attributes(frame: Frame, canvas: Canvas) -> dict[str, str]:
    return {
        "class": f"map {'small-map' if canvas.width <= NARROW.width else 'wide-map'}",
        "id": canvas.prefix,
        "viewBox": f"0 0 {number(frame.width)} {number(frame.height)}",
        "role": "img",
        "aria-labelledby": f"{canvas.prefix}-title {canvas.prefix}-desc",
        "focusable": "false",
    }


def _description(told: ToldWays) -> str:
    said = [f"{e.name}: {likelihood_term(e.p_reach)}, {percent(e.p_reach)}" for e in told_exits(told)[:MOST_LABELLED]]
    return (
        f"From {told.question.area_text}: {'; '.join(said) or 'no exit'}. Shading shows how likely it is that ground is "
        "reached in time; patterns and thick lines are barriers. The tables beside the map hold the same."
    )


def _focus(told: ToldWays) -> BaseGeometry:
    """Choose what must be seen: sources, exits, routes, and the barriers near them."""
    shapes = [s.geometry for s in told.sources]
    if told.places:
        shapes += [p.geometry for p in told.places]
    else:
        shapes += [e.geometry for e in told.reach.exits if e.kind == "direction"]
    shapes += [e.route for e in told.reach.exits if e.route is not None and e.kind in ("place", "direction")]
    window = shapely.box(*told.reach.surface_bounds)
    near = shapely.union_all([s.envelope for s in shapes]).envelope
    west, south, east, north = near.bounds
    around = near.buffer(0.5 * max(east - west, north - south), join_style="mitre")
    shapes += [b.geometry.intersection(around) for b in told.barriers]
    return shapely.union_all([s.intersection(window).envelope for s in shapes if not s.is_empty])


def _draw_barrier(parent: ET.Element, frame: Frame, barrier: Barrier, prefix: str) -> None:
    shape = frame.clip(barrier.geometry)
    data = frame.path(shape)
    if not data:
        return
    kind = "m-prior" if barrier.is_prior else "m-reported"
    certainty = "" if barrier.p_closed >= 0.5 else " m-doubt"
    if shape.area <= 0:
        node(parent, "path", class_=f"m-line {kind}{certainty}", d=data)
        return
    broad = " m-broad" if shape.area > BROAD * frame.box().area else ""
    pattern = "clear" if barrier.p_closed == 0 else PATTERN_OF.get(barrier.kind, "slant")
    fill = "none" if pattern == "clear" else f"url(#{prefix}-{pattern})"
    node(parent, "path", class_=f"m-area {kind}{broad}{certainty}", d=data, fill=fill)


def _draw_corridors(parent: ET.Element, frame: Frame, told: ToldWays) -> None:
    """Lighten the ground of all ways that are at most a tenth slower than the fastest to their exit."""
    found = [e.corridor for e in told.reach.exits if e.corridor is not None and e.kind == "place"]
    if found:
        ground = coarsen(shapely.union_all(found), FLOOR_KM)
        # Rounded by the floor's own step, so that the drawing does not show the squares; nothing finer comes in.
        step = step_deg(ground, FLOOR_KM)
        smooth = ground.buffer(step).buffer(-1.5 * step).buffer(0.5 * step)
        node(parent, "path", class_="m-corridor", d=frame.path(frame.clip(smooth)))


def _draw_route(parent: ET.Element, frame: Frame, exit_: Exit) -> None:
    if exit_.route is not None and exit_.kind in ("place", "direction"):
        data = frame.path(frame.clip(coarsen(exit_.route, FLOOR_KM)))
        node(parent, "path", class_="m-route m-route-casing", d=data)
        node(parent, "path", class_="m-route", d=data)


def _placer(frame: Frame) -> Placer:
    placer = Placer(frame=Box(left=6, top=6, right=frame.width - 6, bottom=frame.height - 6))
    width, height = draw_scale(ET.Element("svg"), frame)
    placer.block(
        Box(left=frame.width - width - 12, top=frame.height - height - 8, right=frame.width, bottom=frame.height)
    )
    return placer


def _label(parent: ET.Element, frame: Frame, told: ToldWays, placer: Placer) -> None:
    """Mark and label sources, exits and barriers, in this order."""
    size = 18.0 if frame.width > NARROW.width else 15.0
    spots = [(e, _anchor(frame, e)) for e in told_exits(told)[:MOST_LABELLED] if e.kind in ("place", "direction")]
    shapes = {place.name: place.geometry for place in told.places}
    for exit_, at in spots:
        if at is None:
            continue
        shape = shapes.get(exit_.name)
        if shape is not None and (shape.length > 0 or shape.area > 0):
            node(parent, "path", class_="m-goal-shape", d=frame.path(frame.clip(shape)))
        node(parent, "circle", class_="m-goal", cx=at[0], cy=at[1], r=7.0)
        placer.block(Box(left=at[0] - 9, top=at[1] - 9, right=at[0] + 9, bottom=at[1] + 9))
    for source in told.sources:
        middle = source.geometry.representative_point()
        if frame.box().contains(middle):
            placer.place((_short(source.name),), frame.xy(middle.x, middle.y), size, "m-area-name", must=True)
    for exit_, at in spots:
        if at is not None:
            lines = (_short(exit_.name), f"{likelihood_term(exit_.p_reach)}, {percent(exit_.p_reach)}")
            placer.place(lines, at, size, "m-way", must=True)
    numbers = numbered_barriers(told)
    for barrier in told.barriers:
        shape = frame.clip(barrier.geometry).intersection(frame.box())
        if not shape.is_empty:
            middle = shape.representative_point()
            kind = "m-number m-quiet" if barrier.is_prior else "m-number"
            placer.place((numbers[barrier.id],), frame.xy(middle.x, middle.y), 16.0, kind, must=True)


def _anchor(frame: Frame, exit_: Exit) -> tuple[float, float] | None:
    """Find where an exit is marked: inside its ground, as far as that lies on the map."""
    seen = exit_.geometry.intersection(frame.box()) if exit_.geometry.is_valid else exit_.geometry.envelope
    if seen.is_empty:
        return None
    middle = (
        seen.representative_point() if seen.area > 0 or seen.length == 0 else seen.interpolate(0.5, normalized=True)
    )
    return frame.xy(middle.x, middle.y)


def _short(name: str) -> str:
    """Cut a name that would cover the map; the table has it whole."""
    return name if len(name) <= 28 else name[:27].rstrip() + "…"


def _name_around(parent: ET.Element, frame: Frame, told: ToldWays, placer: Placer) -> None:
    """Name countries and towns, as far as there is room and nobody drew them himself."""
    for feature in in_frame("countries", frame):
        seen = feature.geometry.intersection(frame.box())
        if seen.area > COUNTRY_SHARE * frame.box().area:
            point = seen.representative_point()
            name = str(feature.properties["name"]).upper()
            placer.place((name,), frame.xy(point.x, point.y), 15.0, "m-country", must=False)
    drawn = [p.geometry for p in (*told.sources, *told.places)]
    near = FAR_SHARE * (frame.east - frame.west)
    for name, lon, lat in told.towns:
        point = shapely.Point(lon, lat)
        if not frame.box().contains(point) or any(g.distance(point) < near for g in drawn):
            continue
        x, y = frame.xy(lon, lat)
        if placer.place((name,), (x, y), 13.5, "m-place m-town-name", must=False):
            node(parent, "circle", class_="m-town", cx=x, cy=y, r=3.0)
            placer.block(Box(left=x - 6, top=y - 6, right=x + 6, bottom=y + 6))
