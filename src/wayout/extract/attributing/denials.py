"""Words that deny what another said: "denied the report", "called the claim false", "rejected this"."""

from wayout.extract.attributing.scene import Scene, attribution
from wayout.extract.attributing.spans import AttributionSpans, cue_words

POINTERS = frozenset({"this", "that", "it", "these", "those", "them"})


def at_denial(scene: Scene, verb: int) -> AttributionSpans | None:
    """
    Read a denial of somebody's words; a denied deed ("denied losing R") is no such thing.

    Parameters
    ----------
    scene
        The text.
    verb
        A verb's token.

    Returns
    -------
    spans
        Of kind "denial": the words denied are the content ("the report", "claims that R fell"), or the sentence before
        where they are only pointed at ("denied this").
    """
    tree, lemma = scene.tree, scene.lemma(verb)
    cues = scene.cues
    calls_false = lemma in cues.naming and _false(scene, verb)
    if lemma not in cues.denials and not calls_false:
        return None
    things = tree.under(verb, "nsubjpass") if scene.is_passive(verb) else tree.under(verb, "dobj", "nsubj", "ccomp")
    source = scene.source_of(verb)
    thing = next((k for k in things if k != source and _is_words(scene, k)), None)
    if calls_false and thing is None:
        # "called the claim false" is parsed as a clause: its subject is what is called so.
        inner = [s for k in things if tree.dep[k] == "ccomp" for s in tree.under(k, "nsubj")]
        thing = next((k for k in inner if _is_words(scene, k)), None)
    if thing is None or source is None:
        return None
    words = cue_words(tree, verb)
    if tree.lower[thing] in POINTERS and tree.first[verb] > 0:
        before = tree.first[verb] - 1
        return attribution(scene, "denial", words, source, [(tree.first[before], before)], verb)
    last = max([tree.right[thing], *(tree.right[k] for k in tree.under(verb, "oprd", "acomp", "prep") if k > verb)])
    return attribution(scene, "denial", words, source, [(tree.left[thing], last)], verb)


def _is_words(scene: Scene, i: int) -> bool:
    """Tell whether a token means something said: "the claim", "reports", "it"."""
    tree = scene.tree
    if tree.lower[i] in POINTERS:
        return not tree.kids[i]
    return tree.pos[i] == "NOUN" and scene.lemma(i) in scene.cues.said_things


def _false(scene: Scene, verb: int) -> bool:
    """Tell whether a verb calls something untrue."""
    tree = scene.tree
    parts = [*tree.under(verb, "oprd", "acomp", "ccomp", "xcomp"), *(tree.right[k] for k in tree.under(verb, "dobj"))]
    for preposition in tree.under(verb, "prep"):
        if tree.lower[preposition] == "as":
            parts += [*tree.under(preposition, "pobj", "amod"), preposition + 1]
    return any(k < len(tree.lower) and scene.lemma(k) in scene.cues.untrue for k in parts)
