"""The cue words of ``vocab/attribution.yaml``, by lemma, with the frames each may have."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from wayout.vocab import read_vocab


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """
    Who-says-it words.

    ``frames`` and ``classes`` are by verb lemma; ``prepositions`` those a verb takes its content with; ``nouns`` gives each
    noun its frames by kind; those ``owned`` (at least ``owned_with_preposition``: "hopes of X") tell only of somebody.
    """

    frames: dict[str, frozenset[str]]
    classes: dict[str, frozenset[str]]
    prepositions: dict[str, frozenset[str]]
    speech: frozenset[str]
    chain: frozenset[str]
    nouns: dict[str, dict[str, frozenset[str]]]
    owned: frozenset[str]
    owned_with_preposition: frozenset[str]
    holders: frozenset[str]
    light: frozenset[str]
    adjectives: frozenset[str]
    adverbs: frozenset[str]
    deictic: frozenset[str]
    denials: frozenset[str]
    naming: frozenset[str]
    said_things: frozenset[str]
    untrue: frozenset[str]
    speakers: frozenset[str]
    labels: frozenset[str]
    venues: frozenset[str]
    forms: dict[str, str]


@cache
def open_cues() -> Cues:
    """Read the cue words once."""
    raw = read_vocab("attribution.yaml")
    frames: dict[str, set[str]] = defaultdict(set)
    classes: dict[str, set[str]] = defaultdict(set)
    for name, entry in raw["verbs"].items():
        for word in entry["words"]:
            frames[word].update(entry["frames"])
            classes[word].add(name)
    prepositions: dict[str, frozenset[str]] = {}
    for word, taken in raw["prepositions"].items():
        prepositions[word] = frozenset(taken)
        frames[word].add("preposition")
    for phrase in raw["phrasal"]["words"]:
        frames[phrase].update(raw["phrasal"]["frames"])
        prepositions[phrase] = frozenset(raw["phrasal"]["prepositions"])
    nouns: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    owning: dict[str, set[str]] = defaultdict(set)
    for entry in raw["nouns"].values():
        for word in entry["words"]:
            kinds = nouns[word]
            owning[word].add(entry.get("owned", "never"))
            kinds[entry["kind"]] = kinds.get(entry["kind"], frozenset()) | frozenset(entry["frames"])
    return Cues(
        frames={word: frozenset(f) for word, f in frames.items()},
        classes={word: frozenset(c) for word, c in classes.items()},
        prepositions=prepositions,
        speech=frozenset(raw["speech_classes"]),
        chain=frozenset(raw["chain_verbs"]),
        nouns=dict(nouns),
        owned=frozenset(word for word, when in owning.items() if when == {"always"}),
        owned_with_preposition=frozenset(word for word, when in owning.items() if "never" not in when),
        holders=frozenset(raw["holders"]),
        light=frozenset(raw["light_verbs"]),
        adjectives=frozenset(raw["adjectives"]),
        adverbs=frozenset(raw["adverbs"]),
        deictic=frozenset(raw["deictic_verbs"]),
        denials=frozenset(raw["denial_verbs"]),
        naming=frozenset(raw["naming_verbs"]),
        said_things=frozenset(raw["said_things"]),
        untrue=frozenset(raw["untrue"]),
        speakers=frozenset([*raw["people"], *raw["speakers"]]),
        labels=frozenset(raw["labels"]),
        venues=frozenset(raw["venues"]),
        forms=dict(raw["forms"]),
    )
