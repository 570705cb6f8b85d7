"""Show the judgement on a terminal: courses of events, what each report tells, and the sentences of the brief about them."""

from typing import Any

from wayout.geo.floor import FLOOR_KM
from wayout.model import Brief, Findings
from wayout.publish.telling import Telling
from wayout.publish.to_terminal import one_line
from wayout.publish.weighing_table import MOST_SHOWN, course
from wayout.stats.likelihood import percent

COURSES = ("Course", "Likelihood", "p", "Halved to doubled", "Prior")
TELLING = ("Read as", "Tells apart, times", "Counts", "Words")
TOLD = ("weighing", "branches")
"""Sections of the brief that the table does not hold."""


def course_rows(findings: Findings) -> tuple[tuple[str, ...], ...]:
    """
    Make a row per hypothesis, most likely first; fields in the order of :data:`COURSES`.

    Parameters
    ----------
    findings
        The outcome of a run.
    """
    telling = Telling(findings, FLOOR_KM)
    return tuple(
        (
            one_line(course(telling, h)),
            h.likelihood,
            percent(h.p),
            "-" if h.p_low is None or h.p_high is None else f"{percent(h.p_low)} to {percent(h.p_high)}",
            percent(h.p_prior),
        )
        for h in findings.assessment.hypotheses
    )


def judgement_text(findings: Findings) -> str:
    """Write the rows as tab-separated lines with a heading, for pipes and files."""
    return "".join("\t".join(cells) + "\n" for cells in (COURSES, *course_rows(findings)))


def judgement_lines(brief: Brief) -> tuple[str, ...]:
    """List the sentences on how the reports weigh and on both worlds of each switch, fit for a terminal."""
    return tuple(one_line(s.text) for part in brief.sections if part.id in TOLD for s in part.sentences)


def judgement_tables(findings: Findings) -> tuple[Any, ...]:
    """
    Make the tables for a rich console: courses, then the most telling claims.

    Parameters
    ----------
    findings
        The outcome of a run.

    Returns
    -------
    tables
        Two ``rich.table.Table``; text from reports is never read as markup.
    """
    from rich.table import Table
    from rich.text import Text

    question = findings.question
    title = Text(one_line(f"What is expected of {question.party.name}: {question.area_text}"))
    courses = Table(title=title, title_justify="left")
    for heading in COURSES:
        courses.add_column(heading, justify="right" if heading in ("p", "Prior") else "left", overflow="fold")
    for row in course_rows(findings):
        courses.add_row(*(Text(cell) for cell in row))
    telling = Table(title=Text("What tells the courses apart, most telling first"), title_justify="left")
    for heading in TELLING:
        telling.add_column(heading, overflow="fold")
    for row in telling_rows(findings):
        telling.add_row(*(Text(cell) for cell in row))
    return courses, telling


def telling_rows(findings: Findings) -> tuple[tuple[str, ...], ...]:
    """Make a row for each of the most telling claims; fields in the order of :data:`TELLING`."""
    from math import exp

    telling = Telling(findings, FLOOR_KM)
    rows = []
    for told in findings.assessment.diagnosticity[:MOST_SHOWN]:
        claim = telling.book.claims[told.claim]
        words = telling.book.documents[claim.document].quote(telling.clause(claim))
        share = told.spread / told.spread_alone if told.spread_alone > 0 else 0.0
        rows.append((told.kind.replace("_", " "), f"{exp(told.spread):.2f}", f"{share:.2f}", one_line(words)))
    return tuple(rows)
