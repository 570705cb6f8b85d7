"""Show the ways on a terminal: a table for people, plain rows for pipes."""

from dataclasses import dataclass
from typing import Any

from wayout.geo.floor import FLOOR_KM
from wayout.model import Findings
from wayout.publish.facts import is_reported, plain_name
from wayout.publish.figures import hours
from wayout.publish.quotes import visible
from wayout.publish.say_exits import ranked
from wayout.publish.telling import Telling
from wayout.stats.likelihood import likelihood_term, percent

HEADINGS = ("Way", "Toward", "Likelihood", "p", "Median time", "Decided by", "Basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class WayRow:
    """One way; every field is text fit for a terminal."""

    way: str
    toward: str
    likelihood: str
    p: str
    median: str
    decided_by: str
    basis: str

    def cells(self) -> tuple[str, ...]:
        """List the fields in the order of :data:`HEADINGS`."""
        return (self.way, self.toward, self.likelihood, self.p, self.median, self.decided_by, self.basis)


def way_rows(findings: Findings) -> tuple[WayRow, ...]:
    """
    Make a row per way, in the order of the brief: directions, borders, provinces; reported ones first, most open first.

    Parameters
    ----------
    findings
        The outcome of a run.

    Returns
    -------
    rows
        An unreported way has no likelihood word: its figure is a stated prior.
    """
    telling = Telling(findings, FLOOR_KM)
    rows = []
    for exit_ in ranked(telling):
        deciding = next(iter(exit_.deciding), None)
        barrier = telling.barriers.get(deciding.barrier) if deciding else None
        median = exit_.travel_time_h_p50
        rows.append(
            WayRow(
                way=one_line(exit_.name),
                toward=one_line(", ".join(exit_.toward)),
                likelihood=likelihood_term(exit_.p_reach) if is_reported(exit_) else "-",
                p=percent(exit_.p_reach),
                median="not reached" if median is None else hours(median),
                decided_by=one_line(plain_name(barrier.name)) if barrier else "-",
                basis="reported" if is_reported(exit_) else "stated prior",
            )
        )
    return tuple(rows)


def ways_text(findings: Findings) -> str:
    """Write the rows as tab-separated lines with a heading, for pipes and files."""
    lines = [HEADINGS, *(row.cells() for row in way_rows(findings))]
    return "".join("\t".join(cells) + "\n" for cells in lines)


def ways_table(findings: Findings) -> Any:
    """
    Make a table for a rich console.

    Parameters
    ----------
    findings
        The outcome of a run.

    Returns
    -------
    table
        A ``rich.table.Table``; text from reports is never read as markup.
    """
    from rich.table import Table
    from rich.text import Text

    question = findings.question
    title = Text(one_line(f"Ways {question.party.aim} for {question.party.name}: {question.area_text}"))
    table = Table(title=title, title_justify="left")
    for heading in HEADINGS:
        table.add_column(heading, justify="right" if heading == "p" else "left", overflow="fold")
    for row in way_rows(findings):
        style = (
            "bold" if row.basis == "reported" and row.likelihood not in ("almost no chance", "very unlikely") else ""
        )
        table.add_row(*(Text(cell) for cell in row.cells()), style=style if row.basis == "reported" else "dim")
    return table


def one_line(text: str) -> str:
    """Take out what would move a terminal's cursor or hide text: control characters, line feeds, direction marks."""
    return " ".join(visible(text).split())


def print_exits(findings: Findings, console: Any = None) -> None:
    """
    Print the ways: as a table on a terminal, as tab-separated rows in a pipe.

    Parameters
    ----------
    findings
        The outcome of a run.
    console
        A ``rich.console.Console``; standard output by default.
    """
    from rich.console import Console

    shown = console or Console()
    if shown.is_terminal:
        shown.print(ways_table(findings))
    else:
        shown.file.write(ways_text(findings))
