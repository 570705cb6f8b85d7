"""Verbs that tell, think, want or judge: the frame says which words are the content."""

from wayout.extract.attribution_nouns import noun_content
from wayout.extract.attribution_scene import RELATIVE, Scene, attribution
from wayout.extract.attribution_spans import AttributionSpans, Piece, cue_words, without
from wayout.extract.grammar import surface_subject

MAX_CHAIN = 3
"""Verbs strung before the one that tells: "has tried to continue to say"."""
MIN_QUOTED = 3
"""Tokens of a quotation beyond its first that make it speech, no scare quote."""
MAX_BEHIND = 8
"""Words from the end of a quotation to its verb in the next sentence."""
_AFTER_OBJECT = frozenset({"as", "of", "for", "to", "with", "against", "from", "on", "in", "about", "over"})
_VENUE_PREPOSITIONS = frozenset({"in", "on", "at", "by", "during", "via", "through", "over"})
MAX_VENUE = 6
"""Words from a verb to where one speaks."""
_NAMING = frozenset({"NOUN", "PROPN", "PRON"})
_MOVED_BY = frozenset({"by", "with", "at", "about", "over"})
_TEMPORAL = frozenset({"DATE", "TIME"})
Found = tuple[str, list[int], list[Piece]]
"""Kind, further words of the cue, content."""


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
    tree, lemma = scene.tree, scene.lemma(verb)
    frames = scene.cues.frames.get(lemma)
    if frames is None or tree.dep[verb] in ("amod", "aux", "auxpass", "compound", "nmod"):
        return None
    if "moved" in frames:
        return _moved(scene, verb)
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


def _told(scene: Scene, verb: int, frames: frozenset[str], passive: bool, source: int | None) -> Found | None:
    """Try the frames of a verb, the surest first."""
    if passive and source is None and not _as(scene, verb):
        return _preposition(scene, verb) if "preposition" in frames else None
    if "clause" in frames:
        content = _clause(scene, verb)
        if content:
            return "verb", [], content
        content = (_beside(scene, verb) if "quote" in frames else []) or _around(scene, verb)
        if content:
            return "verb", [], content
    if "quote" in frames:
        content = _quoted(scene, verb) or _quoted_before(scene, verb)
        if content:
            return "verb", [], content
    if passive:
        return None
    if "seeming" in frames:
        parts = _seeming(scene, verb)
        if parts:
            return "seeming", [], parts
    person = _person_to(scene, verb) if "person_to" in frames else None
    if person:
        return "intent", [], person
    for clause in scene.tree.under(verb, "xcomp", "ccomp"):
        tag = scene.tree.tag[clause]
        if "gerund" in frames and tag == "VBG":
            return "verb", [], [scene.whole(clause)]
        if "infinitive" in frames and _to(scene, clause):
            return "intent", [], [scene.whole(clause)]
    if "preposition" in frames:
        found = _preposition(scene, verb)
        if found:
            return found
    if "object" in frames:
        content = _object(scene, verb) or _small_clause(scene, verb) or _relative(scene, verb)
        if content:
            return "verb" if "tells" in frames else "thing", [], content
    return None


def _clause(scene: Scene, verb: int) -> list[Piece]:
    """Return the clause that a verb governs: "said (that) R fell", "R fell, said X"."""
    tree = scene.tree
    for clause in tree.under(verb, "ccomp", "parataxis"):
        if tree.dep[clause] == "parataxis" and clause > verb and not scene.is_verb(clause):
            continue
        if _to(scene, clause) and clause > verb and not tree.under(clause, "mark"):
            continue
        return [scene.whole(clause)]
    return []


def _around(scene: Scene, verb: int) -> list[Piece]:
    """Return the clause that a verb stands in or after as an aside: "R, X said, fell", "as X put it"."""
    tree, head = scene.tree, scene.tree.head[verb]
    if head == verb:
        return []
    dep = tree.dep[verb]
    aside = (
        (dep in ("parataxis", "ccomp") and scene.is_verb(head) and _inverted(scene, verb))
        or (dep == "advcl" and _as(scene, verb))
        or _trailing(scene, verb)
    )
    return without([scene.whole(head)], [scene.whole(verb)]) if aside else []


def _as(scene: Scene, verb: int) -> bool:
    tree = scene.tree
    return any(tree.lower[k] == "as" and k < verb for k in tree.under(verb, "mark", "advmod", "prep"))


def _inverted(scene: Scene, verb: int) -> bool:
    """Tell whether a cue stands in or after what it reports: "R fell, X said"."""
    tree, head = scene.tree, scene.tree.head[verb]
    inside = tree.dep[verb] == "ccomp" and ("clause" in scene.cues.frames.get(scene.lemma(head), ()) or verb < head)
    return not inside and not tree.under(verb, "mark", "dobj")


def _trailing(scene: Scene, verb: int) -> bool:
    """Tell whether the parser strung "..., X reported" to the clauses before it as one more deed."""
    tree, head = scene.tree, scene.tree.head[verb]
    subjects = tree.under(verb, "nsubj")
    if tree.dep[verb] != "conj" or not scene.is_verb(head) or not subjects:
        return False
    if tree.under(verb, "dobj", "ccomp", "xcomp", "prt"):
        return False
    first = tree.left[subjects[0]]
    joined = any(k < verb and k > first - 3 for k in tree.under(head, "cc"))
    return first > 0 and tree.lower[first - 1] == "," and not joined


def _quoted(scene: Scene, verb: int) -> list[Piece]:
    """Return the quotations of the sentence, else one that follows a colon or begins the next sentence."""
    tree = scene.tree
    first, last = tree.first[verb], tree.last[verb]
    own = scene.quote[verb]
    numbers = dict.fromkeys(n for n in scene.quote[first : last + 1] if n not in (-1, own))
    found = [scene.quotations[n] for n in numbers]
    if not found and last + 1 < len(tree.head) and tree.lower[last] == ":" and scene.quote[last + 1] >= 0:
        found = [scene.quotations[scene.quote[last + 1]]]
    return found


def _beside(scene: Scene, verb: int) -> list[Piece]:
    """Return the quotation that ends right before "X said" or begins right behind it."""
    tree = scene.tree
    subjects = tree.under(verb, "nsubj")
    low = min([verb, *(tree.left[k] for k in subjects)])
    high = max([verb, *(tree.right[k] for k in subjects)])
    for i in (low - 1, low - 2, high + 1, high + 2):
        if tree.first[verb] <= i <= tree.last[verb] and scene.quote[i] >= 0 and scene.quote[i] != scene.quote[verb]:
            first, last = scene.quotations[scene.quote[i]]
            if last - first > MIN_QUOTED:
                return [(first, last)]
    return []


def _quoted_before(scene: Scene, verb: int) -> list[Piece]:
    """Return the quotation that the parser made a sentence of its own before "X said"."""
    before = scene.tree.first[verb] - 1
    if before < 0 or scene.quote[before] < 0 or scene.quote[verb] >= 0 or verb - before > MAX_BEHIND:
        return []
    return [scene.quotations[scene.quote[before]]]


def _seeming(scene: Scene, verb: int) -> list[Piece]:
    """Return what seems so: "to have left", "calm"."""
    parts = scene.tree.under(verb, "xcomp", "acomp", "oprd", "ccomp")
    return [scene.whole(parts[0])] if parts and parts[0] > verb else []


def _person_to(scene: Scene, verb: int) -> list[Piece]:
    """Return "X to Y" of "urged X to Y"."""
    tree = scene.tree
    for clause in tree.under(verb, "xcomp", "ccomp"):
        if clause > verb and _to(scene, clause):
            people = [k for k in tree.under(verb, "dobj", "dative") if verb < k < clause]
            low, high = scene.whole(clause)
            return [(min([low, *(tree.left[k] for k in people)]), high)]
    return []


def _to(scene: Scene, clause: int) -> bool:
    tree = scene.tree
    return any(tree.lower[k] == "to" and k < clause for k in tree.under(clause, "aux")) and tree.tag[clause] != "VBG"


def _preposition(scene: Scene, verb: int) -> Found | None:
    """Return what a verb with its preposition is about: "called for X"."""
    tree = scene.tree
    wanted = scene.cues.prepositions[scene.lemma(verb)]
    for clause in tree.under(verb, "ccomp", "advcl"):
        marks = tree.under(clause, "mark")
        if marks and marks[0] == verb + 1 and tree.lower[marks[0]] in wanted:
            return "thing", [marks[0]], [(marks[0] + 1, tree.right[clause])]
    for preposition in tree.under(verb, "prep"):
        if preposition > verb and tree.lower[preposition] in wanted:
            inner = tree.under(preposition, "pobj", "pcomp", "prep")
            if inner and tree.entity[inner[0]] not in _TEMPORAL:
                between = list(range(verb + 1, preposition))
                near = all(tree.head[k] == verb and tree.dep[k] in ("prt", "advmod") for k in between)
                low, high = tree.left[inner[0]], max(tree.right[k] for k in inner)
                return "thing", [*between, preposition] if near else [], [(low if near else preposition, high)]
    return None


def _object(scene: Scene, verb: int) -> list[Piece]:
    """Return a direct object with what is said of it: "called X a threat", "blamed X for Y"."""
    tree = scene.tree
    objects = [k for k in tree.under(verb, "dobj") if tree.tag[k] not in RELATIVE]
    if not objects or tree.lower[objects[0]] in ("itself", "himself", "herself", "themselves"):
        return []
    if scene.lemma(verb) in scene.cues.light and noun_content(scene, objects[0]) is not None:
        # "issued a warning that ...": the noun tells, the verb only carries it.
        return []
    low, high = tree.left[objects[0]], tree.right[objects[0]]
    for k in tree.kids[verb]:
        if (
            k > objects[0]
            and tree.left[k] == high + 1
            and (tree.dep[k] in ("oprd", "acomp", "xcomp") or _says_more(scene, k))
        ):
            high = tree.right[k]
    return [(low, high)]


def _small_clause(scene: Scene, verb: int) -> list[Piece]:
    """Return "X Y" of "called X Y" where the parser made a clause of it."""
    clauses = [k for k in scene.tree.under(verb, "ccomp") if k > verb and scene.tree.pos[k] in ("ADJ", "NOUN", "PROPN")]
    return [scene.whole(clauses[0])] if clauses else []


def _relative(scene: Scene, verb: int) -> list[Piece]:
    """Return the noun that "(which) X condemned" describes."""
    tree = scene.tree
    noun = tree.head[verb]
    subjects = tree.under(verb, "nsubj")
    if tree.dep[verb] != "relcl" or not subjects or tree.tag[subjects[0]] in RELATIVE or subjects[0] < noun:
        return []
    if any(tree.tag[k] not in RELATIVE and tree.lower[k] != "that" for k in tree.under(verb, "dobj")):
        return []
    return [(tree.left[noun], min(tree.left[verb] - 1, tree.right[noun]))]


def _says_more(scene: Scene, preposition: int) -> bool:
    """Tell whether a phrase behind an object belongs to the judgement: "as a threat", "for the attack"; not when."""
    tree = scene.tree
    if tree.dep[preposition] != "prep" or tree.lower[preposition] not in _AFTER_OBJECT:
        return False
    return not any(tree.entity[k] in _TEMPORAL for k in tree.under(preposition, "pobj"))


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
    if "object" in frames and subjects and tree.tag[subjects[0]] not in RELATIVE:
        more = [scene.whole(k) for k in tree.under(verb, "prep", "oprd") if k == verb + 1 and _says_more(scene, k)]
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


def _chain(scene: Scene, verb: int) -> list[int]:
    """Return the words of the cue, with the verbs it hangs on: "tried to play down"."""
    tree = scene.tree
    words = cue_words(tree, verb)
    for _ in range(MAX_CHAIN):
        head = tree.head[verb]
        if tree.dep[verb] != "xcomp" or head >= verb or scene.lemma(head) not in scene.cues.chain:
            break
        if verb - head > 6:
            break
        words = [*cue_words(tree, head), *range(head + 1, verb), *words]
        verb = head
    return sorted(set(words))
