"""Whom a row of an event table is told by: every source once, named or not."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from wayout.extract.naming.countries import read_countries
from wayout.extract.tabled.sides import SideFinder
from wayout.model import ActorId, Attribution, Document
from wayout.text.event_rows import Field
from wayout.text.names import fold_name
from wayout.vocab import read_vocab

_BETWEEN = re.compile(r"\s*[;,]\s*|\s*/\s*(?=[A-Z])")
"""Between sources: "SOHR; VDC", "SOHR/Waha Report"."""
_AND = re.compile(r"\s+(?:and|&)\s+")
_SAID_OF_IT = re.compile(r"^(?:the\s+)?(?:\w+-based\s+)?", re.IGNORECASE)
_BRACKET = re.compile(r"\s*\(([^()]+)\)$")
_LITTLE = frozenset({"a", "an", "the", "of", "from", "in", "by", "and", "two", "three", "some", "several"})


def sources_of(
    document: Document, fields: Mapping[str, Field], format: str, finder: SideFinder, when: tuple[int, str]
) -> tuple[Attribution | None, ...]:
    """
    List the sources a row rests on.

    Parameters
    ----------
    document
        The row.
    fields
        Its fields.
    format
        The table's format.
    finder
        Looks up who a source is.
    when
        Year of the event and its country.

    Returns
    -------
    sources
        UCDP: who first told it (``source_original``), passed on by ``source_office``; where the former is empty, the latter.
        ACLED: ``source``. Each once, however often it is listed; ``None`` alone where the row names nobody: the table itself
        speaks.
    """
    names = ("source_original", "source_office") if format == "ucdp_ged" else ("source",)
    lists = [_listed(document, fields[name], finder, when) for name in names if name in fields]
    if not lists:
        return (None,)
    first, *outer = lists
    most = int(read_vocab("event_tables.yaml")["most_sources"])
    if len(outer) == 1 and len(outer[0]) == 1:
        via = outer[0][0]
        first = [s if _same(s, via) else _passed_on(s, via) for s in first]
    return tuple(first[:most])


def _listed(document: Document, field: Field, finder: SideFinder, when: tuple[int, str]) -> list[Attribution]:
    found: dict[str, Attribution] = {}
    start = field.start
    for part in (p for several in _BETWEEN.split(field.value) for p in _halves(several, finder, when)):
        start = document.text.index(part, start)
        span = document.span(start, start + len(part))
        start += len(part)
        ref = _known(part, finder, when)
        source = Attribution(
            name=part,
            actor=ActorId(ref) if ref else None,
            source_span=span,
            cue_span=None,
            named=ref is not None or is_somebody(part),
        )
        found.setdefault(ref or fold_name(part), source)
    return list(found.values())


def _halves(words: str, finder: SideFinder, when: tuple[int, str]) -> list[str]:
    """Part "SOHR and airwars", of which one is known by itself; "police and medical sources" stay one."""
    halves = [half for half in _AND.split(words) if half]
    if len(halves) == 1 or _known(words, finder, when) or not any(_known(half, finder, when) for half in halves):
        return [words] if words else []
    return halves


def _known(words: str, finder: SideFinder, when: tuple[int, str]) -> str | None:
    """Look a source up, without what is said of it ("the Britain-based ...") and by what stands in brackets ("... (YPG)")."""
    bare = _SAID_OF_IT.sub("", words)
    bracket = _BRACKET.search(bare)
    for name in (words, bare, *((bare[: bracket.start()], bracket[1]) if bracket else ())):
        ref = finder.source(name, when)
        if ref is not None:
            return None if ref == "civilians" else ref
    return None


def is_somebody(words: str) -> bool:
    """
    Tell whether a source is somebody in particular.

    Parameters
    ----------
    words
        A source as a table writes it.

    Returns
    -------
    named
        ``False`` for people of a kind ("Police and medical sources", "Fallujah officials", "a doctor") and outlets of a kind
        ("Kurdish media").

    Examples
    --------
    >>> is_somebody("Waha Report"), is_somebody("local media"), is_somebody("two police officers")
    (True, False, False)
    """
    tokens = [t for t in fold_name(words).split() if t not in _LITTLE]
    people, kinds = _kinds()
    return bool(tokens) and tokens[-1] not in people and not all(t in kinds for t in tokens)


@cache
def _kinds() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words for people of a kind, and all words that name nobody."""
    told: Any = read_vocab("event_tables.yaml")
    unnamed = read_vocab("attribution.yaml")["unnamed"]
    outlets = frozenset(told["outlets"])
    people = frozenset((*told["anonymous"], *unnamed, *(f"{word}s" for word in unnamed))) - outlets
    nations = frozenset(fold_name(a) for country in read_countries() for a in country.adjectives)
    return people, people | outlets | nations | frozenset(told["origins"])


def _same(one: Attribution, other: Attribution) -> bool:
    return one.actor == other.actor if one.actor or other.actor else fold_name(one.name) == fold_name(other.name)


def _passed_on(source: Attribution, via: Attribution) -> Attribution:
    return Attribution(
        name=source.name,
        actor=source.actor,
        source_span=source.source_span,
        cue_span=source.cue_span,
        named=source.named,
        via=via,
    )
