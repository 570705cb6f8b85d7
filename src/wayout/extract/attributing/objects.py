"""What a verb is about: its object, infinitive, preposition, or the noun it describes."""

from wayout.extract.attributing.nouns import noun_content
from wayout.extract.attributing.scene import RELATIVE, Scene
from wayout.extract.attributing.spans import Piece

_AFTER_OBJECT = frozenset({"as", "of", "for", "to", "with", "against", "from", "on", "in", "about", "over"})
_CLAUSE_WORDS = frozenset({"that", "whether", "if", "how", "why", "what", "who", "where", "when", "which"})
_TEMPORAL = frozenset({"DATE", "TIME"})
Found = tuple[str, list[int], list[Piece]]
"""Kind, further words of the cue, content."""


def person_to(scene: Scene, verb: int) -> list[Piece]:
    """Return "X to Y" of "urged X to Y"."""
    tree = scene.tree
    for clause in tree.under(verb, "xcomp", "ccomp"):
        if clause > verb and has_to(scene, clause):
            people = [k for k in tree.under(verb, "dobj", "dative") if verb < k < clause]
            low, high = scene.whole(clause)
            return [(min([low, *(tree.left[k] for k in people)]), high)]
    return []


def has_to(scene: Scene, clause: int) -> bool:
    """Tell whether a clause is an infinitive with "to"."""
    tree = scene.tree
    return any(tree.lower[k] == "to" and k < clause for k in tree.under(clause, "aux")) and tree.tag[clause] != "VBG"


def with_preposition(scene: Scene, verb: int) -> Found | None:
    """Return what a verb with its preposition is about: "called for X"."""
    tree = scene.tree
    predicate = scene.predicate(verb)
    wanted = scene.cues.prepositions[predicate]
    for clause in tree.under(verb, "ccomp", "advcl"):
        marks = tree.under(clause, "mark")
        if marks and marks[0] == verb + 1 and tree.lower[marks[0]] in wanted:
            return "thing", [marks[0]], [(marks[0] + 1, tree.right[clause])]
    if "object" in scene.cues.frames[predicate] and tree.under(verb, "dobj"):
        return None
    for preposition in tree.under(verb, "prep"):
        if preposition > verb and tree.lower[preposition] in wanted:
            inner = tree.under(preposition, "pobj", "pcomp", "prep")
            if inner and tree.entity[inner[0]] not in _TEMPORAL:
                between = list(range(verb + 1, preposition))
                near = all(tree.head[k] == verb and tree.dep[k] in ("prt", "advmod") for k in between)
                low, high = tree.left[inner[0]], max(tree.right[k] for k in inner)
                return "thing", [*between, preposition] if near else [], [(low if near else preposition, high)]
    return None


def object_of(scene: Scene, verb: int) -> list[Piece]:
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
            and (tree.dep[k] in ("oprd", "acomp", "xcomp") or says_more(scene, k))
        ):
            high = tree.right[k]
    return [(low, high)]


def small_clause(scene: Scene, verb: int) -> list[Piece]:
    """Return "X Y" of "called X Y" where the parser made a clause of it."""
    clauses = [k for k in scene.tree.under(verb, "ccomp") if k > verb and scene.tree.pos[k] in ("ADJ", "NOUN", "PROPN")]
    return [scene.whole(clauses[0])] if clauses else []


def asked_clause(scene: Scene, verb: int) -> list[Piece]:
    """Return the clause of "questioned whether X", "outlined how X"."""
    tree = scene.tree
    for clause in tree.under(verb, "ccomp", "xcomp", "advcl"):
        if clause > verb and tree.left[clause] == verb + 1 and tree.lower[verb + 1] in _CLAUSE_WORDS:
            return [scene.whole(clause)]
    return []


def described_noun(scene: Scene, verb: int) -> list[Piece]:
    """Return the noun that "(which) X condemned" describes."""
    tree = scene.tree
    noun = tree.head[verb]
    subjects = tree.under(verb, "nsubj")
    if tree.dep[verb] != "relcl" or not subjects or tree.tag[subjects[0]] in RELATIVE or subjects[0] < noun:
        return []
    if any(tree.tag[k] not in RELATIVE and tree.lower[k] != "that" for k in tree.under(verb, "dobj")):
        return []
    return [(tree.left[noun], min(tree.left[verb] - 1, tree.right[noun]))]


def says_more(scene: Scene, preposition: int) -> bool:
    """Tell whether a phrase behind an object belongs to the judgement: "as a threat", "for the attack"; not when."""
    tree = scene.tree
    if tree.dep[preposition] != "prep" or tree.lower[preposition] not in _AFTER_OBJECT:
        return False
    return not any(tree.entity[k] in _TEMPORAL for k in tree.under(preposition, "pobj"))


def what_seems(scene: Scene, verb: int) -> list[Piece]:
    """Return what seems so: "to have left", "calm"."""
    parts = scene.tree.under(verb, "xcomp", "acomp", "oprd", "ccomp")
    return [scene.whole(parts[0])] if parts and parts[0] > verb else []
