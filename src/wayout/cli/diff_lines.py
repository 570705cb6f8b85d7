"""Changes for people and for programs: one record a change, with the words of the reports behind it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from wayout.cli.terminal_text import isolated, safe
from wayout.model import Claim, ClaimId, Document, DocumentId
from wayout.stats.likelihood import percent

if TYPE_CHECKING:
    from rich.text import Text

    from wayout.casebook.changes import Change, Changes, Culprit
    from wayout.casebook.way_changes import WayChange
    from wayout.store.base import Store

SIGNS = {"appeared": "+", "went": "-", "rose": "^", "fell": "v"}
QUOTE_CHARACTERS = 200


def header(found: "Changes") -> str:
    """Say between which days, from how many new reports."""
    reports = f"{found.n_new} new report{'' if found.n_new == 1 else 's'}"
    more = f"; {found.n_more} smaller changes are not listed (--most N lists more)" if found.n_more else ""
    moved = f"{len(found.changes)} change{'' if len(found.changes) == 1 else 's'}" if found.changes else "nothing moved"
    return f"From {found.before:%Y-%m-%d} to {found.after:%Y-%m-%d} (UTC): {reports}, {moved}{more}"


def change_records(store: "Store", found: "Changes", ways: "Sequence[WayChange]" = ()) -> dict[str, Any]:
    """
    Turn changes into plain records.

    Parameters
    ----------
    store
        Where the words of the reports are.
    found
        Changes of the picture.
    ways
        Changes of a party's barriers and ways.

    Returns
    -------
    records
        JSON-ready: ``from``, ``to``, ``n_new_reports``, ``n_more``, ``changes``; each with ``kind``, ``what``, ``who``, ``where``, ``p_before``,
        ``p_after`` and ``because``: source, day, quote, span, and the probability without that origin's new reports.
    """
    culprits = [*(c for change in found.changes for c in change.culprits), *(c for way in ways for c in way.culprits)]
    words = _Words(
        store,
        [*(c.document for c in culprits), *(c.document for c in found.changes)],
        [change.proposition.actor for change in found.changes],
    )
    return {
        "from": found.before.isoformat(),
        "to": found.after.isoformat(),
        "n_new_reports": found.n_new,
        "n_more": found.n_more,
        "changes": [*(words.record(change) for change in found.changes), *(words.way_record(way) for way in ways)],
    }


def change_lines(records: dict[str, Any]) -> "Iterator[Text]":
    """Write the records as lines for a terminal."""
    from rich.text import Text

    for change in records["changes"]:
        p = f"{_shown(change['p_before'], change)} -> {_shown(change['p_after'])}"
        sign = SIGNS[change["what"]]
        style = {"+": "bold green", "^": "green", "-": "bold red", "v": "red"}[sign]
        yield Text(f"{sign} {isolated(safe(change['says']))}: {p}", style=style)
        for report in change["because"]:
            said = f'    {report["source"]}, {report["day"] or "undated"}: "{report["quote"]}"'
            without = "" if change["what"] == "appeared" else f" (without it {percent(report['p_without'])})"
            yield Text(f"{isolated(safe(said))}{without}")
        if not change["because"] and change["kind"] != "way":
            yield Text(f"    {change['else']}", style="dim")


def _shown(p: float | None, change: "dict[str, Any] | None" = None) -> str:
    if p is None:
        return "none"
    return percent(p) if change is None or change.get("was_told", True) else "nobody said so"


class _Words:
    """Looks up the words of reports and the names of places and actors."""

    def __init__(self, store: "Store", documents: Iterable[DocumentId], actors: Iterable[str]) -> None:
        from wayout.casebook.picture import actors_of
        from wayout.store.base import ClaimFilter

        ids = tuple(sorted(set(documents)))
        self._documents: dict[DocumentId, Document] = {d.id: d for d in store.documents(ids)}
        self._claims: dict[ClaimId, Claim] = {c.id: c for c in store.claims(ClaimFilter(documents=ids))}
        self._actors = actors_of({a for a in actors if a})

    def record(self, change: "Change") -> dict[str, Any]:
        """Make the record of one change of the picture."""
        what = change.proposition
        where = self._place(change)
        actor = self._actors.get(what.actor)  # type: ignore[call-overload]
        who = actor.name if actor else what.actor
        deed = what.detail.partition(">")[0]
        says = {
            "present": f"{who} in {where}",
            "holds": f"{who} holds {where} ({'its own word' if what.detail == 'claimed' else 'reported'})",
            "open": f"the way is open: {where}",
            "happened": f"{who} {deed} {where}".strip(),
        }[what.kind]
        return {
            "kind": what.kind,
            "what": change.what,
            "says": says,
            "who": what.actor or None,
            "where": where,
            "was_told": change.was_told,
            "p_before": round(change.p_before, 6),
            "p_after": round(change.p_after, 6),
            "because": [self._because(c) for c in change.culprits],
            "else": "no new report: what was said has aged"
            if not change.n_new
            else "no report does it alone: several together, and age",
        }

    def way_record(self, way: "WayChange") -> dict[str, Any]:
        """Make the record of a barrier's or a way's change."""
        a, b = way.p_before, way.p_after
        what = "appeared" if a is None else "went" if b is None else "rose" if b > a else "fell"
        says = f"barrier: {way.name} is closed" if way.kind == "barrier" else f"way: {way.name} is reached in time"
        return {
            "kind": way.kind,
            "what": what,
            "says": says,
            "who": None,
            "where": way.name,
            "p_before": None if a is None else round(a, 6),
            "p_after": None if b is None else round(b, 6),
            "because": [self._because(c) for c in way.culprits],
            "else": "no new report does it alone",
        }

    def _because(self, culprit: "Culprit") -> dict[str, Any]:
        claim, document = self._claims[culprit.claim], self._documents[culprit.document]
        span = claim.evidence[0]
        words = " ".join(document.quote(span).split())
        return {
            "document": document.id,
            "claim": claim.id,
            "source": document.source.name,
            "title": document.title,
            "day": f"{document.published:%Y-%m-%d}" if document.published else None,
            "quote": words if len(words) <= QUOTE_CHARACTERS else f"{words[:QUOTE_CHARACTERS]}...",
            "start": span.start,
            "end": span.end,
            "p_without": round(culprit.p_without, 6),
        }

    def _place(self, change: "Change") -> str:
        """Name a place as the report that says most does."""
        from wayout.fuse.weighing.rows import region_at

        place = change.proposition.place
        claim = self._claims[change.claim]
        if not place or all(use.region is None for use in claim.places):
            return ""
        return region_at(claim, place).phrase
