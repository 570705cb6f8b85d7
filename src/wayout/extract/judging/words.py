"""The words that decide how sure an author is, by class: what each leaves of its complement, and under a negation."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from wayout.model import Mood, Tense
from wayout.vocab import read_vocab


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """
    A word that changes what the author is committed to.

    ``cap`` is the highest value it leaves, ``turns`` says that it turns the sign, ``negated`` what a negation of its own
    clause leaves of its complement: a value, "turn" or "keep".
    """

    kind: str
    cap: float
    mood: Mood | None = None
    tense: Tense | None = None
    denied: bool = False
    turns: bool = False
    negated: float | str = "turn"
    prepositions: frozenset[str] = frozenset()
    phrase_cap: float = 3.0


@dataclass(frozen=True, slots=True)
class CertaintyWords:
    """``vocab/certainty.yaml`` as look-up tables."""

    modals: Mapping[str, Operator]
    adverbs: Mapping[str, Operator]
    complements: Mapping[str, Operator]
    negators: frozenset[str]
    not_negating: frozenset[str]
    weak_negators: Mapping[str, float]
    scarce: frozenset[str]
    scarce_value: float
    conditional: frozenset[str]
    condition_phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    not_yet: frozenset[str]
    neg_raising: frozenset[str]
    neg_raised: float
    neg_expected: float
    verbs_only: frozenset[str]
    own_ignorance: float
    attributes: Mapping[str, float]
    untrue: Mapping[str, float]
    adjuncts: frozenset[str]
    instead: frozenset[str]
    definite: frozenset[str]
    no_object: frozenset[str]
    light: frozenset[str]
    infinitives: Mapping[str, Operator]


@cache
def certainty_words() -> CertaintyWords:
    """
    Read the tables once.

    Returns
    -------
    words
        The classes of ``vocab/certainty.yaml``; a word in several classes belongs to the last.
    """
    raw = read_vocab("certainty.yaml")
    return CertaintyWords(
        modals=_flat(raw["modals"], "modal"),
        adverbs=_flat(raw["adverbs"], "adverb"),
        complements={
            lemma: _class(kind, spec) for kind, spec in raw["complements"].items() for lemma in spec["lemmas"]
        },
        negators=frozenset(raw["negators"]),
        not_negating=frozenset(raw["not_negating"]),
        weak_negators=raw["weak_negators"],
        scarce=frozenset(raw["scarce"]),
        scarce_value=raw["scarce_value"],
        conditional=frozenset(raw["conditional_marks"]),
        condition_phrases=_by_first_word(raw["conditional_phrases"]),
        not_yet=frozenset(raw["not_yet_marks"]),
        neg_raising=frozenset(raw["neg_raising"]),
        neg_raised=raw["neg_raised"],
        neg_expected=raw["neg_expected"],
        verbs_only=frozenset(raw["verbs_only"]),
        own_ignorance=raw["own_ignorance"],
        attributes=raw["unverified"],
        untrue=raw["untrue"],
        adjuncts=frozenset(raw["adjuncts"]),
        instead=frozenset(raw["instead"]),
        definite=frozenset(raw["definite"]),
        no_object=frozenset(raw["no_object"]),
        light=frozenset(raw["light_verbs"]),
        infinitives=_flat(raw["infinitives"], "infinitive"),
    )


_PRESSING = frozenset({"press", "push"})
_ONWARD = frozenset({"ahead", "on", "forward", "onward"})


def goes_on(word: Any) -> bool:
    """Tell "press ahead", which demands nothing, from "press somebody"."""
    return word.lemma_ in _PRESSING and any(c.lower_ in _ONWARD for c in word.children)


def operator_of(word: Any) -> Operator | None:
    """Return the class of a token by its lemma; some words have one only as verbs."""
    words = certainty_words()
    lemma = word.lemma_.lower()
    if word.pos_ == "NOUN":
        noun = words.complements.get(f"{lemma}_noun")
        if noun is not None or lemma in words.verbs_only:
            return noun
    if goes_on(word):
        return None
    return words.complements.get(lemma)


def clause_operator_of(word: Any) -> Operator | None:
    """Return the class a word has when a finite clause follows: "forgot that" grants what "forgot to" denies."""
    complements = certainty_words().complements
    lemma = word.lemma_.lower()
    return complements.get(f"{lemma}_that") or complements.get(lemma)


def _class(kind: str, spec: Mapping[str, Any]) -> Operator:
    return Operator(
        kind=kind,
        cap=spec["cap"],
        mood=spec.get("mood"),
        denied=bool(spec.get("denied")),
        turns=bool(spec.get("turns")) or spec["cap"] < 0,
        negated=spec["negated"],
        prepositions=frozenset(spec.get("prepositions", ())),
        phrase_cap=spec.get("phrase_cap", 3.0),
    )


def _by_first_word(phrases: list[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in phrases:
        words = tuple(phrase.split(" "))
        found[words[0]] = (*found.get(words[0], ()), words)
    return found


def _flat(items: list[Mapping[str, Any]], kind: str) -> dict[str, Operator]:
    return {
        lemma: Operator(kind=kind, cap=item["cap"], mood=item.get("mood"), tense=item.get("tense"))
        for item in items
        for lemma in item["lemmas"]
    }
