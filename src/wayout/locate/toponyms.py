"""Find the place phrases of a document, whole: names, what relates to names, and directions used as places."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wayout.locate.cover import Cover
from wayout.locate.finding.bare_directions import bare_directions
from wayout.locate.finding.name_matches import Name, read_names
from wayout.locate.finding.name_senses import Sense, Sensed, described, embedded, is_metonym
from wayout.locate.finding.phrase_spans import widen
from wayout.locate.finding.sites import Site, find_sites, on_streets, parts_of
from wayout.locate.finding.text_view import TextView, look_at
from wayout.locate.gazetteer import Gazetteer
from wayout.model import Document, Mention, MentionRoute, Span

_NEAR = 3
"""References to places that may begin before a whole and still reach into it: they hardly overlap one another."""


@dataclass(frozen=True, slots=True, order=True)
class Toponym:
    """
    A name or word that refers to a place: code points ``start`` to ``end``.

    ``sense`` says what it does there: ``literal`` (a place itself), ``metonym`` (the place for its government), ``part`` ("North
    Texas"), ``feature`` ("Nile Delta"), ``building``, ``road``, ``adjective`` ("Malian"), ``people`` ("Malians"), ``embedded`` (in
    the name of a body) or ``union`` ("EU"). ``meant`` is the name to look up.
    """

    start: int
    end: int
    sense: Sense
    meant: str


def find_toponyms(text: str, parsed: Any, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """
    Find everything in a text that refers to a place by name, whatever it does there.

    Parameters
    ----------
    text
        The text.
    parsed
        Its spaCy ``Doc``, or ``None``.
    gazetteer
        The gazetteer.

    Returns
    -------
    toponyms
        In text order. They may nest: "Turkana County Jail" is a building and holds an embedded county. Only the literal ones
        are places of the product (:func:`find_places`).

    References
    ----------
    Gritta, Pilehvar, Collier 2020, *A pragmatic guide to geoparsing evaluation*, LREV 54, doi 10.1007/s10579-019-09475-3.
    """
    view = look_at(text, parsed, ())
    names = read_names(view, gazetteer)
    found = [Sensed(n.start, n.end, "literal", n.meant or text[n.start : n.end]) for n in names.literal]
    literal = frozenset(text[n.start : n.end] for n in names.literal)
    found += described(view)
    found += embedded(view, names.embedded, literal)
    return tuple(sorted(_whole(view, found)))


def _whole(view: TextView, found: list[Sensed]) -> list[Toponym]:
    """Put names into the wholes they are part of: a road and a feature replace the name, a building holds it."""
    found = sorted(found, key=lambda one: (one.start, one.end))
    sites = _outermost(find_sites(view))
    starts, toponyms, spans = [site.start for site in sites], list[Toponym](), set[tuple[int, int]]()
    for one in found:
        i = bisect_right(starts, one.start) - 1
        whole = sites[i] if i >= 0 and one.end <= sites[i].end else None
        if whole is None or (whole.start, whole.end) == (one.start, one.end):
            metonym = one.sense == "literal" and is_metonym(view, one.start, one.end)
            toponyms.append(Toponym(one.start, one.end, "metonym" if metonym else one.sense, one.meant))
            spans.add((one.start, one.end))
        elif whole.kind == "building":
            toponyms.append(Toponym(one.start, one.end, "embedded", one.meant))
            spans.add((one.start, one.end))
    cover = Cover(len(view.text), [(site.start, site.end) for site in sites])
    parts = parts_of(view, [(one.start, one.end) for one in found if one.sense in ("literal", "adjective")])
    starts = [one.start for one in found]
    for site in (*sites, *(part for part in parts if not cover.meets(part.start, part.end))):
        near = found[max(0, bisect_left(starts, site.start) - _NEAR) : bisect_left(starts, site.end)]
        inside = [one for one in near if site.start <= one.start and one.end <= site.end]
        crossed = any((one.start, one.end) in spans and one.end > site.start and one not in inside for one in near)
        if crossed or (site.start, site.end) in spans:
            continue
        sense: Sense = "adjective" if inside and inside[0].sense == "adjective" else site.kind
        meant = inside[0].meant if inside and site.kind == "part" else view.text[site.start : site.end]
        toponyms.append(Toponym(site.start, site.end, sense, meant))
    return toponyms


def _outermost(sites: Sequence[Site]) -> list[Site]:
    """Drop sites that lie in another; those left are in order of start and of end."""
    kept: list[Site] = []
    for site in sorted(sites, key=lambda s: (s.start, -s.end)):
        if not kept or site.end > kept[-1].end:
            kept.append(site)
    return kept


def find_places(document: Document, parsed: Any, gazetteer: Gazetteer, taken: Sequence[Span]) -> tuple[Mention, ...]:
    """
    Find place phrases.

    Parameters
    ----------
    document
        The document.
    parsed
        spaCy ``Doc`` of ``document.text``; ``None`` where there is none (a tenth of the time, F1 lower by .01): bare directions
        are then left out.
    gazetteer
        The gazetteer.
    taken
        Spans of actors and persons, which are not places.

    Returns
    -------
    mentions
        Kind ``"place"``, ``ref`` ``None``, in text order, never overlapping. Route: ``"name"`` for a name of the gazetteer,
        ``"statistical"`` for one only the tagger takes for a place, ``"phrase"`` for a relative phrase or a direction.
    """
    shut = [(span.start, span.end) for span in taken]
    view = look_at(document.text, parsed, shut)
    names = read_names(view, gazetteer).literal
    streets = on_streets(view, [(n.start, n.end) for n in names])
    names = [n for n in names if (n.start, n.end) not in streets]
    spans = widen(document.text, [(n.start, n.end) for n in names], shut)
    cover = Cover(len(document.text), [*spans, *shut])
    if parsed is not None:
        spans += [s for s in bare_directions(parsed) if not cover.meets(*s)]
    by_span = {(n.start, n.end): n for n in names}
    return tuple(_mention(document, span, by_span.get(span)) for span in sorted(spans))


def _mention(document: Document, stretch: tuple[int, int], name: Name | None) -> Mention:
    route: MentionRoute = "phrase"
    if name is not None:
        route = "name" if name.known else "statistical"
    span = document.span(*stretch)
    return Mention(span=span, text=document.quote(span), kind="place", ref=None, route=route)
