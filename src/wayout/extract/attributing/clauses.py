"""Which clause or quotation a verb of telling tells."""

from wayout.extract.attributing.objects import has_to
from wayout.extract.attributing.scene import Scene
from wayout.extract.attributing.spans import Piece, without

MIN_QUOTED = 3
"""Tokens of a quotation beyond its first that make it speech, no scare quote."""
MAX_REACH = 300
"""Tokens from a verb to its quotation in one sentence."""
MAX_BEHIND = 8
"""Words from the end of a quotation to its verb in the next sentence."""


def clause_below(scene: Scene, verb: int) -> list[Piece]:
    """Return the clause that a verb governs: "said (that) R fell", "R fell, said X"."""
    tree = scene.tree
    for clause in tree.under(verb, "ccomp", "parataxis"):
        if tree.dep[clause] == "parataxis" and clause > verb and not scene.is_verb(clause):
            continue
        if has_to(scene, clause) and clause > verb and not tree.under(clause, "mark"):
            continue
        return [scene.whole(clause)]
    return []


def clause_around(scene: Scene, verb: int) -> list[Piece]:
    """Return the clause that a verb stands in or after as an aside: "R, X said, fell", "as X put it"."""
    tree, head = scene.tree, scene.tree.head[verb]
    if head == verb:
        return []
    dep = tree.dep[verb]
    aside = (
        (dep in ("parataxis", "ccomp") and scene.is_verb(head) and _inverted(scene, verb))
        or (dep == "advcl" and has_as(scene, verb))
        or _trailing(scene, verb)
    )
    return without([scene.whole(head)], [scene.whole(verb)]) if aside else []


def has_as(scene: Scene, verb: int) -> bool:
    """Tell whether a clause begins with "as"."""
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


def quoted_near(scene: Scene, verb: int) -> list[Piece]:
    """Return the quotations of the sentence, else one that follows a colon or begins the next sentence."""
    tree = scene.tree
    first, last = max(tree.first[verb], verb - MAX_REACH), min(tree.last[verb], verb + MAX_REACH)
    own = scene.quote[verb]
    numbers = dict.fromkeys(n for n in scene.quote[first : last + 1] if n not in (-1, own))
    found = [scene.quotations[n] for n in numbers]
    if not found and last + 1 < len(tree.head) and tree.lower[last] == ":" and scene.quote[last + 1] >= 0:
        found = [scene.quotations[scene.quote[last + 1]]]
    return found


def quoted_beside(scene: Scene, verb: int) -> list[Piece]:
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


def quoted_before(scene: Scene, verb: int) -> list[Piece]:
    """Return the quotation that the parser made a sentence of its own before "X said"."""
    before = scene.tree.first[verb] - 1
    if before < 0 or scene.quote[before] < 0 or scene.quote[verb] >= 0 or verb - before > MAX_BEHIND:
        return []
    return [scene.quotations[scene.quote[before]]]
