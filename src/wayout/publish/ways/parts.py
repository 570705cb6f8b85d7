"""What page and notebook of `wayout move` share: barrier rows, curves of probability over time, styles."""

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from xml.etree import ElementTree as ET

from wayout.model import Barrier, Exit
from wayout.publish.map_ground import node
from wayout.publish.page_tables import KINDS
from wayout.publish.ways.table import LEAST_WORTH, one_line, worth_finding_out
from wayout.publish.ways.told import ToldWays, numbered_barriers, told_exits
from wayout.stats.likelihood import percent

CURVE_WIDTH, CURVE_HEIGHT = 300.0, 120.0
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_LIGHT, _DARK = (
    re.compile(r":root\s*\{([^}]*)\}"),
    re.compile(r"prefers-color-scheme: dark\)\s*\{\s*:root\s*\{([^}]*)\}"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BarrierLine:
    """A barrier in words; ``number`` is the one on the map, ``matters`` its largest importance over the exits, ``worth`` what settling it is worth."""

    number: str
    name: str
    kind: str
    percent: str
    share: float
    delay: str
    matters: str
    worth: str
    prior: bool
    why: str


def barrier_lines(told: ToldWays) -> tuple[BarrierLine, ...]:
    """
    Make a row per barrier, in the order of their numbers on the map.

    Parameters
    ----------
    told
        An answer.
    """
    numbers = numbered_barriers(told)
    return tuple(_line(told, barrier, numbers[barrier.id]) for barrier in told.barriers)


def _line(told: ToldWays, barrier: Barrier, number: str) -> BarrierLine:
    decides = [(d.importance, e.name) for e in told_exits(told) for d in e.deciding if d.barrier == barrier.id]
    most = max(decides, key=lambda d: (d[0], d[1]), default=None)
    worth = worth_finding_out(told, barrier)
    return BarrierLine(
        number=number,
        name=one_line(barrier.name),
        kind=KINDS.get(said := dict(told.kind_words).get(barrier.id, barrier.kind), said),
        percent=certain(barrier.p_closed),
        share=round(100 * barrier.p_closed, 1),
        delay=f"{barrier.delay_h:.3g} h" if barrier.delay_h else "none",
        matters="under 0.02" if most is None else one_line(f"{most[0]:.2f} for {most[1]}"),
        worth="under 0.01" if worth is None or worth[0] < LEAST_WORTH else f"{worth[0]:.2f}",
        prior=barrier.is_prior,
        why=one_line(barrier.why),
    )


def certain(p: float) -> str:
    """
    Write a probability that the user gave: he may say 0 and 1, which no computed figure does.

    Examples
    --------
    >>> certain(0.0), certain(0.3), certain(1.0)
    ('0%', '30%', '100%')
    """
    return f"{p:.0%}" if p in (0.0, 1.0) else percent(p)


def curve_svg(exit_: Exit, within_h: float, identity: str) -> str:
    """
    Draw P(reached within t) over the time that was asked about.

    Parameters
    ----------
    exit_
        An exit with its ``reach_curve``.
    within_h
        The time asked about, clock hours.
    identity
        Id of the drawing, unique on the page.

    Returns
    -------
    svg
        The ``<svg>`` element as text; empty where there is no curve.
    """
    if not exit_.reach_curve:
        return ""
    left, right, top, base = 44.0, CURVE_WIDTH - 8, 10.0, CURVE_HEIGHT - 22
    points = [(0.0, 0.0)]
    for hours, p in exit_.reach_curve:
        if hours <= within_h:
            points += [(hours, points[-1][1]), (hours, p)]
    points.append((within_h, points[-1][1]))

    def at(point: tuple[float, float]) -> str:
        return f"{left + (right - left) * point[0] / within_h:.1f} {base - (base - top) * point[1]:.1f}"

    svg = ET.Element(
        "svg",
        {"viewBox": f"0 0 {CURVE_WIDTH:g} {CURVE_HEIGHT:g}", "role": "img", "aria-labelledby": f"{identity}-title"},
    )
    node(svg, "title", f"{exit_.name}: probability of having got there, over time", id=f"{identity}-title")
    line = "L".join(at(p) for p in points)
    node(svg, "path", class_="curve-area", d=f"M{line}L{at((within_h, 0.0))}Z")
    for p in (0.0, 0.5, 1.0):
        node(svg, "path", class_="curve-grid", d=f"M{at((0.0, p))}L{at((within_h, p))}")
        height = base - (base - top) * p
        node(svg, "text", f"{p:.0%}", class_="curve-text", x=left - 5, y=height + 4, text_anchor="end")
    node(svg, "path", class_="curve-line", d=f"M{line}")
    for share in (0.0, 0.5, 1.0):
        anchor = {0.0: "start", 0.5: "middle", 1.0: "end"}[share]
        x = left + (right - left) * share
        words = f"{within_h * share:.0f} h" if within_h < 72 else f"{within_h * share / 24:.3g} d"
        node(svg, "text", words, class_="curve-text", x=x, y=CURVE_HEIGHT - 5, text_anchor=anchor)
    return ET.tostring(svg, encoding="unicode")


@cache
def part(name: str) -> str:
    """Read a template, style sheet or script of the pages."""
    return (resources.files("wayout.publish") / "page" / name).read_text(encoding="utf-8")


@cache
def scoped_style(scope: str) -> str:
    """
    Make the styles of the map for a place inside somebody else's page: nothing outside ``scope`` is touched.

    Parameters
    ----------
    scope
        A CSS selector, such as ``.wayout-ways``.

    Returns
    -------
    style
        The colours for light and dark, and the rules of the drawings, each selector inside the scope. Jupyter says by an
        attribute of its page which theme it shows; elsewhere the reader's system does.
    """
    sheet = re.sub(r"/\*.*?\*/", "", part("style.css"), flags=re.DOTALL)
    light, dark = _LIGHT.search(sheet), _DARK.search(sheet)
    colours = light[1] if light else ""
    night = dark[1] if dark else ""
    rules = [f"{scope}{{{colours}}}", f"@media (prefers-color-scheme: dark){{{scope}{{{night}}}}}"]
    rules += [
        f'[data-jp-theme-light="true"] {scope}{{{colours}color-scheme: light}}',
        f'[data-jp-theme-light="false"] {scope},.vscode-dark {scope},[data-theme="dark"] {scope}{{{night}color-scheme: dark}}',
    ]
    drawn = sheet.split("@media (min-width: 64rem)")[0] + part("ways.css").split("@media")[0]
    for selectors, body in _RULE.findall(drawn):
        kept = [
            s.strip()
            for s in selectors.split(",")
            if s.strip().startswith((".m-", ".b-", ".reach", ".block", ".quiet"))
        ]
        if kept:
            rules.append(f"{','.join(f'{scope} {s}' for s in kept)}{{{body.strip()}}}")
    return "\n".join(rules)
