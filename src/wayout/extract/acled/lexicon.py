"""The cues, sides, types and rules of sub-events, read from ``vocab/sub_event_types.yaml``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from wayout.errors import VocabularyError
from wayout.vocab import read_vocab


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: ``weight`` is added once a text where its cues stand in one sentence; see the head of the file."""

    type: str
    weight: float
    cues: tuple[frozenset[str], ...] = ()
    none: frozenset[str] = frozenset()
    near: int | None = None
    order: bool = False
    deed: str | None = None
    who: frozenset[str] = frozenset()
    whom: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubEventLexicon:
    """
    What the file holds: phrases by first word, rules in the file's order, the event type of each type.

    ``phrases`` gives for a first word the (words, names) that may begin there, longest first; ``sides`` are the names
    that are sides, ``speech`` the verbs of speakers; ``side_nouns`` the single words that name one;
    what is governed by one of ``ground_verbs`` is a place, by one of
    ``ground_or_person`` a place or a person; ``masks`` are phrases whose words are no
    cues of their own; ``deeds`` the cues whose doer some rule asks for; ``kinds`` the side of an actor by its kind.
    """

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], frozenset[str]], ...]]
    rules: tuple[Rule, ...]
    events: Mapping[str, str | None]
    masks: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    sides: frozenset[str]
    speech: frozenset[str]
    deeds: frozenset[str]
    kinds: Mapping[str, str]
    least: float
    deeper: float
    later: float
    more: float
    side_nouns: frozenset[str]
    ground_verbs: frozenset[str]
    ground_or_person: frozenset[str]
    claims: Mapping[str, tuple[str | None, ...]]
    claim_sides: Mapping[str, Mapping[str, Mapping[str, str | None]]]


@cache
def open_sub_event_lexicon() -> SubEventLexicon:
    """
    Read the file once.

    Returns
    -------
    lexicon
        Its cues and rules.

    Raises
    ------
    VocabularyError
        If a rule names a cue, or a claim a type, that the file does not hold.
    """
    raw = read_vocab("sub_event_types.yaml")
    named = {**raw["cues"], **raw["sides"]}
    if both := sorted(set(raw["cues"]) & set(raw["sides"])):
        raise VocabularyError(f"sub_event_types.yaml: {both} are cues and sides; give each a name of its own")
    rules = tuple(_rule(name, item, named) for name, spec in raw["types"].items() for item in spec["rules"])
    claims = {predicate: tuple(names) for predicate, names in raw["claims"].items()}
    for names in claims.values():
        for name in names:
            if name is not None and name not in raw["types"]:
                raise VocabularyError(f"sub_event_types.yaml: claims name the type {name!r}; list it under types")
    return SubEventLexicon(
        phrases=_phrases(named),
        rules=rules,
        events={name: spec["event"] for name, spec in raw["types"].items()},
        masks=_masks(raw["masks"]),
        sides=frozenset(raw["sides"]),
        speech=frozenset(raw["speech"]),
        deeds=frozenset(r.deed for r in rules if r.deed is not None),
        kinds=raw["actor_kinds"],
        least=float(raw["least"]),
        deeper=float(raw["deeper"]),
        later=float(raw["later"]),
        more=float(raw["more"]),
        side_nouns=frozenset(w for words in raw["sides"].values() for w in words if " " not in w),
        ground_verbs=frozenset(raw["ground_verbs"]),
        ground_or_person=frozenset(raw["ground_or_person"]),
        claims=claims,
        claim_sides=raw["sides_of_claims"],
    )


def _rule(name: str, item: Mapping[str, Any], named: Mapping[str, Sequence[str]]) -> Rule:
    cues = tuple(frozenset(c.split("|")) for c in (*item.get("all", ()), *item.get("with", ())))
    asked = {c for group in cues for c in group} | set(item.get("none", ()))
    asked |= {*item.get("who", ()), *item.get("whom", ()), *([item["deed"]] if "deed" in item else [])}
    if unknown := sorted(asked - set(named)):
        raise VocabularyError(
            f"sub_event_types.yaml: a rule of {name!r} names {unknown}; list them under cues or sides"
        )
    return Rule(
        type=name,
        weight=float(item["w"]),
        cues=cues,
        none=frozenset(item.get("none", ())),
        near=item.get("near"),
        order=item.get("order", False),
        deed=item.get("deed"),
        who=frozenset(item.get("who", ())),
        whom=frozenset(item.get("whom", ())),
    )


def _phrases(
    named: Mapping[str, Sequence[str]],
) -> dict[str, tuple[tuple[tuple[str, ...], frozenset[str]], ...]]:
    """Index every phrase by its first word."""
    names: dict[tuple[str, ...], set[str]] = {}
    for name, phrases in named.items():
        for phrase in phrases:
            names.setdefault(tuple(str(phrase).split()), set()).add(name)
    index: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
    for words in sorted(names, key=lambda w: (-len(w), w)):
        index.setdefault(words[0], []).append((words, frozenset(names[words])))
    return {first: tuple(found) for first, found in index.items()}


def _masks(named: Mapping[str, Sequence[str]]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Index the phrases that cover their words by first word."""
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, phrases in named.items():
        for phrase in phrases:
            words = tuple(phrase.split())
            index.setdefault(words[0], []).append((words, name))
    return {first: tuple(sorted(found, key=lambda f: (-len(f[0]), f))) for first, found in index.items()}
