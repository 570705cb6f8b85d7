"""Take people who flee, are driven out or trapped and are named by nothing else for civilians."""

from collections.abc import Iterable
from typing import Any

from wayout.extract.claiming.drafts import Draft
from wayout.extract.grammar import children
from wayout.extract.lexicon import Lexicon
from wayout.model import Document, Mention

CIVILIANS = "civilians"
_MOVED = frozenset({"moves", "displaced", "cannot_move"})


def name_people(document: Document, drafts: Iterable[Draft], lexicon: Lexicon) -> None:
    """
    Name who moves in "about 3,000 people fled" or "thousands were displaced": civilians.

    Parameters
    ----------
    document
        The document.
    drafts
        Claims in the making; changed in place where nobody is named and the words do not say who it is.
    lexicon
        For the list of words that mean people and nothing more.
    """
    for draft in drafts:
        if draft.predicate not in _MOVED:
            continue
        if draft.subject is None and _are_people(draft.subject_token, lexicon):
            draft.subject = _civilians(document, draft.subject_token)
        if draft.predicate == "displaced" and draft.object is None and _are_people(draft.object_token, lexicon):
            draft.object = _civilians(document, draft.object_token)


def _are_people(token: Any | None, lexicon: Lexicon) -> bool:
    """Tell whether the head of a phrase is "people", or a bare "thousands" with nothing that says of whom."""
    words = lexicon.words["people_nouns"]
    if token is None or token.lemma_.lower() not in words:
        return False
    if any(c.lower_ in ("armed", "military") for c in children(token, "amod")):
        return False
    inner = [n for p in children(token, "prep") if p.lower_ == "of" for n in children(p, "pobj")]
    return all(n.lemma_.lower() in words for n in inner)


def _civilians(document: Document, token: Any) -> Mention:
    span = document.span(token.idx, token.idx + len(token))
    return Mention(span=span, text=document.quote(span), kind="actor", ref=CIVILIANS, route="description")
