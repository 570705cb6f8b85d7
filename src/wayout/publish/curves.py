"""Small curves for tables: the probability of being there, growing over the first days; told in words beside the drawing."""

import math
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from wayout.model import Exit
from wayout.model.reach import p_within
from wayout.publish.map_frame import number
from wayout.publish.map_ground import node
from wayout.publish.quotes import visible
from wayout.stats.likelihood import percent

WIDTH, HEIGHT = 116.0, 36.0
DAY_H = 24.0
BEYOND_LAST = 1.25
"""The time shown is this much longer than the slowest way's 90 % quantile: then every curve is seen to level off."""


def span_h(exits: Sequence[Exit], within_h: float) -> float:
    """
    Choose the time that the curves of a table share: whole days, no longer than was asked about.

    Parameters
    ----------
    exits
        The table's ways.
    within_h
        The time asked about, clock hours.

    Returns
    -------
    span
        Clock hours.
    """
    slowest = max((e.travel_time_h_p90 or 0.0 for e in exits), default=0.0)
    return min(within_h, max(1, math.ceil(BEYOND_LAST * slowest / DAY_H)) * DAY_H)


def moment(hours: float) -> str:
    """
    Name a time after setting out.

    Examples
    --------
    >>> moment(72.0), moment(36.0), moment(24.0)
    ('day 3', 'hour 36', 'day 1')
    """
    return f"day {hours / DAY_H:.0f}" if hours % DAY_H == 0 else f"hour {hours:g}"


def curve_words(exit_: Exit, span: float) -> str:
    """
    Tell a curve in words: the figure early on and at the end of the time shown.

    Parameters
    ----------
    exit_
        A way with its ``reach_curve``.
    span
        The time shown, clock hours.

    Returns
    -------
    words
        For example ``"29% by day 1, 57% by day 3"``; empty where there is no curve.
    """
    if not exit_.reach_curve:
        return ""
    marks = (DAY_H, span) if span > DAY_H else (span / 2, span)
    early, late = (percent(p_within(exit_, at)) for at in marks)
    if early == late:
        return f"{early} by {moment(marks[0])}"
    return f"{early} by {moment(marks[0])}, {late} by {moment(marks[1])}"


def curve_svg(exit_: Exit, span: float, identity: str) -> str:
    """
    Draw P(reached within t) over the time shown.

    Parameters
    ----------
    exit_
        A way with its ``reach_curve``.
    span
        The time shown, clock hours.
    identity
        Id of the drawing, unique on the page.

    Returns
    -------
    svg
        The ``<svg>`` element as text, with title and description; empty where there is no curve.
    """
    if not exit_.reach_curve:
        return ""
    points = [(0.0, 0.0)]
    for hours, p in exit_.reach_curve:
        if hours <= span:
            points += [(hours, points[-1][1]), (hours, p)]
    points.append((span, points[-1][1]))
    top, base = 2.0, HEIGHT - 3.0

    def at(hours: float, p: float) -> str:
        return f"{number(1 + (WIDTH - 2) * hours / span)} {number(base - (base - top) * p)}"

    svg = ET.Element(
        "svg",
        {
            "class": "curve",
            "viewBox": f"0 0 {number(WIDTH)} {number(HEIGHT)}",
            "role": "img",
            "aria-labelledby": f"{identity}-title {identity}-desc",
            "focusable": "false",
        },
    )
    node(
        svg, "title", f"{visible(exit_.name)}: probability of being there, until {moment(span)}", id=f"{identity}-title"
    )
    node(svg, "desc", curve_words(exit_, span), id=f"{identity}-desc")
    line = "L".join(at(*point) for point in points)
    node(svg, "path", class_="c-grid", d="".join(f"M{at(0.0, p)}L{at(span, p)}" for p in (0.5, 1.0)))
    node(svg, "path", class_="c-area", d=f"M{line}L{at(span, 0.0)}Z")
    node(svg, "path", class_="c-base", d=_base(span, at(0.0, 0.0), at(span, 0.0), base))
    node(svg, "path", class_="c-line", d=f"M{line}")
    return ET.tostring(svg, encoding="unicode")


def _base(span: float, start: str, end: str, base: float) -> str:
    """Draw the axis with a tick a day, as long as days can be told apart."""
    days = int(span // DAY_H)
    ticks = range(1, days + 1) if days <= WIDTH / 4 else ()
    marks = (f"M{number(1 + (WIDTH - 2) * n * DAY_H / span)} {number(base)}v3" for n in ticks)
    return f"M{start}L{end}{''.join(marks)}"
