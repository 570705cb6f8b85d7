"""The verbs and nouns that relate two parties, read from ``vocab/relations.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from wayout.errors import VocabularyError
from wayout.model.relation import RelationKind
from wayout.vocab import read_vocab


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """
    One word's pattern: the kind, where the second party stands, and what it must be.

    ``b`` holds "object" and prepositions; ``pairs`` and ``between`` allow two coordinated parties; ``a`` says
    whether the first party does the deed ("doer"), suffers it ("done_to") or either ("both"); ``owned`` asks a noun for an owner in its own phrase; ``swap``
    turns the two round.
    """

    kind: RelationKind
    b: frozenset[str]
    to: str
    pairs: bool = False
    between: bool = False
    a: str = "doer"
    owned: bool = False
    swap: bool = False


@cache
def open_patterns() -> tuple[Mapping[str, tuple[Pattern, ...]], Mapping[str, tuple[Pattern, ...]]]:
    """
    Read the patterns once.

    Returns
    -------
    verbs, nouns
        Patterns by lemma.

    Raises
    ------
    VocabularyError
        If a kind is not one of :data:`wayout.model.relation.RelationKind`.
    """
    verbs: dict[str, list[Pattern]] = {}
    nouns: dict[str, list[Pattern]] = {}
    for item in read_vocab("relations.yaml")["patterns"]:
        if item["kind"] not in get_args(RelationKind):
            raise VocabularyError(
                f"relations.yaml names the kind {item['kind']!r}; use one of {get_args(RelationKind)}"
            )
        for lemma in item.get("verbs", ()):
            verbs.setdefault(lemma, []).append(_pattern(item, lemma))
        for lemma in item.get("nouns", ()):
            nouns.setdefault(lemma, []).append(_pattern(item, lemma))
    return {k: tuple(v) for k, v in verbs.items()}, {k: tuple(v) for k, v in nouns.items()}


def _pattern(item: Mapping[str, Any], lemma: str) -> Pattern:
    return Pattern(
        kind=item["kind"],
        b=frozenset(item.get("only", {}).get(lemma, item["b"])),
        to=item.get("to", "party"),
        pairs=lemma in item.get("pairs", ()),
        between=item.get("between", False),
        a=item.get("a", "doer"),
        owned=item.get("owned", False),
        swap=item.get("swap", False),
    )
