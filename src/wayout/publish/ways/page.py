"""Write the page of `wayout move`: one file that works from disk, without a network, in the look of the brief."""

import base64
import hashlib

from wayout.geo.floor import FLOOR_KM
from wayout.publish.figures import horizon
from wayout.publish.map_frame import Canvas
from wayout.publish.quotes import visible
from wayout.publish.ways.map import draw_ways
from wayout.publish.ways.parts import barrier_lines, curve_svg, part
from wayout.publish.ways.table import change_lines, first_to_find_out, headings, method_line, question_line, way_lines
from wayout.publish.ways.told import ToldWays, told_exits
from wayout.stats.likelihood import likelihood_table

WIDE = Canvas(prefix="map", width=960.0, low=0.5, high=0.72)
SMALL = Canvas(prefix="small-map", width=460.0, low=0.8, high=1.2)
MOST_CURVES = 12
"""Exits whose probability over time is drawn; the files hold all."""


def ways_page(told: ToldWays) -> str:
    """
    Make the page.

    Parameters
    ----------
    told
        An answer.

    Returns
    -------
    html
        The whole page; the same answer gives the same text.
    """
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    style, script = part("style.css") + part("ways.css"), part("script.js")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    svg, thresholds = draw_ways(told, WIDE)
    small, _ = draw_ways(told, SMALL)
    exits = told_exits(told)
    curves = [
        # Only what the XML serialiser has escaped is marked as safe.
        (visible(e.name), Markup(drawn))  # noqa: S704
        for n, e in enumerate(exits[:MOST_CURVES], start=1)
        if (drawn := curve_svg(e, told.question.within_h, f"curve-{n}"))
    ]
    return environment.from_string(part("ways.html.j2")).render(
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        map=Markup(svg + small),  # noqa: S704
        policy=_policy(style, script),
        title=visible(told.title) or question_line(told),
        asked=question_line(told),
        note=visible(told.note),
        headings=headings(told),
        ways=way_lines(told),
        barriers=barrier_lines(told),
        curves=curves,
        changes=change_lines(told),
        first=first_to_find_out(told),
        warnings=[visible(w) for w in told.warnings],
        thresholds=[round(t * 100) for t in thresholds],
        terms=[(t.term, f"{t.low:.0%}", f"{t.high:.0%}") for t in likelihood_table()],
        made=_made(told),
        method=method_line(told),
        layers=[visible(layer) for layer in told.reach.layers],
        within=horizon(told.question.within_h),
        corridors=any(e.corridor is not None for e in exits),
        floor=f"{FLOOR_KM:g}",
        version=told.made_by.version,
    )


def _made(told: ToldWays) -> list[tuple[str, str]]:
    """List how the answer was made, for anybody who wants to make it again."""
    said = [(key.replace("_", " "), visible(value)) for key, value in told.made_by.parameters]
    source = told.question.party.mobility.source
    return [*said, ("seed", str(told.made_by.seed)), ("profile rests on", visible(source))]


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
