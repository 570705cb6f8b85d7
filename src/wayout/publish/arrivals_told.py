"""Where those who flee arrive, for the reader: sentences that say it is worked out and how good such answers were, and a table."""

from dataclasses import dataclass

from wayout.model import Arrival, Findings, Sentence
from wayout.publish.figures import hours
from wayout.publish.quotes import quotable, visible
from wayout.publish.telling import Telling
from wayout.publish.words import Words, fill, sentence
from wayout.stats.likelihood import percent

RECORD = "arrivals"
"""The record that holds what these sentences say."""
MOST_ROWS = 8
"""Places in the table, at most; ``assessment.json`` has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivalRow:
    """A place in the table."""

    name: str
    share: str
    width: float
    interval: str
    reached: str
    hours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivalsTable:
    """The rows, and what is left for places not shown ("7 other places", "4%"; both empty where there are none)."""

    rows: tuple[ArrivalRow, ...]
    others: str
    rest: str


def arrivals_table(findings: Findings) -> ArrivalsTable | None:
    """Make the table, largest share first; ``None`` where no arrivals were asked about or found."""
    found = findings.arrivals
    if found is None:
        return None
    shown, left = found.arrivals[:MOST_ROWS], found.arrivals[MOST_ROWS:]
    return ArrivalsTable(
        rows=tuple(_row(arrival) for arrival in shown),
        others=f"{len(left)} other place{'' if len(left) == 1 else 's'}" if left else "",
        rest=percent(min(1.0, sum(arrival.share for arrival in left))),
    )


def _row(arrival: Arrival) -> ArrivalRow:
    return ArrivalRow(
        name=visible(arrival.name),
        share=percent(arrival.share),
        width=round(100 * arrival.share, 1),
        interval=f"{percent(arrival.share_low)} to {percent(arrival.share_high)}",
        reached="" if arrival.p_reach is None else percent(arrival.p_reach),
        hours="" if arrival.travel_time_h_p50 is None else hours(arrival.travel_time_h_p50),
    )


def arrival_sentences(telling: Telling) -> list[Sentence]:
    """Say where most of those who flee are expected, what that rests on and how good it was before, and what it leaves out."""
    found = telling.findings.arrivals
    if found is None or not found.arrivals:
        return []
    first, *others = found.arrivals
    slots: dict[str, Words | str] = {"place": _said(quotable(first.name)), "share": _said(percent(first.share))}
    slots |= {"low": _said(percent(first.share_low)), "high": _said(percent(first.share_high))}
    if others:
        slots |= {"second": _said(quotable(others[0].name)), "second_share": _said(percent(others[0].share))}
    return [
        sentence("arrivals-1", "exit", fill("arrivals_two" if others else "arrivals_one", "sentences", **slots)),
        sentence("arrivals-2", "caveat", fill("arrivals_basis", covered=_said(percent(found.coverage)))),
        sentence("arrivals-3", "caveat", fill("arrivals_none", none=_said(percent(found.p_none)))),
    ]


def _said(text: str) -> Words:
    return Words(text=text, computed=(text,), records=(RECORD,))
