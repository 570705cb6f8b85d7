"""A situation for people: tables of who is where, who holds what, which ways are open, what happened, who disagrees."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from wayout.model import Actor, Claim, ClaimId, Document, Region, Situation
from wayout.publish.to_terminal import one_line
from wayout.stats.likelihood import likelihood_term, percent

if TYPE_CHECKING:
    from rich.table import Table

    from wayout.casebook.picture import Picture

LIKELY, DAYS = "How likely", "Newest day"
DAY_CHARACTERS = 10
"""A day as written; a span of days takes two lines."""
QUOTE_CHARACTERS = 140
"""A quote in a table cell; the whole words are in the JSON's spans."""


def picture_tables(picture: "Picture") -> "Iterator[Table | str]":
    """
    Make the tables of a picture from a store.

    Parameters
    ----------
    picture
        The picture.

    Yields
    ------
    table
        What a rich console prints; a kind of which nothing is known has none.
    """
    at = f"{picture.situation.at:%Y-%m-%d %H:%M}".removesuffix(" 00:00")
    yield f"The situation as of {at} (UTC), from {picture.n_reports} reports with {picture.n_claims} claims"
    made = _Tables(picture.actors, picture.claims, picture.documents, picture.n_origins)
    found: list[Table | str] = list(made.tables(picture.situation))
    yield from found or ["No report known by then says who is where, or what happened; see the notes above."]


def situation_tables(
    situation: Situation, actors: Sequence[Actor], claims: Sequence[Claim], documents: Sequence[Document]
) -> "Iterator[Table]":
    """Make the tables of a situation; as :func:`picture_tables`."""
    yield from _Tables(actors, claims, documents, {}).tables(situation)


class _Tables:
    def __init__(
        self,
        actors: Iterable[Actor],
        claims: Iterable[Claim],
        documents: Iterable[Document],
        n_origins: Mapping[tuple[ClaimId, ...], int],
    ) -> None:
        self._names = {a.id: a.name for a in actors}
        self._claims = {c.id: c for c in claims}
        self._documents = {d.id: d for d in documents}
        self._origins = n_origins

    def tables(self, situation: Situation) -> "Iterator[Table]":
        """Make one table a kind."""
        last = (LIKELY, "Told by", DAYS)
        kinds: tuple[tuple[str, tuple[str, ...], list[tuple[str, ...]]], ...] = (
            ("Who is where", ("Who", "Place", *last), [self._presence(r) for r in _surest(situation.presences)]),
            ("Who holds what", ("Who", "Place", *last), [self._control(r) for r in _surest(situation.controls)]),
            ("Which ways are open", ("Way", *last), [self._way(r) for r in _surest(situation.ways)]),
            ("What happened", ("What", "Place", *last), [self._event(r) for r in _latest(situation)]),
            ("Who disagrees", ("One says", "The other", "Why"), [self._quarrel(r) for r in situation.contradictions]),
        )
        for title, headings, rows in kinds:
            if rows:
                yield _table(title, headings, rows)

    def _presence(self, record: Any) -> tuple[str, ...]:
        return (self._name(record.actor), _place(record.region), *self._end(record))

    def _control(self, record: Any) -> tuple[str, ...]:
        likely, says, newest = self._end(record)
        if record.layer == "assessed":
            return (self._name(record.actor), _place(record.region), likely, "our assessment", newest)
        layer = "its own side" if record.layer == "claimed" else "others"
        return (self._name(record.actor), _place(record.region), likely, f"{layer}, {says}", newest)

    def _way(self, record: Any) -> tuple[str, ...]:
        return (_place(record.region), *self._end(record))

    def _event(self, record: Any) -> tuple[str, ...]:
        told = self._claims.get(record.claims[0]) if record.claims else None
        what = told.predicate if told is not None else record.sub_event_type or record.event_type
        sides = [name for name in (self._name(record.side_a), self._name(record.side_b)) if name]
        likely, says, _ = self._end(record)
        what = f"{what}: {' - '.join(sides)}" if sides else what
        return (what, _place(record.region), likely, says, _days(record.date_start, record.date_end))

    def _quarrel(self, record: Any) -> tuple[str, ...]:
        return (self._quote(record.first), self._quote(record.second), record.why)

    def _end(self, record: Any) -> tuple[str, str, str]:
        """Say how likely, by how many and by whom most of all, and when last."""
        p = _p(record)
        n = self._origins.get(record.claims)
        says = self._source(record.claims[0]) if record.claims else ""
        count = "" if n is None else f"{n} origin{'' if n == 1 else 's'}: "
        return (
            f"{likelihood_term(p)}, {percent(p)}",
            f"{count}{says}",
            f"{getattr(record, 'last_evidence', None) or ''}",
        )

    def _name(self, actor: str | None) -> str:
        return one_line(self._names.get(actor, actor) if actor else "")  # type: ignore[call-overload]

    def _source(self, claim: ClaimId) -> str:
        said = self._claims.get(claim)
        if said is None or said.document not in self._documents:
            return ""
        document = self._documents[said.document]
        teller = f"{said.attributed_to.name}, in " if said.attributed_to is not None else ""
        return one_line(f"{teller}{document.source.name}")

    def _quote(self, claim: ClaimId) -> str:
        said = self._claims[claim]
        document = self._documents[said.document]
        words = one_line(document.quote(said.evidence[0]))
        short = words if len(words) <= QUOTE_CHARACTERS else f"{words[:QUOTE_CHARACTERS]}..."
        day = f", {document.published:%Y-%m-%d}" if document.published else ""
        return f'"{short}" ({self._source(claim)}{day})'


def _surest(records: Iterable[Any]) -> list[Any]:
    return sorted(records, key=lambda r: (-_p(r), r.id))


def _p(record: Any) -> float:
    """Return a record's probability, whatever it is called."""
    return next(
        float(getattr(record, name)) for name in ("p_present", "p_held", "p_open", "p_true") if hasattr(record, name)
    )


def _latest(situation: Situation) -> list[Any]:
    return sorted(situation.operations, key=lambda r: (-(r.date_start or date.min).toordinal(), -r.p_true, r.id))


def _place(region: Region | None) -> str:
    return "" if region is None else one_line(region.phrase)


def _days(start: date | None, end: date | None) -> str:
    if start is None and end is None:
        return ""
    return f"{start}" if start == end or end is None else f"{start or '...'} to {end}"


def _table(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> "Table":
    """Make a table; text from reports is never read as markup."""
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title), title_justify="left")
    for heading in headings:
        day = DAY_CHARACTERS if heading == DAYS else None
        table.add_column(heading, overflow="fold", min_width=day, max_width=day)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table
