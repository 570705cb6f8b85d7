"""Verbs that tell, think, want or judge: the frame says which words are the content."""

from wayout.extract.attributing.clauses import (
    clause_around,
    clause_below,
    has_as,
    quoted_before,
    quoted_beside,
    quoted_near,
)
from wayout.extract.attributing.objects import (
    Found,
    asked_clause,
    described_noun,
    has_to,
    object_of,
    person_to,
    says_more,
    small_clause,
    what_seems,
    with_preposition,
)
from wayout.extract.attributing.scene import RELATIVE, Scene, attribution
from wayout.extract.attributing.spans import AttributionSpans, Piece, cue_words
from wayout.extract.grammar import surface_subject

MAX_CHAIN = 3
"""Verbs strung before the one that tells: "has tried to continue to say"."""
MAX_LINK = 6
"""Words from one of them to the next."""
MAX_VENUE = 6
"""Words from a verb to where one speaks."""
_VENUE_PREPOSITIONS = frozenset({"in", "on", "at", "by", "during", "via", "through", "over"})
_NAMING = frozenset({"NOUN", "PROPN", "PRON"})
_MOVED_BY = frozenset({"by", "with", "at", "about", "over"})


def at_verb(scene: Scene, verb: int) -> AttributionSpans | None:
    """
    Read the attribution that a verb makes, if it makes one.

    Parameters
    ----------
    scene
        The text.
    verb
        A verb's token.

    Returns
    -------
    spans
        ``None`` where the verb is no cue or nothing is told.
    """
    tree = scene.tree
    frames = scene.cues.frames.get(scene.predicate(verb))
    if frames is None or tree.dep[verb] in ("amod", "aux", "auxpass", "compound", "nmod"):
        return None
    moved = _moved(scene, verb) if "moved" in frames else None
    if moved is not None:
        return moved
    passive = scene.is_passive(verb)
    source = scene.source_of(verb)
    found = _passive(scene, verb, frames) if passive else None
    found = found or _told(scene, verb, frames, passive, source)
    if found is None:
        return None
    kind, more, content = found
    if kind == "seeming":
        # What seems so is no word of its subject.
        source = None
    elif source is None and kind == "verb" and not passive:
        source = _beside_speaker(scene, verb, content)
    if source is not None and tree.head[source] != verb and any(a <= source <= b for a, b in content):
        source = None
    cue = [*_chain(scene, verb), *more]
    cue += _venue(scene, verb) if kind == "verb" else []
    after = cue[-1] + 1
    if after < len(tree.lower) and tree.lower[after] == ":":
        cue.append(after)
    return attribution(scene, kind, cue, source, content, verb)


def _told(scene: Scene, verb: int, frames: frozenset[str], passive: bool, source: int | None) -> Found | None:
    """Try the frames of a verb, the surest first."""
    if passive and source is None and not has_as(scene, verb):
        return with_preposition(scene, verb) if "preposition" in frames else None
    if "clause" in frames:
        content = clause_below(scene, verb)
        if content:
            return "verb", [], content
        content = (quoted_beside(scene, verb) if "quote" in frames else []) or clause_around(scene, verb)
        if content:
            return "verb", [], content
    if "quote" in frames:
        content = quoted_near(scene, verb) or quoted_before(scene, verb)
        if content:
            return "verb", [], content
    if passive:
        return None
    if "seeming" in frames:
        parts = what_seems(scene, verb)
        if parts:
            return "seeming", [], parts
    person = person_to(scene, verb) if "person_to" in frames else None
    if person:
        return "intent", [], person
    for clause in scene.tree.under(verb, "xcomp", "ccomp"):
        tag = scene.tree.tag[clause]
        if "gerund" in frames and tag == "VBG":
            return "verb", [], [scene.whole(clause)]
        if "infinitive" in frames and has_to(scene, clause):
            return "intent", [], [scene.whole(clause)]
    if "preposition" in frames:
        found = with_preposition(scene, verb)
        if found:
            return found
    if "object" in frames:
        content = (
            object_of(scene, verb)
            or small_clause(scene, verb)
            or asked_clause(scene, verb)
            or described_noun(scene, verb)
        )
        if content:
            return "verb" if "tells" in frames else "thing", [], content
    return None


def _passive(scene: Scene, verb: int, frames: frozenset[str]) -> Found | None:
    """Read "X is believed to Y", "it is reported that X", "X was condemned by Y"."""
    tree = scene.tree
    subjects = tree.under(verb, "nsubjpass", "nsubj")
    clauses = tree.under(verb, "xcomp", "ccomp", "oprd")
    if "passive" in frames and clauses:
        content = [scene.whole(clauses[0])]
        if subjects and tree.lower[subjects[0]] != "it" and tree.tag[subjects[0]] not in RELATIVE:
            content.append(scene.whole(subjects[0]))
        return "verb", [], content
    if "object" in frames and not subjects and tree.dep[verb] == "acl" and tree.under(verb, "agent"):
        noun = tree.head[verb]
        return "thing", [], [(tree.left[noun], min(tree.left[verb] - 1, tree.right[noun]))]
    if "object" in frames and subjects and tree.tag[subjects[0]] not in RELATIVE:
        more = [scene.whole(k) for k in tree.under(verb, "prep", "oprd") if k == verb + 1 and says_more(scene, k)]
        told = "tells" in frames and bool(tree.under(verb, "agent") or ("accuses" in frames and more))
        return "verb" if told else "thing", [], [scene.whole(subjects[0]), *more]
    return None


def _moved(scene: Scene, verb: int) -> AttributionSpans | None:
    """Read "X was alarmed by Y", "Y alarmed X": X answers for the feeling, Y is what it is about."""
    tree = scene.tree
    cue = cue_words(tree, verb)
    if tree.tag[verb] == "VBN" and not tree.under(verb, "dobj"):
        for preposition in tree.under(verb, "agent", "prep"):
            inner = tree.under(preposition, "pobj", "pcomp")
            if inner and preposition == verb + 1 and tree.lower[preposition] in _MOVED_BY:
                subject = surface_subject(scene.doc[verb])
                source = None if subject is None else subject.i
                return attribution(scene, "thing", [*cue, preposition], source, [scene.whole(inner[0])], verb)
        return None
    subjects, objects = tree.under(verb, "nsubj"), tree.under(verb, "dobj")
    if not subjects or not objects or tree.tag[subjects[0]] in RELATIVE:
        return None
    return attribution(scene, "thing", cue, objects[0], [scene.whole(subjects[0])], verb)


def _beside_speaker(scene: Scene, verb: int, content: list[Piece]) -> int | None:
    """Return the noun right before a finite verb of saying, or right behind one after its quotation, that the parser lost."""
    tree = scene.tree
    if tree.tag[verb] not in ("VBD", "VBZ") or tree.under(verb, "nsubj", "nsubjpass"):
        return None
    if content[0][1] < verb:
        behind = [k for k in tree.under(verb, "dobj", "attr", "oprd") if tree.left[k] == verb + 1]
        if behind and tree.pos[behind[0]] in _NAMING:
            return behind[0]
    i = verb - 1
    while i > tree.first[verb] and (tree.lower[i] == "," or tree.pos[i] in ("ADV", "AUX")):
        i -= 1
    noun = i
    while (
        tree.head[noun] != noun and tree.right[tree.head[noun]] <= verb - 1 and tree.dep[noun] not in ("ROOT", "ccomp")
    ):
        if tree.pos[tree.head[noun]] not in _NAMING and tree.pos[tree.head[noun]] != "ADP":
            break
        noun = tree.head[noun]
    inside = any(a <= noun <= b for a, b in content) or scene.quote[noun] != scene.quote[verb]
    return noun if tree.pos[noun] in _NAMING and noun < verb and not inside else None


def _venue(scene: Scene, verb: int) -> list[int]:
    """Return "in a statement" right behind "said"."""
    tree = scene.tree
    for preposition in tree.under(verb, "prep"):
        if preposition == verb + 1 and tree.lower[preposition] in _VENUE_PREPOSITIONS:
            for noun in tree.under(preposition, "pobj"):
                if noun - verb <= MAX_VENUE and (scene.lemma(noun) in scene.cues.venues):
                    return list(range(preposition, noun + 1))
    return []


def _chain(scene: Scene, verb: int) -> list[int]:
    """Return the words of the cue, with the verbs it hangs on: "tried to play down"."""
    tree = scene.tree
    words = cue_words(tree, verb)
    for _ in range(MAX_CHAIN):
        head = tree.head[verb]
        if tree.dep[verb] != "xcomp" or scene.lemma(head) not in scene.cues.chain:
            break
        if not 0 < verb - head <= MAX_LINK:
            break
        words = [*cue_words(tree, head), *range(head + 1, verb), *words]
        verb = head
    return sorted(set(words))
