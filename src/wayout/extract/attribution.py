"""Who answers for the words: cue, source and content of reported speech, across the sentence boundary too."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wayout.extract.attributing.denials import at_denial
from wayout.extract.attributing.nouns import at_adjective, at_holder, at_noun
from wayout.extract.attributing.phrases import at_according, at_adverb, at_colon, at_pointer
from wayout.extract.attributing.quotes import whole_quotations
from wayout.extract.attributing.scene import Scene, open_scene
from wayout.extract.attributing.spans import AttributionSpans
from wayout.extract.attributing.verbs import at_verb

__all__ = ["AttributionSpans", "find_attributions"]


def find_attributions(parsed: Any) -> tuple[AttributionSpans, ...]:
    """
    Find who says what in a parsed text.

    Parameters
    ----------
    parsed
        A spaCy ``Doc``.

    Returns
    -------
    attributions
        In text order, the outermost ones; what another is said to have said is in ``inner``
        (``spans.with_inner()`` gives all).

    References
    ----------
    Newell, E., Margolin, D., Ruths, D. (2018). An attribution relations corpus for political news. LREC.
    """
    if not len(parsed):
        return ()
    scene = open_scene(parsed)
    found = [spans for i in range(len(scene.tree.head)) if (spans := _at(scene, i)) is not None]
    return _nested(whole_quotations(scene, found), len(scene.tree.head))


def _at(scene: Scene, i: int) -> AttributionSpans | None:
    """Read the attribution whose cue begins with or is a token."""
    tree, cues = scene.tree, scene.cues
    pos = tree.pos[i]
    if tree.lower[i] == "according":
        return at_according(scene, i)
    if pos in ("VERB", "AUX"):
        denial = at_denial(scene, i) if tree.lemma[i] in cues.denials or tree.lemma[i] in cues.naming else None
        pointing = at_pointer(scene, i) if denial is None and tree.lemma[i] in cues.deictic else None
        return denial or pointing or at_verb(scene, i)
    if pos == "NOUN":
        if tree.lemma[i] in cues.holders:
            return at_holder(scene, i)
        return at_noun(scene, i) if tree.lemma[i] in cues.nouns else None
    if pos == "ADJ" and tree.lower[i] in cues.adjectives:
        return at_adjective(scene, i)
    if tree.lower[i] in cues.adverbs:
        return at_adverb(scene, i)
    if tree.lower[i] == ":":
        return at_colon(scene, i)
    return None


def _nested(found: Sequence[AttributionSpans], n_tokens: int) -> tuple[AttributionSpans, ...]:
    """Put every attribution into the smallest longer one whose content holds its cue."""
    order = sorted(range(len(found)), key=lambda n: (-found[n].n_words, n))
    owner = [-1] * n_tokens
    parent = [-1] * len(found)
    for n in order:
        for first, last in found[n].content:
            owner[first : last + 1] = [n] * (last - first + 1)
    for n in order:
        above = owner[found[n].cue_head] if found[n].cue else -1
        if above >= 0 and above != n and order_key(found, above) < order_key(found, n):
            parent[n] = above
    below: dict[int, list[AttributionSpans]] = {}
    # Shorter contents first: an attribution is complete before it is put into its parent.
    whole: dict[int, AttributionSpans] = {}
    for n in reversed(order):
        inner = sorted(below.get(n, ()), key=lambda a: a.cue_head)
        whole[n] = replace(found[n], inner=tuple(inner))
        if parent[n] >= 0:
            below.setdefault(parent[n], []).append(whole[n])
    tops = [w for n, w in whole.items() if parent[n] < 0]
    return tuple(sorted(tops, key=lambda a: a.cue_head))


def order_key(found: Sequence[AttributionSpans], n: int) -> tuple[int, int]:
    """Longer contents come first; of equals, the earlier."""
    return (-found[n].n_words, n)
