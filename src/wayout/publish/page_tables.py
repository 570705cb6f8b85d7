"""The tables of the page: the twin of the map (ways and barriers), and the claims field by field."""

from dataclasses import dataclass

from wayout.model import Actor, Attribution, Barrier, Claim, ClaimId, Exit, Findings, Span
from wayout.publish.curves import curve_svg, curve_words, moment, span_h
from wayout.publish.facts import is_from_map, is_reported, plain_name
from wayout.publish.figures import certainty_words, kilometres
from wayout.publish.map_barriers import ordered_barriers
from wayout.publish.map_svg import MapKey
from wayout.publish.page_parts import Passage, Passages
from wayout.publish.quotes import visible
from wayout.publish.say_exits import ranked
from wayout.publish.say_reports import claims_in_order
from wayout.publish.telling import Telling
from wayout.stats.likelihood import likelihood_term, percent

FEW = 5
"""Political claims that may stand among the others: a screenful is not drowned by them."""
MOST_SEALING = 3
"""Barriers named of those that close a way for good, at most; ``assessment.json`` has them all."""
KINDS = {
    "sealed": "sealed",
    "siege": "siege",
    "stated_closed": "said to be closed",
    "hostile_operation": "hostile operation",
    "hostile_presence": "hostile presence",
    "hostile_control": "hostile control",
    "stated_open": "said to be passable",
    "border": "border",
    "river": "river",
    "unreported": "not reported",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitRow:
    """A way in the table; ``curve`` is a drawing made here, ``interval`` is empty where nothing was drawn by lot."""

    name: str
    kind: str
    toward: str
    likelihood: str
    percent: str
    share: float
    interval: str
    curve: str
    curve_words: str
    times: str
    decided_by: str
    sealed_by: str
    reported: bool
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BarrierRow:
    """A barrier in the table; ``number`` is the one on the map."""

    number: str
    name: str
    kind: str
    holder: str
    percent: str
    share: float
    delay: str
    prior: bool
    why: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """A claim, field by field."""

    id: str
    number: int
    when: str
    timed: bool
    day: str | None
    who: str
    what: str
    whom: str
    where: str
    source: str
    certainty: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysTable:
    """Rows on one scale of time, and how long that is in words: "day 3"."""

    rows: tuple[ExitRow, ...]
    until: str


def ways_table(telling: Telling, passages: Passages, key: MapKey, *, provinces: bool) -> WaysTable:
    """Make the table of ways (or of provinces), in the order of the sentences."""
    exits = [e for e in ranked(telling) if (e.kind == "province") == provinces]
    span = span_h(exits, telling.findings.question.within_h)
    name = "province" if provinces else "way"
    rows = (_exit_row(telling, passages, key, (e, span, f"{name}-{n}")) for n, e in enumerate(exits, start=1))
    return WaysTable(rows=tuple(rows), until=moment(span))


def _exit_row(telling: Telling, passages: Passages, key: MapKey, shown: tuple[Exit, float, str]) -> ExitRow:
    exit_, span, identity = shown
    times = [exit_.travel_time_h_p10, exit_.travel_time_h_p50, exit_.travel_time_h_p90]
    told = [f"{t:.2g}" if t < 10 else f"{t:.0f}" for t in times if t is not None]
    deciding = next(iter(exit_.deciding), None)
    barrier = telling.barriers.get(deciding.barrier) if deciding else None
    return ExitRow(
        name=visible(exit_.name),
        kind=exit_.kind,
        toward=visible(", ".join(exit_.toward)),
        likelihood=likelihood_term(exit_.p_reach),
        percent=percent(exit_.p_reach),
        share=round(exit_.p_reach * 100, 1),
        interval=f"{low} to {high}" if (low := percent(exit_.p_low)) != (high := percent(exit_.p_high)) else "",
        curve=curve_svg(exit_, span, identity),
        curve_words=curve_words(exit_, span),
        times=" / ".join(told) if len(told) == len(times) else "not reached in any draw",
        decided_by=_numbered(barrier, telling, key) if barrier else "",
        sealed_by=_sealed(exit_, telling, key),
        reported=is_reported(exit_),
        passages=passages.of(_clauses(exit_.claims, telling) or exit_.evidence),
    )


def _numbered(barrier: Barrier, telling: Telling, key: MapKey) -> str:
    """Name a barrier by its number and name; who holds it is in the table of barriers."""
    holder = next((a.name for a in telling.findings.actors if a.id == barrier.held_by), None)
    name = plain_name(barrier.name).removesuffix(f" ({holder})")
    return visible(f"{key.numbers[barrier.id]} {name}")


def _sealed(exit_: Exit, telling: Telling, key: MapKey) -> str:
    """Name the fewest barriers that close a way for good."""
    if exit_.sealed_by is None:
        return "no set of known barriers"
    if not exit_.sealed_by:
        return "the ground itself"
    known = [telling.barriers[b] for b in exit_.sealed_by if b in telling.barriers]
    said = [_numbered(b, telling, key) for b in known[:MOST_SEALING]]
    more = len(exit_.sealed_by) - len(said)
    return " with ".join(said) + (f" and {more} more" if more else "")


def _clauses(claims: tuple[ClaimId, ...], telling: Telling) -> tuple[Span, ...]:
    """List the clauses that make the claims, without the words that only resolve a name in them."""
    return tuple(telling.book.claims[c].evidence[0] for c in claims if c in telling.book.claims)


def barrier_rows(telling: Telling, passages: Passages, key: MapKey) -> tuple[BarrierRow, ...]:
    """Make the table of barriers, in the order of their numbers on the map."""
    names = {a.id: a.name for a in telling.findings.actors}
    return tuple(
        BarrierRow(
            number=key.numbers[b.id],
            name=visible(plain_name(b.name).removesuffix(f" ({names.get(b.held_by)})" if b.held_by else "")),
            kind=KINDS[b.kind],
            holder=visible(names.get(b.held_by, "") if b.held_by else ""),
            percent=percent(b.p_closed),
            share=round(b.p_closed * 100, 1),
            delay=f"{b.delay_h:.3g} h" if b.delay_h else "none",
            prior=is_from_map(b),
            why=visible(b.why),
            passages=passages.of(_clauses(b.claims, telling) or b.evidence),
        )
        for b in ordered_barriers(telling.findings)
    )


def claim_rows(telling: Telling, passages: Passages) -> tuple[ClaimRow, ...]:
    """Make the table of claims, in the order of the timeline."""
    actors: dict[str, Actor] = {a.id: a for a in telling.findings.actors}
    return tuple(_claim_row(claim, n, actors, passages) for n, claim in enumerate(claims_in_order(telling), start=1))


def set_aside(telling: Telling) -> frozenset[ClaimId]:
    """List the claims to fold away: those that no predicate tells, where they are many enough to drown the rest."""
    aside = frozenset(c.id for c in claims_in_order(telling) if c.predicate == "other")
    return aside if len(aside) > FEW else frozenset()


def _claim_row(claim: Claim, number: int, actors: dict[str, Actor], passages: Passages) -> ClaimRow:
    who = claim.attributed_to
    time = claim.time
    return ClaimRow(
        id=claim.id,
        number=number,
        when=visible(time.text) if time else "no date given",
        timed=time is not None,
        day=time.start.isoformat() if time and time.start else None,
        who=visible(_name(claim.subject, claim.subject_text, actors)),
        what=("not: " if claim.polarity < 0 else "") + _deed(claim),
        whom=visible(_name(claim.object, claim.object_text, actors)),
        where=visible("; ".join(f"{use.role} {use.phrase}" for use in claim.places)),
        source=visible(_source(who)) if who else "the report itself",
        certainty=certainty_words(claim),
        passages=passages.of(claim.evidence),
    )


def _source(who: Attribution) -> str:
    """Name a source with those who passed its words on: "the army, via residents"."""
    return who.name if who.via is None else f"{who.name}, via {_source(who.via)}"


def _name(actor: str | None, text: str | None, actors: dict[str, Actor]) -> str:
    known = actors.get(actor or "")
    return known.name if known else (text or "")


def chain_rows(findings: Findings) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Gather the onward links by where they start, in the order of the report; several ends are alternatives."""
    ends: dict[str, list[str]] = {}
    for link in findings.reach.onward:
        row = ends.setdefault(visible(link.start), [])
        if visible(link.end) not in row:
            row.append(visible(link.end))
    return tuple((start, tuple(row)) for start, row in ends.items())


def resolution(findings: Findings, floor_km: float) -> str:
    """Say the grid's cell and the floor."""
    return f"grid of {kilometres(findings.reach.cell_km)}, published no finer than {kilometres(floor_km)}"


def _deed(claim: Claim) -> str:
    """Name what is told: the predicate, or where that is "other" the PLOVER type."""
    if claim.predicate == "other" and claim.event_type is not None:
        return claim.event_type.lower()
    return claim.predicate.replace("_", " ")
