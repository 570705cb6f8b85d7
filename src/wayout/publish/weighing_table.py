"""The tables of the judgement: what each report tells, the same as a matrix, and both worlds of each switch."""

import math
from dataclasses import dataclass

from wayout.model import Branch, Claim, Diagnosticity, Hypothesis
from wayout.publish.figures import sentences_file
from wayout.publish.page_parts import Passage, Passages
from wayout.publish.quotes import quotable, visible
from wayout.publish.telling import Telling
from wayout.stats.likelihood import percent
from wayout.vocab import read_vocab

MOST_SHOWN = 8
"""Claims in the open part of the table and in the matrix, at most."""
QUOTE_CHARACTERS = 110
"""A claim's words in a table, at most; the passage has them all."""
LEAST_SAID = 0.005
"""A share smaller than this is shown as none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingRow:
    """A claim that bears on the hypotheses: ``times`` is how much likelier it is under one course than under another."""

    number: int
    quote: str
    report: str
    kind: str
    times: str
    share: float
    counts: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """A hypothesis and the sign of each claim on it."""

    name: str
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighingTable:
    """Rows shown, rows folded away, and the matrix of those shown."""

    shown: tuple[TellingRow, ...]
    folded: tuple[TellingRow, ...]
    matrix: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldRow:
    """A hypothesis in both worlds of a switch, and as things stand."""

    name: str
    on: str
    off: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldsTable:
    """Both worlds of a switch, with how likely each is."""

    p_on: str
    p_off: str
    rows: tuple[WorldRow, ...]


def weighing_table(telling: Telling, passages: Passages) -> WeighingTable:
    """
    Make the table of what each report tells, most telling first, and the matrix view of its first rows.

    The signs are read off the likelihood ratios; no figure is made from the signs.
    """
    judged = telling.findings.assessment
    told = [d for d in judged.diagnosticity if d.claim in telling.book.claims]
    widest = max((d.spread for d in told), default=0.0)
    rows = tuple(
        _row(telling, passages, d, (n, widest, _words(telling, d, told[: n - 1]))) for n, d in enumerate(told, start=1)
    )
    cut = min(MOST_SHOWN, sum(d.spread > 0 for d in told))
    matrix = tuple(
        MatrixRow(name=course(telling, h), signs=tuple(sign(dict(d.ratios).get(h.id, 1.0)) for d in told[:cut]))
        for h in judged.hypotheses
    )
    return WeighingTable(shown=rows[:cut], folded=rows[cut:], matrix=matrix if cut else ())


def _row(telling: Telling, passages: Passages, told: Diagnosticity, rank: tuple[int, float, str]) -> TellingRow:
    number, widest, words = rank
    claim = telling.book.claims[told.claim]
    counts = told.spread / told.spread_alone if told.spread_alone > 0 else 0.0
    return TellingRow(
        number=number,
        quote=words,
        report=_report(telling, claim),
        kind=sentences_file()["report_kinds"][told.kind] + (" (denied)" if told.strength < 0 else ""),
        times=f"{math.exp(told.spread):.2f}" if told.spread > 0 else "1",
        share=round(100 * told.spread / widest, 1) if widest > 0 else 0.0,
        counts=_counts(told, counts),
        passages=passages.of(claim.evidence[:1]),
    )


def _counts(told: Diagnosticity, counts: float) -> str:
    if told.spread_alone == 0:
        return "tells nothing"
    if counts < LEAST_SAID:
        return "says again what its origin said"
    return "in full" if counts > 1 - LEAST_SAID else f"{percent(counts)}: others react to the same"


def _words(telling: Telling, told: Diagnosticity, before: list[Diagnosticity]) -> str:
    """Quote the sentence of a claim, or its clause alone where a row before has the sentence."""
    claim = telling.book.claims[told.claim]
    span = telling.whole_sentence(claim.evidence[0])
    if any(telling.whole_sentence(telling.book.claims[d.claim].evidence[0]) == span for d in before):
        span = telling.clause(claim)
    words = quotable(telling.book.documents[claim.document].quote(span))
    return words if len(words) <= QUOTE_CHARACTERS else words[:QUOTE_CHARACTERS].rsplit(" ", 1)[0] + " …"


def _report(telling: Telling, claim: Claim) -> str:
    documents = [d.id for d in telling.findings.documents]
    return "" if len(documents) < 2 else f"report {documents.index(claim.document) + 1}"


def sign(ratio: float) -> str:
    """
    Give the sign of a likelihood ratio in the matrix view.

    Examples
    --------
    >>> sign(2.0), sign(1.2), sign(1.0), sign(0.8), sign(0.5)
    ('++', '+', '0', '−', '−−')
    """
    bounds = read_vocab("hypothesis_weights.yaml")["signs"]
    size = max(ratio, 1 / ratio) if ratio > 0 else math.inf
    mark = "+" if ratio > 1 else "−"
    return mark * 2 if size >= bounds["two"] else mark if size >= bounds["one"] else "0"


def course(telling: Telling, hypothesis: Hypothesis) -> str:
    """Name a hypothesis in a table: its way, or "stays", or "something else"."""
    exit_ = telling.exits.get(hypothesis.exit or "")
    if exit_ is not None:
        return visible(exit_.name)
    if hypothesis.statement.startswith(telling.findings.question.party.name):
        return "not in" if telling.aim == "in" else "stays"
    return "something else"


def ranges(telling: Telling) -> dict[str, str]:
    """Give, by sentence id, the range of each hypothesis with one stated number halved or doubled."""
    return {
        f"s-hypothesis-{n}": f"{percent(h.p_low)} to {percent(h.p_high)}"
        for n, h in enumerate(telling.findings.assessment.hypotheses, start=1)
        if h.p_low is not None and h.p_high is not None and percent(h.p_low) != percent(h.p_high)
    }


def first_of_switch(telling: Telling) -> dict[str, int]:
    """Number the switches by the id of the sentence that each begins with."""
    return {f"s-branch-{n}": n for n, _ in enumerate(telling.findings.assessment.branches, start=1)}


def worlds_tables(telling: Telling) -> dict[str, WorldsTable]:
    """Make, by the id of the last sentence before it, the table of both worlds of every switch that moves anything."""
    tables = {}
    for n, branch in enumerate(telling.findings.assessment.branches, start=1):
        rows = _world_rows(telling, branch)
        if any(row.on != row.off for row in rows):
            p_on, p_off = percent(branch.p_true), percent(1 - branch.p_true)
            tables[f"s-branch-{n}-false"] = WorldsTable(p_on=p_on, p_off=p_off, rows=rows)
    return tables


def _world_rows(telling: Telling, branch: Branch) -> tuple[WorldRow, ...]:
    on, off = dict(branch.if_true), dict(branch.if_false)
    return tuple(
        WorldRow(name=course(telling, h), on=percent(on[h.statement]), off=percent(off[h.statement]), now=percent(h.p))
        for h in telling.findings.assessment.hypotheses
        if h.statement in on and h.statement in off
    )
