"""Draw the ground of the map: land, borders, waters, graticule, scale bar and north arrow."""

import math
from typing import Any
from xml.etree import ElementTree as ET

from wayout.geo.layers import Feature, read_layer
from wayout.publish.map_frame import Frame, number
from wayout.publish.quotes import visible

NICE = (1, 2, 5)
RIVER_RANK = 6
"""Natural Earth rank of the smallest rivers drawn; absent ranks are drawn."""
MOST_PROVINCES = 60
"""With more provinces in the frame their outlines are left out: they would only grey the map."""


def node(parent: ET.Element, tag: str, text: str | None = None, **attributes: Any) -> ET.Element:
    """
    Add an SVG element; text is escaped by the serialiser, hidden characters are made visible.

    Parameters
    ----------
    parent
        Where to add it.
    tag
        Element name.
    text
        Its text.
    attributes
        Attributes; ``class_`` becomes ``class``, underscores become hyphens, numbers are written shortly.
    """
    written = {
        key.rstrip("_").replace("_", "-"): number(value) if isinstance(value, float) else visible(str(value))
        for key, value in attributes.items()
        if value is not None
    }
    made = ET.SubElement(parent, tag, written)
    made.text = None if text is None else visible(text)
    return made


def in_frame(layer: str, frame: Frame) -> list[Feature]:
    """List the features of a map layer that touch the frame, in file order."""
    box = frame.box()
    west, south, east, north = box.bounds
    found = []
    for feature in read_layer(layer):
        a, b, c, d = feature.geometry.bounds
        if a <= east and c >= west and b <= north and d >= south and feature.geometry.intersects(box):
            found.append(feature)
    return found


def draw_land(parent: ET.Element, frame: Frame) -> None:
    """Draw sea, land and lakes: what lies under the surface."""
    node(parent, "rect", class_="m-sea", x=0.0, y=0.0, width=frame.width, height=frame.height)
    for feature in in_frame("countries", frame):
        node(parent, "path", class_="m-land", d=frame.path(frame.clip(feature.geometry)))


def draw_lines(parent: ET.Element, frame: Frame) -> None:
    """Draw what must stay readable above the surface: provinces, rivers, lakes, country borders, graticule."""
    provinces = in_frame("admin1", frame)
    if len(provinces) <= MOST_PROVINCES:
        for feature in provinces:
            node(parent, "path", class_="m-admin", d=frame.path(frame.clip(feature.geometry)))
    for feature in in_frame("rivers", frame):
        if (feature.properties.get("rank") or 0) <= RIVER_RANK:
            node(parent, "path", class_="m-river", d=frame.path(frame.clip(feature.geometry)))
    for feature in in_frame("lakes", frame):
        node(parent, "path", class_="m-lake", d=frame.path(frame.clip(feature.geometry)))
    for feature in in_frame("countries", frame):
        node(parent, "path", class_="m-border", d=frame.path(frame.clip(feature.geometry)))
    _draw_graticule(parent, frame)


def _draw_graticule(parent: ET.Element, frame: Frame) -> None:
    corner, _ = draw_scale(ET.Element("svg"), frame)
    step = _nice_step((frame.east - frame.west) / (4 if frame.width > 600 else 2))
    for lon in _multiples(frame.west, frame.east, step):
        x, _ = frame.xy(lon, frame.south)
        node(parent, "path", class_="m-grid", d=f"M{number(x)} 0V{number(frame.height)}")
        if x < frame.width - corner - 36:  # else the scale bar would cover it
            node(parent, "text", _degrees(lon, "E", "W"), class_="m-tick", x=x + 3, y=frame.height - 5)
    for lat in _multiples(frame.south, frame.north, step):
        _, y = frame.xy(frame.west, lat)
        node(parent, "path", class_="m-grid", d=f"M0 {number(y)}H{number(frame.width)}")
        node(parent, "text", _degrees(lat, "N", "S"), class_="m-tick", x=4.0, y=y - 3)


def _multiples(low: float, high: float, step: float) -> list[float]:
    return [n * step for n in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _degrees(value: float, positive: str, negative: str) -> str:
    side = positive if value > 0 else negative if value < 0 else ""
    return f"{abs(round(value, 2)):g}°{side}"


def _nice_step(about: float) -> float:
    """Round down to 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(about))
    return max(n * power for n in NICE if n * power <= about)


def draw_scale(parent: ET.Element, frame: Frame) -> tuple[float, float]:
    """
    Draw a scale bar and a north arrow in the lower right corner.

    Returns
    -------
    size
        Width and height of the corner that they take, SVG units.
    """
    length_km = _nice_step(frame.width / 5 / frame.units_per_km)
    length = length_km * frame.units_per_km
    right, base = frame.width - 20, frame.height - 34
    group = node(parent, "g", class_="m-scale")
    corner = (right - length - 58, base - 30)
    size = (frame.width - corner[0], frame.height - corner[1])
    node(group, "rect", class_="m-plate", x=corner[0], y=corner[1], width=size[0], height=size[1])
    left = right - length
    node(group, "path", class_="m-bar", d=f"M{number(left)} {number(base - 6)}v6H{number(right)}v-6")
    label = f"{length_km:g} km"
    node(group, "text", label, class_="m-tick m-mid", x=(left + right) / 2, y=base - 10)
    at = f"at {_degrees(frame.middle_lat, 'N', 'S')}"
    node(group, "text", at, class_="m-tick m-mid", x=(left + right) / 2, y=base + 15)
    x = left - 32
    node(group, "path", class_="m-north", d=f"M{number(x)} {number(base - 22)}l7 22l-7 -5l-7 5Z")
    node(group, "text", "N", class_="m-tick m-mid", x=x, y=base + 15)
    return (length + 90, 66.0)
