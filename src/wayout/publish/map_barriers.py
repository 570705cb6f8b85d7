"""Draw what closes the ways: places and lines as they are, whole directions lightly and near the area only."""

import math
import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from wayout.model import Barrier, Exit, Findings
from wayout.publish.coarsen import KM_PER_DEG, coarsen
from wayout.publish.facts import is_from_map
from wayout.publish.figures import sentences_file
from wayout.publish.map_frame import Frame
from wayout.publish.map_ground import node
from wayout.publish.map_labels import Placer

PATTERN_OF = {
    "sealed": "cross",
    "siege": "cross",
    "stated_closed": "cross",
    "stated_open": "clear",
    "hostile_operation": "slant",
    "hostile_presence": "level",
    "hostile_control": "level",
    "border": "dots",
    "river": "dots",
    "unreported": "dots",
}
"""Fill pattern by kind of barrier: crossed lines close, slanted lines fight, level lines hold, dots are priors, clear is said to be passable."""
BROAD = 0.08
"""Barriers over more of the map than this are drawn lightly: a whole direction must not hide the ground."""
MOST_SAID = 2
"""Statements on a direction in its label, at most: the table has them all."""
FAN_KM = 150.0
"""A statement on a whole direction is drawn no farther from the area than this, km: it speaks of a way, not of ground."""
FAN_SHARE = 0.17
"""... and no farther than this share of the map's width."""
_WHOLE_WAY = re.compile(r"the way (\S+?)(?: \(.*\))?$|unreported ground to the (\S+)$")


def ordered_barriers(findings: Findings) -> tuple[Barrier, ...]:
    """Order barriers as map and table number them: reported first, most surely closed first."""
    return tuple(sorted(findings.situation.barriers, key=lambda b: (is_from_map(b), -b.p_closed, b.id)))


def draw_patterns(svg: ET.Element, frame: Frame, prefix: str) -> None:
    """Define the clip of the frame and the fill patterns."""
    defs = node(svg, "defs")
    clip = node(defs, "clipPath", id=f"{prefix}-clip")
    node(clip, "rect", x=0.0, y=0.0, width=frame.width, height=frame.height)
    lines = {
        "cross": (9, "M0 0L9 9M9 0L0 9"),
        "slant": (8, "M-2 2L2 -2M0 8L8 0M6 10L10 6"),
        "level": (7, "M0 3.5H7"),
    }
    for name, (size, data) in lines.items():
        pattern = node(defs, "pattern", id=f"{prefix}-{name}", width=size, height=size, patternUnits="userSpaceOnUse")
        node(pattern, "path", class_="m-hatch", d=data)
    dots = node(defs, "pattern", id=f"{prefix}-dots", width=9, height=9, patternUnits="userSpaceOnUse")
    node(dots, "circle", class_="m-dot", cx=4.5, cy=4.5, r=0.9)


def direction_of(barrier: Barrier) -> str | None:
    """
    Return the direction that a barrier closes as a whole ("north"), or nothing where it is a place or a line.

    Parameters
    ----------
    barrier
        A barrier, named by the step that made it.
    """
    found = _WHOLE_WAY.match(barrier.name)
    return (found[1] or found[2]) if found and barrier.geometry.area > 0 else None


def draw_barriers(parent: ET.Element, frame: Frame, findings: Findings, how: tuple[str, float]) -> None:
    """
    Draw every place and line; of what is said of a whole direction, the surest statement as a light fan at the area.

    Parameters
    ----------
    parent
        Where to draw.
    frame
        The map's frame.
    findings
        The outcome of a run.
    how
        Prefix of the drawing's ids, and the floor in km.
    """
    barriers = ordered_barriers(findings)
    surest: dict[str, Barrier] = {}
    for barrier in barriers:
        direction = direction_of(barrier)
        if direction is not None and barrier.kind != "stated_open":
            surest.setdefault(direction, barrier)
    near = _near(findings.reach.source, min(FAN_KM, FAN_SHARE * frame.width / frame.units_per_km))
    for barrier in surest.values():
        _draw(parent, frame, (barrier, barrier.geometry.intersection(near), "m-fan"), how)
    for barrier in reversed(barriers):
        if direction_of(barrier) is None:
            _draw(parent, frame, (barrier, barrier.geometry, ""), how)


def _near(source: BaseGeometry, distance_km: float) -> BaseGeometry:
    """Buffer the area by a distance, on a plane that is true at its own latitude."""
    cos = max(0.1, math.cos(math.radians(source.centroid.y)))
    plane = affinity.scale(source, xfact=cos, yfact=1.0, origin=(0, 0))
    wide = plane.buffer(distance_km / KM_PER_DEG, quad_segs=24)
    return affinity.scale(wide, xfact=1 / cos, yfact=1.0, origin=(0, 0))


def _draw(parent: ET.Element, frame: Frame, what: tuple[Barrier, BaseGeometry, str], how: tuple[str, float]) -> None:
    barrier, geometry, extra = what
    prefix, floor_km = how
    # A fan is our own drawing of a word ("north"), not a position: coarsening would only fray its edge.
    shape = frame.clip(geometry if extra else coarsen(geometry, floor_km))
    data = frame.path(shape)
    if not data:
        return
    prior = is_from_map(barrier)
    kind = f"{'m-prior' if prior else 'm-reported'}{' ' + extra if extra else ''}"
    if shape.area <= 0:
        node(parent, "path", class_=f"m-line {kind}", d=data)
        return
    kind += " m-broad" if shape.area > BROAD * frame.box().area else ""
    kind += " m-clear" if barrier.kind == "stated_open" else ""
    pattern = "dots" if prior else PATTERN_OF.get(barrier.kind, "slant")
    fill = "none" if pattern == "clear" else f"url(#{prefix}-{pattern})"
    node(parent, "path", class_=f"m-area {kind}", d=data, fill=fill)


def direction_words(findings: Findings, exit_: Exit, numbers: dict[str, str]) -> tuple[str, ...]:
    """
    Word what reports say of a whole direction, for its label on the map: "stated closed (B1)", a line each.

    Parameters
    ----------
    findings
        The outcome of a run.
    exit_
        A direction.
    numbers
        Numbers of the barriers on the map.
    """
    said = [b for b in ordered_barriers(findings) if direction_of(b) == exit_.name and not is_from_map(b)]
    words = sentences_file()["phrases"]["direction_label"]
    return tuple(f"{words[b.kind]} ({numbers[b.id]})" for b in said if b.kind in words)[:MOST_SAID]


def keep_lines_free(frame: Frame, barriers: tuple[Barrier, ...], placer: Placer) -> None:
    """Keep labels off the reported lines."""
    for barrier in barriers:
        shape = frame.clip(barrier.geometry, detail=12.0)
        if is_from_map(barrier) or shape.is_empty or shape.area > 0:
            continue
        for line in shapely.get_parts(shape).tolist():
            points = [frame.xy(x, y) for x, y, *_ in line.coords] if line.geom_type == "LineString" else []
            for start, end in pairwise(points):
                placer.block_line(start, end, 5.0)


def number_barriers(frame: Frame, barriers: tuple[Barrier, ...], numbers: dict[str, str], placer: Placer) -> None:
    """Write each barrier's number where its shape lies in the frame; whole directions carry theirs in their label."""
    for barrier in barriers:
        shape = frame.clip(barrier.geometry).intersection(frame.box())
        if shape.is_empty or direction_of(barrier) is not None:
            continue
        point = shape.representative_point() if shape.area > 0 else _middle(shape)
        kind = "m-number m-quiet" if is_from_map(barrier) else "m-number"
        placer.place((numbers[barrier.id],), frame.xy(point.x, point.y), 17.0, kind, must=not is_from_map(barrier))


def _middle(line: BaseGeometry) -> shapely.Point:
    """Return the middle of the longest part of a line; of what lies at a point, the point."""
    longest = max(shapely.get_parts(line).tolist(), key=lambda part: (part.length, part.wkt))
    if longest.length == 0:
        return shapely.Point(shapely.get_coordinates(longest)[0])
    middle: shapely.Point = longest.interpolate(0.5, normalized=True)
    return middle
