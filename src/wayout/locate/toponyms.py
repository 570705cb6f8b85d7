"""Find the place phrases of a document, whole: names, what relates to names, and directions used as places."""

from collections.abc import Sequence
from typing import Any

from wayout.locate.cover import Cover
from wayout.locate.finding.bare_directions import bare_directions
from wayout.locate.finding.name_matches import Name, match_names
from wayout.locate.finding.phrase_spans import widen
from wayout.locate.gazetteer import Gazetteer
from wayout.model import Document, Mention, MentionRoute, Span


def find_places(document: Document, parsed: Any, gazetteer: Gazetteer, taken: Sequence[Span]) -> tuple[Mention, ...]:
    """
    Find place phrases.

    Parameters
    ----------
    document
        The document.
    parsed
        spaCy ``Doc`` of ``document.text``.
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
    names = match_names(document.text, parsed, gazetteer, shut)
    spans = widen(document.text, [(n.start, n.end) for n in names], shut)
    cover = Cover(len(document.text), [*spans, *shut])
    spans += [s for s in bare_directions(parsed) if not cover.meets(*s)]
    by_span = {(n.start, n.end): n for n in names}
    return tuple(_mention(document, span, by_span.get(span)) for span in sorted(spans))


def _mention(document: Document, stretch: tuple[int, int], name: Name | None) -> Mention:
    route: MentionRoute = "phrase"
    if name is not None:
        route = "name" if name.known else "statistical"
    span = document.span(*stretch)
    return Mention(span=span, text=document.quote(span), kind="place", ref=None, route=route)
