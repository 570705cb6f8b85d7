"""
Name the things a text speaks of, each with its type, as an analyst would mark them: organisations, places, persons, times.

What the rules found (actors, persons, places, times) and what the statistical model proposes are weighed by a small learned
tagger (``entity_tagger``). Besides names it marks nouns and pronouns ("the regime", "local fighters", "they"). See
``docs/methods/entities.md``.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, cast

from wayout.extract.tagging.edges import mend
from wayout.extract.tagging.tagger import Tagger, label_spans, open_tagger
from wayout.extract.tagging.times import time_spans
from wayout.extract.tagging.view import TIME_FLAG, view_entities
from wayout.model import Document, Entity, EntityType, Mention, TimeValue

_TYPES = {"actor": "Organisation", "person": "Person", "place": "Location"}
_EDGES = ' \t\n\r\u00a0\u200e\u200f,;:."\u201c\u201d()[]'
_NOTE = re.compile(r"[.,]?\[\d")
"""Where a footnote mark begins that the tokeniser left on the word."""


def find_entities(
    document: Document,
    parsed: Any,
    mentions: Sequence[Mention],
    times: Sequence[TimeValue],
    tagger: Tagger | None = None,
) -> tuple[Entity, ...]:
    """
    Find the entities of a document.

    Parameters
    ----------
    document
        The document.
    parsed
        spaCy ``Doc`` of ``document.text``.
    mentions
        Its actors, persons and places (``find_actors``, ``find_places``).
    times
        Its dated expressions (``find_times``).
    tagger
        Used instead of the shipped one.

    Returns
    -------
    entities
        In text order, without overlap; no leading article, no punctuation at the ends.

    References
    ----------
    Dstl (2017). Relationship and Entity Extraction Evaluation Dataset (re3d): the types and the manner of marking.
    """
    text = document.text
    dated = time_spans(text, parsed, times)
    view = view_entities(parsed, mentions, dated)
    entities = [_entity(document, start, end, "Temporal", None) for start, end in dated]
    by_type = {t: _ByPlace([m for m in mentions if _TYPES.get(m.kind) == t]) for t in _TYPES.values()}
    labels = (tagger or open_tagger()).label(view)
    for first, last, kind in mend(view, label_spans(labels)):
        start, end = _trim(text, view.starts[first], view.ends[last - 1])
        if start < end and not any(view.tokens[i].flag[1:] == TIME_FLAG for i in range(first, last)):
            mention = by_type[kind].at(start, end) if kind in by_type else None
            entities.append(_entity(document, start, end, kind, mention))
    return tuple(sorted(entities, key=lambda e: (e.span.start, e.span.end)))


class _ByPlace:
    """Mentions without overlap, asked by characters."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._mentions = sorted(mentions, key=lambda m: m.span.start)
        self._starts = [m.span.start for m in self._mentions]

    def at(self, start: int, end: int) -> Mention | None:
        """Return the mention that shares most characters with a stretch; of equal ones the first."""
        best: tuple[int, Mention] | None = None
        for i in range(bisect_left(self._starts, end) - 1, -1, -1):
            mention = self._mentions[i]
            shared = min(end, mention.span.end) - max(start, mention.span.start)
            if shared <= 0:
                break
            if best is None or shared >= best[0]:
                best = (shared, mention)
        return best[1] if best else None


def _entity(document: Document, start: int, end: int, kind: str, mention: Mention | None) -> Entity:
    span = document.span(start, end)
    return Entity(span=span, text=document.quote(span), type=cast("EntityType", kind), mention=mention)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut off punctuation, footnote marks, a possessive ending and a leading article."""
    note = _NOTE.search(text, start, end)
    end = note.start() if note and note.start() > start else end
    line = text.find("\n", start, end)
    end = line if line > start else end
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and text[end - 1] in _EDGES and not _closes_initials(text, start, end):
        end -= 1
    if text[start : start + 4].lower() == "the " and end - start > 4:
        start += 4
    return start, end


def _closes_initials(text: str, start: int, end: int) -> bool:
    """Tell whether a last mark belongs to the name: the point of "U.S.", a bracket opened inside."""
    if text[end - 1] == ")":
        return "(" in text[start:end]
    return text[end - 1] == "." and end - start > 3 and text[end - 3] == "."
