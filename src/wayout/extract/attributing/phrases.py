"""Attributions without a telling verb: "according to X", "X: ...", "reportedly", "X confirmed this"."""

from wayout.extract.attributing.scene import Scene, attribution
from wayout.extract.attributing.spans import AttributionSpans, Piece, cue_words, without

_POINTERS = frozenset({"this", "that", "it", "these"})
_SPEAKER_PARTS = frozenset({"PROPN", "ADP", "PUNCT", "NOUN", "ADJ", "DET", "NUM", "PART"})
_NAMED = frozenset({"PERSON", "ORG", "NORP", "GPE"})
_BARE = frozenset({"say", "mention", "write", "explain", "add"})
MAX_SPEAKER = 6
"""Words before the colon of "X: ..."."""
MIN_SPEECH = 4
"""Words after that colon; fewer are a list or a score."""


def at_according(scene: Scene, i: int) -> AttributionSpans | None:
    """Read "according to X": the host clause without the phrase is told."""
    tree = scene.tree
    if i + 1 >= len(tree.head) or tree.lower[i + 1] != "to":
        return None
    nouns = tree.under(i + 1, "pobj") or tree.under(i, "pobj")
    if not nouns:
        return None
    host = next((a for a in tree.above(i) if scene.is_verb(a)), None)
    whole: Piece = scene.whole(host) if host is not None else (tree.first[i], tree.last[i])
    content = without([whole], [(i, i + 1), scene.whole(nouns[0])])
    return attribution(scene, "according", [i, i + 1], nouns[0], content, i)


def at_adverb(scene: Scene, i: int) -> AttributionSpans | None:
    """Read "reportedly": nobody is named, the clause is told."""
    tree = scene.tree
    if tree.dep[i] not in ("advmod", "amod"):
        return None
    head = tree.head[i]
    clause = head if scene.is_verb(head) else next((a for a in tree.above(i) if scene.is_verb(a)), head)
    return attribution(scene, "adverb", [i], None, without([scene.whole(clause)], [(i, i)]), i)


def at_colon(scene: Scene, i: int) -> AttributionSpans | None:
    """Read "Name: what they say" at the start of a sentence or headline."""
    tree = scene.tree
    first, last = tree.first[i], tree.last[i]
    before = [k for k in range(max(first, i - 2 * MAX_SPEAKER), i) if not tree.is_space(k)]
    if not 0 < len(before) < MAX_SPEAKER or last - i < MIN_SPEECH or scene.quote[before[0]] >= 0:
        return None
    if any(tree.pos[k] not in _SPEAKER_PARTS or tree.lower[k] in ("by", "on", "at") for k in before):
        return None
    if not _can_speak(scene, before):
        return None
    return attribution(scene, "colon", [i], before[-1], [(i + 1, last)], i)


def _can_speak(scene: Scene, words: list[int]) -> bool:
    """Tell whether the words before a colon are a speaker: a name alone, or a noun for who speaks ("Army: ...")."""
    tree = scene.tree
    end = words[-1]
    if scene.lemma(end) in scene.cues.speakers:
        return True
    if tree.entity[end] not in _NAMED or scene.lemma(words[0]) in scene.cues.labels:
        return False
    return all(tree.pos[k] in ("PROPN", "ADP", "PUNCT", "PART") for k in words) or tree.entity[end] == "PERSON"


def at_pointer(scene: Scene, verb: int) -> AttributionSpans | None:
    """Read "X confirmed this", "this was denied by X": the sentence before is told."""
    tree = scene.tree
    if tree.first[verb] == 0 or tree.under(verb, "ccomp"):
        return None
    pointer = next(
        (k for k in tree.under(verb, "dobj", "nsubjpass") if tree.lower[k] in _POINTERS and not tree.kids[k]), None
    )
    source = scene.source_of(verb)
    if pointer is None or source is None or source == pointer:
        return None
    if scene.lemma(verb) in _BARE and tree.lower[pointer] in ("it", "that"):
        # "she said it again" points at no sentence; "she said this" does.
        return None
    before = tree.first[verb] - 1
    return attribution(scene, "deictic", cue_words(tree, verb), source, [(tree.first[before], before)], verb)
