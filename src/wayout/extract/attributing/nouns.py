"""Nouns and adjectives that tell: "the claim that", "its opposition to", "was confident that"."""

from wayout.extract.attributing.scene import Scene, attribution
from wayout.extract.attributing.spans import AttributionSpans, Piece, cue_words

_OWNERS = ("of", "by", "from")
_OWNING = frozenset({"PERSON", "ORG", "NORP", "GPE"})
MAX_GAP = 7
"""Words from a light verb to its noun: "raised a number of serious questions"."""
Found = tuple[str, list[int], Piece]
"""Kind, further words of the cue, content."""


def at_noun(scene: Scene, noun: int) -> AttributionSpans | None:
    """
    Read a noun of telling, meaning or judging with its content.

    Parameters
    ----------
    scene
        The text.
    noun
        A noun of ``vocab/attribution.yaml``.

    Returns
    -------
    spans
        The owner, or the subject of its light verb ("issued a warning that"), is the source; ``None`` without content.
    """
    tree = scene.tree
    found = noun_content(scene, noun)
    if found is None:
        return None
    kind, more, content = found
    owner = next(iter(tree.under(noun, "poss")), None)
    cue = [*_described(scene, noun, bare=owner is not None), noun, *more]
    verb = tree.head[noun]
    if owner is None and tree.dep[noun] in ("dobj", "attr") and verb < noun <= verb + MAX_GAP:
        if _carries(scene, verb, noun, kind):
            owner = scene.source_of(verb)
            cue = [*cue_words(tree, verb), *range(verb + 1, noun), *cue]
    elif owner is None:
        owner = _owner(scene, noun)
    if owner is not None and content[0] <= owner <= content[1]:
        owner = None
    if owner is None and scene.lemma(noun) in (scene.cues.owned_with_preposition if more else scene.cues.owned):
        return None
    return attribution(scene, kind, cue, owner, [content], noun)


def _carries(scene: Scene, verb: int, noun: int, kind: str) -> bool:
    """
    Tell whether the subject of a verb is who tells by its noun.

    A light verb only carries the noun ("issued a warning that"); with a judgement any other that tells nothing by itself does
    too ("renewed its criticism of"), but nobody claims what he "rejected claims" of.
    """
    if scene.lemma(verb) in scene.cues.light or scene.tree.dep[noun] == "attr":
        return True
    return kind == "thing" and scene.is_verb(verb) and scene.predicate(verb) not in scene.cues.frames


def noun_content(scene: Scene, noun: int) -> Found | None:
    """Return what a noun of telling tells, with its kind and preposition; ``None`` where it tells nothing."""
    tree = scene.tree
    for kind, frames in scene.cues.nouns.get(scene.lemma(noun), {}).items():
        for clause in tree.under(noun, "acl", "ccomp") if "clause" in frames else ():
            bare = tree.tag[clause] in ("VBN", "VBG") and not tree.under(clause, "aux", "nsubj", "nsubjpass")
            if clause > noun and not bare:
                return kind, [], scene.whole(clause)
        for preposition in tree.under(noun, "prep"):
            inner = tree.under(preposition, "pobj", "pcomp")
            if inner and preposition == noun + 1 and tree.lower[preposition] in frames:
                return kind, [preposition], scene.whole(inner[0])
    return None


def _described(scene: Scene, noun: int, *, bare: bool) -> list[int]:
    """Return the adjectives right before a noun, and its article where nobody owns it."""
    tree = scene.tree
    words = []
    for i in range(noun - 1, max(noun - 5, -1), -1):
        if tree.head[i] != noun or tree.dep[i] not in ("amod", "det", "compound") or (bare and tree.dep[i] != "amod"):
            break
        if tree.dep[i] == "compound" and tree.entity[i] in _OWNING:
            break
        words.append(i)
    return words


def _owner(scene: Scene, noun: int) -> int | None:
    """Return whose the telling is: "claims by X", "US claims"."""
    tree = scene.tree
    for preposition in tree.under(noun, "prep", "agent"):
        if tree.lower[preposition] in _OWNERS:
            inner = tree.under(preposition, "pobj")
            if inner:
                return inner[0]
    named = [k for k in tree.under(noun, "compound", "amod") if tree.entity[k] in _OWNING]
    return named[-1] if named else None


def at_holder(scene: Scene, noun: int) -> AttributionSpans | None:
    """Read "X is a critic of Y", "X, a supporter of Y"."""
    tree = scene.tree
    verb = tree.head[noun]
    preposition = noun + 1
    if preposition >= len(tree.lower) or tree.head[preposition] != noun or tree.lower[preposition] not in ("of", "for"):
        return None
    inner = tree.under(preposition, "pobj", "pcomp")
    if not inner:
        return None
    cue = [*_described(scene, noun, bare=False), noun, preposition]
    source: int | None = None
    if tree.dep[noun] == "attr" and scene.is_verb(verb):
        source = scene.source_of(verb)
        cue = [*cue_words(tree, verb), *range(verb + 1, noun), *cue]
    elif tree.dep[noun] == "appos":
        source = verb
    return attribution(scene, "thing", cue, source, [scene.whole(inner[0])], noun)


def at_adjective(scene: Scene, adjective: int) -> AttributionSpans | None:
    """Read "X is aware that Y", "critical of Y"."""
    tree = scene.tree
    verb = tree.head[adjective]
    if tree.dep[adjective] not in ("acomp", "oprd") or not scene.is_verb(verb):
        return None
    content: Piece | None = None
    more: list[int] = []
    for clause in [*tree.under(adjective, "ccomp", "xcomp"), *tree.under(verb, "ccomp")]:
        if clause > adjective:
            content = scene.whole(clause)
            break
    if content is None:
        for preposition in tree.under(adjective, "prep"):
            inner = tree.under(preposition, "pobj", "pcomp")
            if inner and preposition == adjective + 1:
                content, more = scene.whole(inner[0]), [preposition]
                break
    source = scene.source_of(verb)
    if content is None or source is None or tree.lower[source] in ("it", "there"):
        return None
    cue = [*cue_words(tree, verb), *cue_words(tree, adjective), *more]
    return attribution(scene, "adjective", cue, source, [content], verb)
