"""Tell whether a source is somebody in particular: "officials" are not, "the governor's office" is."""

from functools import cache
from typing import Any

from wayout.extract.grammar import children, of_phrase
from wayout.vocab import read_vocab


@cache
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    raw = read_vocab("attribution.yaml")
    return frozenset(raw["unnamed"]), frozenset(raw["spokespeople"]), frozenset(raw["unnamed_signs"])


def is_named(head: Any, *, known: bool) -> bool:
    """
    Tell whether a source can be called to account.

    Parameters
    ----------
    head
        Head token of the source.
    known
        Whether the source resolves to an actor.

    Returns
    -------
    named
        ``False`` for people of a kind ("two residents", "a security source", "local media"), for pronouns that nobody
        resolves, and for whoever "declined to be named"; a spokesperson of somebody stands for them and is named.
    """
    unnamed, spokespeople, signs = _words()
    lemma = head.lemma_.lower()
    if any(t.lower_ in signs for clause in children(head, "relcl", "acl", "prep") for t in clause.subtree):
        return False
    if head.pos_ == "PRON":
        return known or head.lower_ in ("he", "she")
    if head.pos_ == "PROPN":
        return True
    if any(c.pos_ == "PROPN" for c in children(head, "appos")):
        return True
    if lemma in spokespeople:
        owned = children(head, "poss", "compound") or of_phrase(head, "for", "of")
        return bool(owned)
    return lemma not in unnamed
