"""Find the place phrases of a document, whole: names, what relates to names, and directions used as places."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wayout.locate.cover import Cover
from wayout.locate.finding.bare_directions import bare_directions
from wayout.locate.finding.name_matches import Name, read_names
from wayout.locate.finding.name_senses import Sense, Sensed, described, embedded, is_metonym
from wayout.locate.finding.phrase_spans import widen
from wayout.locate.finding.sites import find_sites, on_streets, parts_of
from wayout.locate.finding.text_view import TextView, look_at
from wayout.locate.gazetteer import Gazetteer
from wayout.model import Document, Mention, MentionRoute, Span


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
        In text order. They may nest: "Henderson County Jail" is a building and holds an embedded county. Only the literal ones
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
    parts = parts_of(view, [(s.start, s.end) for s in found if s.sense in ("literal", "adjective")])
    sites = find_sites(view)
    wholes = [s for s in sites if not any(o is not s and o.start <= s.start and s.end <= o.end for o in sites)]
    wholes += [part for part in parts if not any(o.start < part.end and part.start < o.end for o in wholes)]
    toponyms = []
    for one in found:
        whole = next((w for w in wholes if w.kind != "part" and w.start <= one.start and one.end <= w.end), None)
        if whole is None or (whole.start, whole.end) == (one.start, one.end):
            metonym = one.sense == "literal" and is_metonym(view, one.start, one.end)
            toponyms.append(Toponym(one.start, one.end, "metonym" if metonym else one.sense, one.meant))
        elif whole.kind == "building":
            toponyms.append(Toponym(one.start, one.end, "embedded", one.meant))
    spans = {(t.start, t.end) for t in toponyms}
    for site in wholes:
        if (site.start, site.end) in spans or any(
            a < site.end and site.start < b and not (site.start <= a and b <= site.end) for a, b in spans
        ):
            continue
        held = next((one for one in found if site.start <= one.start and one.end <= site.end), None)
        sense: Sense = "adjective" if held is not None and held.sense == "adjective" else site.kind
        words = view.text[site.start : site.end]
        toponyms.append(Toponym(site.start, site.end, sense, held.meant if site.kind == "part" and held else words))
    return toponyms


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
