"""Mend a frequent slip of the parser: "X said A and vowed B" with "vowed" hung on A instead of on "said"."""

from collections.abc import Callable

from wayout.extract.attributing.tree import Tree, with_heads

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_INNER = frozenset({"ccomp", "conj", "advcl", "xcomp"})


def reattach_speech(tree: Tree, is_speech: Callable[[int], bool]) -> tuple[Tree, dict[int, int]]:
    """
    Hang verbs of saying without a subject of their own on the verb of saying before them.

    Parameters
    ----------
    tree
        The parse.
    is_speech
        Tells whether a token is a verb of saying.

    Returns
    -------
    tree
        The mended parse.
    speakers
        For each verb moved, the verb whose subject is its speaker.
    """
    moved: dict[int, int] = {}
    for i, tag in enumerate(tree.tag):
        if tree.dep[i] not in ("conj", "advcl") or not is_speech(i):
            continue
        if tree.under(i, "nsubj", "nsubjpass", "mark"):
            continue
        joined = tree.dep[i] == "conj" and tag in _FINITE
        hanging = tree.dep[i] == "advcl" and tag == "VBG" and i > tree.head[i] and tree.lower[tree.left[i] - 1] == ","
        if joined or hanging:
            above = _outer(tree, i, is_speech, joined=joined)
            if above is not None:
                moved[i] = above
    return (with_heads(tree, moved), moved) if moved else (tree, moved)


def _outer(tree: Tree, verb: int, is_speech: Callable[[int], bool], *, joined: bool) -> int | None:
    """Return the verb of saying whose clause complement a verb was hung into, if it can share its subject."""
    below = verb
    for above in tree.above(verb):
        if tree.dep[below] == "ccomp" and is_speech(above) and above < below:
            same = not joined or tree.tag[above] == tree.tag[verb]
            return above if same and above < verb else None
        if tree.dep[below] not in _INNER:
            return None
        below = above
    return None
