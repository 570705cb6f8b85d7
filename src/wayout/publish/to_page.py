"""Write the page: one file that works from disk, without a network and without scripts, with a strict content policy."""

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import Any

from wayout.model import Brief, Findings
from wayout.publish.arrivals_told import arrivals_table
from wayout.publish.figures import day, horizon
from wayout.publish.map_frame import NARROW, WIDE
from wayout.publish.map_svg import draw_map, with_corridors
from wayout.publish.page_parts import Passages, Told
from wayout.publish.page_tables import barrier_rows, chain_rows, claim_rows, resolution, set_aside, ways_table
from wayout.publish.quotes import visible
from wayout.publish.telling import Telling
from wayout.publish.weighing_table import first_of_switch, ranges, weighing_table, worlds_tables
from wayout.stats.likelihood import likelihood_table

FILES = (
    ("documents.jsonl", "What was read: every report in full, with source and dates"),
    ("claims.jsonl", "Every claim with the exact words it rests on"),
    ("situation.geojson", "Who is where, what closes a way, and the ways, for any map program"),
    ("assessment.json", "Ways ranked, chains, hypotheses, branches, what would change the answer"),
    ("brief.json", "Every sentence of this page with its words and its figure"),
    ("manifest.json", "How this was made: versions, parameters, random seed, hashes"),
)

MOST_CLAIMS = 40
"""Claims told in the open; the others are folded behind their number."""
MOST_BARRIERS = 20
"""Barriers in the open part of the table."""
MOST_DOCUMENTS = 5
"""With more reports than this each text is folded; a link to a passage opens it."""


def page_html(brief: Brief, findings: Findings, floor_km: float) -> str:
    """
    Make the page.

    Parameters
    ----------
    brief
        A brief that passed the gate.
    findings
        Its run.
    floor_km
        Floor of published positions, km.

    Returns
    -------
    html
        The whole page; the same input gives the same text.
    """
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    passages = Passages(brief, findings)
    style = _part("style.css") + _target_rules(len(passages.numbers))
    script = _part("script.js")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(_part("brief.html.j2"))
    svg, key = draw_map(findings, floor_km, WIDE)
    small, _ = draw_map(findings, floor_km, NARROW)
    telling = Telling(findings, floor_km)
    rows = claim_rows(telling, passages)
    # Only what this package itself wrote is marked as safe: the style sheet, the script, map and curves, whose text the XML
    # serialiser has escaped. Everything from outside goes through autoescape.
    return template.render(
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        map=Markup(svg + small),  # noqa: S704
        policy=_policy(style, script),
        brief={"title": visible(brief.title), "question": visible(brief.question), "version": brief.made_by.version},
        asked=_asked(findings),
        headline=passages.said(brief.headline),
        sections={
            s.id: Told(id=s.id, title=visible(s.title), sentences=tuple(passages.said(x) for x in s.sentences))
            for s in brief.sections
        },
        drawn=Markup,
        exits=ways_table(telling, passages, key, provinces=False),
        provinces=ways_table(telling, passages, key, provinces=True),
        arrivals=arrivals_table(findings),
        weighing=weighing_table(telling, passages),
        ranges=ranges(telling),
        worlds=worlds_tables(telling),
        switches=first_of_switch(telling),
        few={"claims": MOST_CLAIMS, "barriers": MOST_BARRIERS, "documents": MOST_DOCUMENTS},
        corridors=bool(with_corridors(findings)),
        barriers=barrier_rows(telling, passages, key),
        claims=rows,
        aside=set_aside(telling),
        chain=chain_rows(findings),
        dated={row.id: row for row in rows},
        documents=[passages.source_text(d, n) for n, d in enumerate(findings.documents, start=1)],
        thresholds=[round(t * 100) for t in key.thresholds],
        terms=[{"term": t.term, "low": t.low * 100, "high": t.high * 100} for t in likelihood_table()],
        resolution=resolution(findings, floor_km),
        ground=visible("; ".join(findings.reach.layers)),
        files=FILES,
    )


def _asked(findings: Findings) -> dict[str, Any]:
    question = findings.question
    return {
        "party": visible(question.party.name),
        "area": visible(question.area_text),
        "aim": question.party.aim,
        "at": day(question.at),
        "iso": question.at.date().isoformat(),
        "within": horizon(question.within_h),
        "reports": len(findings.documents),
    }


@cache
def _part(name: str) -> str:
    return (resources.files("wayout.publish") / "page" / name).read_text(encoding="utf-8")


def _target_rules(count: int) -> str:
    """Light up every piece of the passage that a link leads to, without scripts."""
    picks = ",".join(f"#m-{n}:target~.m{n}" for n in range(1, count + 1))
    return f"\n{picks}{{background:var(--lit);box-shadow:0 0 0 .15em var(--lit)}}\n" if picks else ""


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
