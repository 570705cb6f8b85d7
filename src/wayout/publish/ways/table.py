"""The ways as a table: rows for terminal, page and notebook, plain lines for pipes, always in the same words."""

from dataclasses import dataclass
from typing import Any

from wayout.model import Barrier, Exit
from wayout.publish.figures import horizon, listed
from wayout.publish.quotes import visible
from wayout.publish.ways.told import ToldWays, exit_before, told_exits
from wayout.stats.likelihood import likelihood_term, percent

MOST_DECIDING = 3
"""Deciding barriers (or groups of them) named in a row; the files hold all."""
PARTY_WORDS = {"armed_group": "an armed group", "civilians": "civilians", "aid_convoy": "an aid convoy"}
LEAST_WORTH = 0.01
"""Expected change of P(reach) below which nothing is said to be worth finding out."""
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
    party = PARTY_WORDS[question.party.kind]
    how = f"{party} ({question.party.mobility.name.replace('_', ' ')})"
    when = f"Within {horizon(question.within_h)}" + (f", as of {question.at.date().isoformat()}" if told.dated else "")
    if told.aim == "in" and not told.places:
        return one_line(f"From where can {how} get to {question.area_text}? {when}")
    if told.aim == "in":
        return one_line(
            f"Can {how} get from {question.area_text} to {listed([p.name for p in told.places], 'or')}? {when}"
        )
    return one_line(f"Which way can {how} get out of {question.area_text}? {when}")


def change_lines(told: ToldWays) -> tuple[str, ...]:
    """Say which probabilities were moved."""
    return tuple(
        one_line(f"if '{c.barrier}' is closed with probability {c.p_after:g} in place of {c.p_before:g}")
        for c in told.changes
    )


def method_line(told: ToldWays) -> str:
    """Say how it was computed."""
    reach = told.reach
    method = reach.check.method if reach.check is not None else "all"
    drawn = f"{reach.n_draws:,} draws of the barriers"
    how = {
        "all": "all combinations of barriers solved",
        "draws": f"{drawn}, each solved exactly",
        "gateways": f"{drawn} on a graph that exact solves taught and checked",
    }
    return f"cells of {reach.cell_km:g} km, {how[method]}, seed {told.made_by.seed}"


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
    first = first_to_find_out(told)
    remarks = [*([first] if first else []), *(f"! {one_line(w)}" for w in told.warnings)]
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


def worth_finding_out(told: ToldWays, barrier: Barrier) -> tuple[float, str] | None:
    """
    Tell how much settling one barrier would move an answer, on average, and for which exit the most.

    Known to be closed (probability p) or open, P(reach) changes by ``2 p (1 - p) importance`` in expectation, because P is the
    mean of the two. A barrier that is all but certain is important and not worth asking about.

    Parameters
    ----------
    told
        An answer.
    barrier
        One of its barriers.

    Returns
    -------
    worth
        Expected absolute change of P(reach), 0 to 0.5, and the exit's name; ``None`` where it decides no exit.

    References
    ----------
    Howard (1966), Information value theory, https://doi.org/10.1109/TSSC.1966.300074
    """
    weight = 2 * barrier.p_closed * (1 - barrier.p_closed)
    found = [(weight * d.importance, e.name) for e in told_exits(told) for d in e.deciding if d.barrier == barrier.id]
    return max(found, key=lambda f: (f[0], f[1]), default=None)


def first_to_find_out(told: ToldWays) -> str | None:
    """Say which barrier, if settled, would move an answer most; nothing where none would by a hundredth."""
    worth = [(w, b.name) for b in told.barriers if (w := worth_finding_out(told, b)) is not None]
    best = max(worth, key=lambda f: (f[0][0], f[1]), default=None)
    if best is None or best[0][0] < LEAST_WORTH:
        return None
    (change, exit_), name = best
    return one_line(
        f"Worth finding out first: the state of '{name}' (it would move P for {exit_} by {change:.2f} on average)"
    )


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
        decided_by=_decided(told, exit_),
        sealed_by=sealed_words(told, exit_),
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


def _decided(told: ToldWays, exit_: Exit) -> str:
    """Name the deciding barriers with their importance; those of one group with the same importance count as one."""
    groups = {b.id: b.group for b in told.barriers}
    found: dict[tuple[str, str], list[str]] = {}
    # By importance alone: the records put what a report speaks of first, and here everything is the user's.
    for d in sorted(exit_.deciding, key=lambda d: (-round(d.importance, 9), d.barrier)):
        found.setdefault((groups.get(d.barrier, d.barrier), f"{d.importance:.2f}"), []).append(d.barrier)
    said = []
    for (_, importance), names in list(found.items())[:MOST_DECIDING]:
        others = f" and {len(names) - 1} of its group" if len(names) > 1 else ""
        said.append(f"{names[0]}{others} ({importance})")
    return one_line("; ".join(said)) or "no barrier"


def sealed_words(told: ToldWays, exit_: Exit) -> str:
    """Say which barriers together seal an exit; a whole group is named as one."""
    if exit_.sealed_by is None:
        return "not all of them together" if told.barriers else "no barrier"
    groups = {b.id: b.group for b in told.barriers}
    found: dict[str, list[str]] = {}
    for barrier in exit_.sealed_by:
        found.setdefault(groups.get(barrier, barrier), []).append(barrier)
    said = [names[0] if len(names) == 1 else f"{group} ({len(names)} barriers)" for group, names in found.items()]
    return one_line(listed(said)) if said else "the ground itself"
