"""Rows of event tables to claims, by the codebook and without a parser: who did what to whom, where, when, told by whom."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from wayout import __version__
from wayout.extract.naming.actor_book import ActorBook
from wayout.extract.tabled.facts import certainty_of, deaths_of, place_of, time_of
from wayout.extract.tabled.roles import roles_of
from wayout.extract.tabled.sides import Side, SideFinder, iso_of
from wayout.extract.tabled.sources import sources_of
from wayout.model import (
    ActorId,
    Attribution,
    Claim,
    ClaimId,
    Document,
    Mention,
    Reading,
    Span,
    Step,
    TimeValue,
    content_id,
)
from wayout.text.event_rows import Field, format_of, read_row
from wayout.vocab import read_vocab

MADE_BY = Step(name="extract.event_tables", version=__version__)
Draft = tuple[str, Side | None, Side | None, bool]
"""Predicate, who, whom, and whether the order of the sides alone says so."""


def extract_event_row(document: Document, book: ActorBook) -> Reading:
    """
    Read a row of an event table.

    Parameters
    ----------
    document
        A document made by ``wayout.read.event_table``.
    book
        The known actors.

    Returns
    -------
    reading
        A claim for each source of the row and each deed it tells; all say the same, in the name of another. Sides that no
        knowledge file holds are ``unknown:NAME``; who is nobody in particular ("Unidentified Armed Group") stays as words. The
        free text of the row (notes, headlines) is not read.

    References
    ----------
    docs/methods/event-tables.md (the mapping, with the codebooks' words).
    """
    format = format_of(document)
    fields = read_row(document.text)
    finder = _finder(book, format)
    time = time_of(document, fields, format)
    country = iso_of(fields["country"].value) if "country" in fields else None
    when = (time.start.year if time.start else date.max.year, country or "")
    drafts, kind = (_ucdp if format == "ucdp_ged" else _acled)(document, fields, finder, when)
    sources = sources_of(document, fields, format, finder, when)
    row = _Row(document, fields, format, time)
    claims = tuple(row.claim(draft, kind, source) for draft in drafts for source in sources)
    return Reading(document=document, mentions=_mentions(drafts, sources, claims), times=(time,), claims=claims)


def _ucdp(
    document: Document, fields: Mapping[str, Field], finder: SideFinder, when: tuple[int, str]
) -> tuple[list[Draft], Mapping[str, Any]]:
    """One deed for each pair of groups on the two sides."""
    vocab = read_vocab("event_tables.yaml")
    kind = vocab["formats"]["ucdp_ged"]["claims"][fields["type_of_violence"].value]
    most = int(vocab["most_sides"])
    sides: list[list[Side | None]] = []
    for letter in "ab":
        name = fields.get(f"side_{letter}")
        found = finder.ucdp(document, name, fields.get(f"side_{letter}_new_id"), when) if name else []
        sides.append([*found[:most]] or [None])
    return [(kind["predicate"], a, b, False) for a in sides[0] for b in sides[1]], kind


def _acled(
    document: Document, fields: Mapping[str, Field], finder: SideFinder, when: tuple[int, str]
) -> tuple[list[Draft], Mapping[str, Any]]:
    """The deed of the sub-event type; of a change of hands also who loses the ground."""
    told = read_vocab("event_tables.yaml")["formats"]["acled"]
    kind = told["claims"][fields["sub_event_type"].value]
    sides = tuple(finder.acled(document, fields[n], when) if n in fields else None for n in ("actor1", "actor2"))
    roles = roles_of(kind["who"], (sides[0], sides[1]), fields, told)
    if roles.untold:
        # The ground changed hands, and the row does not say between whom: the fight is told, the winner is not.
        predicate = "other" if kind["who"] == "alone" else "clashes"
        return [(predicate, roles.doer, roles.target, False)], kind
    drafts: list[Draft] = [(kind["predicate"], roles.doer, roles.target, roles.by_order)]
    if "loser" in kind and roles.target is not None:
        drafts.append((kind["loser"], roles.target, roles.doer, roles.by_order))
    return drafts, kind


class _Row:
    """What all claims of a row share."""

    def __init__(self, document: Document, fields: Mapping[str, Field], format: str, time: TimeValue) -> None:
        self._document, self._fields, self._format, self._time = document, fields, format, time
        self._place = place_of(document, fields, format)
        self._deaths = deaths_of(document, fields, format)
        self._passed_on = float(read_vocab("event_tables.yaml")["passed_on"])
        self._title = document.span(0, max(1, document.text.find("\n\n")))

    def claim(self, draft: Draft, kind: Mapping[str, Any], source: Attribution | None) -> Claim:
        """Make the claim of a deed in the name of a source."""
        predicate, doer, target, by_order = draft
        certainty = certainty_of(self._fields, self._format, doubtful_order=by_order)
        subject, whom = (side.ref if side else None for side in (doer, target))
        identity = (
            self._document.id,
            predicate,
            subject or _words(doer),
            whom or _words(target),
            source and source.name,
        )
        sub_event = self._fields.get("sub_event_type")
        return Claim(
            id=ClaimId(content_id("claim", *identity)),
            document=self._document.id,
            predicate=predicate,  # type: ignore[arg-type]
            subject=ActorId(subject) if subject else None,
            object=ActorId(whom) if whom else None,
            subject_text=_words(doer),
            object_text=_words(target),
            places=(self._place,),
            quantity=None if predicate == "loses" else self._deaths,
            time=self._time,
            attributed_to=source,
            modality="reported" if source else "asserted",
            tense="past",
            certainty=min(certainty, self._passed_on) if source else certainty,
            event_type="RETREAT" if predicate == "loses" else kind["event_type"],
            sub_event_type=sub_event.value if sub_event else None,
            words=tuple(self._spans(draft, source, self._trigger())),
            evidence=tuple(self._spans(draft, source, self._title)),
            made_by=MADE_BY,
        )

    def _trigger(self) -> Span:
        """Return the word that says what happened."""
        field = self._fields.get("sub_event_type") or self._fields["type_of_violence"]
        return self._document.span(field.start, field.end)

    def _spans(self, draft: Draft, source: Attribution | None, first: Span) -> Iterator[Span]:
        spans = [first, *(side.span for side in draft[1:3] if isinstance(side, Side))]
        spans += [self._place.span, self._time.span]
        spans += [self._deaths.span] if self._deaths else []
        spans += [source.source_span] if source and source.source_span else []
        yield from dict.fromkeys(spans)


def _words(side: Side | None) -> str | None:
    return side.text if side else None


def _mentions(
    drafts: list[Draft], sources: tuple[Attribution | None, ...], claims: tuple[Claim, ...]
) -> tuple[Mention, ...]:
    found = [side.mention() for draft in drafts for side in draft[1:3] if isinstance(side, Side)]
    for source in sources:
        for told in (source, source.via if source else None):
            if told is not None and told.actor is not None and told.source_span is not None:
                span = told.source_span
                found.append(Mention(span=span, text=told.name, kind="actor", ref=told.actor, route="name"))
    for use in claims[0].places:
        found.append(Mention(span=use.span, text=use.phrase, kind="place", ref=None, route="name"))
    return tuple(sorted({m.span: m for m in found if m is not None}.values(), key=lambda m: m.span))


@lru_cache(maxsize=8)
def _finder(book: ActorBook, format: str) -> SideFinder:
    """Keep what was looked up: one finder a book."""
    return SideFinder(book, read_vocab("event_tables.yaml")["formats"][format])
