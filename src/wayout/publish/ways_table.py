"""The ways as a table: rows for terminal, page and notebook, plain lines for pipes, always in the same words."""

from dataclasses import dataclass
from typing import Any

from wayout.model import Exit
from wayout.publish.figures import horizon, listed
from wayout.publish.quotes import visible
from wayout.publish.ways_told import ToldWays, exit_before, told_exits
from wayout.stats.likelihood import likelihood_term, percent

MOST_DECIDING = 2
"""Deciding barriers named in a row; the files hold all."""
HEADINGS = ("Exit", "P in time", "Likelihood", "Hours p10 / p50 / p90", "Decided by", "Sealed by")
KIND_WORDS = {"place": "", "direction": "direction", "border": "border", "province": "province"}


@dataclass(frozen=True, slots=True, kw_only=True)
class WayLine:
    """One exit in words; every field is one line without control characters."""

    id: str
    name: str
    kind: str
    likelihood: str
    percent: str
    share: float
    interval: str
    times: str
    decided_by: str
    sealed_by: str
    before: str

    def cells(self) -> tuple[str, ...]:
        """List the fields in the order of :data:`HEADINGS`."""
        name = f"{self.name} ({self.kind})" if self.kind else self.name
        p = f"{self.before} -> {self.percent}" if self.before else self.percent
        return (name, p, self.likelihood, self.times, self.decided_by, self.sealed_by)


def way_lines(told: ToldWays) -> tuple[WayLine, ...]:
    """
    Make a row per exit, the most probable first.

    Parameters
    ----------
    told
        An answer.
    """
    return tuple(_line(told, exit_) for exit_ in told_exits(told))


def headings(told: ToldWays) -> tuple[str, ...]:
    """Name the columns; where probabilities were moved, the second shows both."""
    within = f"P within {horizon(told.question.within_h)}"
    named = f"{within}, before -> after" if told.before is not None else within
    return (HEADINGS[0], named, *HEADINGS[2:])


def question_line(told: ToldWays) -> str:
    """Say what was asked, in one line."""
    question = told.question
    words = f"{question.party.name} ({question.party.mobility.name.replace('_', ' ')})"
    day = f", as of {question.at.date().isoformat()}" if told.dated else ""
    if told.aim == "in" and not told.places:
        return one_line(f"From where can {words} get to {question.area_text}? Within {horizon(question.within_h)}{day}")
    verb = "get in from" if told.aim == "in" else "get out from"
    return one_line(f"Can {words} {verb} {question.area_text}? Within {horizon(question.within_h)}{day}")


def change_lines(told: ToldWays) -> tuple[str, ...]:
    """Say which probabilities were moved."""
    return tuple(
        one_line(f"if '{c.barrier}' is closed with probability {c.p_after:g} in place of {c.p_before:g}")
        for c in told.changes
    )


def method_line(told: ToldWays) -> str:
    """Say how it was computed."""
    reach = told.reach
    check = reach.check
    how = {"all": "all combinations of barriers solved", "draws": "drawn", "gateways": "drawn, learned and checked"}
    if check is None or check.method == "all":
        drawn = how["all"] if reach.made_by.seed is None else f"{reach.n_draws:,} draws of the barriers"
    else:
        drawn = f"{reach.n_draws:,} draws of the barriers, {how[check.method].removeprefix('drawn, ')}"
    return f"cells of {reach.cell_km:g} km, {drawn}, seed {told.made_by.seed}"


def ways_text(told: ToldWays) -> str:
    """Write the rows as tab-separated lines with a heading, for pipes and files."""
    lines = [headings(told), *(line.cells() for line in way_lines(told))]
    return "".join("\t".join(cells) + "\n" for cells in lines)


def ways_plain(told: ToldWays, width: int = 40) -> str:
    """Write a small text table, for ``repr``."""
    rows = [headings(told), *(line.cells() for line in way_lines(told))]
    cut = [tuple(c if len(c) <= width else c[: width - 1] + "…" for c in row) for row in rows]
    widths = [max(len(row[k]) for row in cut) for k in range(len(HEADINGS))]
    table = ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in cut]
    remarks = [f"! {one_line(w)}" for w in told.warnings]
    return "\n".join([question_line(told), *change_lines(told), *table, *remarks])


def ways_table(told: ToldWays) -> Any:
    """
    Make a table for a rich console; names are never read as markup.

    Parameters
    ----------
    told
        An answer.

    Returns
    -------
    table
        A ``rich.table.Table``.
    """
    from rich.table import Table
    from rich.text import Text

    table = Table(
        title=Text(question_line(told)), title_justify="left", caption=method_line(told), caption_justify="left"
    )
    for n, heading in enumerate(headings(told)):
        table.add_column(heading, justify="right" if n == 1 else "left", overflow="fold")
    for line in way_lines(told):
        style = "bold" if line.share >= 50 else ""
        table.add_row(*(Text(cell) for cell in line.cells()), style=style)
    return table


def one_line(text: str) -> str:
    """Take out what would move a terminal's cursor or hide text: control characters, line feeds, direction marks."""
    return " ".join(visible(text).split())


def _line(told: ToldWays, exit_: Exit) -> WayLine:
    before = exit_before(told, exit_)
    low, high = percent(exit_.p_low), percent(exit_.p_high)
    return WayLine(
        id=exit_.id,
        name=one_line(exit_.name),
        kind=KIND_WORDS[exit_.kind],
        likelihood=likelihood_term(exit_.p_reach),
        percent=percent(exit_.p_reach),
        share=round(100 * exit_.p_reach, 1),
        interval=f"{low} to {high}" if low != high else "",
        times=_times(exit_),
        decided_by=_decided(exit_),
        sealed_by=sealed_words(exit_.sealed_by),
        before="" if before is None else percent(before.p_reach),
    )


def _times(exit_: Exit) -> str:
    times = (exit_.travel_time_h_p10, exit_.travel_time_h_p50, exit_.travel_time_h_p90)
    shown = [hours_figure(t) for t in times if t is not None]
    return " / ".join(shown) if len(shown) == len(times) else "never reached"


def hours_figure(value_h: float) -> str:
    """
    Write hours with no more digits than an estimate deserves.

    Examples
    --------
    >>> hours_figure(0.34), hours_figure(7.26), hours_figure(131.4)
    ('0.3', '7.3', '131')
    """
    return f"{value_h:.1f}" if value_h < 10 else f"{value_h:.0f}"


def _decided(exit_: Exit) -> str:
    if not exit_.deciding:
        return "no barrier"
    return one_line("; ".join(f"{d.barrier} ({d.importance:.2f})" for d in exit_.deciding[:MOST_DECIDING]))


def sealed_words(sealed_by: tuple[str, ...] | None) -> str:
    """
    Say which barriers together seal an exit.

    Examples
    --------
    >>> sealed_words(("the bridge", "the ford")), sealed_words(()), sealed_words(None)
    ('the bridge and the ford', 'the ground itself', 'not all of them together')
    """
    if sealed_by is None:
        return "not all of them together"
    return one_line(listed(sealed_by)) if sealed_by else "the ground itself"
