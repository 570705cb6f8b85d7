"""The map of a located phrase as SVG: the ground that holds it half the time and nine times in ten, readings, towns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

import shapely
from shapely.geometry.base import BaseGeometry

from wayout.geo.compass import buffer_km
from wayout.geo.floor import snap_to_floor
from wayout.geo.membership import ground_within
from wayout.model import Place, Region
from wayout.publish.map_frame import Canvas, Frame, make_frame, number
from wayout.publish.map_ground import draw_land, draw_lines, draw_scale, in_frame, node
from wayout.publish.map_labels import Box, Placer

Bounds = tuple[float, float, float, float]
"""West, south, east, north, degrees."""
Town = tuple[str, float, float]
"""Name, longitude, latitude."""
WORLD = (-180.0, -85.0, 180.0, 85.0)
AROUND_KM = 60.0
"""A map shows at least this much round the ground, so that something known is on it."""
AROUND_SHARE = 0.15
HALF_ROUND = 180.0
"""Degrees of longitude beyond which a ground is taken to lie on both sides of the 180th meridian."""
MOST_WIDER = 3.0
"""Other readings are shown where that makes the map no wider than this many times."""
COUNTRY_SHARE = 0.02
SMALL_SHARE = 0.05
LABELLED_KINDS = frozenset({"populated_place", "crossing", "installation", "admin2", "admin3"})
"""Kinds of places that are marked by a point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """
    What a map of a region shows, snapped to the floor.

    ``half`` and ``most``: the ground that holds the true place half the time and nine times in ten. ``focus``: what must be seen.
    ``n_outside``: readings that lie outside it.
    """

    half: BaseGeometry
    most: BaseGeometry
    focus: BaseGeometry
    n_outside: int


def show_region(region: Region) -> Shown:
    """
    Choose what a map of a region shows: the best reading with its surroundings, and the others as far as they lie near.

    Parameters
    ----------
    region
        A located phrase.

    Returns
    -------
    shown
        Lon/lat.
    """
    most = snap_to_floor(ground_within(region, 0.9))
    best = replace(region, parts=(replace(region.parts[0], weight=1.0),))
    focus = near = _surroundings(snap_to_floor(ground_within(best, 0.9)))
    for part in region.parts[1:]:
        wider = shapely.union(focus, _surroundings(part.geometry)).envelope
        if _width(wider) <= MOST_WIDER * _width(near):
            focus = wider
    n_outside = sum(not part.geometry.intersects(focus) for part in region.parts[1:])
    half = snap_to_floor(ground_within(region, 0.5))
    # The surer ground of a village vanishes on the grid and becomes a whole cell: it must not stick out of the other.
    return Shown(half=half, most=shapely.union(most, half), focus=focus, n_outside=n_outside)


def _surroundings(ground: BaseGeometry) -> BaseGeometry:
    """Box a ground with some land round it."""
    west, south, east, north = ground.bounds
    if east - west > HALF_ROUND:
        # Ground on both sides of the 180th meridian: a map of the larger side, not one round the world.
        largest = max(shapely.get_parts(ground).tolist(), key=lambda part: (part.area, part.wkt))
        if largest.bounds != ground.bounds:
            return _surroundings(largest)
    pad = AROUND_SHARE * max(east - west, north - south)
    middle = shapely.Point((west + east) / 2, (south + north) / 2)
    around = buffer_km(middle, AROUND_KM).bounds
    low = (min(west - pad, around[0]), min(south - pad, around[1]))
    high = (max(east + pad, around[2]), max(north + pad, around[3]))
    return shapely.box(max(low[0], WORLD[0]), max(low[1], WORLD[1]), min(high[0], WORLD[2]), min(high[1], WORLD[3]))


def _width(box: BaseGeometry) -> float:
    west, south, east, north = box.bounds
    return float(max(east - west, north - south))


def frame_of_region(shown: Shown, canvas: Canvas) -> Frame:
    """Choose the frame of a region's map on some paper."""
    return make_frame(WORLD, shown.focus, canvas)


def marked_places(places: Sequence[Place]) -> tuple[Town, ...]:
    """List the places a region rests on that a point can mark, at the floor."""
    marked = []
    for place in places:
        if place.kind in LABELLED_KINDS:
            lon, lat = shapely.get_coordinates(snap_to_floor(shapely.Point(place.lon, place.lat)))[0]
            marked.append((place.name, float(lon), float(lat)))
    return tuple(marked)


def draw_region_map(region: Region, towns_in: Callable[[Bounds], Sequence[Town]], canvas: Canvas) -> str:
    """
    Draw the map of a region.

    Parameters
    ----------
    region
        A located phrase.
    towns_in
        Returns towns for orientation in bounds, most important first.
    canvas
        The paper; its prefix makes the ids of the drawing.

    Returns
    -------
    svg
        The ``<svg>`` element as text; names are escaped by the serialiser.
    """
    shown = show_region(region)
    frame = frame_of_region(shown, canvas)
    svg = ET.Element("svg", _attributes(frame, canvas.prefix))
    node(svg, "title", f"Map: {region.phrase}", id=f"{canvas.prefix}-title")
    node(svg, "desc", _description(region), id=f"{canvas.prefix}-desc")
    clip = node(node(svg, "defs"), "clipPath", id=f"{canvas.prefix}-clip")
    node(clip, "rect", x=0.0, y=0.0, width=frame.width, height=frame.height)
    ground = node(svg, "g", clip_path=f"url(#{canvas.prefix}-clip)")
    draw_land(ground, frame)
    for kind, area in (("m-most", shown.most), ("m-half", shown.half)):
        if area.area > 0:
            node(ground, "path", class_=kind, d=frame.path(frame.clip(area)))
    draw_lines(ground, frame)
    for kind, area in (("m-most-edge", shown.most), ("m-half-edge", shown.half)):
        node(ground, "path", class_=kind, d=frame.path(frame.clip(area)))
    placer = _placer(frame)
    anchors = marked_places(region.places)
    _mark(ground, frame, anchors, "m-anchor", placer)
    _number_readings(ground, frame, region, placer)
    _keep_free(placer, frame, shown.most)
    _name_countries(frame, placer)
    bounds = (frame.west, frame.south, frame.east, frame.north)
    near = 0.03 * (frame.east - frame.west)
    others = [
        t for t in towns_in(bounds) if not any(abs(t[1] - x) < near and abs(t[2] - y) < near for _, x, y in anchors)
    ]
    _mark(ground, frame, others, "m-town", placer)
    _write_labels(svg, placer)
    draw_scale(svg, frame)
    node(svg, "rect", class_="m-edge", x=0.5, y=0.5, width=frame.width - 1, height=frame.height - 1)
    return ET.tostring(svg, encoding="unicode")


def _attributes(frame: Frame, prefix: str) -> dict[str, str]:
    return {
        "class": f"map {'small-map' if 'small' in prefix else 'wide-map'}",
        "id": prefix,
        "viewBox": f"0 0 {number(frame.width)} {number(frame.height)}",
        "role": "img",
        "aria-labelledby": f"{prefix}-title {prefix}-desc",
        "focusable": "false",
    }


def _description(region: Region) -> str:
    named = ", ".join(place.name for place in region.places)
    rests = f" It rests on {named}." if named else ""
    return (
        f"Where {region.phrase} is: the darker ground holds it half the time, all shaded ground nine times in ten.{rests} "
        "The facts beside the map say the same."
    )


def _placer(frame: Frame) -> Placer:
    placer = Placer(frame=Box(left=6, top=6, right=frame.width - 6, bottom=frame.height - 6))
    width, height = draw_scale(ET.Element("svg"), frame)
    placer.block(
        Box(left=frame.width - width - 12, top=frame.height - height - 8, right=frame.width, bottom=frame.height)
    )
    return placer


def _keep_free(placer: Placer, frame: Frame, ground: BaseGeometry) -> None:
    """Keep labels off ground that is small on the map; large ground bears them."""
    shape = frame.clip(ground).intersection(frame.box())
    if shape.is_empty or shape.envelope.area > SMALL_SHARE * frame.box().area:
        return
    west, south, east, north = shape.bounds
    left, top = frame.xy(west, north)
    right, bottom = frame.xy(east, south)
    placer.block(Box(left=left, top=top, right=right, bottom=bottom))


def _number_readings(parent: ET.Element, frame: Frame, region: Region, placer: Placer) -> None:
    """Outline the readings after the best one, numbered as in the table."""
    for n, part in enumerate(region.parts[1:], start=2):
        shape = frame.clip(snap_to_floor(part.geometry)).intersection(frame.box())
        if shape.is_empty:
            continue
        node(parent, "path", class_="m-other", d=frame.path(shape))
        point = shape.representative_point()
        placer.place((str(n),), frame.xy(point.x, point.y), 17.0, "m-number m-quiet", must=True)


def _mark(parent: ET.Element, frame: Frame, towns: Sequence[Town], kind: str, placer: Placer) -> None:
    """Mark places by a dot, each with its name where there is room; towns without room are left out."""
    size = 16.0 if kind == "m-anchor" else 14.0
    for name, lon, lat in towns:
        if not frame.box().contains(shapely.Point(lon, lat)):
            continue
        x, y = frame.xy(lon, lat)
        if placer.place((name,), (x, y), size, f"m-place {kind}-name", must=kind == "m-anchor"):
            node(parent, "circle", class_=kind, cx=x, cy=y, r=5.0 if kind == "m-anchor" else 3.0)
            placer.block(Box(left=x - 6, top=y - 6, right=x + 6, bottom=y + 6))


def _name_countries(frame: Frame, placer: Placer) -> None:
    for feature in in_frame("countries", frame):
        seen = feature.geometry.intersection(frame.box())
        if seen.area > COUNTRY_SHARE * frame.box().area:
            point = seen.representative_point()
            name = str(feature.properties["name"]).upper()
            placer.place((name,), frame.xy(point.x, point.y), 16.0, "m-country", must=False)


def _write_labels(svg: ET.Element, placer: Placer) -> None:
    group = node(svg, "g", class_="m-labels")
    for label in placer.labels:
        text = node(group, "text", class_=f"m-label {label.kind}", x=label.x, y=label.y, font_size=label.size)
        node(text, "tspan", label.lines[0], x=label.x, dy=0.0)
