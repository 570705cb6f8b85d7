"""Nouns and adjectives that tell: "the claim that", "its opposition to", "was confident that"."""

from wayout.extract.attribution_scene import Scene, attribution
from wayout.extract.attribution_spans import AttributionSpans, Piece, cue_words

_OWNERS = ("of", "by", "from")


def at_noun(scene: Scene, noun: int) -> AttributionSpans | None:
    """Read a noun of telling with its content; the owner, or the subject of its light verb, is the source."""
    tree = scene.tree
    frames = scene.cues.nouns[scene.lemma(noun)]
    found = _noun_content(scene, noun, frames)
    if found is None:
        return None
    more, content = found
    owner = next(iter(tree.under(noun, "poss")), None)
    verb = tree.head[noun]
    cue = [noun, *more]
    head = noun
    if owner is None and tree.dep[noun] in ("dobj", "attr") and scene.lemma(verb) in scene.cues.light:
        owner = scene.source_of(verb)
        cue = [*cue_words(tree, verb), *range(verb + 1, noun), *cue] if verb < noun and noun - verb < 6 else cue
    elif owner is None:
        owner = _of(scene, noun)
    if owner is not None and content[0] <= owner <= content[1]:
        owner = None
    return attribution(scene, "noun", cue, owner, [content], head)


def _noun_content(scene: Scene, noun: int, frames: frozenset[str]) -> tuple[list[int], Piece] | None:
    tree = scene.tree
    for clause in tree.under(noun, "acl", "ccomp"):
        bare = tree.tag[clause] in ("VBN", "VBG") and not tree.under(clause, "aux", "nsubj", "nsubjpass")
        if clause > noun and not bare and "clause" in frames:
            return [], scene.whole(clause)
    for preposition in tree.under(noun, "prep"):
        if tree.lower[preposition] in frames:
            inner = tree.under(preposition, "pobj", "pcomp")
            if inner and preposition == noun + 1:
                return [preposition], scene.whole(inner[0])
    return None


def _of(scene: Scene, noun: int) -> int | None:
    tree = scene.tree
    for preposition in tree.under(noun, "prep", "agent"):
        if tree.lower[preposition] in _OWNERS:
            inner = tree.under(preposition, "pobj")
            if inner:
                return inner[0]
    return None


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
    if content is None or source is None or tree.lower[source] == "it":
        return None
    cue = [*cue_words(tree, verb), *cue_words(tree, adjective), *more]
    return attribution(scene, "adjective", cue, source, [content], verb)
